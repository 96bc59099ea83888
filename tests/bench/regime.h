/* The regimes of noise that verdicts are tried in, and suites made in them. */
#ifndef PFG_TESTS_BENCH_REGIME_H
#define PFG_TESTS_BENCH_REGIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/run.h"

/* How base and head were measured. */
enum bench_layout {
    BENCH_ALTERNATING, /* n processes per side in turn, one sample each */
    BENCH_SINGLE,      /* one process per side of n samples, base first */
    BENCH_BLOCKS,      /* n processes of base, then n of head */
    BENCH_N_LAYOUTS,
};

const char *bench_layout_name(enum bench_layout layout);

/* Standard deviations and sizes are logs; 0: the regime has none of it. */
struct bench_regime {
    const char *name, *what;
    double independent; /* SD of a sample, and no other noise */
    double scale;   /* of the busy machine's noise; 0: shrunk, see noise.h */
    double burst;   /* chance that a window is in a burst all through */
    double drift;   /* SD over the session, of all series; half of it of
                       each */
    double session; /* SD of a side of a series: all its processes */
    double classes; /* how much slower the slower machine is */
    double layout;  /* chance that a build puts a hot loop where it is slow */
    bool rebuilt;   /* for each process; else a side is one build */
};

/* A suite in memory: two runs of `series` series, whose values are drawn
 * anew for each suite. */
struct bench_suite {
    enum bench_layout layout;
    size_t series, n;
    struct pfg_run *base, *head;
    const double *shrink; /* of each kind, not owned */
};

/* `shrink` has bench_kind_shrink() of all kinds. */
struct bench_suite *bench_suite_new(enum bench_layout layout, size_t series,
                                    size_t n, const double *shrink);
void bench_suite_free(struct bench_suite *suite);

/* Nothing changed between base and head. */
void bench_suite_draw(struct bench_suite *suite,
                      const struct bench_regime *regime, uint64_t *random);

/* Multiplies the head's values of one series. */
void bench_suite_change(struct bench_suite *suite, size_t series,
                        double factor);

/* All values of a series, in order; returns how many. */
size_t bench_suite_values(double *out, const struct pfg_run *run,
                          size_t series);

#endif
