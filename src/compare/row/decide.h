#ifndef PFG_COMPARE_ROW_DECIDE_H
#define PFG_COMPARE_ROW_DECIDE_H

#include "compare/row/suite_test.h"

/* Rates: what is no chance, and what is too little to matter. */
#define PFG_RATE_P          0.01
#define PFG_RATE_MIN_CHANGE 0.001

/* The limit of an exact row, in signed logs. Without one of the user's: any
 * allocation more, one per cent of bytes and of instructions. */
double pfg_decide_exact_limit(const struct pfg_row *row);

/* Whether a benchmark broke: not where it was measured, and only a metric that
 * is not gated has no number. */
bool pfg_row_failed(const struct pfg_row *row);

/*
 * Verdicts for all rows of a suite, measured by pfg_effect_measure(), with
 * reasons. Deterministic: same rows, same verdicts.
 */
void pfg_decide(struct pfg_row *rows, size_t n, const struct pfg_policy *policy,
                struct pfg_moved *moved, struct pfg_arena *arena);

#endif
