#include "ingest/table/line_table.h"

/*
 * benchmark.js, String(benchmark) (bestiejs/benchmark.js, toStringBench()):
 *
 *   RegExp#test x 4,161,532 ops/sec ±0.99% (59 runs sampled)
 *   Fastest is String#indexOf
 *
 * The margin is half of the mean's 95 % interval, in percent. One that threw
 * is "name: Error"; "Fastest is" is no result.
 */

static const struct pfg_line_row rows[] = {
    {"%b x %. ops/sec %.", PFG_LINE_HEAD},
    {"%. x %n ops/sec ±%e%% (%k runs sampled)", PFG_LINE_VALUE, "throughput",
     "ops/s", PFG_HIGHER, .last = true},
    {"%. x %n ops/sec ±%e%% (%k run sampled)", PFG_LINE_VALUE, "throughput",
     "ops/s", PFG_HIGHER, .last = true},
};

static const struct pfg_line_table table = {
    .ends = "sampled)", .commas = true, PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_benchmarkjs = {
    .name = "benchmarkjs",
    .title = "benchmark.js (text)",
    .looks = "lines 'name x 1,234 ops/sec ±0.99% (59 runs sampled)'",
    PFG_LINE_TABLE(table),
};
