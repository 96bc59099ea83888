/*
 * The bench of verdicts: how often does the gate raise a false alarm, and how
 * often does it miss a change? pfg_compare() itself judges simulated suites in
 * given regimes of noise. Everything is seeded: the same program prints the
 * same numbers (except for the CPU times at the end).
 *
 *     verdict           at least 1,000 suites per cell, takes some minutes
 *     QUICK=1 verdict   fewer, takes some seconds
 *     verdict bursts    only that regime
 *     verdict statistics   only the statistics that a rule can choose
 *     verdict looks     only rounds that are evaluated as they come in
 *     verdict changed   only suites with many changes, by different factors
 *     verdict sparse    only rows that have fewer values than the others
 *
 * Exits 1 if a target is missed, and aborts if a rule that holds for every
 * report is broken. docs/verdict-measured.md quotes its output.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cell.h"
#include "changed.h"
#include "compare/compare.h"
#include "looks.h"
#include "noise.h"

#define SEED     20260101
#define SUITES   6000 /* without a change */
#define CHANGED  2000 /* with changes */

enum regime {
    INDEPENDENT,
    SHRUNK,
    UNSHRUNK,
    BURSTS,
    DRIFT,
    SESSIONS,
    CLASSES,
    LAYOUT,
    RELAID,
    QUIET,
    TAILS,
    EXACT,
    SHORT,
    N_REGIMES,
};

static const struct bench_regime regimes[N_REGIMES] = {
    {"independent", "every sample on its own, SD 2.7 %", .independent = 0.027},
    {"shrunk", "a hosted runner: process means vary by 2.7 %",
     .independent = 0},
    {"unshrunk", "a busy machine: process means vary by 10 to 23 %",
     .scale = 1},
    {"bursts", "shrunk, and one window in five is in a burst of +10 %",
     .burst = 0.2},
    {"drift", "shrunk, and the machine drifts by 4 % over the session",
     .drift = 0.04},
    {"sessions", "shrunk, and each side of a series is off by 2 %",
     .session = 0.02},
    {"classes", "shrunk, and each process on one of two machines, 20 % apart",
     .classes = 0.182},
    {"layout", "shrunk, and each side is one build: five loops of eight lie "
               "well or badly in it",
     .layout = 0.25},
    {"relaid", "the same, and each process is a build of its own",
     .layout = 0.25, .rebuilt = true},
    {"quiet", "every sample on its own, SD 2 %", .independent = 0.02},
    {"tails", "percentiles of a load test: every run on its own, SD of 1",
     .independent = 1},
    {"exact", "counted: the same each time", .independent = 1e-30},
    {"short", "an observation of 5 ms a round, each on its own, SD 20 %",
     .independent = 0.2},
};

/* The number of a cell that a target is about. */
enum what {
    ALARMS,  /* suites in which a row was called regressed */
    FOUND_2, /* changed rows that were called, in the order of bench_changes */
    FOUND_5,
    FOUND_10,
    FOUND_20,
    FOUND_50,
    PROMISED,         /* rows that changed by as much as they could show */
    MENTIONED = 0x10, /* flag: at least unconfirmed */
};

/* A target for a cell, as a fraction. */
struct target {
    enum regime regime;
    enum bench_layout layout;
    size_t series, n;
    size_t changed;
    bool weak; /* with the built-in limit */
    int what;
    double limit; /* maximum for alarms, minimum for the others */
    enum pfg_statistic statistic;
};

#define REPLICATED BENCH_ALTERNATING
#define SINGLE     BENCH_SINGLE
#define BLOCKS     BENCH_BLOCKS

