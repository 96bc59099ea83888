#ifndef PFG_APP_BASELINE_BASE_RUNS_H
#define PFG_APP_BASELINE_BASE_RUNS_H

#include "app/baseline/search.h"

/* What the store holds of one state of the code, under whatever name. */

/* What the store knows under `spec`: a name or an id stored, else a revision
 * of git. PFG_USAGE where neither knows it. */
int pfg_search_revision(const struct pfg_search *search,
                        struct pfg_revision *out, const char *spec,
                        struct pfg_error *err);

/*
 * The runs of a revision, on one profile or, with NULL, on any: those stored
 * under its id or that of the CI's merge that was built for it, else those of
 * the same tree. They are of one state of the code: the revision's own where
 * that was measured, else the one measured last. Clean runs, unless only dirty
 * ones are there or the revision is dirty itself.
 */
int pfg_search_runs(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_revision *revision,
                    const char *fingerprint, struct pfg_error *err);

/* Whether a run is of the head's own code, under whatever name: never its
 * base. */
bool pfg_search_is_own(const struct pfg_found *head,
                       const struct pfg_run_info *info);

/* Leaves out of `found` what is the head's own. */
void pfg_search_drop_own(struct pfg_found *found, const struct pfg_found *head);

#endif
