/* Builds runs in memory and compares them. */
#ifndef PFG_TESTS_UNIT_RUN_FIXTURE_H
#define PFG_TESTS_UNIT_RUN_FIXTURE_H

#include "check.h"

#include "compare/compare.h"
#include "group/key.h"
#include "model/run.h"
#include "policy/policy.h"

/* The series of `run` with these names, which is added if it is new; its unit
 * follows from the direction. */
static inline struct pfg_series *fixture_series(struct pfg_run *run,
                                                const char *benchmark,
                                                const char *metric,
                                                enum pfg_direction better)
{
    struct pfg_series *series = pfg_arena_alloc(run->arena, sizeof *series);

    *series = (struct pfg_series){
        .suite = "suite",
        .benchmark = pfg_arena_strdup(run->arena, benchmark),
        .metric = metric,
        .unit = better == PFG_HIGHER        ? "B/s"
                : !strcmp(metric, "allocs") ? "1"
                : !strcmp(metric, "bytes")  ? "B"
                                            : "s",
        .better = better,
    };
    series->key = pfg_key_make(run->arena, series);
    for (size_t i = 0; i < run->series.n; i++) {
        if (!strcmp(run->series.at[i]->key, series->key)) {
            return run->series.at[i];
        }
    }
    pfg_vec_push(&run->series, run->arena, series);
    return series;
}

/* Adds a process with these values to the series. */
static inline struct pfg_piece *fixture_piece(struct pfg_run *run,
                                              struct pfg_series *series,
                                              const double *values, size_t n)
{
    struct pfg_piece piece = {
        .process = series->pieces.n,
        .number = series->pieces.n,
        .values = pfg_arena_new_array(run->arena, double, n),
        .n = n,
        .written_unit = "",
        .error = "",
        .budget = "",
        .file = "a.txt",
    };

    while (run->processes.n <= piece.process) {
        struct pfg_process process = {.round = (long)run->processes.n + 1};

        pfg_vec_push(&run->processes, run->arena, process);
    }
    for (size_t i = 0; i < n; i++) {
        piece.values[i] = values[i];
    }
    pfg_vec_push(&series->pieces, run->arena, piece);
    return &series->pieces.at[series->pieces.n - 1];
}

/* All values in one process, or one process per value; the latter are numbered
 * as rounds, so that two sides of equal size alternate. */
enum fixture_design {
    ONE_PROCESS,
    IN_TURN,
};

static inline void fixture_add(struct pfg_run *run, const char *benchmark,
                               const char *metric, enum pfg_direction better,
                               const double *values, size_t n,
                               enum fixture_design design)
{
    struct pfg_series *series = fixture_series(run, benchmark, metric, better);

    if (design == ONE_PROCESS) {
        fixture_piece(run, series, values, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        fixture_piece(run, series, &values[i], 1);
    }
}

static inline void fixture_time(struct pfg_run *run, const char *benchmark,
                                const double *values, size_t n,
                                enum fixture_design design)
{
    fixture_add(run, benchmark, "time", PFG_LOWER, values, n, design);
}

/* A policy with a limit set by the user, in per cent; 0: the built-in limit of
 * 5. */
static inline struct pfg_policy fixture_policy(double percent)
{
    struct pfg_policy policy = pfg_policy_default();

    if (percent > 0) {
        policy.threshold = percent / 100;
        policy.threshold_given = true;
        policy.threshold_source = "--threshold";
    }
    return policy;
}

/* Call pfg_report_free() before freeing the runs. */
static inline struct pfg_report *fixture_judge(struct pfg_run *base,
                                               struct pfg_run *head,
                                               double percent)
{
    struct pfg_policy policy = fixture_policy(percent);
    struct pfg_comparison comparison = {
        .base = {.runs = &base, .n = 1, .origin.id = ""},
        .head = {.runs = &head, .n = 1},
        .policy = &policy,
        .no_base = "",
    };
    struct pfg_report *report = pfg_report_new(&policy);

    pfg_compare(report, &comparison);
    pfg_report_finish(report, true, false);
    return report;
}

static inline const struct pfg_report_row *fixture_find(
    const struct pfg_report *report, const char *benchmark)
{
    const struct pfg_report_section *section = &report->sections[0];

    for (size_t i = 0; i < section->n_rows; i++) {
        if (!strcmp(section->rows[i].benchmark, benchmark)) {
            return &section->rows[i];
        }
    }
    return NULL;
}

#define assert_verdict(row, expected)                                          \
    check_verdict((row), (expected), __FILE__, __LINE__)

static inline void check_verdict(const struct pfg_report_row *row,
                                 enum pfg_verdict expected, const char *file,
                                 int line)
{
    if (!row || row->verdict != expected) {
        print_error("'%s' is %s (%s, p=%g), expected %s\n",
                    row ? row->benchmark : "",
                    row ? pfg_verdict_name(row->verdict) : "not there",
                    row ? row->reason : "", row ? row->p : 0,
                    pfg_verdict_name(expected));
        _fail(file, line);
    }
}

/* `n` values evenly spread over `center` +- `half` (a fraction), not in
 * ascending order. */
static inline void fixture_spread(double *out, size_t n, double center,
                                  double half)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = n % 7 ? i * 7 % n : i;
        double place = n > 1 ? 2.0 * (double)at / (double)(n - 1) - 1 : 0;

        out[i] = center * (1 + half * place);
    }
}

#endif
