#ifndef PFG_COMPARE_TREND_TREND_SHARED_H
#define PFG_COMPARE_TREND_TREND_SHARED_H

#include "model/history.h"

/* The steps that most benchmarks of a history have at one place, see
 * pfg_trend_gather(); taken[i][j] is the number of the one that shift j of
 * series i is a part of, from 1 on, or 0. Returns how many there are, in the
 * history's arena. */
size_t pfg_trend_find_shared(struct pfg_trend_change **out, size_t **taken,
                             const struct pfg_history *history);

#endif
