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

/* Rounds from which the rank test shows smaller changes than the estimate. */
#define PFG_DETECT_MANY 28

/* f / g * (t + t): what SE is multiplied by. It depends on the design alone,
 * so rows of one size share it. */
double pfg_detect_factor(const struct pfg_design *design);

double pfg_detectable(double limit, double half_width, double error,
                      double factor);

/*
 * The same of the second channel alone: SE does not fall with the number of
 * rounds as the interval does, which is of the ranks. What a half-width of
 * that is multiplied by, (z_{q/(T b)} + z_{.1}) / z_{.025}; INFINITY below
 * PFG_DETECT_MANY rounds, where the first channel is the better one.
 */
double pfg_detect_ranks_factor(const struct pfg_design *design);

#endif
