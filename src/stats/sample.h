#ifndef PFG_STATS_SAMPLE_H
#define PFG_STATS_SAMPLE_H

#include <stddef.h>

/* Order statistics of plain samples. "Sorted" means ascending, without NAN. */

void pfg_sort(double *x, size_t n);

/* The k-th smallest, from 0, by selection: expected O(n), O(n log n) at worst;
 * x is reordered so that x[0..k) are at most, x(k..n) at least x[k]. NAN if
 * there is no k-th. */
double pfg_select(double *x, size_t n, size_t k);

/* Of a sorted sample; NAN if n is 0. Quantiles interpolate linearly at p * (n -
 * 1), as k6 and R's type 7 do; p is clamped to 0..1. */
double pfg_median_sorted(const double *x, size_t n);
double pfg_quantile_sorted(const double *x, size_t n, double p);
double pfg_median(double *x, size_t n); /* by selection; x is reordered */

/* NAN if n is 0. */
double pfg_mean(const double *x, size_t n);
/* Of the sample (n - 1); NAN if n is below two. */
double pfg_stddev(const double *x, size_t n);

struct pfg_interval {
    double lower, upper;
    double level; /* the true one: 0.96875 for six observations at 0.95 */
};

/*
 * The interval of the median between two order statistics (sign test),
 * equally far from either end: the narrowest with at least `level`, or the
 * whole range with its true level if the sample is too small (below 6
 * observations at 0.95). lower <= upper always; NAN if n is 0.
 */
struct pfg_interval pfg_median_interval(const double *sorted, size_t n,
                                        double level);

/* The order statistics of that interval. They depend on n and the level alone,
 * so that samples of one size share them. */
struct pfg_median_ranks {
    size_t n;     /* at least 1 */
    size_t depth; /* from either end, from 1 */
    double level; /* the true one */
};
struct pfg_median_ranks pfg_median_ranks_of(size_t n, double level);
struct pfg_interval pfg_median_between(const double *sorted,
                                       const struct pfg_median_ranks *ranks);

#endif
