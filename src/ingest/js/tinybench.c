#include "ingest/table/json_table.h"

/*
 * tinybench (tinylibs/tinybench, src/types.ts): JSON.stringify() of the names
 * and results of its tasks, which is what people keep. Milliseconds. Up to
 * version 2 the statistics of the latency are members of the result itself.
 */

#define STATISTICS(of)                                                         \
    {of "mean", "time", "ms", PFG_LOWER}, {of "sd", .role = PFG_JSON_STDDEV},  \
        {of "sem", .role = PFG_JSON_STDERR}, {of "min", .role = PFG_JSON_MIN}, \
        {of "max", .role = PFG_JSON_MAX},                                      \
    {                                                                          \
        of "samplesCount", .role = PFG_JSON_COUNT                              \
    }

static const struct pfg_json_row rows[] = {
    {"result/latency/samples", "time", "ms", PFG_LOWER, PFG_JSON_SAMPLES},
    {"result/samples", "time", "ms", PFG_LOWER, PFG_JSON_SAMPLES},
    STATISTICS("result/latency/"),
    STATISTICS("result/"),
    {"result/state", "errored", .role = PFG_JSON_FAILED},
};

static const struct pfg_json_table table = {
    .has = {"0/name", "0/result/latency/mean|0/result/hz|0/result/state"},
    .lists = {"*"},
    .name = "name",
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_tinybench = {
    .name = "tinybench",
    .title = "tinybench, its tasks as JSON",
    .looks = "a JSON array of 'name' and 'result' (latency)",
    .json = &table,
    .document = pfg_json_table_read,
};
