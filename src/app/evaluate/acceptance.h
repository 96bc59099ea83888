#ifndef PFG_APP_EVALUATE_ACCEPTANCE_H
#define PFG_APP_EVALUATE_ACCEPTANCE_H

#include "app/input/ci.h"
#include "compare/compare.h"
#include "config/config.h"
#include "vcs/vcs.h"

#define PFG_ACCEPT_TRAILER "Perfgate-Accept"
#define PFG_ACCEPT_LABEL   "perfgate-accept"

/* Where acceptances come from. */
struct pfg_acceptance_sources {
    const struct pfg_config *config; /* that judges; NULL: there is none */
    const struct pfg_ci *ci;
    struct pfg_vcs *vcs; /* NULL: no commits are compared */
    pfg_time now;
    bool trust_base;               /* not to what the change says of itself */
    bool allow_all;                /* one may be of everything */
    struct pfg_patterns *patterns; /* owns theirs */
    struct pfg_report *report;     /* for warnings, and its arena */
};

/*
 * What was accepted between base and head: by the configuration, by trailers of
 * the commits in between, and by labels of the pull request: the
 * configuration's word for it, alone (all of it) or with ": GLOB". Those that
 * do not count say why: they have ended, accept everything without being
 * allowed to, or are trailers, which the author of the change wrote, where
 * trust is with the base.
 */
int pfg_acceptances_gather(struct pfg_acceptances *out,
                           const struct pfg_acceptance_sources *sources,
                           const struct pfg_comparison *comparison,
                           struct pfg_error *err);

/* After the comparison: warns of acceptances that do not count, and of those
 * of commits that met nothing; notes which ones of the configuration did. */
void pfg_acceptances_check(const struct pfg_acceptances *acceptances,
                           const struct pfg_acceptance_sources *sources);

/* At the end: warns of those of the configuration (NULL: there is none) that
 * met nothing. */
void pfg_acceptances_check_config(const struct pfg_config *config,
                                  struct pfg_report *report);

#endif