/* clang-format off */
static const struct target targets[] = {
    {INDEPENDENT, REPLICATED, 20, 3, 1, false, ALARMS, 0.01},
    {INDEPENDENT, REPLICATED, 20, 5, 1, false, ALARMS, 0.012},
    {INDEPENDENT, REPLICATED, 20, 10, 1, false, ALARMS, 0.01},
    {INDEPENDENT, REPLICATED, 20, 20, 1, false, ALARMS, 0.01},
    {INDEPENDENT, SINGLE, 20, 5, 1, false, ALARMS, 0.012},
    {INDEPENDENT, SINGLE, 20, 10, 1, false, ALARMS, 0.01},
    {INDEPENDENT, SINGLE, 20, 20, 1, false, ALARMS, 0.01},
    {SHRUNK, REPLICATED, 20, 3, 1, false, ALARMS, 0.01},
    {SHRUNK, REPLICATED, 20, 5, 1, false, ALARMS, 0.012},
    {SHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.01},
    {SHRUNK, REPLICATED, 20, 20, 1, false, ALARMS, 0.01},
    {SHRUNK, SINGLE, 20, 5, 1, false, ALARMS, 0.012},
    {SHRUNK, SINGLE, 20, 10, 1, false, ALARMS, 0.01},
    {SHRUNK, SINGLE, 20, 20, 1, false, ALARMS, 0.01},
    {UNSHRUNK, REPLICATED, 20, 3, 1, false, ALARMS, 0.02},
    {UNSHRUNK, REPLICATED, 20, 5, 1, false, ALARMS, 0.02},
    {UNSHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.02},
    {UNSHRUNK, REPLICATED, 20, 20, 1, false, ALARMS, 0.02},
    {UNSHRUNK, SINGLE, 20, 5, 1, false, ALARMS, 0.02},
    {UNSHRUNK, SINGLE, 20, 10, 1, false, ALARMS, 0.02},
    {UNSHRUNK, SINGLE, 20, 20, 1, false, ALARMS, 0.02},
    {BURSTS, REPLICATED, 20, 3, 1, false, ALARMS, 0.02},
    {BURSTS, REPLICATED, 20, 5, 1, false, ALARMS, 0.02},
    {BURSTS, REPLICATED, 20, 10, 1, false, ALARMS, 0.02},
    {BURSTS, REPLICATED, 20, 20, 1, false, ALARMS, 0.02},
    {BURSTS, SINGLE, 20, 5, 1, false, ALARMS, 0.02},
    {BURSTS, SINGLE, 20, 10, 1, false, ALARMS, 0.02},
    {BURSTS, SINGLE, 20, 20, 1, false, ALARMS, 0.02},
    {DRIFT, REPLICATED, 20, 3, 1, false, ALARMS, 0.02},
    {DRIFT, REPLICATED, 20, 5, 1, false, ALARMS, 0.02},
    {DRIFT, REPLICATED, 20, 10, 1, false, ALARMS, 0.02},
    {DRIFT, REPLICATED, 20, 20, 1, false, ALARMS, 0.02},
    {DRIFT, SINGLE, 20, 5, 1, false, ALARMS, 0.02},
    {DRIFT, SINGLE, 20, 10, 1, false, ALARMS, 0.02},
    {DRIFT, SINGLE, 20, 20, 1, false, ALARMS, 0.02},
    {SESSIONS, BLOCKS, 8, 10, 1, false, ALARMS, 0.02},
    {SESSIONS, BLOCKS, 20, 5, 1, false, ALARMS, 0.02},
    {SESSIONS, BLOCKS, 20, 10, 1, false, ALARMS, 0.02},
    {SESSIONS, BLOCKS, 20, 20, 1, false, ALARMS, 0.02},
    {CLASSES, REPLICATED, 20, 10, 1, false, ALARMS, 0.01},
    {CLASSES, REPLICATED, 20, 20, 1, false, ALARMS, 0.01},
    {RELAID, REPLICATED, 20, 10, 1, false, ALARMS, 0.01},
    {RELAID, REPLICATED, 20, 20, 1, false, ALARMS, 0.01},
    {SHRUNK, REPLICATED, 100, 10, 5, false, ALARMS, 0.01},
    {SHRUNK, SINGLE, 100, 10, 5, false, ALARMS, 0.01},
    {SHRUNK, REPLICATED, 1000, 10, 0, false, ALARMS, 0.01},
    {SHRUNK, SINGLE, 1000, 10, 0, false, ALARMS, 0.01},
    {SHRUNK, REPLICATED, 20, 10, 1, false, FOUND_5, 0.94},
    {SHRUNK, REPLICATED, 20, 10, 1, false, FOUND_10, 0.99},
    {SHRUNK, REPLICATED, 20, 5, 1, false, FOUND_5, 0.60},
    {SHRUNK, REPLICATED, 20, 5, 1, false, FOUND_10, 0.88},
    {SHRUNK, REPLICATED, 20, 3, 1, false, FOUND_10 | MENTIONED, 0.80},
    {SHRUNK, SINGLE, 20, 10, 1, false, FOUND_20, 0.65},
    {SHRUNK, SINGLE, 20, 10, 1, false, FOUND_20 | MENTIONED, 0.92},
    {SHRUNK, SINGLE, 20, 20, 1, false, FOUND_20, 0.65},
    {SHRUNK, SINGLE, 20, 20, 1, false, FOUND_20 | MENTIONED, 0.92},
    {SHRUNK, REPLICATED, 20, 10, 10, false, FOUND_10, 0.99},
    {SHRUNK, REPLICATED, 20, 5, 1, false, PROMISED, 0.85},
    {SHRUNK, REPLICATED, 20, 10, 1, false, PROMISED, 0.85},
    {SHRUNK, REPLICATED, 20, 20, 1, false, PROMISED, 0.85},
    {SHRUNK, SINGLE, 20, 5, 1, false, PROMISED, 0.85},
    {SHRUNK, SINGLE, 20, 10, 1, false, PROMISED, 0.85},
    {SHRUNK, SINGLE, 20, 20, 1, false, PROMISED, 0.85},
    {BURSTS, REPLICATED, 20, 10, 1, false, PROMISED, 0.85},
    {UNSHRUNK, REPLICATED, 20, 10, 1, false, PROMISED, 0.85},
    {UNSHRUNK, SINGLE, 20, 10, 1, false, PROMISED, 0.85},
    {SHRUNK, SINGLE, 20, 1, 1, true, ALARMS, 0.10},
    {SHRUNK, SINGLE, 20, 3, 1, true, ALARMS, 0.10},
    {SHRUNK, SINGLE, 20, 1, 1, true, FOUND_50, 0.80},
    {SHRUNK, SINGLE, 20, 3, 1, true, FOUND_50, 0.80},
    {SHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MIN},
    {SHRUNK, SINGLE, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MIN},
    {UNSHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.02, PFG_STATISTIC_MIN},
    {BURSTS, REPLICATED, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MIN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, FOUND_10, 0.99, PFG_STATISTIC_MIN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, PROMISED, 0.85, PFG_STATISTIC_MIN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_LOW},
    {SHRUNK, SINGLE, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_LOW},
    {UNSHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.02, PFG_STATISTIC_LOW},
    {BURSTS, REPLICATED, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_LOW},
    {SHRUNK, REPLICATED, 20, 10, 1, false, FOUND_10, 0.99, PFG_STATISTIC_LOW},
    {SHRUNK, REPLICATED, 20, 10, 1, false, PROMISED, 0.85, PFG_STATISTIC_LOW},
    {SHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MEDIAN},
    {SHRUNK, SINGLE, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MEDIAN},
    {UNSHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.02, PFG_STATISTIC_MEDIAN},
    {BURSTS, REPLICATED, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MEDIAN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, FOUND_10, 0.45, PFG_STATISTIC_MEDIAN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, FOUND_20, 0.95, PFG_STATISTIC_MEDIAN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, PROMISED, 0.85, PFG_STATISTIC_MEDIAN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MEAN},
    {SHRUNK, SINGLE, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MEAN},
    {UNSHRUNK, REPLICATED, 20, 10, 1, false, ALARMS, 0.02, PFG_STATISTIC_MEAN},
    {BURSTS, REPLICATED, 20, 10, 1, false, ALARMS, 0.01, PFG_STATISTIC_MEAN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, FOUND_10, 0.65, PFG_STATISTIC_MEAN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, FOUND_20, 0.97, PFG_STATISTIC_MEAN},
    {SHRUNK, REPLICATED, 20, 10, 1, false, PROMISED, 0.85, PFG_STATISTIC_MEAN},
};

