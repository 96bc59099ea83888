#ifndef PFG_APP_POLICY_POLICIES_H
#define PFG_APP_POLICY_POLICIES_H

#include "config/config.h"
#include "model/gate.h"
#include "model/report.h"

/* The policy of a comparison: the command line, and the configuration that is
 * checked out or that of the base. */

struct pfg_judging {
    struct pfg_policy policy; /* the command line's */
    const char *config;    /* path of the configuration; NULL: search for it */
    const char *trust;     /* "head", "base"; NULL: as the base's policy says */
    bool allow_accept_all; /* an acceptance may match everything */
};

struct pfg_policies {
    struct pfg_policy asked; /* the command line's alone */
    struct pfg_config *own;  /* the checked-out one; NULL: there is none */
    const struct pfg_config *config; /* the one in force: that, or the base's */

    /* The policies of both sides; see policy_change.h. */
    bool looked;         /* the search is done */
    bool compared;       /* both are known and the base has a policy */
    const char *first;   /* the head's, if the base has none; else NULL */
    bool trust_base;     /* the base's policy is in force */
    const char *trusted; /* its commit */
    const struct pfg_config *base, *head; /* NULL: there is none */
    struct pfg_config *read[3]; /* all that were read; freed with this */
};

/* Reads the configuration. Call pfg_policies_free() even on failure. */
int pfg_policies_read(struct pfg_policies *out,
                      const struct pfg_judging *judging, struct pfg_error *err);
void pfg_policies_free(struct pfg_policies *policies);

/* The command line's policy with a configuration (NULL: none) applied. */
struct pfg_policy pfg_policies_with(const struct pfg_policies *policies,
                                    const struct pfg_config *config);

/* ---- the limits in a baseline file (config/read_baseline_limits.h) ---- */

/*
 * Adds them (NULL: there are none) to a policy. The file's threshold replaces
 * the configuration's but not the command line's; its rules follow those of the
 * configuration. In the report's arena.
 */
void pfg_baseline_limits_add(struct pfg_policy *policy,
                             const struct pfg_policies *policies,
                             const struct pfg_config *limits,
                             struct pfg_report *report);

/* Call after the comparison: marks the rules of the configuration that matched,
 * and warns of rules of the file that matched nothing. */
void pfg_baseline_limits_check(const struct pfg_policy *policy,
                               const struct pfg_policies *policies,
                               const struct pfg_config *limits, bool filtered,
                               struct pfg_report *report);

#endif
