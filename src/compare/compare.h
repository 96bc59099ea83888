#ifndef PFG_COMPARE_COMPARE_H
#define PFG_COMPARE_COMPARE_H

#include "compare/comparison.h"
#include "compare/report/assemble_report.h"

/*
 * The comparison itself. Two sides of runs and a policy go in, and a section
 * of a report comes out; nothing here prints, reads files, or knows where
 * the runs came from.
 */

/* Compares, and adds a section to the report. The runs are borrowed and must
 * outlive the report. */
void pfg_compare(struct pfg_report *report,
                 const struct pfg_comparison *comparison);

#endif
