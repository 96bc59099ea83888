/* One cell of the bench's tables: a regime, a layout and a number of samples,
 * and how often each verdict was given. */
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

/* The changes to try. */
extern const double bench_changes[BENCH_CHANGES];

struct bench_design {
    const struct bench_regime *regime;
    enum bench_layout layout;
    size_t series, n;
    size_t changed;      /* number of series that change, in suites with a
                            change */
    double threshold;    /* 0: the built-in limit */
    enum pfg_statistic statistic; /* set by a rule */
    size_t suites;       /* without any change */
    size_t also_changed; /* number of these that are also tried with changes */
};

/* Counts of changed rows, or of unchanged suites. */
struct bench_rate {
    size_t regressed; /* with the verdict "regressed" */
    size_t mentioned; /* regressed or unconfirmed */
    size_t rule[BENCH_N_RULES];
    size_t n;
};

struct bench_cell {
    struct bench_design design;
    struct bench_rate alarms; /* suites without any change */
    struct bench_rate found[BENCH_CHANGES];
    /* Suites in which an unchanged row was called, beside changed ones. */
    struct bench_rate beside[BENCH_CHANGES];
    /* Rows that changed by the smallest change that the suite could show. */
    struct bench_rate promised;
    double promise;             /* sum of these changes */
    enum pfg_evidence evidence; /* what the verdicts were based on, as
                                   reported */
    uint64_t digest;            /* of all verdicts and numbers */
};

/* Aborts if a row over its limit is not mentioned. */
void bench_cell_run(struct bench_cell *out, const struct bench_design *design,
                    const double *shrink, uint64_t seed);

/* Compares the two runs of a suite, as `perfgate compare --fail-on regressed`
 * does. `looks` NULL: a single look; `second` NULL: nothing was measured again.
 * The caller frees the result with pfg_report_free(). */
struct pfg_report *bench_compare(const struct bench_suite *suite,
                                 double threshold,
                                 enum pfg_statistic statistic,
                                 const struct pfg_looks *looks,
                                 const struct pfg_second_looks *second);

#endif
