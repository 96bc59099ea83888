#ifndef PFG_STATS_HISTORY_CHANGEPOINT_H
#define PFG_STATS_HISTORY_CHANGEPOINT_H

#include <stddef.h>

struct pfg_arena;

/* Fewer points have no change points. */
#define PFG_CHANGEPOINT_LEAST 6

/* Change points in a history (verdict.md 7): the optimal partition of the
 * winsorised logs, then each verified, weakest first. */
struct pfg_changepoint {
    size_t at; /* index of the first point of the new segment */
    /* Medians of the logs of up to 60 points on either side. */
    double before, after;
    double p; /* two-sided, before the correction for testing everywhere */
};

struct pfg_changepoints {
    struct pfg_changepoint *at; /* in the arena, ascending */
    size_t n;
    double noise; /* standard deviation of a point, log units */
    /* Ratio of the variance of a mean to that of independent points, because
     * neighbours are alike; 1 or more. */
    double inflation;
    double *held; /* y with its spikes limited, as it was searched */
    /* The first of the last one or two points, if they stand off from the
     * current segment: a change point if 3 - (n - candidate) more runs agree.
     * n: there is none. */
    size_t candidate;
};

/* Finds the change points of `y`, logs in commit order. Only the result stays
 * in the arena. `held` is NULL if there are too few points. */
struct pfg_changepoints pfg_changepoints_find(const double *y, size_t n,
                                              struct pfg_arena *arena);

#endif
