#ifndef PFG_COMPARE_ROW_RULE_CHECKS_H
#define PFG_COMPARE_ROW_RULE_CHECKS_H

#include <stddef.h>

#include "compare/row/row.h"
#include "policy/accept.h"

/*
 * What rules demand beyond a threshold: a floor under what counts as a
 * change, no change in either direction, enough samples, a budget; and what
 * somebody accepted.
 */

/* Between preparing and measuring: no limit is below the row's floor. */
void pfg_rule_checks_floor(struct pfg_row *row, struct pfg_arena *arena);

/* Why a row's numbers are not enough to judge it by, or NULL. */
const char *pfg_rule_checks_unmet(const struct pfg_row *row,
                                  struct pfg_arena *arena);

/* After the verdicts of thresholds: what the other demands make of them. */
void pfg_rule_checks_decide(struct pfg_row *rows, size_t n,
                            struct pfg_arena *arena);

#endif
