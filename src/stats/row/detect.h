#ifndef PFG_STATS_ROW_DETECT_H
#define PFG_STATS_ROW_DETECT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The smallest change that a row could have called, at 90 % power (verdict.md
 * section 9), in log units:
 *
 *   max(theta' + 0.65 * half-width, f * SE / g * (t_{nu, q/(T b)} + t_{nu,
 * .1}))
 *
 * with T tests in the family, b = 2 where the design has a second channel,
 * else 1, and f = 1.3 for one process per side, 1.15 for replicated n < 8, else
 * 1.
 */
struct pfg_design {
    bool replicated;
    size_t n;     /* the smaller side, or the N of "with N samples" */
    size_t tests; /* T */
    double q;
};

/* From this many rounds the rank test detects smaller changes than the
 * estimate. */
#define PFG_DETECT_MANY 28

/* f / g * (t + t), the factor of SE. It depends on the design alone, so rows of
 * one size share it. */
double pfg_detect_factor(const struct pfg_design *design);

double pfg_detectable(double limit, double half_width, double error,
                      double factor);

/*
 * The same for the second channel alone, whose interval, unlike SE, shrinks
 * with the number of rounds: the factor of its half-width, (z_{q/(T b)} +
 * z_{.1}) / z_{.025}. INFINITY below PFG_DETECT_MANY rounds, where the first
 * channel is better.
 */
double pfg_detect_ranks_factor(const struct pfg_design *design);

#endif
