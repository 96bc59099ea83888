#ifndef PFG_STATS_HISTORY_DRIFT_H
#define PFG_STATS_HISTORY_DRIFT_H

#include <stddef.h>

#include "stats/history/changepoint.h"

struct pfg_arena;

/* A stretch in which the level moves steadily: a line explains it better than
 * steps do. */
struct pfg_drift {
    size_t from, to; /* the first and the last point of it */
    double start;    /* the line at `from` */
    double change;   /* what it moved by up to `to`, log units */
    double error;    /* standard error of that */
};

/*
 * Finds drifts among the change points of y[0..n), and removes the change
 * points that are part of one: a search for steps sees a steady climb as
 * stairs. The history is cut again, at change points and on a grid, into
 * levels and lines that minimise the squared error over the noise plus a
 * penalty for each parameter. A drift is at least 20 points long and 2 per
 * cent high. *out is ascending and in the arena. Returns how many there are.
 */
size_t pfg_drifts_find(struct pfg_drift **out, struct pfg_changepoints *points,
                       size_t n, struct pfg_arena *arena);

#endif
