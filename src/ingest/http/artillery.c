#include "ingest/table/json_table.h"

/*
 * artillery run --output (artilleryio/artillery, version 2; packages/core/lib/
 * ssms.js). Milliseconds; a counter is missing until it counts something.
 */

static const struct pfg_json_row rows[] = {
    {"aggregate/rates/http.request_rate", "requests", "req/s", PFG_HIGHER},
    {"aggregate/summaries/http.response_time/mean", "latency mean", "ms",
     PFG_LOWER},
    {"aggregate/summaries/http.response_time/min", "latency min", "ms",
     PFG_NEUTRAL},
    {"aggregate/summaries/http.response_time/max", "latency max", "ms",
     PFG_NEUTRAL},
    {"aggregate/summaries/http.response_time", "latency", "ms", PFG_LOWER,
     PFG_JSON_PERCENTILES},
    {"aggregate/counters/errors.*", "errors", "1", PFG_LOWER, PFG_JSON_EVENTS},
    {"aggregate/counters/http.codes.4*+aggregate/counters/http.codes.5*",
     "errors status", "1", PFG_LOWER, PFG_JSON_EVENTS},
};

static const struct pfg_json_table table = {
    .has = {"aggregate/counters", "aggregate/summaries", "intermediate"},
    .name = "=artillery",
    .trials = "aggregate/counters/http.requests",
    .rounded = true,
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_artillery = {
    .name = "artillery",
    .title = "artillery run --output",
    .looks = "a JSON object with 'aggregate' (counters) and 'intermediate'",
    .json = &table,
    .document = pfg_json_table_read,
};
