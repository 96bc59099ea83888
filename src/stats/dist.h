#ifndef PFG_STATS_DIST_H
#define PFG_STATS_DIST_H

/* Distributions, without random numbers. NAN in gives NAN out. */

/* P(T > t) of Student's t with real nu > 0: 0.5 * I_{nu/(nu+t^2)}(nu/2, 1/2)
 * for t >= 0. */
double pfg_t_upper(double t, double nu);
/* t with P(T > t) = p, 0 < p < 1, to 1e-10 relative (p from 1e-100 on). */
double pfg_t_quantile_upper(double p, double nu);

double pfg_normal_upper(double z);
/* z with P(Z > z) = p, 0 < p < 1. */
double pfg_normal_quantile_upper(double p);

/* The regularised incomplete beta function I_x(a, b), a and b positive:
 * continued fraction by Lentz's method (Press et al., Numerical Recipes, 6.4),
 * its factor by saddle-point expansion (Loader 2000), which keeps the relative
 * precision of small tails even if a and b are large. */
double pfg_beta_regularised(double x, double a, double b);

/*
 * One-sided exact p of "the head's proportion is larger": given that
 * base_events + head_events happened in all, the chance that so many or more
 * fall on the head, binomial with head_trials / (head_trials + base_trials).
 * This is the conditional test of two Poisson rates, exact in the limit of rare
 * events and conservative for proportions. 1 if a side has no trials.
 */
double pfg_proportion_greater(double base_events, double base_trials,
                              double head_events, double head_trials);

/* log(n choose k). */
double pfg_log_choose(double n, double k);

#endif
