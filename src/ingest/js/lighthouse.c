#include "ingest/table/json_table.h"

/*
 * Lighthouse's report (GoogleChrome/lighthouse, types/lhr), and the manifest of
 * Lighthouse CI, which has the scores of several reports. Scores go from 0
 * to 1.
 */

#define AUDIT(id, metric, unit)                                                \
    {                                                                          \
        "audits/" id "/numericValue", metric, unit, PFG_LOWER                  \
    }

static const struct pfg_json_row rows[] = {
    {"categories/performance/score", "performance score", "1", PFG_HIGHER},
    AUDIT("first-contentful-paint", "first contentful paint", "ms"),
    AUDIT("largest-contentful-paint", "largest contentful paint", "ms"),
    AUDIT("speed-index", "speed index", "ms"),
    AUDIT("interactive", "time to interactive", "ms"),
    AUDIT("total-blocking-time", "total blocking time", "ms"),
    AUDIT("cumulative-layout-shift", "cumulative layout shift", "1"),
    AUDIT("server-response-time", "server response time", "ms"),
    AUDIT("total-byte-weight", "page weight", "B"),
    {"runtimeError/message", .role = PFG_JSON_FAILED},
};

static const struct pfg_json_row scores[] = {
    {"summary/performance", "performance score", "1", PFG_HIGHER,
     PFG_JSON_SAMPLES},
    {"summary/accessibility", "accessibility score", "1", PFG_HIGHER,
     PFG_JSON_SAMPLES},
    {"summary/best-practices", "best practices score", "1", PFG_HIGHER,
     PFG_JSON_SAMPLES},
    {"summary/seo", "seo score", "1", PFG_HIGHER, PFG_JSON_SAMPLES},
};

static const struct pfg_json_table manifest = {
    .has = {"0/isRepresentativeRun", "0/url", "0/summary"},
    .lists = {"*"},
    .name = "url",
    PFG_JSON_ROWS(scores),
};

static const struct pfg_json_table report = {
    .has = {"lighthouseVersion", "audits", "categories"},
    .name = "requestedUrl|finalUrl|finalDisplayedUrl",
    .next = &manifest,
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_lighthouse = {
    .name = "lighthouse",
    .title = "Lighthouse's JSON, Lighthouse CI's manifest.json",
    .looks = "a JSON object with 'lighthouseVersion' and 'audits', or an array "
             "of 'url', 'isRepresentativeRun' and 'summary'",
    .json = &report,
    .document = pfg_json_table_read,
};
