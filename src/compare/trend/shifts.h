#ifndef PFG_COMPARE_TREND_SHIFTS_H
#define PFG_COMPARE_TREND_SHIFTS_H

#include "model/history.h"

struct pfg_arena;

/*
 * Finds the noise of a series and its lasting changes. What does not scatter
 * (counts) changed where two neighbours differ; of anything else the logs are
 * looked at, and values of zero or less are passed over.
 */
void pfg_shifts_find(struct pfg_history_series *series,
                     struct pfg_arena *arena);

#endif
