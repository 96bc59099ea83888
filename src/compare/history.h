#ifndef PFG_COMPARE_HISTORY_H
#define PFG_COMPARE_HISTORY_H

#include "compare/row.h"

/*
 * Fills the histories of rows from earlier runs, oldest first: of each series
 * the low levels and medians of the current segment (verdict.md 7), the
 * base's own last. Rows without a base keep an empty history.
 */
void pfg_history_gather(struct pfg_row *rows, size_t n,
                        struct pfg_run *const *runs, size_t n_runs,
                        const char *base, /* id of its revision */
                        struct pfg_arena *arena);

#endif
