#include "ingest/table/line_table.h"

/*
 * Ruby's benchmark-ips (evanphx/benchmark-ips, lib/benchmark/ips/report.rb):
 * the lines after "Calculating"; a long name has a line of its own. "±" is one
 * standard deviation of the samples, in percent; k, M and B stand for
 * thousands, millions and billions. The warm-up and the comparison are not
 * results.
 */

#define RATE(letter, unit)                                                     \
    {"%b %n" letter " (±%. i/s%.",                                             \
     PFG_LINE_VALUE,                                                           \
     "throughput",                                                             \
     unit,                                                                     \
     PFG_HIGHER,                                                               \
     .last = true},                                                            \
    {                                                                          \
        "%n" letter " (±%. i/s%.", PFG_LINE_VALUE, "throughput", unit,         \
            PFG_HIGHER, .last = true                                           \
    }

static const struct pfg_line_row rows[] = {
    {"Calculating -%.", PFG_LINE_HEAD},
    RATE("", "iters/s"),
    RATE("k", "kiters/s"),
    RATE("M", "Miters/s"),
    RATE("B", "Giters/s"),

    {"Comparison:", PFG_LINE_END},
    {"%b", PFG_LINE_NAME_BELOW},
};

static const struct pfg_line_table table = {.benchmark = "benchmark-ips",
                                            PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_benchmark_ips = {
    .name = "benchmark_ips",
    .title = "benchmark-ips (text)",
    .looks = "'Calculating ----' and lines 'name  1.2M (± 3.3%) i/s'",
    PFG_LINE_TABLE(table),
};
