#ifndef PFG_COMPARE_ROW_DECIDE_H
#define PFG_COMPARE_ROW_DECIDE_H

#include "compare/row/suite_test.h"

/* For rates: below which p chance is ruled out, and which change matters. */
#define PFG_RATE_P          0.01
#define PFG_RATE_MIN_CHANGE 0.001

/* The limit of an exact row, in signed logs. Unless the user set one, it is one
 * per cent for bytes and instructions, and zero for other counts. */
double pfg_decide_exact_limit(const struct pfg_row *row);

/* Whether a benchmark broke. If it was measured and only a metric that is not
 * gated has no number, it did not. */
bool pfg_row_failed(const struct pfg_row *row);

/*
 * Gives all rows of a suite, measured by pfg_effect_measure(), a verdict
 * with its reason. Deterministic: the same rows get the same verdicts.
 */
void pfg_decide(struct pfg_row *rows, size_t n, const struct pfg_policy *policy,
                struct pfg_moved *moved, struct pfg_arena *arena);

#endif