/* The cells to try: each n of each block. */
static const struct block {
    enum regime regime;
    enum bench_layout layout;
    size_t series, changed;
    bool weak;
    size_t n[5]; /* 0: the end */
    enum pfg_statistic statistic;
} blocks[] = {
    {INDEPENDENT, REPLICATED, 20, 1, false, {1, 3, 5, 10, 20}},
    {INDEPENDENT, SINGLE, 20, 1, false, {1, 3, 5, 10, 20}},
    {SHRUNK, REPLICATED, 20, 1, false, {1, 3, 5, 10, 20}},
    {SHRUNK, SINGLE, 20, 1, false, {1, 3, 5, 10, 20}},
    {UNSHRUNK, REPLICATED, 20, 1, false, {1, 3, 5, 10, 20}},
    {UNSHRUNK, SINGLE, 20, 1, false, {1, 3, 5, 10, 20}},
    {BURSTS, REPLICATED, 20, 1, false, {3, 5, 10, 20}},
    {BURSTS, SINGLE, 20, 1, false, {5, 10, 20}},
    {DRIFT, REPLICATED, 20, 1, false, {3, 5, 10, 20}},
    {DRIFT, SINGLE, 20, 1, false, {5, 10, 20}},
    {SESSIONS, BLOCKS, 8, 1, false, {5, 10, 20}},
    {SESSIONS, BLOCKS, 20, 1, false, {5, 10, 20}},
    {CLASSES, REPLICATED, 20, 1, false, {3, 5, 10, 20}},
    {LAYOUT, REPLICATED, 20, 1, false, {5, 10, 20}},
    {RELAID, REPLICATED, 20, 1, false, {5, 10, 20}},
    {SHRUNK, REPLICATED, 20, 10, false, {5, 10, 20}},
    {SHRUNK, SINGLE, 20, 10, false, {5, 10, 20}},
    {SHRUNK, REPLICATED, 100, 5, false, {5, 10}},
    {SHRUNK, SINGLE, 100, 5, false, {10}},
    {SHRUNK, REPLICATED, 1000, 0, false, {10}},
    {SHRUNK, SINGLE, 1000, 0, false, {10}},
    {SHRUNK, SINGLE, 20, 1, true, {1, 3}},
    {SHRUNK, REPLICATED, 20, 1, false, {5, 10}, PFG_STATISTIC_MIN},
    {SHRUNK, SINGLE, 20, 1, false, {10}, PFG_STATISTIC_MIN},
    {UNSHRUNK, REPLICATED, 20, 1, false, {10}, PFG_STATISTIC_MIN},
    {BURSTS, REPLICATED, 20, 1, false, {10}, PFG_STATISTIC_MIN},
    {SHRUNK, REPLICATED, 20, 1, false, {5, 10}, PFG_STATISTIC_MEDIAN},
    {SHRUNK, SINGLE, 20, 1, false, {10}, PFG_STATISTIC_MEDIAN},
    {UNSHRUNK, REPLICATED, 20, 1, false, {10}, PFG_STATISTIC_MEDIAN},
    {BURSTS, REPLICATED, 20, 1, false, {10}, PFG_STATISTIC_MEDIAN},
    {SHRUNK, REPLICATED, 20, 1, false, {5, 10}, PFG_STATISTIC_MEAN},
    {SHRUNK, SINGLE, 20, 1, false, {10}, PFG_STATISTIC_MEAN},
    {UNSHRUNK, REPLICATED, 20, 1, false, {10}, PFG_STATISTIC_MEAN},
    {BURSTS, REPLICATED, 20, 1, false, {10}, PFG_STATISTIC_MEAN},
    {SHRUNK, REPLICATED, 20, 1, false, {5, 10}, PFG_STATISTIC_LOW},
    {SHRUNK, SINGLE, 20, 1, false, {10}, PFG_STATISTIC_LOW},
    {UNSHRUNK, REPLICATED, 20, 1, false, {10}, PFG_STATISTIC_LOW},
    {BURSTS, REPLICATED, 20, 1, false, {10}, PFG_STATISTIC_LOW},
};
/* clang-format on */

