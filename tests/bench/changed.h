/* Suites in which k of m benchmarks changed, each by its own factor, as with a
 * new compiler or allocator. */
#ifndef PFG_TESTS_BENCH_CHANGED_H
#define PFG_TESTS_BENCH_CHANGED_H

#include <stddef.h>
#include <stdint.h>

#include "regime.h"

struct bench_changed {
    const struct bench_regime *regime;
    enum bench_layout layout;
    size_t benchmarks, metrics, n;
    size_t changed;     /* number of benchmarks; all metrics of each change */
    double least, most; /* factors, uniform in logs; most 0: log-normal around 1
                           with SD `least` */
    const char *metric; /* NULL: time */
    double counts;      /* rows count as slower from this factor on */
    size_t suites;

    /* The results. */
    size_t n_slower, called;  /* rows; of these regressed */
    size_t n_alarms;          /* suites in which an unchanged row was called */
    size_t n_faster, wrong;   /* rows that got faster; of these called
                                 regressed */
    size_t shifts;            /* suites reported as shifted as a whole */
};

void bench_changed_run(struct bench_changed *out, const double *shrink,
                       uint64_t seed);

#endif
