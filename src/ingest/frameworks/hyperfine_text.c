#include "ingest/table/line_table.h"

/*
 * hyperfine's console output (sharkdp/hyperfine, src/benchmark/mod.rs). Mean
 * and deviation have the same unit; the number of runs is on the next line.
 */

#define TIME "Time (mean ± σ): "

static const struct pfg_line_row rows[] = {
    {"Benchmark %k: %b", PFG_LINE_HEAD},
    {"Benchmark #%k: %b", PFG_LINE_HEAD},
    {TIME "%. [User: %n %u, System: %.]", PFG_LINE_VALUE, "user", NULL,
     PFG_LOWER},
    {TIME "%. System: %n %u]", PFG_LINE_VALUE, "system", NULL, PFG_LOWER},
    {TIME "%n %u ± %s %w [%.]", PFG_LINE_VALUE, "time", NULL, PFG_LOWER},
    {"Time (abs ≡): %n %u [%.]", PFG_LINE_VALUE, "time", NULL, PFG_LOWER,
     .last = true},
    {"Range (min … max): %i %w … %a %w %k runs", PFG_LINE_MORE, .last = true},
    {"Error: Command terminated with non-zero exit code%.", PFG_LINE_FAILED},
    {"Summary", PFG_LINE_END},
};

static const struct pfg_line_table table = {PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_hyperfine_text = {
    .name = "hyperfine_text",
    .title = "hyperfine (text)",
    .looks = "'Benchmark 1: COMMAND' and 'Time (mean ± σ):'",
    PFG_LINE_TABLE(table),
};
