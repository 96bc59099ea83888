#ifndef PFG_COMPARE_ROW_SUITE_TEST_H
#define PFG_COMPARE_ROW_SUITE_TEST_H

#include "compare/row/row.h"
#include "stats/test/family.h"

/* What is decided over all rows of a suite at once (verdict.md 4). */

/* The false-alarm rate aimed at over the suite, and the level at which a row is
 * called likely. */
#define PFG_Q        0.01
#define PFG_Q_SCREEN 0.14

/* A shift of the whole suite: most benchmarks moved alike. */
struct pfg_moved {
    struct pfg_suite_shift suite; /* positive: in the direction of `worse` */
    bool worse;
    bool fails; /* it fails the gate by itself */
};

/* What the policy's second measurement is about, or said, for this row; NULL:
 * nothing. */
const struct pfg_second_look *pfg_suite_second_look(
    const struct pfg_row *row, const struct pfg_policy *policy);

/* Selects the rows that changed, at the level of the suite, and finds what each
 * tested row could have shown. The rows were measured by pfg_effect_measure().
 */
void pfg_suite_test(struct pfg_row *rows, size_t n,
                    const struct pfg_policy *policy, struct pfg_arena *arena);

/* Looks for a shift of the whole suite, first for the worse, and marks the rows
 * that are part of it. */
void pfg_suite_find_shift(struct pfg_moved *out, struct pfg_row *rows, size_t n,
                          const struct pfg_policy *policy,
                          struct pfg_arena *arena);

#endif
