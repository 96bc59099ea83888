#include "ingest/table/line_table.h"

/*
 * pgbench (postgres, src/bin/pgbench/pgbench.c, printResults()). Up to version
 * 13 it prints two tps, with and without the time to connect; since 14 only the
 * one without, or with --connect only the one with. Before 9.6 the latency is
 * "latency average: 1 ms". If there are several scripts, each has a section. -r
 * adds the mean of each statement; a backslash begins one that pgbench executes
 * itself. Since 15 the number of failures precedes the statement.
 */

#define TPS(of, metric, better)                                                \
    {                                                                          \
        "tps = %n (" of ")", PFG_LINE_VALUE, metric, "tx/s", better,           \
            .last = true                                                       \
    }

static const struct pfg_line_row rows[] = {
    {"transaction type: %b", PFG_LINE_HEAD},
    {"scaling factor: %v", PFG_LINE_PARAM, "scale"},
    {"query mode: %v", PFG_LINE_PARAM, "mode"},
    {"number of clients: %v", PFG_LINE_PARAM, "clients"},
    {"number of threads: %v", PFG_LINE_PARAM, "threads"},
    {"number of transactions actually processed: %n", PFG_LINE_TRIALS},
    {"number of transactions actually processed: %n/%w", PFG_LINE_TRIALS},
    {"number of failed transactions: %n (%.", PFG_LINE_TRIALS},
    {"number of failed transactions: %n (%.", PFG_LINE_EVENTS, "errors", "1",
     PFG_LOWER},
    {"number of transactions skipped: %n (%.", PFG_LINE_TRIALS},
    {"number of transactions skipped: %n (%.", PFG_LINE_EVENTS,
     "dropped iterations", "1", PFG_LOWER},
    {"number of transactions above the %. latency limit: %n %.",
     PFG_LINE_EVENTS, "late transactions", "1", PFG_LOWER},
    {"number of transactions above the %. latency limit: %n/%.",
     PFG_LINE_EVENTS, "late transactions", "1", PFG_LOWER},
    {"latency average = %n ms", PFG_LINE_VALUE, "latency mean", "ms",
     PFG_LOWER},
    {"latency average: %n ms", PFG_LINE_VALUE, "latency mean", "ms", PFG_LOWER},
    {"latency stddev = %n ms", PFG_LINE_VALUE, "latency stdev", "ms",
     PFG_NEUTRAL},
    {"latency stddev: %n ms", PFG_LINE_VALUE, "latency stdev", "ms",
     PFG_NEUTRAL},
    {"initial connection time = %n ms", PFG_LINE_VALUE, "connecting", "ms",
     PFG_NEUTRAL},
    {"average connection time = %n ms", PFG_LINE_VALUE, "connecting", "ms",
     PFG_NEUTRAL},
    TPS("without initial connection time", "throughput", PFG_HIGHER),
    TPS("excluding connections establishing", "throughput", PFG_HIGHER),
    TPS("including reconnection times", "throughput", PFG_HIGHER),
    TPS("including connections establishing", "throughput with connecting",
        PFG_NEUTRAL),
    {"SQL script %w %b", PFG_LINE_SECTION},
    {"- %n transactions (%.", PFG_LINE_TRIALS},
    {"- %. transactions (%. of total, tps = %n)", PFG_LINE_VALUE, "throughput",
     "tx/s", PFG_HIGHER},
    {"- number of failed transactions: %n (%.", PFG_LINE_TRIALS},
    {"- number of failed transactions: %n (%.", PFG_LINE_EVENTS, "errors", "1",
     PFG_LOWER},
    {"- number of transactions skipped: %n (%.", PFG_LINE_TRIALS},
    {"- number of transactions skipped: %n (%.", PFG_LINE_EVENTS,
     "dropped iterations", "1", PFG_LOWER},
    {"- latency average = %n ms", PFG_LINE_VALUE, "latency mean", "ms",
     PFG_LOWER},
    {"- latency stddev = %n ms", PFG_LINE_VALUE, "latency stdev", "ms",
     PFG_NEUTRAL},
    {"statement latencies in milliseconds%.:", PFG_LINE_PART},
    {"- statement latencies in milliseconds%.:", PFG_LINE_PART},
    {"%f \\%.", PFG_LINE_ASIDE, .part = true},
    {"%f %f \\%.", PFG_LINE_ASIDE, .part = true},
    {"%n %f %b", PFG_LINE_VALUE, "latency mean", "ms", PFG_LOWER, .part = true},
    {"pgbench: error: %.", PFG_LINE_FAILED},
};

static const struct pfg_line_table table = {
    .benchmark = "pgbench", .rounded = true, PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_pgbench = {
    .name = "pgbench",
    .title = "pgbench",
    .looks = "'transaction type:' and 'tps = 1'",
    PFG_LINE_TABLE(table),
};