static double percent(size_t count, size_t n)
{
    return n ? 100.0 * (double)count / (double)n : NAN;
}

/* --- tables --- */

static void print_head(const struct block *block)
{
    const struct bench_regime *regime = &regimes[block->regime];

    printf("\n%s: %s\n%s, %zu series, ", regime->name, regime->what,
           bench_layout_name(block->layout), block->series);
    if (block->changed) {
        printf("%zu changed, ", block->changed);
    }
    if (block->statistic) {
        printf("statistic %s, ", pfg_statistic_name(block->statistic));
    }
    printf(block->weak ? "the built-in limit of 5 %%\n" : "--threshold 2\n");
    printf("%4s %-10s %12s %14s", "n", "evidence", "false alarms",
           block->changed ? "+2 %" : "");
    for (size_t i = 1; block->changed && i < BENCH_CHANGES; i++) {
        printf("   %8s %%", i == 1   ? "+5"
                            : i == 2 ? "+10"
                            : i == 3 ? "+20"
                                     : "+50");
    }
    printf("   plain rules: suites alarmed, +5 %% found%s\n",
           block->changed == 1 ? "; promised" : "");
}

/* Two numbers per pair: called regressed, and that or unconfirmed. */
static void print_cell(const struct bench_cell *cell)
{
    const struct bench_rate *alarms = &cell->alarms;

    printf("%4zu %-10s %5.2f /%5.1f", cell->design.n,
           pfg_evidence_name(cell->evidence),
           percent(alarms->regressed, alarms->n),
           percent(alarms->mentioned, alarms->n));
    for (size_t i = 0; i < BENCH_CHANGES; i++) {
        const struct bench_rate *found = &cell->found[i];

        if (found->n) {
            printf("  %5.1f/%5.1f", percent(found->regressed, found->n),
                   percent(found->mentioned, found->n));
        }
    }
    for (enum bench_rule rule = 0; rule < BENCH_N_RULES; rule++) {
        printf("  %s %.0f", bench_rule_name(rule),
               percent(alarms->rule[rule], alarms->n));
        if (cell->found[1].n) {
            printf(" %.0f",
                   percent(cell->found[1].rule[rule], cell->found[1].n));
        }
    }
    if (cell->promised.n) {
        printf("  promised %.0f: %.0f",
               100 * cell->promise / (double)cell->promised.n,
               percent(cell->promised.regressed, cell->promised.n));
    }
    printf("\n");
    if (cell->design.changed > 1) {
        printf("     suites with an unchanged row called, beside those "
               "changed by +10 %%: %.1f %%\n",
               percent(cell->beside[2].regressed, cell->beside[2].n));
    }
}

/* --- targets --- */

struct bench {
    bool quick;
    const char *only; /* only this regime; NULL: all */
    double shrink[BENCH_KINDS];
    struct bench_cell cells[128];
    const struct block *of[128];
    size_t n_cells;
    size_t missed;
};

static const struct bench_cell *find_cell(const struct bench *bench,
                                          const struct target *target)
{
    for (size_t i = 0; i < bench->n_cells; i++) {
        const struct block *block = bench->of[i];

        if (block->regime == target->regime &&
            block->layout == target->layout &&
            block->series == target->series && block->weak == target->weak &&
            block->changed == target->changed &&
            block->statistic == target->statistic &&
            bench->cells[i].design.n == target->n) {
            return &bench->cells[i];
        }
    }
    return NULL;
}

/* In quick mode a rate is known only to a few per cent: a target counts as
 * missed if it is off by more than three standard errors. */
static double slack(const struct bench *bench, double rate, size_t n)
{
    return bench->quick ? 3 * sqrt(rate * (1 - rate) / (double)n) : 0;
}

static const char *what_in_words(int what)
{
    static const char *const words[] = {
        "suites falsely alarmed",
        "+2 % called",
        "+5 % called",
        "+10 % called",
        "+20 % called",
        "+50 % called",
        "what it could show is called",
    };

    return words[what & ~MENTIONED];
}

