#ifndef PFG_APP_COMMANDS_EXPLAIN_RULE_H
#define PFG_APP_COMMANDS_EXPLAIN_RULE_H

#include "base/arena.h"
#include "model/report.h"

/* Which rule decided, and why it came out like this: a sentence in the
 * arena. */
const char *pfg_explain_rule(const struct pfg_report *report,
                             const struct pfg_report_row *row,
                             struct pfg_arena *arena);

/* What the row rests on, in plain words. */
const char *pfg_explain_rests_on(const struct pfg_report_row *row,
                                 struct pfg_arena *arena);

#endif
