#ifndef PFG_COMPARE_ROW_EFFECT_H
#define PFG_COMPARE_ROW_EFFECT_H

#include <stddef.h>

#include "compare/row/row.h"

/*
 * The numbers behind a verdict (verdict.md 2, 3 and 5): the effect and its
 * interval, the noise of a difference, p-values. Nothing is decided here.
 */

/* Fills comparable rows from low_shift to p_better, weak ones up to
 * `effective`. The rows are a whole suite, because noise is also learned from
 * similar rows. */
void pfg_effect_measure(struct pfg_row *rows, size_t n,
                        struct pfg_arena *arena);

/*
 * Makes a selected row show the statistic that decided. If the rank test did
 * not decide, the interval of dM may include no change; then dL and its
 * interval, which excludes it, become the effect.
 */
void pfg_effect_choose_shown(struct pfg_row *row);

/* Half of the interval of a row's effect, in logs. */
double pfg_effect_half_width(const struct pfg_row *row);

#endif
