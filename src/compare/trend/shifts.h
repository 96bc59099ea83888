#ifndef PFG_COMPARE_TREND_SHIFTS_H
#define PFG_COMPARE_TREND_SHIFTS_H

#include "model/history.h"

struct pfg_arena;
struct pfg_rank_tables;

/* So many values are looked at together; a longer drift takes in more. */
#define PFG_SHIFTS_SPAN 512

/*
 * Finds the noise of a series and its lasting changes. What does not scatter
 * (counts) changed where two neighbours differ; of anything else the logs are
 * looked at, and values of zero or less are passed over.
 *
 * A long series is looked at part by part, and what lies 128 values before the
 * end of a part is settled. Handed what was settled of its first settled->n
 * values, the search goes on from there and finds what it finds without; what
 * is settled then replaces it, in the arena. NULL: nothing is known or asked.
 * `tables` are for many series (stats/test/rankdist.h), or NULL.
 */
void pfg_shifts_find(struct pfg_history_series *series,
                     struct pfg_history_settled *settled,
                     struct pfg_rank_tables *tables, struct pfg_arena *arena);

#endif
