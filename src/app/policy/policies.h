#ifndef PFG_APP_POLICY_POLICIES_H
#define PFG_APP_POLICY_POLICIES_H

#include "config/config.h"
#include "model/gate.h"
#include "model/report.h"

/* What judges a comparison: the command line, and the configuration that is
 * checked out or that of the base. */

struct pfg_judging {
    struct pfg_policy policy; /* the command line's */
    const char *config; /* the configuration; NULL: found, where there is one */
    const char *trust;  /* "head", "base"; NULL: what the base's policy says */
    bool allow_accept_all; /* an acceptance may be of everything */
};

struct pfg_policies {
    struct pfg_policy asked;         /* the command line's, without any file */
    struct pfg_config *own;          /* what is here; NULL: there is none */
    const struct pfg_config *config; /* what judges: that, or the base's */

    /* The policies of both sides; see policy_change.h. */
    bool looked;         /* has been asked for */
    bool compared;       /* both are known, and the base has one */
    const char *first;   /* the one the head adds to none; NULL: it does not */
    bool trust_base;     /* what the change says of itself does not count */
    const char *trusted; /* the commit that does, then */
    const struct pfg_config *base, *head; /* NULL: there is none */
    struct pfg_config *read[3];           /* released with this */
};

/* Reads the configuration. pfg_policies_free() it, read or not. */
int pfg_policies_read(struct pfg_policies *out,
                      const struct pfg_judging *judging, struct pfg_error *err);
void pfg_policies_free(struct pfg_policies *policies);

/* The command line's policy, with what a configuration (NULL: none) adds. */
struct pfg_policy pfg_policies_with(const struct pfg_policies *policies,
                                    const struct pfg_config *config);

/* ---- the limits that a baseline file has of its own
 * (config/read_baseline_limits.h), in a comparison ---- */

/*
 * Adds them (NULL: there are none) to a policy: the file's threshold is instead
 * of the configuration's, but the command line's stays; its rules come behind
 * those of the configuration. In the report's arena.
 */
void pfg_baseline_limits_add(struct pfg_policy *policy,
                             const struct pfg_policies *policies,
                             const struct pfg_config *limits,
                             struct pfg_report *report);

/* After the comparison: tells the configuration which of its rules matched,
 * and warns of those of the file that matched nothing. */
void pfg_baseline_limits_check(const struct pfg_policy *policy,
                               const struct pfg_policies *policies,
                               const struct pfg_config *limits, bool filtered,
                               struct pfg_report *report);

#endif
