#include "cell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "compare/compare.h"
#include "policy/policy.h"
#include "policy/rule.h"
#include "random.h"
#include "stats/row/limit.h"

#define MAX_SAMPLES 64

const double bench_changes[BENCH_CHANGES] = {0.02, 0.05, 0.10, 0.20, 0.50};

struct pfg_report *bench_compare(const struct bench_suite *suite,
                                 double threshold, enum pfg_statistic statistic,
                                 const struct pfg_looks *looks,
                                 const struct pfg_second_looks *second)
{
    struct pfg_policy policy = pfg_policy_default();
    struct pfg_comparison comparison = {
        .base = {&suite->base, 1, {.label = "base", .id = ""}},
        .head = {&suite->head, 1, {.label = "head", .id = ""}},
        .policy = &policy,
    };
    const struct pfg_rule rule = {
        .sets = 1u << PFG_RULE_STATISTIC, .statistic = statistic, .source = ""};
    const struct pfg_rules rules = {&rule, 1, &(bool){false}};
    struct pfg_report *report;

    policy.rules = statistic ? &rules : NULL;
    if (threshold > 0) {
        policy.threshold = threshold;
        policy.threshold_given = true;
        policy.threshold_source = "--threshold";
    }
    policy.fail_on = 1u << PFG_REGRESSED;
    policy.looks = looks ? *looks : (struct pfg_looks){0};
    policy.second = second ? *second : (struct pfg_second_looks){0};
    report = pfg_report_new(&policy);
    pfg_compare(report, &comparison);
    pfg_report_finish(report, true, false);
    return report;
}

/* --- what every report must fulfil --- */

static void violated(const struct pfg_report_row *row, const char *how)
{
    fprintf(stderr, "series %s, %+.4f %%, limit %g %%, %s (%s): %s\n",
            row->benchmark, 100 * row->change, 100 * row->threshold,
            pfg_verdict_name(row->verdict), row->reason, how);
    abort();
}

/* A row over its limit must be mentioned. */
static void check_mentioned(const struct pfg_report_row *row)
{
    bool is_over = pfg_reaches(log1p(row->change), log1p(row->threshold));

    if (!is_over) {
        if (row->verdict == PFG_REGRESSED || row->verdict == PFG_UNCONFIRMED) {
            violated(row, "called, and not over its limit");
        }
        return;
    }
    if (!row->listed) {
        violated(row, "over its limit and not listed");
    }
    if (row->verdict != PFG_REGRESSED && row->verdict != PFG_UNCONFIRMED &&
        !(row->verdict == PFG_INCONCLUSIVE &&
          strstr(row->reason, "over the limit"))) {
        violated(row, "over its limit and not said so");
    }
}

/* The interval of a change that was found must not contain zero. */
static void check_interval(const struct pfg_report_row *row)
{
    bool is_called = row->verdict == PFG_REGRESSED ||
                     row->verdict == PFG_SLOWER ||
                     row->verdict == PFG_IMPROVED || row->verdict == PFG_FASTER;
    bool is_tested =
        row->evidence == PFG_REPLICATED || row->evidence == PFG_SINGLE;

    if (is_called && is_tested && row->change_lower <= 0 &&
        row->change_upper >= 0) {
        violated(row, "called, and no change is within its interval");
    }
}

/* --- one comparison --- */

struct outcome {
    struct bench_rate changed, unchanged; /* rows */
    double detectable;                    /* the smallest change that the first
                                             series could show */
};

static void count_row(struct bench_rate *rate, const struct pfg_report_row *row)
{
    rate->n++;
    rate->regressed += row->verdict == PFG_REGRESSED;
    rate->mentioned +=
        row->verdict == PFG_REGRESSED || row->verdict == PFG_UNCONFIRMED;
}

/* The changed series: `design->changed` of them from `first` on, wrapping
 * around. */
static bool is_changed(const struct bench_design *design, size_t first,
                       size_t series)
{
    return (series + design->series - first) % design->series < design->changed;
}

static void apply_rules(struct outcome *out, const struct bench_suite *suite,
                        size_t series, bool changed, double threshold)
{
    struct bench_rate *rate = changed ? &out->changed : &out->unchanged;
    double base[MAX_SAMPLES], head[MAX_SAMPLES];
    size_t n_base = bench_suite_values(base, suite->base, series);
    size_t n_head = bench_suite_values(head, suite->head, series);

    for (enum bench_rule rule = 0; rule < BENCH_N_RULES; rule++) {
        rate->rule[rule] +=
            bench_rule_calls(rule, base, n_base, head, n_head, threshold);
    }
}

