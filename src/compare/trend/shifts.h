#ifndef PFG_COMPARE_TREND_SHIFTS_H
#define PFG_COMPARE_TREND_SHIFTS_H

#include "model/history.h"

struct pfg_arena;
struct pfg_rank_tables;

/* Values that are searched together; more if a drift is longer. */
#define PFG_SHIFTS_SPAN 512

/*
 * Finds the noise of a series and its lasting changes. Counts do not
 * scatter: they changed wherever two neighbours differ. Everything else is
 * searched in logs, without values of zero or less.
 *
 * A long series is searched part by part. Shifts that lie 128 values before
 * the end of a part are settled: later values do not change them. Given what
 * was settled for its first settled->n values, the search goes on from
 * there, with the same result as from the beginning, and replaces it by what
 * is settled now, in the arena. `settled` may be NULL. `tables` are shared
 * by many series (stats/test/rankdist.h), or NULL.
 */
void pfg_shifts_find(struct pfg_history_series *series,
                     struct pfg_history_settled *settled,
                     struct pfg_rank_tables *tables, struct pfg_arena *arena);

#endif
