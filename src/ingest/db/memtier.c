#include "ingest/table/json_table.h"

/*
 * memtier_benchmark --json-out-file (RedisLabs/memtier_benchmark,
 * run_stats.cpp). Milliseconds. "Latency" is the mean in versions without
 * "Average Latency". A kind of command that was not sent has zeros.
 */

static const struct pfg_json_row rows[] = {
    {"Ops~1sec", "throughput", "ops/s", PFG_HIGHER},
    {"KB~1sec", "transfer", "KiB/s", PFG_HIGHER},
    {"Average Latency", "latency mean", "ms", PFG_LOWER},
    {"Latency", "latency mean", "ms", PFG_LOWER},
    {"Max Latency", "latency max", "ms", PFG_NEUTRAL},
    {"Percentile Latencies", "latency", "ms", PFG_LOWER, PFG_JSON_PERCENTILES},
    {"Connection Errors", "errors", "1", PFG_LOWER, PFG_JSON_EVENTS},
};

static const struct pfg_json_table table = {
    .has = {"ALL STATS", "configuration"},
    .lists = {"ALL STATS/*"},
    .name = "@",
    .only = "Ops~1sec",
    .trials = "Count",
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_memtier = {
    .name = "memtier",
    .title = "memtier_benchmark --json-out-file",
    .looks = "a JSON object with 'ALL STATS' and 'configuration'",
    .json = &table,
    .document = pfg_json_table_read,
};
