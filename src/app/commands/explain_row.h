#ifndef PFG_APP_COMMANDS_EXPLAIN_ROW_H
#define PFG_APP_COMMANDS_EXPLAIN_ROW_H

#include "base/arena.h"
#include "base/str.h"
#include "model/report.h"

/* Appends the explanation of a row; `verbose`: with formulas. Lines are broken
 * at `width` columns, unless that is 0. */
void pfg_explain_put_row(struct pfg_str *out,
                         const struct pfg_report_section *section,
                         const struct pfg_report_row *row, bool verbose,
                         int width, struct pfg_arena *arena);

#endif