static void digest_row(struct bench_cell *cell,
                       const struct pfg_report_row *row)
{
    struct {
        uint64_t before;
        double change, p;
        uint64_t verdict;
    } mixed = {cell->digest, row->change, row->p, row->verdict};

    cell->digest =
        pfg_hash_bytes(pfg_slice_make((const char *)&mixed, sizeof mixed));
}

static struct outcome compare(struct bench_cell *cell,
                              const struct bench_suite *suite, size_t first,
                              bool change)
{
    const struct bench_design *design = &cell->design;
    struct pfg_report *report =
        bench_compare(suite, design->threshold, design->statistic, NULL, NULL);
    const struct pfg_report_section *section = &report->sections[0];
    struct outcome out = {0};

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        size_t series = strtoul(row->benchmark, NULL, 10);
        bool changed = change && is_changed(design, first, series);

        check_mentioned(row);
        check_interval(row);
        count_row(changed ? &out.changed : &out.unchanged, row);
        apply_rules(&out, suite, series, changed, report->threshold);
        digest_row(cell, row);
        cell->evidence = row->evidence;
        if (series == first) {
            out.detectable = row->detectable;
        }
    }
    if (section->n_rows != design->series) {
        abort();
    }
    pfg_report_free(report);
    return out;
}

/* --- a cell --- */

static void add_suite(struct bench_rate *suites, const struct bench_rate *rows)
{
    suites->n++;
    suites->regressed += rows->regressed > 0;
    suites->mentioned += rows->mentioned > 0;
    for (size_t i = 0; i < BENCH_N_RULES; i++) {
        suites->rule[i] += rows->rule[i] > 0;
    }
}

static void add_rows(struct bench_rate *sum, const struct bench_rate *rows)
{
    sum->n += rows->n;
    sum->regressed += rows->regressed;
    sum->mentioned += rows->mentioned;
    for (size_t i = 0; i < BENCH_N_RULES; i++) {
        sum->rule[i] += rows->rule[i];
    }
}

static void multiply(struct bench_suite *suite,
                     const struct bench_design *design, size_t first,
                     double factor)
{
    for (size_t i = 0; i < design->series; i++) {
        if (is_changed(design, first, i)) {
            bench_suite_change(suite, i, factor);
        }
    }
}

/* Returns the smallest change that the first series could show. */
static double try_unchanged(struct bench_cell *cell,
                            const struct bench_suite *suite, size_t first)
{
    struct outcome out = compare(cell, suite, first, false);

    add_suite(&cell->alarms, &out.unchanged);
    return out.detectable;
}

static void try_promise(struct bench_cell *cell, struct bench_suite *suite,
                        size_t first, double promise)
{
    struct outcome out;

    if (cell->design.changed != 1 || !isfinite(promise)) {
        return;
    }
    bench_suite_change(suite, first, 1 + promise);
    out = compare(cell, suite, first, true);
    bench_suite_change(suite, first, 1 / (1 + promise));
    add_rows(&cell->promised, &out.changed);
    cell->promise += promise;
}

static void try_changes(struct bench_cell *cell, struct bench_suite *suite,
                        size_t first)
{
    const struct bench_design *design = &cell->design;
    struct outcome out;

    for (size_t i = 0; design->changed && i < BENCH_CHANGES; i++) {
        multiply(suite, design, first, 1 + bench_changes[i]);
        out = compare(cell, suite, first, true);
        multiply(suite, design, first, 1 / (1 + bench_changes[i]));
        add_rows(&cell->found[i], &out.changed);
        add_suite(&cell->beside[i], &out.unchanged);
    }
}

void bench_cell_run(struct bench_cell *out, const struct bench_design *design,
                    const double *shrink, uint64_t seed)
{
    struct bench_suite *suite =
        bench_suite_new(design->layout, design->series, design->n, shrink);

    *out = (struct bench_cell){.design = *design};
    for (size_t i = 0; i < design->suites; i++) {
        double promise;

        bench_suite_draw(suite, design->regime, &seed);
        promise = try_unchanged(out, suite, i % design->series);
        if (i < design->also_changed) {
            try_promise(out, suite, i % design->series, promise);
            try_changes(out, suite, i % design->series);
        }
    }
    bench_suite_free(suite);
}
