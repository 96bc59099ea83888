#ifndef PFG_APP_POLICY_BASELINE_LIMITS_H
#define PFG_APP_POLICY_BASELINE_LIMITS_H

#include "app/policy/policies.h"
#include "model/report.h"

/* The limits that a baseline file has of its own
 * (config/read_baseline_limits.h), in a comparison. */

/*
 * Adds them (NULL: there are none) to a policy: the file's threshold is instead
 * of the configuration's, but the command line's stays; its rules come behind
 * those of the configuration. In the report's arena.
 */
void pfg_baseline_limits_add(struct pfg_policy *policy,
                             const struct pfg_policies *policies,
                             const struct pfg_config *limits,
                             struct pfg_report *report);

/* After the comparison: tells the configuration which of its rules matched,
 * and warns of those of the file that matched nothing. */
void pfg_baseline_limits_check(const struct pfg_policy *policy,
                               const struct pfg_policies *policies,
                               const struct pfg_config *limits, bool filtered,
                               struct pfg_report *report);

#endif
