#include "ingest/table/json_table.h"

/*
 * Gatling's js/stats.json (gatling/gatling, gatling-charts, StatsJsonTemplate).
 * Whole milliseconds; numbers are strings, "-" means none. The four percentiles
 * are 50, 75, 95 and 99 unless gatling.conf changes them. Latencies are those
 * of the expected answers: a quick failure is not an improvement.
 */

static const struct pfg_json_row rows[] = {
    {"stats/meanNumberOfRequestsPerSecond/total", "requests", "req/s",
     PFG_HIGHER},
    {"stats/meanResponseTime/ok", "latency mean", "ms", PFG_LOWER},
    {"stats/standardDeviation/ok", "latency stdev", "ms", PFG_NEUTRAL},
    {"stats/maxResponseTime/ok", "latency max", "ms", PFG_NEUTRAL},
    {"stats/percentiles1/ok", "latency p50", "ms", PFG_LOWER},
    {"stats/percentiles2/ok", "latency p75", "ms", PFG_LOWER},
    {"stats/percentiles3/ok", "latency p95", "ms", PFG_LOWER},
    {"stats/percentiles4/ok", "latency p99", "ms", PFG_LOWER},
    {"stats/numberOfRequests/ko", "errors", "1", PFG_LOWER, PFG_JSON_EVENTS},
};

static const struct pfg_json_table table = {
    .has = {"stats/numberOfRequests/total", "stats/percentiles1", "contents"},
    .lists = {"", "contents/*", "contents/*/contents/*"},
    .name = "stats/name",
    .suite = "../../path",
    .trials = "stats/numberOfRequests/total",
    .rounded = true,
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_gatling = {
    .name = "gatling",
    .title = "Gatling, js/stats.json",
    .looks = "a JSON object with 'stats' (numberOfRequests) and 'contents'",
    .json = &table,
    .document = pfg_json_table_read,
};
