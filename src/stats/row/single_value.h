#ifndef PFG_STATS_ROW_SINGLE_VALUE_H
#define PFG_STATS_ROW_SINGLE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

/* One aggregate per side: the plain rule with an honest noise estimate
 * (verdict.md section 5). Everything in log units. */

/* The best repeatability that is assumed for one run's aggregate. */
#define PFG_FLOOR_HISTORY 0.02
#define PFG_FLOOR_ALONE   0.03
#define PFG_FLOOR_TAIL    0.08
/* Tools understate the error of their own means 3.7 to 7.4 times. */
#define PFG_UNDERSTATED 4
/* The base of `history` is the median of this many newest values. */
#define PFG_SINGLE_BASE_RUNS 9

/* c(W) = max(4, normal quantile of 1 - 0.01/W) for W weak rows. */
double pfg_single_value_factor(size_t rows);

/*
 * sigma_w of the three kinds of weak evidence. `prior` is P; `tail`: the
 * metric is a tail percentile (p90 and beyond), whose floor is higher
 * without a history.
 */

/* m >= 8 earlier runs with spread r, see pfg_rice(). */
double pfg_single_value_history(double prior, double r, size_t m);
/* The errors are those of the tool divided by its values; NAN, which adds
 * nothing, if it printed none. */
double pfg_single_value_summary(double prior, double error_base,
                                double error_head, bool tail);
double pfg_single_value_point(double prior, bool tail);

/* The base of `history`: the median of the last nine values of `x`, or all if
 * there are fewer; oldest first, the base's own value last. NAN if n is 0. */
double pfg_single_value_base(const double *x, size_t n);

/* The effective limit: max(theta', c(W) * sigma_w). */
double pfg_single_value_limit(double limit, double factor, double sigma);

#endif
