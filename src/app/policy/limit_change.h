#ifndef PFG_APP_POLICY_LIMIT_CHANGE_H
#define PFG_APP_POLICY_LIMIT_CHANGE_H

#include "app/policy/policies.h"
#include "compare/compare.h"

/* What a change of the policy made of the limits of what was measured, and the
 * sentence about all of it; see policy_change.h, which comes before. */

/* After a comparison: says in each row of its section, the report's last, what
 * became of its limit. */
void pfg_limit_changes(struct pfg_report *report,
                       const struct pfg_policies *policies,
                       const struct pfg_comparison *comparison);

/* When all sections are in: sorts the changes, what loosens first, and writes
 * the headline. */
void pfg_limit_changes_finish(struct pfg_report *report,
                              const struct pfg_policies *policies);

#endif
