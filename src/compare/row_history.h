#ifndef PFG_COMPARE_ROW_HISTORY_H
#define PFG_COMPARE_ROW_HISTORY_H

#include "compare/comparison.h"
#include "compare/row/row.h"

/*
 * Fills the histories of rows from earlier runs, oldest first: of each series
 * the low levels and medians of the current segment (verdict.md 7), the
 * base's own last, of a window those of each of its runs. What of a window is
 * behind the segment is taken out of the row's base. Rows without a base keep
 * an empty history. `hardware` is the profile's name, as acceptances say it.
 */
void pfg_history_gather(struct pfg_row *rows, size_t n,
                        const struct pfg_comparison *asked,
                        const char *hardware, struct pfg_arena *arena);

#endif
