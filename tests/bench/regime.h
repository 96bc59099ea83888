/* Regimes of noise in which verdicts are tried, and suites drawn from them. */
#ifndef PFG_TESTS_BENCH_REGIME_H
#define PFG_TESTS_BENCH_REGIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/run.h"

/* How base and head were measured. */
enum bench_layout {
    BENCH_ALTERNATING, /* n processes per side, alternating, one sample each */
    BENCH_SINGLE,      /* one process per side with n samples, base first */
    BENCH_BLOCKS,      /* n processes of base, then n of head */
    BENCH_N_LAYOUTS,
};

const char *bench_layout_name(enum bench_layout layout);

/* Standard deviations and sizes are logs; 0: absent from the regime. */
struct bench_regime {
    const char *name, *what;
    double independent; /* SD of a sample, and no other noise */
    double scale;   /* of the busy machine's noise; 0: shrunk, see noise.h */
    double burst;   /* chance that a whole window is in a burst */
    double drift;   /* SD over the session, common to all series; half of it for
                       each series */
    double session; /* SD of a series on one side, in all its processes */
    double classes; /* how much slower the slower machine is */
    double layout;  /* chance that a build places a hot loop where it is slow */
    bool rebuilt;   /* for each process; otherwise each side is one build */
};

/* A suite in memory: two runs with `series` series, whose values are drawn
 * again for each suite. */
struct bench_suite {
    enum bench_layout layout;
    size_t series, n;
    struct pfg_run *base, *head;
    const double *shrink; /* of each kind; not owned */
};

/* `shrink` holds bench_kind_shrink() of each kind. */
struct bench_suite *bench_suite_new(enum bench_layout layout, size_t series,
                                    size_t n, const double *shrink);
void bench_suite_free(struct bench_suite *suite);

/* Draws both sides without a change. */
void bench_suite_draw(struct bench_suite *suite,
                      const struct bench_regime *regime, uint64_t *random);

/* Multiplies the head's values of one series. */
void bench_suite_change(struct bench_suite *suite, size_t series,
                        double factor);

/* Copies all values of a series in order, and returns their number. */
size_t bench_suite_values(double *out, const struct pfg_run *run,
                          size_t series);

#endif
