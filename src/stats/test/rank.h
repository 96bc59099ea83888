#ifndef PFG_STATS_TEST_RANK_H
#define PFG_STATS_TEST_RANK_H

#include <stddef.h>

#include "stats/sample.h"
#include "stats/test/rankdist.h"

/* Samples are sorted. `tables` let many rows of one size share the counting
 * (see rankdist.h); they may be NULL. */

/*
 * The Mann-Whitney test, one-sided: p of "head tends to be larger than base".
 * Exact without ties up to n1 * n2 <= 2500 (counts by the usual recurrence);
 * with ties exact up to n1 + n2 <= 60 (Streitberg and Roehmel's shift
 * algorithm on doubled ranks); beyond that, the normal approximation with tie
 * and continuity correction. 1 if all values are equal or a side is empty.
 */
double pfg_mann_whitney_greater(struct pfg_rank_tables *tables,
                                const double *base, size_t n_base,
                                const double *head, size_t n_head);

/*
 * Hodges-Lehmann: the median of all n1 * n2 differences head - base, and the
 * interval [D_(c), D_(N+1-c)] of verdict.md section 2, where c is the largest
 * integer with 2 P(U <= c - 1) <= 1 - level; without such a c, the whole range
 * with its true level. Found by selection in the sorted matrix, without sorting
 * all differences. NAN if a side is empty. Exchanging the sides changes every
 * sign and nothing else, to the last bit.
 */
struct pfg_shift {
    double estimate;
    struct pfg_interval interval;
};
struct pfg_shift pfg_hodges_lehmann(struct pfg_rank_tables *tables,
                                    const double *base, size_t n_base,
                                    const double *head, size_t n_head,
                                    double level);

#endif
