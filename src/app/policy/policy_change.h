#ifndef PFG_APP_POLICY_POLICY_CHANGE_H
#define PFG_APP_POLICY_POLICY_CHANGE_H

#include "app/baseline/search.h"
#include "app/input/ci.h"
#include "app/policy/policies.h"
#include "compare/compare.h"
#include "vcs/vcs.h"

/*
 * Finds whether the change under test alters the policy that judges it:
 * perfgate.json and the files below baselines/. The head's are compared with
 * those of the commit where it left its target branch; on that branch, with
 * those of the base of the comparison. If the head is checked out, its files
 * are those of the work tree.
 */

struct pfg_policy_change {
    const struct pfg_context *context;
    const struct pfg_ci *ci;
    struct pfg_vcs *vcs; /* NULL: no commits are compared */
    const struct pfg_judging *judging;
    const struct pfg_search_options *search; /* with the base that the user
                                                named */
    const char *baselines; /* their folder; NULL: the default */
    const struct pfg_comparison *comparison;
};

/*
 * Call before the first comparison of an evaluation: fills the report's
 * `policy` except for the counts of rows, and puts the base's configuration in
 * force (`policies->config`) if it is trusted. Does nothing without a
 * repository, between versions that are not commits, and if no configuration is
 * tracked. PFG_SYSTEM or PFG_USAGE if the base's policy is trusted and cannot
 * be read.
 */
int pfg_policy_change_find(struct pfg_report *report,
                           struct pfg_policies *policies,
                           const struct pfg_policy_change *change,
                           struct pfg_error *err);

/* Call after each comparison: notes in the rows of the report's last section
 * how their limits changed. */
void pfg_limit_changes(struct pfg_report *report,
                       const struct pfg_policies *policies,
                       const struct pfg_comparison *comparison);

/* Call after the last section: sorts the changes, looser ones first, and writes
 * the headline. */
void pfg_limit_changes_finish(struct pfg_report *report,
                              const struct pfg_policies *policies);

#endif
