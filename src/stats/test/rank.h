#ifndef PFG_STATS_TEST_RANK_H
#define PFG_STATS_TEST_RANK_H

#include <stddef.h>

#include "stats/sample.h"
#include "stats/test/rankdist.h"

/*
 * The Mann-Whitney test, one-sided: p of "head tends to be larger than base".
 * Exact without ties up to n1 * n2 <= 2500 (counts by the usual recurrence);
 * with ties exact up to n1 + n2 <= 60 (Streitberg and Roehmel's shift
 * algorithm on doubled ranks); beyond, the normal approximation with tie and
 * continuity correction. All values equal, or an empty side: 1. Both sorted.
 */
double pfg_mann_whitney_greater(const double *base, size_t n_base,
                                const double *head, size_t n_head);
double pfg_mann_whitney_greater_with(struct pfg_rank_tables *tables,
                                     const double *base, size_t n_base,
                                     const double *head, size_t n_head);

/* P(U <= u) for untied samples of n1 and n2, under no difference; the normal
 * approximation from n1 * n2 > 2500 on. */
double pfg_mann_whitney_cdf(double u, size_t n1, size_t n2);

/*
 * Hodges-Lehmann: the median of all n1 * n2 differences head - base, and the
 * interval [D_(c), D_(N+1-c)] of verdict.md section 2, c the largest integer
 * with 2 P(U <= c - 1) <= 1 - level; where there is none, the whole range
 * with its true level. By selection in the sorted matrix, not by sorting all
 * differences. Both sorted. NAN where a side is empty. Exchanging the sides
 * changes every sign and nothing else, to the last bit.
 */
struct pfg_shift {
    double estimate;
    struct pfg_interval interval;
};
struct pfg_shift pfg_hodges_lehmann(const double *base, size_t n_base,
                                    const double *head, size_t n_head,
                                    double level);
struct pfg_shift pfg_hodges_lehmann_with(struct pfg_rank_tables *tables,
                                         const double *base, size_t n_base,
                                         const double *head, size_t n_head,
                                         double level);

#endif
