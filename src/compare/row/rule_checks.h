#ifndef PFG_COMPARE_ROW_RULE_CHECKS_H
#define PFG_COMPARE_ROW_RULE_CHECKS_H

#include <stddef.h>

#include "compare/row/row.h"
#include "policy/accept.h"

/*
 * What rules demand beyond a threshold: a smallest difference that counts,
 * no change in either direction, enough samples; and accepted changes.
 */

/* Raises the row's limit to its min_change. To be called between preparing and
 * measuring. */
void pfg_rule_checks_floor(struct pfg_row *row, struct pfg_arena *arena);

/* Why a row's samples do not meet what its rule demands, or NULL. */
const char *pfg_rule_checks_unmet(const struct pfg_row *row,
                                  struct pfg_arena *arena);

/* Adjusts the verdicts of thresholds to the other demands. */
void pfg_rule_checks_decide(struct pfg_row *rows, size_t n,
                            struct pfg_arena *arena);

#endif
