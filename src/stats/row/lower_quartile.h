#ifndef PFG_STATS_ROW_LOWER_QUARTILE_H
#define PFG_STATS_ROW_LOWER_QUARTILE_H

#include <stddef.h>

/*
 * The undisturbed mode of a sample: L, the mean of the k = max(1,
 * floor(n/4 + 0.5)) lowest, and s, how smeared its lower half is: the mean of
 * the h = floor(n/2) + 1 lowest minus the lowest. For a sample of N values
 * taken at a smaller size n they are the exact expectations over its
 * subsamples of size n (verdict.md section 2), so that more samples alone do
 * not move them.
 */
struct pfg_low {
    double level; /* L */
    double smear; /* s */
};

/* `sorted` has N values; n is the size to take it at, 1 <= n <= N. */
struct pfg_low pfg_lower_quartile(const double *sorted, size_t N, size_t n);

/* The expected lowest value of such a subsample. */
double pfg_expected_lowest(const double *sorted, size_t N, size_t n);

#endif