static void check_target(struct bench *bench, const struct target *target,
                         const struct bench_cell *cell)
{
    int what = target->what & ~MENTIONED;
    const struct bench_rate *rate = what == ALARMS ? &cell->alarms
                                    : what == PROMISED
                                        ? &cell->promised
                                        : &cell->found[what - FOUND_2];
    size_t count = target->what & MENTIONED ? rate->mentioned : rate->regressed;
    double measured = (double)count / (double)rate->n;
    double allowed = slack(bench, target->limit, rate->n);
    bool ok = what == ALARMS ? measured <= target->limit + allowed
                             : measured >= target->limit - allowed;

    printf("target: %s, %s, %zu series, n = %zu%s%s%s%s: %s%s %s %g %%: "
           "measured %.2f %% %s\n",
           regimes[target->regime].name, bench_layout_name(target->layout),
           target->series, target->n, target->statistic ? ", statistic " : "",
           target->statistic ? pfg_statistic_name(target->statistic) : "",
           target->weak ? ", built-in limit" : "",
           target->changed > target->series / 4 ? ", half changed" : "",
           what_in_words(target->what),
           target->what & MENTIONED ? " or unconfirmed" : "",
           what == ALARMS ? "<=" : ">=", 100 * target->limit, 100 * measured,
           ok ? "ok" : "MISSED");
    bench->missed += !ok;
}

/* --- runs --- */

/* At least 1,000, except in quick mode. */
static size_t suites_for(const struct bench *bench, const struct block *block,
                         size_t wanted)
{
    size_t suites = block->series > 20 ? wanted / 2 : wanted;

    if (bench->quick) {
        return 2400 / (block->series + 20);
    }
    return block->series > 100 ? 1000 : suites;
}

/* n 0: for any n. */
static bool has_target(const struct block *block, size_t n)
{
    for (size_t i = 0; i < PFG_COUNT(targets); i++) {
        const struct target *target = &targets[i];

        if (block->regime == target->regime &&
            block->layout == target->layout &&
            block->series == target->series && block->weak == target->weak &&
            block->changed == target->changed &&
            block->statistic == target->statistic && (!n || n == target->n)) {
            return true;
        }
    }
    return false;
}

static struct bench_design design_of(const struct bench *bench,
                                     const struct block *block, size_t n)
{
    return (struct bench_design){
        .regime = &regimes[block->regime],
        .layout = block->layout,
        .series = block->series,
        .n = n,
        .changed = block->changed,
        .threshold = block->weak ? 0 : 0.02,
        .statistic = block->statistic,
        .suites = suites_for(bench, block, SUITES),
        .also_changed = suites_for(bench, block, CHANGED),
    };
}

static void run_block(struct bench *bench, const struct block *block)
{
    if (bench->only && strcmp(bench->only, regimes[block->regime].name) &&
        !(block->statistic && !strcmp(bench->only, "statistics"))) {
        return;
    }
    if (!bench->quick || has_target(block, 0)) {
        print_head(block);
    }
    for (size_t i = 0; i < PFG_COUNT(block->n) && block->n[i]; i++) {
        struct bench_cell *cell = &bench->cells[bench->n_cells];
        struct bench_design design = design_of(bench, block, block->n[i]);

        if (bench->quick && !has_target(block, block->n[i])) {
            continue;
        }
        bench->of[bench->n_cells++] = block;
        bench_cell_run(cell, &design, bench->shrink, SEED + bench->n_cells);
        print_cell(cell);
        fflush(stdout);
    }
}

/* The same seed must give the same verdicts and numbers, to the last bit. */
static void check_deterministic(struct bench *bench)
{
    struct bench_cell again;
    size_t cell = bench->n_cells / 2;

    bench_cell_run(&again, &bench->cells[cell].design, bench->shrink,
                   SEED + cell + 1);
    printf("target: the same seed gives the same verdicts: %s\n",
           again.digest == bench->cells[cell].digest ? "ok" : "MISSED");
    bench->missed += again.digest != bench->cells[cell].digest;
}

/* --- speed --- */

#define SPEED_SERIES  10000
#define SPEED_SAMPLES 20
#define SPEED_SECONDS 0.3

static void time_layout(struct bench *bench, enum bench_layout layout)
{
    struct bench_suite *suite =
        bench_suite_new(layout, SPEED_SERIES, SPEED_SAMPLES, bench->shrink);
    uint64_t random = SEED;
    double best = INFINITY;
    /* A quick run may be sanitized code on a busy machine. */
    double limit = bench->quick ? 10 * SPEED_SECONDS : SPEED_SECONDS;

    bench_suite_draw(suite, &regimes[SHRUNK], &random);
    for (size_t i = 0; i < SPEED_SERIES; i += 20) {
        bench_suite_change(suite, i, 1.10);
    }
    for (int i = 0; i < 3; i++) {
        clock_t start = clock();
        struct pfg_report *report =
            bench_compare(suite, 0.02, PFG_STATISTIC_DEFAULT, NULL, NULL);

        best = fmin(best, (double)(clock() - start) / CLOCKS_PER_SEC);
        pfg_report_free(report);
    }
    printf("target: %d series of %d samples a side, 5 %% changed, %s: <= %g s "
           "of CPU: measured %.2f s %s\n",
           SPEED_SERIES, SPEED_SAMPLES, bench_layout_name(layout), limit, best,
           best <= limit ? "ok" : "MISSED");
    bench->missed += best > limit;
    bench_suite_free(suite);
}

/* --- rounds evaluated as they come in --- */

/* As `perfgate run` does it: measure rounds until everything is decided, with
 * looks on the way. The promise is that of a single look, and stopping early
 * must cost little power. */
