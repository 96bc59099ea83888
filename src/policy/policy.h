#ifndef PFG_POLICY_POLICY_H
#define PFG_POLICY_POLICY_H

#include "base/error.h"
#include "base/slice.h"
#include "model/gate.h"
#include "model/run.h"
#include "policy/rule.h"

/* The default policy: 5 % on every metric that is gated by default. */
struct pfg_policy pfg_policy_default(void);

/* The limit of a series, with all rules applied. Can't fail. */
struct pfg_limit pfg_policy_limit_of(const struct pfg_policy *policy,
                                     const struct pfg_subject *subject);

/* Whether two limits say the same, for the same reasons. Texts and rules are
 * compared by their addresses, so that equal limits may count as different. */
bool pfg_policy_is_same_limit(const struct pfg_limit *a,
                              const struct pfg_limit *b);

/* Whether a verdict fails the gate (design.md 3): regressed, over-budget,
 * errored, missing, and unconfirmed if the user wrote the limit; or those in
 * `fail_on`. With a severity of warn only errored does, with off none. */
bool pfg_policy_fails(const struct pfg_policy *policy,
                      const struct pfg_limit *limit, enum pfg_verdict verdict);

/* Reads "10", "10%", "0.5%" as a fraction above 0. `name` says in the error
 * (PFG_USAGE) what the number is for. */
int pfg_policy_parse_percent(double *out, struct pfg_slice text,
                             const char *name, struct pfg_error *err);

/* Reads "regressed,missing" as a mask of 1 << verdict. */
int pfg_policy_parse_fail_on(unsigned *out, struct pfg_slice text,
                             struct pfg_error *err);

#endif
