#ifndef PFG_COMPARE_SECTION_H
#define PFG_COMPARE_SECTION_H

#include "compare/comparison.h"
#include "compare/row/decide.h"
#include "compare/row/row.h"

/* From decided rows to what a report shows of them. */

/* Footnotes of a report, each text once. */
struct pfg_footnotes {
    struct pfg_report *report;
    struct pfg_map numbers; /* text -> index + 1 */
};

/* Fills `out` from a row; footnotes are added as they are needed. */
void pfg_section_row(struct pfg_report_row *out, const struct pfg_row *row,
                     const struct pfg_policy *policy,
                     struct pfg_footnotes *footnotes,
                     struct pfg_arena *arena);

/* A geometric mean per metric and unit, over all rows with both values. */
void pfg_section_geomeans(struct pfg_report_section *section,
                          struct pfg_arena *arena);

#endif
