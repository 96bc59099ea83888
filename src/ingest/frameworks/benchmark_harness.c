#include "ingest/table/line_table.h"

/*
 * Dart's benchmark_harness (dart-lang/benchmark_harness, lib/src/
 * score_emitter.dart): a line "Template(RunTime): 0.1568 us." per benchmark.
 */

static const struct pfg_line_row rows[] = {
    {"%b(RunTime): %. us.", PFG_LINE_HEAD},
    {"%.(RunTime): %n us.", PFG_LINE_VALUE, "time", "us", PFG_LOWER,
     .last = true},
};

static const struct pfg_line_table table = {.ends = " us.",
                                            PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_benchmark_harness = {
    .name = "benchmark_harness",
    .title = "Dart's benchmark_harness",
    .looks = "lines 'Name(RunTime): 1.2 us.'",
    PFG_LINE_TABLE(table),
};
