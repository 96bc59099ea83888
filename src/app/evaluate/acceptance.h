#ifndef PFG_APP_EVALUATE_ACCEPTANCE_H
#define PFG_APP_EVALUATE_ACCEPTANCE_H

#include "app/evaluate/evaluate.h"
#include "compare/compare.h"
#include "vcs/vcs.h"

#define PFG_ACCEPT_TRAILER "Perfgate-Accept"
#define PFG_ACCEPT_LABEL   "perfgate-accept"

/*
 * What was accepted between base and head: by the configuration that judges,
 * by trailers of the commits in between (`vcs` NULL: files are compared), and
 * by labels of the pull request: the configuration's word for it, alone (all
 * of it) or with ": GLOB". Those that do not count say why: they have ended,
 * accept everything without being allowed to, or are trailers, which who made
 * the change wrote, where trust is with the base.
 */
int pfg_acceptances_gather(struct pfg_acceptances *out,
                           struct pfg_evaluation *evaluation,
                           const struct pfg_evaluate_options *options,
                           struct pfg_vcs *vcs,
                           const struct pfg_comparison *comparison,
                           pfg_time now, struct pfg_error *err);

/* After the comparison: warns of acceptances that do not count, and of those
 * of commits that met nothing; notes which ones of the configuration did. */
void pfg_acceptances_settle(const struct pfg_acceptances *acceptances,
                            struct pfg_evaluation *evaluation);

/* At the end: warns of those of the configuration that met nothing. */
void pfg_acceptances_finish(struct pfg_evaluation *evaluation);

/* Calls what has another name now by that, so that a renamed benchmark keeps
 * its past. Where a run has both, each keeps its own. */
void pfg_renames_apply(const struct pfg_config *config,
                       struct pfg_run *const *runs, size_t n);

#endif
