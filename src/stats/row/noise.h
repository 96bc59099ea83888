#ifndef PFG_STATS_ROW_NOISE_H
#define PFG_STATS_ROW_NOISE_H

#include <stdbool.h>
#include <stddef.h>

/* The noise of a difference between two sides, and its test (verdict.md 3). */

/* Spread of a history from successive differences d, which slow drift and steps
 * do not inflate: max(1.4826 * median|d| / sqrt 2, 0.5 * sqrt(mean d^2 / 2)). 0
 * below two values. */
double pfg_rice(const double *x, size_t n);
/* The same for values `lag` apart, with another weight of the root mean square;
 * 0 up to `lag` values. */
double pfg_rice_lagged(const double *x, size_t n, size_t lag,
                       double rms_weight);

/* The smallest suite that shows its own noise, and the fewest earlier runs with
 * which a series does. */
#define PFG_MIN_SUITE   6
#define PFG_MIN_HISTORY 8

/* S, the robust spread of dL over the K rows of a suite: 0 below six rows;
 * right even if up to half of the suite changed. `shifts` is sorted. */
double pfg_suite_spread(const double *shifts, size_t K);

/* The variance within two sides, pooled: (SS_x + SS_y) / (n_x + n_y - 2). NAN
 * unless there are more than two values. */
double pfg_pooled_variance(const double *x, size_t n_x, const double *y,
                           size_t n_y);

/* The error of the difference of two sides' medians, as the sides show it:
 * sqrt(pi / 2 * v * (1 / n_x + 1 / n_y)), v the pooled variance. NAN as above.
 */
double pfg_median_error(const double *x, size_t n_x, const double *y,
                        size_t n_y);

/*
 * S, but at most what the sides themselves make likely: if most of a suite
 * really changed, by different amounts, the spread of dL is the change and
 * not the noise. `within` is W, the median over the suite of the SD within a
 * side, and n is the smaller side. The factors are above nearly all that
 * unchanged processes ever showed (docs/verdict.md, section 3). S stays if W
 * is NAN, so that nothing is known about the sides, and if the samples of
 * one process are all equal, since they may be that coarse.
 */
double pfg_capped_spread(double spread, double within, bool replicated,
                         size_t n);

/*
 * The shift from which a change stands apart from any noise, whatever else
 * is tested with it: `least`, the rule for one number per side, but at least
 * 4 (replicated) or 16 times the SD within a side, and the half width of the
 * interval. `within` is W, or the row's own SD if that is more; not NAN.
 * Unchanged sides came that far apart in under 1 % of suites of 20 to 120 on
 * the busiest machine (docs/verdict.md, section 4).
 */
double pfg_noise_apart(double least, double within, double half_width,
                       bool replicated);

/* tau0, the assumed repeatability of one run before anything is known. */
#define PFG_TAU_MICRO 0.005 /* micro-benchmarks */
#define PFG_TAU_ALONE 0.01  /* `single`, under 6 series and no history */
#define PFG_TAU_LOAD  0.03  /* load tests under 8 runs: rates, means, medians */
#define PFG_TAU_TAIL  0.08  /* and their tail percentiles */
/* instructions within this of their middle on each side */
#define PFG_TAU_COUNT 0.0001

/* P = max(sqrt 2 * tau0, S). */
double pfg_noise_prior(double tau0, double spread);

struct pfg_noise {
    double prior;                  /* P, standard deviation */
    double history;                /* r of m earlier runs, see pfg_rice() */
    size_t m;                      /* earlier runs; below 8 they do not count */
    double smear_base, smear_head; /* s of both sides */
};

/* The weight of P in V beside a history, and the largest weight of that. */
#define PFG_PRIOR_WEIGHT   4
#define PFG_HISTORY_WEIGHT 12

/* V: the variance of a difference without the smear. */
double pfg_noise_variance(const struct pfg_noise *noise);
/* SE = sqrt(V + 0.5 (s_x^2 + s_y^2)). */
double pfg_noise_error(const struct pfg_noise *noise);

/* Degrees of freedom and gain of the two designs; n is the smaller side. */
double pfg_noise_freedom(bool replicated, size_t n);
double pfg_noise_gain(bool replicated, size_t n);

/* One-sided p of a shift dL (positive is worse): T_nu at g * dL / SE. If the
 * error is 0: 0 for a positive shift, else 1. 1 if either is NAN. */
double pfg_shift_p(double shift, double error, bool replicated, size_t n);

/* Half the width of the effect's 95 % interval in the single design, where
 * noise between runs is assumed: t_{nu, .975} * SE / g. The quantile depends on
 * n alone. */
double pfg_noise_half_width(double error, bool replicated, size_t n);

/* The same with a given quantile, which takes long to compute. */
double pfg_noise_half_width_with(double quantile, double error, bool replicated,
                                 size_t n);
double pfg_noise_quantile(bool replicated, size_t n);

#endif
