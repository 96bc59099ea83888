#ifndef PFG_COMPARE_TREND_TREND_SHARED_H
#define PFG_COMPARE_TREND_TREND_SHARED_H

#include "model/history.h"

/* Finds the steps that most benchmarks of a history have at one place, see
 * pfg_trend_gather(). Sets taken[i][j] to the number of the shared change that
 * shift j of series i is part of, from 1; 0: none. *out is in the history's
 * arena. Returns how many there are. */
size_t pfg_trend_find_shared(struct pfg_trend_change **out, size_t **taken,
                             const struct pfg_history *history);

#endif
