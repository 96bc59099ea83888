#ifndef PFG_COMPARE_REPORT_SECOND_LOOK_H
#define PFG_COMPARE_REPORT_SECOND_LOOK_H

#include "model/gate.h"
#include "model/report.h"

/*
 * Second measurements (verdict.md 8) of rows that are over their limit and
 * likely, but not proven over the suite. Both sides are measured again and
 * compared with the policy's `second` pending, which decides these rows;
 * then the first measurement is compared again with the results.
 */

/* Whether a row should be measured again. Not with weak evidence: more of the
 * same would be as weak. */
bool pfg_second_look_is_due(const struct pfg_report_row *row);

/* The rows of a report to be measured again; in the arena. */
struct pfg_second_looks pfg_second_looks_of(const struct pfg_report *report,
                                            struct pfg_arena *arena);

/* Records the results of the second measurement, which took `rounds` (0: not
 * known). A row that it does not have on both sides stays open. Returns how
 * many rows it has. */
size_t pfg_second_looks_record(struct pfg_second_looks *looks,
                               const struct pfg_report *second, size_t rounds);

#endif
