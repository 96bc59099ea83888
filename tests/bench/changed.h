/* Suites of which k of m benchmarks changed, each by a factor of its own; as a
 * new compiler or allocator does it. */
#ifndef PFG_TESTS_BENCH_CHANGED_H
#define PFG_TESTS_BENCH_CHANGED_H

#include <stddef.h>
#include <stdint.h>

#include "regime.h"

struct bench_changed {
    const struct bench_regime *regime;
    enum bench_layout layout;
    size_t benchmarks, metrics, n;
    size_t changed;     /* of the benchmarks, all metrics of each */
    double least, most; /* factors, even in logs; most 0: log-normal around 1
                           with SD `least` */
    const char *metric; /* NULL: time */
    double counts;      /* the factor from which a row counts as slower */
    size_t suites;

    /* What came of it. */
    size_t n_slower, called;  /* rows; regressed */
    size_t n_alarms;          /* suites with an unchanged row called */
    size_t n_faster, wrong;   /* rows that got faster; called regressed */
    size_t shifts;            /* suites said to have moved as a whole */
};

void bench_changed_run(struct bench_changed *out, const double *shrink,
                       uint64_t seed);

#endif
