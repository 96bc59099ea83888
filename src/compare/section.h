#ifndef PFG_COMPARE_SECTION_H
#define PFG_COMPARE_SECTION_H

#include "compare/comparison.h"
#include "compare/row/decide.h"
#include "compare/row/row.h"

/* From decided rows to what a report shows of them. */

/* What the rows of a report share. */
struct pfg_shared {
    struct pfg_report *report;
    struct pfg_report_row fresh; /* see pfg_report_row_new() */
    struct pfg_map footnotes; /* text -> index + 1: each text is there once */
    size_t *numbers;          /* 0, 1, 2, ... */
    size_t n_numbers;
};

/* Fills `out` from a row; footnotes are added as they are needed. */
void pfg_section_row(struct pfg_report_row *out, const struct pfg_row *row,
                     const struct pfg_policy *policy, struct pfg_shared *shared,
                     struct pfg_arena *arena);

/* A geometric mean per metric and unit, over all rows with both values. */
void pfg_section_geomeans(struct pfg_report_section *section,
                          struct pfg_arena *arena);

#endif
