#ifndef PFG_COMPARE_ROW_DECIDE_H
#define PFG_COMPARE_ROW_DECIDE_H

#include <stddef.h>

#include "compare/row/row.h"
#include "stats/test/family.h"

/* The false-alarm rate aimed at over the suite, and that of what is likely. */
#define PFG_Q        0.01
#define PFG_Q_SCREEN 0.14

/* Rates: what is no chance, and what is too little to matter. */
#define PFG_RATE_P          0.01
#define PFG_RATE_MIN_CHANGE 0.001

/* A shift of the whole suite: most rows moved alike. */
struct pfg_moved {
    struct pfg_suite_shift suite; /* positive: in the direction of `worse` */
    bool worse;
    bool fails; /* it fails the gate by itself */
};

/* The limit of an exact row, in signed logs. Without one of the user's: any
 * allocation more, one per cent of bytes and of instructions. */
double pfg_decide_exact_limit(const struct pfg_row *row);

/* Whether a benchmark broke: not where it was measured, and only a metric that
 * is not gated has no number. */
bool pfg_row_failed(const struct pfg_row *row);

/* What a second measurement is about, or said, of this row; NULL: nothing. */
const struct pfg_second_look *pfg_decide_second_look(
    const struct pfg_row *row, const struct pfg_policy *policy);

/*
 * Verdicts for all rows of a suite, measured by pfg_effect_measure(), with
 * reasons. Deterministic: same rows, same verdicts.
 */
void pfg_decide(struct pfg_row *rows, size_t n,
                const struct pfg_policy *policy,
                struct pfg_moved *moved, struct pfg_arena *arena);

#endif
