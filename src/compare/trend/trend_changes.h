#ifndef PFG_COMPARE_TREND_TREND_CHANGES_H
#define PFG_COMPARE_TREND_TREND_CHANGES_H

#include "model/history.h"

/*
 * Gathers the shifts of all series. Those that most benchmarks have at one
 * place, give or take three versions (see pfg_suite_shift_find()), become
 * one change. Leaves out shifts before the first commit that is asked for.
 * States are candidate, confirmed or recovered. Everything is in the
 * history's arena.
 */
void pfg_trend_gather(struct pfg_trend *out, const struct pfg_history *history);

/* Marks changes that fail, once acceptances are known: those of a single series
 * with a gated metric that are confirmed and for the worse by more than
 * `threshold`, a fraction. */
void pfg_trend_judge(struct pfg_trend *trend, double threshold);

#endif
