#ifndef PFG_POLICY_POLICY_H
#define PFG_POLICY_POLICY_H

#include "base/error.h"
#include "base/slice.h"
#include "model/gate.h"
#include "model/run.h"
#include "policy/rule.h"

/* The built-in policy: 5 % on what is gated by default. */
struct pfg_policy pfg_policy_default(void);

/* The limit that holds for a series where no rule speaks. Can't fail. */
struct pfg_limit pfg_policy_limit(const struct pfg_policy *policy,
                                  const struct pfg_series *series);

/* The limit that holds for it, rules and all. Can't fail. */
struct pfg_limit pfg_policy_limit_of(const struct pfg_policy *policy,
                                     const struct pfg_subject *subject);

/* Whether a verdict fails the gate (design.md 3): regressed, over-budget,
 * errored, missing, and unconfirmed where the user wrote the limit; or what
 * `fail_on` names. Where the limit's severity is not error, nothing but errored
 * does, and where it is off nothing. */
bool pfg_policy_fails(const struct pfg_policy *policy,
                      const struct pfg_limit *limit, enum pfg_verdict verdict);

/* "10", "10%", "0.5%": a fraction above 0. `name` is what the number is for,
 * for the error (PFG_USAGE). */
int pfg_policy_parse_percent(double *out, struct pfg_slice text,
                             const char *name, struct pfg_error *err);

/* "regressed,missing" into a mask. */
int pfg_policy_parse_fail_on(unsigned *out, struct pfg_slice text,
                             struct pfg_error *err);

#endif
