#ifndef PFG_APP_POLICY_POLICY_CHANGE_H
#define PFG_APP_POLICY_POLICY_CHANGE_H

#include "app/evaluate/evaluate.h"
#include "compare/compare.h"
#include "vcs/vcs.h"

/*
 * Whether the change under test alters the policy that judges it. What it
 * alters is what its head has otherwise than the commit where it left the
 * branch that it goes to (on that branch: than the base compared with), in
 * perfgate.json and below baselines/. The head's is the work tree's where the
 * head is checked out.
 */

/*
 * Before a comparison, once an evaluation: fills the report's `policy` but for
 * the rows, and lets the base's configuration judge where trust is with it
 * (`evaluation->config`, `options` stays what it was). `vcs` NULL, versions
 * that are no commits, nothing tracked: there is nothing to tell. PFG_SYSTEM or
 * PFG_USAGE where the base's policy should judge and cannot be read.
 */
int pfg_policy_change_find(struct pfg_evaluation *evaluation,
                           const struct pfg_context *context,
                           const struct pfg_evaluate_options *options,
                           struct pfg_vcs *vcs,
                           const struct pfg_comparison *comparison,
                           struct pfg_error *err);

/* After that: a base from a baseline file becomes what the file is in the
 * commit that is trusted; where it has none, there is no base. */
int pfg_policy_trust_baseline(struct pfg_evaluation *evaluation,
                              const struct pfg_evaluate_options *options,
                              struct pfg_vcs *vcs,
                              struct pfg_comparison *comparison,
                              struct pfg_error *err);

#endif
