#ifndef PFG_COMPARE_ROW_EFFECT_H
#define PFG_COMPARE_ROW_EFFECT_H

#include <stddef.h>

#include "compare/row/row.h"

/*
 * The numbers behind a verdict (verdict.md 2, 3 and 5): the effect and its
 * interval, the noise of a difference, p-values. No decision yet.
 */

/* All rows that are comparable are filled from low_shift to p_better, weak
 * ones up to `effective`. The rows are a whole suite: the noise is also
 * learned from their neighbours. */
void pfg_effect_measure(struct pfg_row *rows, size_t n,
                        struct pfg_arena *arena);

/*
 * Of a row that was selected: what is shown is the statistic that decided. The
 * interval of dM may include no change where the rank test did not decide; then
 * dL and its interval, which excludes it, take its place.
 */
void pfg_effect_choose_shown(struct pfg_row *row);

/* Half of the interval of a row's effect, in logs. */
double pfg_effect_half_width(const struct pfg_row *row);

#endif
