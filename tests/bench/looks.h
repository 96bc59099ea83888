/* Suites that are evaluated as their rounds come in, as in `perfgate run`. */
#ifndef PFG_TESTS_BENCH_LOOKS_H
#define PFG_TESTS_BENCH_LOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "regime.h"

#define BENCH_LOOKS_CHANGES 3 /* +2, +5 and +10 % */

struct bench_looks_found {
    size_t regressed; /* in the end called so */
    size_t clear;     /* in the end unchanged or faster */
    double rounds;    /* sum over the changed rows */
    size_t n;
};

struct bench_looks {
    const struct bench_regime *regime;
    bool filter; /* no longer measure rows that are decided */
    size_t most, series;
    double threshold;
    size_t suites, also_changed;

    size_t alarms; /* unchanged suites in which a row was called regressed */
    size_t likely; /* unchanged suites in which a row was measured again */
    double rounds; /* per series, sum over these suites */
    struct bench_looks_found found[BENCH_LOOKS_CHANGES];
};

/* Fills in the results, from a seed. */
void bench_looks_run(struct bench_looks *looks, const double *shrink,
                     uint64_t seed);

#endif