static const struct looking {
    enum regime regime;
    bool filter; /* the tool can measure only what is undecided */
    size_t most, series;
    double alarms, found_5, found_10, clear; /* found 0: no target */
} lookings[] = {
    {INDEPENDENT, true, 28, 20, 0.01, 0.90, 0.99, 0.10},
    {SHRUNK, true, 28, 20, 0.01, 0.97, 0.99, 0.10},
    {SHRUNK, false, 28, 20, 0.01, 0.97, 0.99, 0.10},
    {UNSHRUNK, true, 28, 20, 0.01, 0, 0, 0.10},
    {BURSTS, true, 28, 20, 0.01, 0.90, 0.99, 0.10},
    {DRIFT, true, 28, 20, 0.01, 0.90, 0.99, 0.10},
    {CLASSES, true, 28, 20, 0.025, 0, 0, 0.10},
    {SHORT, true, 224, 12, 0.01, 0, 0.90, 0.10},
    {UNSHRUNK, true, 224, 12, 0.01, 0, 0, 0.10},
    {BURSTS, true, 224, 12, 0.01, 0.99, 0.99, 0.10},
};

static void check_rate(struct bench *bench, const struct bench_looks *looks,
                       const char *what, double count, double n, double limit,
                       bool at_most)
{
    double measured = count / n, allowed = slack(bench, limit, (size_t)n);
    bool ok =
        at_most ? measured <= limit + allowed : measured >= limit - allowed;

    printf("target: %s, looks until %zu rounds%s: %s %s %g %%: measured %.2f "
           "%% %s\n",
           looks->regime->name, looks->most,
           looks->filter ? "" : ", all measured on", what,
           at_most ? "<=" : ">=", 100 * limit, 100 * measured,
           ok ? "ok" : "MISSED");
    bench->missed += !ok;
}

static void run_looking(struct bench *bench, const struct looking *looking)
{
    struct bench_looks looks = {
        .regime = &regimes[looking->regime],
        .filter = looking->filter,
        .most = looking->most,
        .series = looking->series,
        .threshold = 0.02,
        .suites = (bench->quick ? 1700 : 168000) / looking->most,
        .also_changed = (bench->quick ? 850 : 33600) / looking->most,
    };

    if (bench->only && strcmp(bench->only, looks.regime->name)) {
        return;
    }
    bench_looks_run(&looks, bench->shrink, SEED);
    printf("%-12s %4zu %-10s %6.2f %% %6.2f %% %8.1f", looks.regime->name,
           looks.most, looks.filter ? "undecided" : "all",
           percent(looks.alarms, looks.suites),
           percent(looks.likely, looks.suites),
           looks.rounds / (double)looks.suites);
    for (size_t i = 0; i < BENCH_LOOKS_CHANGES; i++) {
        const struct bench_looks_found *found = &looks.found[i];

        printf(
            "   %5.1f %% %5.1f %5.1f %%", percent(found->regressed, found->n),
            found->rounds / (double)found->n, percent(found->clear, found->n));
    }
    printf("\n");
    fflush(stdout);
    check_rate(bench, &looks, "suites falsely alarmed", (double)looks.alarms,
               (double)looks.suites, looking->alarms, true);
    if (looking->found_5 > 0) {
        check_rate(bench, &looks, "+5 % called",
                   (double)looks.found[1].regressed, (double)looks.found[1].n,
                   looking->found_5, false);
    }
    if (looking->found_10 > 0) {
        check_rate(bench, &looks, "+10 % called",
                   (double)looks.found[2].regressed, (double)looks.found[2].n,
                   looking->found_10, false);
    }
    check_rate(bench, &looks, "+2 %, the limit, cleared",
               (double)looks.found[0].clear, (double)looks.found[0].n,
               looking->clear, true);
}

static void run_lookings(struct bench *bench)
{
    printf("\nseveral looks: rounds until decided, at most so many; 20 series, "
           "12 of the many short rounds, 1 changed, --threshold 2\nmeasured "
           "on: alarms, suites measured again, rounds a series; a changed row: "
           "called, after rounds, cleared as unchanged\n"
           "%-12s %4s %-10s %8s %8s %8s   %-20s   %-20s   %-20s\n",
           "", "most", "", "alarms", "again", "rounds", "+2 %", "+5 %",
           "+10 %");
    for (size_t i = 0; i < PFG_COUNT(lookings); i++) {
        run_looking(bench, &lookings[i]);
    }
    printf("\n");
}

/* --- rows with few values --- */

/* Benchmarks that cannot be shortened take part in only a few of the rounds. */
static const struct sparse {
    enum regime regime;
    size_t series, n;        /* of the suite */
    size_t seldom, n_seldom; /* number of such series, and of their values */
    double alarms;           /* at most */
} sparses[] = {
    {SHORT, 12, 100, 1, 6, 0.01},    {SHORT, 12, 100, 3, 6, 0.01},
    {SHORT, 12, 200, 2, 10, 0.01},   {UNSHRUNK, 12, 100, 1, 6, 0.02},
    {UNSHRUNK, 12, 100, 3, 6, 0.02}, {BURSTS, 12, 100, 2, 6, 0.02},
};

static size_t count_sparse(const struct sparse *sparse,
                           struct bench_suite *suite)
{
    struct pfg_report *report;
    size_t regressed;

