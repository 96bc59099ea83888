#ifndef PFG_COMPARE_TREND_TREND_CHANGES_H
#define PFG_COMPARE_TREND_TREND_CHANGES_H

#include "model/history.h"

/*
 * Takes the shifts of all series together: at one place, give or take three
 * versions, those that most benchmarks share (see pfg_suite_shift_find()) are
 * one change. Shifts from before the first commit that is asked for are left
 * out. States are candidate, confirmed or recovered. In the history's arena.
 */
void pfg_trend_gather(struct pfg_trend *out, const struct pfg_history *history);

/* After acceptances are known: which changes fail. That is what got worse by
 * more than `threshold` (a fraction), is confirmed, and of one series whose
 * metric is gated. */
void pfg_trend_judge(struct pfg_trend *trend, double threshold);

#endif
