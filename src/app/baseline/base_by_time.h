#ifndef PFG_APP_BASELINE_BASE_BY_TIME_H
#define PFG_APP_BASELINE_BASE_BY_TIME_H

#include "app/baseline/search.h"

/* Bases where there is no ancestry, only an order of measuring: deployed
 * versions. No git is needed. */

/*
 * The versions measured before the head was for the first time on this
 * hardware, at most options->window of them (0: one), the latest first. Never
 * the head's own code. Of one version all runs, of several the earlier ones.
 */
int pfg_base_by_time(const struct pfg_search *search, struct pfg_found *out,
                     const struct pfg_found *head, const char *fingerprint,
                     struct pfg_error *err);

/* Earlier runs than those of the base that is found, as its history. */
int pfg_base_earlier(const struct pfg_search *search, struct pfg_found *out,
                     const struct pfg_found *head, const char *fingerprint,
                     struct pfg_error *err);

/* What a window holds, behind what `found->how` says: "..., pooled with the 7
 * measured before it, back to v1.2". `last` is the oldest one, `asked` how
 * many there were to be. */
const char *pfg_base_how_pooled(const struct pfg_found *found,
                                const struct pfg_revision *last, size_t asked,
                                struct pfg_arena *arena);

#endif
