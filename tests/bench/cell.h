/* One cell of the bench's tables: a regime, a layout and a number of samples,
 * and how often which verdict was given in it. */
#ifndef PFG_TESTS_BENCH_CELL_H
#define PFG_TESTS_BENCH_CELL_H

#include <stddef.h>
#include <stdint.h>

#include "model/gate.h"
#include "model/report.h"
#include "plain.h"
#include "regime.h"
#include "stats/test/sequential.h"

#define BENCH_CHANGES 5

/* The changes that are tried. */
extern const double bench_changes[BENCH_CHANGES];

struct bench_design {
    const struct bench_regime *regime;
    enum bench_layout layout;
    size_t series, n;
    size_t changed;      /* series that change, when something does */
    double threshold;    /* 0: the built-in limit */
    enum pfg_statistic statistic; /* that a rule asks for */
    size_t suites;       /* in which nothing changed */
    size_t also_changed; /* how many of them are tried with changes, too */
};

/* Out of changed rows, or of unchanged suites. */
struct bench_rate {
    size_t regressed; /* called so */
    size_t mentioned; /* or unconfirmed */
    size_t rule[BENCH_N_RULES];
    size_t n;
};

struct bench_cell {
    struct bench_design design;
    struct bench_rate alarms; /* suites in which nothing changed */
    struct bench_rate found[BENCH_CHANGES];
    /* Suites with an unchanged row called, beside those that changed. */
    struct bench_rate beside[BENCH_CHANGES];
    /* Rows that changed by what the suite said that they could show. */
    struct bench_rate promised;
    double promise;             /* sum of these sizes */
    enum pfg_evidence evidence; /* what the rows were said to rest on */
    uint64_t digest;            /* of all verdicts and numbers */
};

/* Aborts where a row over its limit goes unmentioned. */
void bench_cell_run(struct bench_cell *out, const struct bench_design *design,
                    const double *shrink, uint64_t seed);

/* Compares the two runs of a suite, as `perfgate compare --fail-on regressed`
 * does; `looks` NULL: at once, `second` NULL: nothing was measured again. To be
 * freed with pfg_report_free(). */
struct pfg_report *bench_compare(const struct bench_suite *suite,
                                 double threshold,
                                 enum pfg_statistic statistic,
                                 const struct pfg_looks *looks,
                                 const struct pfg_second_looks *second);

#endif
