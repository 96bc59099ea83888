#ifndef PFG_COMPARE_REPORT_SECOND_LOOK_H
#define PFG_COMPARE_REPORT_SECOND_LOOK_H

#include "model/gate.h"
#include "model/report.h"

/*
 * What wants to be measured again, and what came of it (verdict.md 8): rows
 * that are over their limit and likely, but not proven over the suite. A second
 * measurement of both sides, compared with the policy's `second` pending,
 * settles them; compared once more with it, the first says so.
 */

/* Weak rows do not: more of the same would be as weak. */
bool pfg_second_look_is_due(const struct pfg_report_row *row);

/* Those of a report, in the arena; n 0: there are none. */
struct pfg_second_looks pfg_second_looks_of(const struct pfg_report *report,
                                            struct pfg_arena *arena);

/* Takes what the second measurement says, which took `rounds` (0: not known).
 * A row that it does not have on both sides stays open; how many do not. */
size_t pfg_second_looks_settle(struct pfg_second_looks *looks,
                               const struct pfg_report *second, size_t rounds);

#endif
