#ifndef PFG_APP_EVALUATE_EVALUATING_H
#define PFG_APP_EVALUATE_EVALUATING_H

#include "app/evaluate/acceptance.h"
#include "compare/compare.h"
#include "config/config.h"

/* The steps of an evaluation that have a file of their own. Inside this folder
 * only. */

/* ---- before a comparison ---- */

/* Gives renamed benchmarks their new names, so that they keep their past. If a
 * run has both names, each stays. */
void pfg_renames_apply(const struct pfg_config *config,
                       struct pfg_run *const *runs, size_t n);

/*
 * google-benchmark's suite is the name of the program, and base and head may be
 * two programs: "bench-old", "bench-new". Results that github-action-benchmark
 * stored have no suite at all. If each side has one suite, they differ, and
 * they share a benchmark, the base's series get the head's suite, and a note of
 * the comparison says so. `arena` is the comparison's.
 */
void pfg_program_names_unify(struct pfg_comparison *comparison,
                             struct pfg_arena *arena);

/*
 * Finds where the history of a comparison starts anew: at the commits in the
 * base's ancestry with a trailer that accepted a change. To the series that the
 * trailer names, older results are those of another program. A trailer that
 * matches everything counts if that is allowed. Does nothing without a
 * repository, for named versions, and for acceptances in perfgate.json, which
 * do not tell their commit.
 */
int pfg_segments_gather(struct pfg_comparison *comparison,
                        const struct pfg_acceptance_sources *sources,
                        struct pfg_error *err);

/* ---- after the last section ---- */

/* PFG_USAGE for a limit that can never be reached, and a budget or ratio that
 * cannot be judged. */
int pfg_report_check(const struct pfg_report *report, struct pfg_error *err);

/* Warns of rules and ratios of the configuration that matched nothing. */
void pfg_report_warn_unused(struct pfg_report *report,
                            const struct pfg_config *config);

/* Warns of benchmarks without a base if the policy asks for it. */
void pfg_report_warn_new(struct pfg_report *report,
                         const struct pfg_policy *policy);

#endif
