#ifndef PFG_APP_EVALUATE_EVALUATE_FILES_H
#define PFG_APP_EVALUATE_EVALUATE_FILES_H

#include "app/evaluate/evaluate.h"
#include "compare/compare.h"
#include "vcs/vcs.h"

/* Compares paths with paths. */
int pfg_evaluate_files(struct pfg_evaluation *out,
                       const struct pfg_context *context,
                       const struct pfg_evaluate_options *options,
                       struct pfg_error *err);

/*
 * Compares, by the policy and what was accepted between base and head, and
 * adds the section. `vcs` NULL: no commits are asked. The comparison's policy
 * is not to be used after it.
 */
int pfg_evaluation_compare(struct pfg_evaluation *evaluation,
                           const struct pfg_context *context,
                           const struct pfg_evaluate_options *options,
                           struct pfg_vcs *vcs,
                           struct pfg_comparison *comparison,
                           struct pfg_error *err);

/* Hands runs over to the evaluation, which then frees them; returns where
 * they are now, until the next call. */
struct pfg_run **pfg_evaluation_keep(struct pfg_evaluation *evaluation,
                                     struct pfg_run *const *runs, size_t n);

#endif
