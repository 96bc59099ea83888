#ifndef PFG_APP_POLICY_POLICY_CHANGE_H
#define PFG_APP_POLICY_POLICY_CHANGE_H

#include "app/baseline/search.h"
#include "app/input/ci.h"
#include "app/policy/policies.h"
#include "compare/compare.h"
#include "vcs/vcs.h"

/*
 * Whether the change under test alters the policy that judges it. What it
 * alters is what its head has otherwise than the commit where it left the
 * branch that it goes to (on that branch: than the base compared with), in
 * perfgate.json and below baselines/. The head's is the work tree's where the
 * head is checked out.
 */

struct pfg_policy_change {
    const struct pfg_context *context;
    const struct pfg_ci *ci;
    struct pfg_vcs *vcs; /* NULL: no commits are compared */
    const struct pfg_judging *judging;
    const struct pfg_search_options *search; /* the base that was asked for */
    const char *baselines;                   /* their folder; NULL: as usual */
    const struct pfg_comparison *comparison;
};

/*
 * Before a comparison, once an evaluation: fills the report's `policy` except
 * for the rows, and lets the base's configuration judge where trust is with it
 * (`policies->config`). Without a repository, between versions that are no
 * commits, or where nothing is tracked, there is nothing to tell. PFG_SYSTEM or
 * PFG_USAGE where the base's policy should judge and cannot be read.
 */
int pfg_policy_change_find(struct pfg_report *report,
                           struct pfg_policies *policies,
                           const struct pfg_policy_change *change,
                           struct pfg_error *err);

/* What a change of the policy made of the limits of what was measured, and the
 * sentence about all of it. */

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
