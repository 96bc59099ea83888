#ifndef PFG_COMPARE_ROW_REASON_H
#define PFG_COMPARE_ROW_REASON_H

#include "compare/row/row.h"

/* Sets the verdict of a row, what decided it, and the reason in words, which is
 * borrowed. */
void pfg_conclude(struct pfg_row *row, enum pfg_verdict verdict,
                  enum pfg_decider by, const char *reason);

/* Reasons in words, in the arena. */

/* "±18%, limit 10%" */
const char *pfg_reason_too_wide(const struct pfg_row *row,
                                struct pfg_arena *arena);
const char *pfg_reason_over_not_proven(const struct pfg_row *row,
                                       struct pfg_arena *arena);
const char *pfg_reason_unconfirmed(const struct pfg_row *row,
                                   struct pfg_arena *arena);
const char *pfg_reason_second_look(const struct pfg_row *row,
                                   const struct pfg_second_look *look,
                                   struct pfg_arena *arena);

/* "18%", "3.2%", "0.04%": two significant digits. In the arena. */
const char *pfg_reason_percent(double fraction, struct pfg_arena *arena);

#endif
