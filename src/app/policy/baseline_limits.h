#ifndef PFG_APP_POLICY_BASELINE_LIMITS_H
#define PFG_APP_POLICY_BASELINE_LIMITS_H

#include "app/evaluate/evaluate.h"

/* The limits that a baseline file has of its own
 * (config/read_baseline_limits.h), in an evaluation. */

/* Reads those of a file, for the comparisons that follow; with NULL there are
 * none. Sets `evaluation->limits`. */
int pfg_own_limits_read(struct pfg_evaluation *evaluation, const char *path,
                        struct pfg_error *err);
/* The same of a file's text, which is called `path`. */
int pfg_own_limits_parse(struct pfg_evaluation *evaluation,
                         struct pfg_slice text, const char *path,
                         struct pfg_error *err);
void pfg_own_limits_free(struct pfg_evaluation *evaluation);

/*
 * Adds them to a policy: the file's threshold is instead of the
 * configuration's, but the command line's stays; its rules come behind those
 * of the configuration. In the report's arena.
 */
void pfg_own_limits_add(const struct pfg_evaluation *evaluation,
                        struct pfg_policy *policy);

/* After the comparison: tells the configuration which of its rules were about
 * something, and warns of those of the file that were about nothing. */
void pfg_own_limits_settle(const struct pfg_evaluation *evaluation,
                           const struct pfg_policy *policy, bool filtered);

#endif
