#ifndef PFG_COMPARE_REPORT_REPORT_ROW_H
#define PFG_COMPARE_REPORT_REPORT_ROW_H

#include "compare/report/footnotes.h"
#include "compare/row/row.h"

/* What the rows of a report share. */
struct pfg_shared {
    struct pfg_report_row fresh; /* see pfg_report_row_new() */
    struct pfg_footnotes footnotes;
    size_t *numbers; /* 0, 1, 2, ... */
    size_t n_numbers;
};

/* Fills `out` from a decided row, and adds the footnotes that it needs. */
void pfg_report_row_fill(struct pfg_report_row *out, const struct pfg_row *row,
                         const struct pfg_policy *policy,
                         struct pfg_shared *shared, struct pfg_arena *arena);

#endif
