/* Suites whose rounds are looked at as they come in, as `perfgate run` does. */
#ifndef PFG_TESTS_BENCH_LOOKS_H
#define PFG_TESTS_BENCH_LOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "regime.h"

#define BENCH_LOOKS_CHANGES 3 /* +2, +5 and +10 % */

struct bench_looks_found {
    size_t regressed; /* called so in the end */
    size_t clear;     /* unchanged or faster in the end */
    double rounds;    /* sum over the changed rows */
    size_t n;
};

struct bench_looks {
    const struct bench_regime *regime;
    bool filter; /* decided rows are not measured on */
    size_t most, series;
    double threshold;
    size_t suites, also_changed;

    size_t alarms; /* unchanged suites with a row called regressed */
    size_t likely; /* unchanged suites with a row that was measured again */
    double rounds; /* a series, sum over these suites */
    struct bench_looks_found found[BENCH_LOOKS_CHANGES];
};

/* Fills in what was found; seeded. */
void bench_looks_run(struct bench_looks *looks, const double *shrink,
                     uint64_t seed);

#endif
