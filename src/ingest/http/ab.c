#include "ingest/table/line_table.h"

/*
 * ApacheBench (httpd, support/ab.c, output_results()). Percentiles are in whole
 * milliseconds, and a "Kbyte" has 1024 bytes. Answers other than 2xx do not
 * count as failed; their line is missing if there were none.
 */

static const struct pfg_line_row rows[] = {
    {"This is ApacheBench, Version %.", PFG_LINE_HEAD},
    {"Document Path: %b", PFG_LINE_NAME},
    {"Concurrency Level: %v", PFG_LINE_PARAM, "concurrency"},
    {"Complete requests: %n", PFG_LINE_TRIALS},
    {"Failed requests: %n", PFG_LINE_EVENTS, "errors", "1", PFG_LOWER},
    {"Write errors: %n", PFG_LINE_EVENTS, "errors write", "1", PFG_LOWER},
    {"Non-2xx responses: %n", PFG_LINE_EVENTS_OR_NONE, "errors status", "1",
     PFG_LOWER},
    {"Requests per second: %n [#/sec] (mean)", PFG_LINE_VALUE, "requests",
     "req/s", PFG_HIGHER, .last = true},
    {"Time per request: %n [ms] (mean)", PFG_LINE_VALUE, "latency mean", "ms",
     PFG_LOWER},
    {"Transfer rate: %n [Kbytes/sec] received", PFG_LINE_VALUE, "transfer",
     "KiB/s", PFG_HIGHER},
    {"%p%% %n", PFG_LINE_VALUE, "latency", "ms", PFG_LOWER},
    {"%w %n (longest request)", PFG_LINE_VALUE, "latency max", "ms",
     PFG_NEUTRAL},
    {"%.apr_%.", PFG_LINE_FAILED},
    {"Test aborted after %.", PFG_LINE_FAILED},
};

static const struct pfg_line_table table = {
    .benchmark = "ab", .rounded = true, PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_ab = {
    .name = "ab",
    .title = "ApacheBench",
    .looks = "'This is ApacheBench' and 'Requests per second:'",
    PFG_LINE_TABLE(table),
};