    for (size_t i = 0; i < sparse->seldom; i++) {
        suite->base->series.at[i]->pieces.n = sparse->n_seldom;
        suite->head->series.at[i]->pieces.n = sparse->n_seldom;
    }
    report = bench_compare(suite, 0.02, PFG_STATISTIC_DEFAULT, NULL, NULL);
    regressed = report->counts[PFG_REGRESSED];
    pfg_report_free(report);
    for (size_t i = 0; i < sparse->seldom; i++) {
        suite->base->series.at[i]->pieces.n = sparse->n;
        suite->head->series.at[i]->pieces.n = sparse->n;
    }
    return regressed;
}

static void run_sparse(struct bench *bench)
{
    const size_t suites = bench->quick ? 200 : 2000;

    printf("\nrows that are seldom measured, beside others: %% of unchanged "
           "suites with a row called\n");
    for (size_t i = 0; i < PFG_COUNT(sparses); i++) {
        const struct sparse *sparse = &sparses[i];
        const struct bench_regime *regime = &regimes[sparse->regime];
        struct bench_suite *suite = bench_suite_new(
            BENCH_ALTERNATING, sparse->series, sparse->n, bench->shrink);
        uint64_t seed = SEED + i;
        size_t alarms = 0;
        bool ok;

        if (bench->only && strcmp(bench->only, regime->name)) {
            bench_suite_free(suite);
            continue;
        }
        for (size_t k = 0; k < suites; k++) {
            bench_suite_draw(suite, regime, &seed);
            alarms += count_sparse(sparse, suite) > 0;
        }
        bench_suite_free(suite);
        ok = percent(alarms, suites) <=
             100 * (sparse->alarms + slack(bench, sparse->alarms, suites));
        printf("target: %s, %zu of %zu with %zu of %zu values: <= %g %%: "
               "measured %.2f %% %s\n",
               regime->name, sparse->seldom, sparse->series, sparse->n_seldom,
               sparse->n, 100 * sparse->alarms, percent(alarms, suites),
               ok ? "ok" : "MISSED");
        bench->missed += !ok;
        fflush(stdout);
    }
    printf("\n");
}

/* --- k of m benchmarks changed --- */

/* clang-format off */
static const struct changing {
    enum regime regime;
    enum bench_layout layout;
    size_t benchmarks, metrics, n, changed;
    double least, most; /* see changed.h */
    double counts;
    const char *metric;
    double found, alarms; /* minimum, maximum; 0: no target */
} changings[] = {
    {QUIET, REPLICATED, 20, 1, 5, 20, 0.3, 0, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 1, 1, 5, 1, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 2, 1, 5, 2, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 5, 1, 5, 5, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 8, 1, 5, 8, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 8, 1, 5, 1, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 8, 1, 5, 3, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 8, 1, 5, 6, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 20, 1, 5, 1, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 20, 1, 5, 5, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 20, 1, 5, 10, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 20, 1, 5, 15, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 20, 1, 5, 20, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 120, 1, 5, 12, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 120, 1, 5, 60, 0.5, 5, 1.2, NULL, 0.98, 0},
    {QUIET, REPLICATED, 120, 1, 5, 120, 0.5, 5, 1.2, NULL, 0.98, 0},
    {SHRUNK, REPLICATED, 20, 1, 5, 20, 0.5, 5, 1.2, NULL, 0.95, 0},
    {QUIET, SINGLE, 1, 1, 10, 1, 0.5, 5, 3, NULL, 0.99, 0},
    {QUIET, SINGLE, 2, 1, 10, 2, 0.5, 5, 3, NULL, 0.99, 0},
    {QUIET, SINGLE, 5, 1, 10, 5, 0.5, 5, 3, NULL, 0.99, 0},
    {QUIET, SINGLE, 20, 1, 4, 1, 0.5, 5, 1.6, NULL, 0.95, 0},
    {QUIET, SINGLE, 20, 1, 4, 10, 0.5, 5, 1.6, NULL, 0.95, 0},
    {QUIET, SINGLE, 8, 1, 10, 8, 0.5, 5, 3, NULL, 0.99, 0},
    {QUIET, SINGLE, 20, 1, 10, 20, 0.5, 5, 3, NULL, 0.99, 0},
    {QUIET, SINGLE, 120, 1, 10, 120, 0.5, 5, 3, NULL, 0.99, 0},
    {SHRUNK, SINGLE, 20, 1, 10, 1, 3, 3, 3, NULL, 0.99, 0},
    {SHRUNK, SINGLE, 20, 1, 10, 1, 1.5, 1.5, 1.5, NULL, 0.80, 0},
    {SHRUNK, SINGLE, 20, 1, 10, 20, 0.5, 5, 3, NULL, 0.95, 0},
    {SHRUNK, SINGLE, 1, 9, 10, 0, 1, 1, 3, NULL, 0, 0.01},
    {SHRUNK, SINGLE, 1, 9, 10, 1, 8, 12, 3, NULL, 0.99, 0},
    {SHRUNK, REPLICATED, 1, 9, 5, 1, 8, 12, 3, NULL, 0.99, 0},
    {EXACT, SINGLE, 20, 1, 1, 20, 0.5, 5, 1.02, "instructions", 1, 0},
    {EXACT, SINGLE, 1, 1, 1, 1, 1.02, 1.1, 1.02, "instructions", 1, 0},
    {TAILS, BLOCKS, 20, 1, 5, 0, 1, 1, 3, "latency p99", 0, 0.10},
    {TAILS, REPLICATED, 20, 1, 5, 0, 1, 1, 3, "latency p99", 0, 0.02},
};
/* clang-format on */

