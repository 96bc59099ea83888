#ifndef PFG_APP_BASELINE_BASE_SEARCH_H
#define PFG_APP_BASELINE_BASE_SEARCH_H

#include "app/baseline/search.h"
#include "model/report.h"

/* Finding the base of a head: through git and the store, or in the files of
 * baselines/. compare/baseline.h chooses among what is gathered here. */

/* The base of `head`, which has runs on this profile, with its history. The
 * head's own code and results are never its base, see base_runs.h. */
int pfg_search_base(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_found *head, const char *fingerprint,
                    struct pfg_error *err);

/* What was measured last, on any hardware; PFG_DATA where there is nothing. */
int pfg_search_newest(const struct pfg_search *search,
                      struct pfg_revision *out, struct pfg_error *err);

/* Names of the profiles that have any result. */
int pfg_search_profiles(const struct pfg_search *search, const char ***out,
                        size_t *n, struct pfg_error *err);

#endif
