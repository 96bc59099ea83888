#ifndef PFG_STATS_NOISE_H
#define PFG_STATS_NOISE_H

#include <stdbool.h>
#include <stddef.h>

/* The noise of a difference between two sides, and its test (verdict.md 3). */

/* Spread of a history by successive differences d, which slow drift and steps
 * do not inflate: max(1.4826 * median|d| / sqrt 2, 0.5 * sqrt(mean d^2 / 2)).
 * 0 below two values. */
double pfg_rice(const double *x, size_t n);

/* S, the robust spread of dL over the K rows of a suite: 0 below six rows;
 * right also when up to half of the suite changed. `shifts` is sorted. */
double pfg_suite_spread(const double *shifts, size_t K);

struct pfg_noise {
    double prior;     /* P, standard deviation */
    double history;   /* r of m earlier runs, see pfg_rice() */
    size_t m;         /* earlier runs; below 8 they do not count */
    double smear_base, smear_head; /* s of both sides */
};

/* V: the variance of a difference without the smear. */
double pfg_noise_variance(const struct pfg_noise *noise);
/* SE = sqrt(V + 0.5 (s_x^2 + s_y^2)). */
double pfg_noise_error(const struct pfg_noise *noise);

/* Degrees of freedom and gain of the two designs; n is the smaller side. */
double pfg_noise_freedom(bool replicated, size_t n);
double pfg_noise_gain(bool replicated, size_t n);

/* One-sided p of a shift dL (positive is worse): T_nu at g * dL / SE. 1 where
 * the error is 0 and the shift not positive; 0 where only the error is 0. */
double pfg_shift_p(double shift, double error, bool replicated, size_t n);

#endif
