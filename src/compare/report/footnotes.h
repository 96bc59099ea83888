#ifndef PFG_COMPARE_REPORT_FOOTNOTES_H
#define PFG_COMPARE_REPORT_FOOTNOTES_H

#include "base/map.h"
#include "model/report.h"

struct pfg_row;

/* The footnotes of a report while rows are added: each text appears once. */
struct pfg_footnotes {
    struct pfg_report *report;
    struct pfg_map numbers; /* text -> index + 1 */
};

/* Begins with the footnotes that the report already has. */
void pfg_footnotes_open(struct pfg_footnotes *out, struct pfg_report *report);

/* Gives `out` the footnotes that its comparable row needs: what its numbers
 * rest on, and why a reader might have expected others. */
void pfg_footnotes_add(struct pfg_report_row *out, const struct pfg_row *row,
                       struct pfg_footnotes *footnotes,
                       struct pfg_arena *arena);

#endif
