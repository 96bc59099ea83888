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
 * Looks for drifts among the change points of y[0..n), and takes those change
 * points out that were steps on the way of one: one climb looks like stairs to
 * who looks for stairs. The history is cut anew, at change points and at places
 * of a grid, into levels and lines, so that the squared error over the noise
 * and a penalty for each parameter are the least together. A drift is at least
 * 20 points long and 2 per cent high. Returns how many there are, ascending, in
 * the arena.
 */
size_t pfg_drifts_find(struct pfg_drift **out, struct pfg_changepoints *points,
                       size_t n, struct pfg_arena *arena);

#endif