static void check_changing(struct bench *bench, const struct changing *want,
                           const struct bench_changed *got)
{
    bool alarms = want->alarms > 0;
    double limit = alarms ? want->alarms : want->found;
    size_t n = alarms ? got->suites : got->n_slower;
    size_t count = alarms ? got->n_alarms : got->called;
    double measured = (double)count / (double)n, off = slack(bench, limit, n);
    bool ok = alarms ? measured <= limit + off : measured >= limit - off;

    printf("target: %s, %s, %zu of %zu benchmarks changed, n = %zu%s: %s %g "
           "%%: measured %.2f %% %s\n",
           got->regime->name, bench_layout_name(got->layout), got->changed,
           got->benchmarks, got->n, got->metrics > 1 ? ", nine metrics" : "",
           alarms ? "suites falsely alarmed <=" : "slower ones called >=",
           100 * limit, 100 * measured, ok ? "ok" : "MISSED");
    bench->missed += !ok;
}

static void run_changings(struct bench *bench)
{
    printf("\nk of m benchmarks changed, each by a factor of its own; the "
           "built-in limit of 5 %%\n"
           "%-8s %-10s %4s %9s %13s %8s %8s %8s %8s\n",
           "", "", "n", "changed", "factors", "called", "alarms", "wrong",
           "shift");
    for (size_t i = 0; i < PFG_COUNT(changings); i++) {
        const struct changing *c = &changings[i];
        struct bench_changed run = {
            .regime = &regimes[c->regime],
            .layout = c->layout,
            .benchmarks = c->benchmarks,
            .metrics = c->metrics,
            .n = c->n,
            .changed = c->changed,
            .least = c->least,
            .most = c->most,
            .metric = c->metric,
            .counts = c->counts,
            .suites = (bench->quick ? 1200 : 24000) /
                      (c->benchmarks * c->metrics + 4),
        };

        if (bench->only && strcmp(bench->only, run.regime->name)) {
            continue;
        }
        bench_changed_run(&run, bench->shrink, SEED + i);
        printf("%-8s %-10s %4zu %4zu/%4zu %6g..%-5g %6.1f %% %6.2f %% %6.2f %% "
               "%6.1f %%\n",
               run.regime->name, bench_layout_name(run.layout), run.n,
               run.changed, run.benchmarks, run.least, run.most,
               percent(run.called, run.n_slower),
               percent(run.n_alarms, run.suites),
               percent(run.wrong, run.n_faster),
               percent(run.shifts, run.suites));
        check_changing(bench, c, &run);
        fflush(stdout);
    }
    printf("\n");
}

/* A target whose cell was not run is an error in the tables above, unless the
 * run was limited to one regime. */
static void check_targets(struct bench *bench)
{
    for (size_t i = 0; i < PFG_COUNT(targets); i++) {
        const struct bench_cell *cell = find_cell(bench, &targets[i]);

        if (cell) {
            check_target(bench, &targets[i], cell);
        } else if (!bench->only) {
            abort();
        }
    }
}

int main(int argc, char **argv)
{
    static struct bench bench;
    const char *quick = getenv("QUICK");

    bench.quick = quick && *quick;
    bench.only = argc > 1 ? argv[1] : NULL;
    for (size_t i = 0; i < BENCH_KINDS; i++) {
        bench.shrink[i] = bench_kind_shrink(&bench_kinds[i]);
    }
    bench_noise_calibrate();
    if (bench.only && !strcmp(bench.only, "looks")) {
        bench.only = NULL;
        run_lookings(&bench);
        printf("%zu targets missed\n", bench.missed);
        return bench.missed > 0;
    }
    if (bench.only && !strcmp(bench.only, "sparse")) {
        bench.only = NULL;
        run_sparse(&bench);
        printf("%zu targets missed\n", bench.missed);
        return bench.missed > 0;
    }
    if (bench.only && !strcmp(bench.only, "changed")) {
        bench.only = NULL;
        run_changings(&bench);
        printf("%zu targets missed\n", bench.missed);
        return bench.missed > 0;
    }
    printf("\nFalse alarms: %% of unchanged suites with a row called "
           "regressed / or unconfirmed.\n+x %%: %% of changed rows called "
           "regressed / or unconfirmed.\npromised x: y: a row that changed by "
           "what the report said that it could show (x %% in the mean)\nis "
           "called regressed in y %%.\n");
    for (size_t i = 0; i < PFG_COUNT(blocks); i++) {
        run_block(&bench, &blocks[i]);
    }
    run_lookings(&bench);
    run_sparse(&bench);
    run_changings(&bench);
    if (!bench.n_cells) {
        fprintf(stderr, "no regime '%s'\n", bench.only);
        return 2;
    }
    check_targets(&bench);
    check_deterministic(&bench);
    printf("target: no row over its limit goes unmentioned, in any suite: "
           "ok\n");
    time_layout(&bench, REPLICATED);
    time_layout(&bench, SINGLE);
    printf("%zu targets missed\n", bench.missed);
    return bench.missed > 0;
}
