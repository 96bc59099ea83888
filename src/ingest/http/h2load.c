#include "ingest/table/line_table.h"

/*
 * h2load (nghttp2, src/h2load.cc). Its K, M and G are powers of 1024. A request
 * failed if its answer was neither 2xx nor 3xx, or if there was none; the
 * latter also counts as errored.
 */

#define TRANSFER(unit, base)                                                   \
    {                                                                          \
        "finished in %., %. req/s, %n" unit, PFG_LINE_VALUE, "transfer", base, \
            PFG_HIGHER                                                         \
    }
#define TIMES(what, metric, better)                                            \
    {what ": %n%u %w %w %w %w", PFG_LINE_VALUE, metric " min", NULL,           \
     PFG_NEUTRAL},                                                             \
        {what ": %w %n%u %w %w %w", PFG_LINE_VALUE, metric " max", NULL,       \
         PFG_NEUTRAL},                                                         \
        {what ": %w %w %n%u %w %w", PFG_LINE_VALUE, metric " mean", NULL,      \
         better},                                                              \
    {                                                                          \
        what ": %w %w %w %n%u %w", PFG_LINE_VALUE, metric " stdev", NULL,      \
            PFG_NEUTRAL                                                        \
    }

static const struct pfg_line_row rows[] = {
    {"starting benchmark...", PFG_LINE_HEAD},
    {"spawning thread %.", PFG_LINE_MINE},
    {"Application protocol: %v", PFG_LINE_PARAM, "protocol"},
    {"progress: %w done", PFG_LINE_MINE},
    {"finished in %., %n req/s, %.", PFG_LINE_VALUE, "requests", "req/s",
     PFG_HIGHER},
    TRANSFER("B/s", "B/s"),
    TRANSFER("KB/s", "KiB/s"),
    TRANSFER("MB/s", "MiB/s"),
    TRANSFER("GB/s", "GiB/s"),
    {"requests: %n total, %.", PFG_LINE_TRIALS},
    {"requests: %. succeeded, %n failed, %.", PFG_LINE_EVENTS, "failures", "1",
     PFG_LOWER},
    {"requests: %. failed, %n errored, %.", PFG_LINE_EVENTS, "errors", "1",
     PFG_LOWER},
    {"requests: %. errored, %n timeout", PFG_LINE_EVENTS, "errors timeout", "1",
     PFG_LOWER},
    {"status codes: %.", PFG_LINE_MINE},
    {"traffic: %.", PFG_LINE_MINE},
    TIMES("time for request", "latency", PFG_LOWER),
    TIMES("time for connect", "connecting", PFG_NEUTRAL),
    TIMES("time to 1st byte", "first byte", PFG_NEUTRAL),
    {"req/s %.", PFG_LINE_MINE, .last = true},
};

static const struct pfg_line_table table = {.benchmark = "h2load",
                                            PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_h2load = {
    .name = "h2load",
    .title = "h2load",
    .looks = "'starting benchmark...' and 'finished in 1s, 100 req/s, 1KB/s'",
    PFG_LINE_TABLE(table),
};
