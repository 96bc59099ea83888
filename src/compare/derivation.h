#ifndef PFG_COMPARE_DERIVATION_H
#define PFG_COMPARE_DERIVATION_H

#include "compare/row.h"
#include "model/report.h"

/* The numbers that led to a row's verdict, for whoever wants to check it. A
 * row without numbers on both sides leaves `out` empty. */
void pfg_derivation_fill(struct pfg_report_working *out,
                         const struct pfg_row *row, struct pfg_arena *arena);

#endif
