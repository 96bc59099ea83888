#ifndef PFG_APP_EVALUATE_ACCEPTANCE_H
#define PFG_APP_EVALUATE_ACCEPTANCE_H

#include "app/input/ci.h"
#include "compare/compare.h"
#include "config/config.h"
#include "vcs/vcs.h"

#define PFG_ACCEPT_TRAILER "Perfgate-Accept"
#define PFG_ACCEPT_LABEL   "perfgate-accept"

/* The sources of acceptances. */
struct pfg_acceptance_sources {
    const struct pfg_config *config; /* in force; NULL: there is none */
    const struct pfg_ci *ci;
    struct pfg_vcs *vcs; /* NULL: no commits are compared */
    pfg_time now;
    bool trust_base;               /* ignore what the change's author writes */
    bool allow_all;                /* an acceptance may match everything */
    struct pfg_patterns *patterns; /* owner of their patterns */
    struct pfg_report *report;     /* for warnings; its arena is used */
};

/*
 * Collects the acceptances between base and head: from the configuration, from
 * trailers of the commits in between, and from labels of the pull request (the
 * configuration's word for it, alone for everything or with ": GLOB"). Those
 * that do not count say why: they have expired, match everything without
 * permission, or are trailers while the base is trusted, because the author of
 * the change writes them.
 */
int pfg_acceptances_gather(struct pfg_acceptances *out,
                           const struct pfg_acceptance_sources *sources,
                           const struct pfg_comparison *comparison,
                           struct pfg_error *err);

/* Call after the comparison: warns of acceptances that do not count and of
 * those of commits that matched nothing, and marks those of the configuration
 * that matched. */
void pfg_acceptances_check(const struct pfg_acceptances *acceptances,
                           const struct pfg_acceptance_sources *sources);

/* Call after the last comparison: warns of acceptances of the configuration
 * (NULL: there is none) that matched nothing. */
void pfg_acceptances_check_config(const struct pfg_config *config,
                                  struct pfg_report *report);

#endif
