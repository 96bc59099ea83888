#ifndef PFG_MODEL_POLICY_H
#define PFG_MODEL_POLICY_H

#include <stdbool.h>

#include "model/verdict.h"

/*
 * What a team has decided about its gate. Fractions: 0.10 is ten per cent.
 */
struct pfg_policy {
    double threshold;             /* for all gated series */
    bool threshold_given;         /* the user wrote it: it is a gate */
    const char *threshold_source; /* "--threshold", "default" */
    unsigned fail_on;             /* bit 1 << verdict; 0: the usual ones */
    bool strict_threshold; /* the whole interval must be over the limit */
};

#define PFG_THRESHOLD_DEFAULT 0.05

/* What the policy says of one series. */
struct pfg_limit {
    double threshold;
    bool given;
    const char *source;
    bool gated;
    const char *why_not; /* not gated because; "" */
};

#endif
