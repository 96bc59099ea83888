#include "ingest/table/line_table.h"

/*
 * sysbench 0.5 and 1.0 (akopytov/sysbench, src/sysbench.c, src/tests, and
 * src/lua/internal/sysbench.lua). It does not name the test; the test is known
 * by the lines that it prints.
 */

static const struct pfg_line_row rows[] = {
    {"sysbench %. (using %.)", PFG_LINE_HEAD},
    {"Number of threads: %v", PFG_LINE_PARAM, "threads"},
    {"CPU speed:", PFG_LINE_NAME, "cpu"},
    {"events per second: %n", PFG_LINE_VALUE, "throughput", "events/s",
     PFG_HIGHER},
    {"Running memory speed test %.", PFG_LINE_NAME, "memory"},
    {"block size: %v", PFG_LINE_PARAM, "block"},
    {"operation: %v", PFG_LINE_PARAM, "operation"},
    {"Total operations: %. (%n per second)", PFG_LINE_VALUE, "throughput",
     "ops/s", PFG_HIGHER},
    {"%. transferred (%n MiB/sec)", PFG_LINE_VALUE, "transfer", "MiB/s",
     PFG_HIGHER},
    {"Doing %v test", PFG_LINE_PARAM, "operation"},
    {"Block size %v", PFG_LINE_PARAM, "block"},
    {"File operations:", PFG_LINE_NAME, "fileio"},
    {"reads/s: %n", PFG_LINE_VALUE, "reads", "ops/s", PFG_HIGHER},
    {"writes/s: %n", PFG_LINE_VALUE, "writes", "ops/s", PFG_HIGHER},
    {"fsyncs/s: %n", PFG_LINE_VALUE, "fsyncs", "ops/s", PFG_HIGHER},
    {"read, MiB/s: %n", PFG_LINE_VALUE, "transfer read", "MiB/s", PFG_HIGHER},
    {"written, MiB/s: %n", PFG_LINE_VALUE, "transfer written", "MiB/s",
     PFG_HIGHER},
    {"SQL statistics:", PFG_LINE_NAME, "oltp"},
    {"transactions: %. (%n per sec.)", PFG_LINE_VALUE, "throughput", "tx/s",
     PFG_HIGHER},
    {"queries: %. (%n per sec.)", PFG_LINE_VALUE, "queries", "queries/s",
     PFG_HIGHER},
    {"ignored errors: %n (%.", PFG_LINE_EVENTS, "errors", "1", PFG_LOWER},
    {"reconnects: %n (%.", PFG_LINE_EVENTS, "errors connect", "1", PFG_LOWER},
    {"total number of events: %n", PFG_LINE_TRIALS},
    {"min: %n", PFG_LINE_VALUE, "latency min", "ms", PFG_NEUTRAL},
    {"avg: %n", PFG_LINE_VALUE, "latency mean", "ms", PFG_LOWER},
    {"max: %n", PFG_LINE_VALUE, "latency max", "ms", PFG_NEUTRAL},
    {"%pth percentile: %n", PFG_LINE_VALUE, "latency", "ms", PFG_LOWER},
    {"execution time (avg/stddev): %.", PFG_LINE_MINE, .last = true},
    {"%.FATAL: %.", PFG_LINE_FAILED},
};

static const struct pfg_line_table table = {
    .benchmark = "sysbench", .rounded = true, PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_sysbench = {
    .name = "sysbench",
    .title = "sysbench",
    .looks = "'sysbench 1.0 (using ...)' and 'total number of events:'",
    PFG_LINE_TABLE(table),
};
