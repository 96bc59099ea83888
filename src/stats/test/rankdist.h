#ifndef PFG_STATS_TEST_RANKDIST_H
#define PFG_STATS_TEST_RANKDIST_H

#include <stddef.h>

/*
 * The exact distribution of the Mann-Whitney statistic under no difference:
 * all C(n1 + n2, n1) ways to deal the pooled values to two sides are equally
 * likely. U counts the pairs whose second value is the smaller.
 */

/* Up to this many pairs the untied distribution is counted, and with ties up
 * to this many values. */
#define PFG_RANK_EXACT_PAIRS 2500
#define PFG_RANK_EXACT_TIED  60

struct pfg_arena;

/*
 * Tables of the exact rank distribution, one for each pair of sample sizes,
 * so that a suite whose series have one size computes it once. They live in
 * the arena and grow with the pairs of sizes in use. Every function that
 * takes them also takes NULL and then computes afresh; the results are the
 * same to the last bit.
 */
struct pfg_rank_tables;
struct pfg_rank_tables *pfg_rank_tables_new(struct pfg_arena *arena);

/* P(U <= u), no ties, n1 * n2 <= PFG_RANK_EXACT_PAIRS, both positive. */
double pfg_rankdist_cdf(struct pfg_rank_tables *tables, size_t u, size_t n1,
                        size_t n2);

/* The largest c with P(U <= c - 1) <= p, at most half of the pairs; 0: there is
 * none. Sizes as above, p below one half. */
size_t pfg_rankdist_quantile(struct pfg_rank_tables *tables, double p,
                             size_t n1, size_t n2);

/*
 * P(2 U <= twice_u) given the ties: `ties` are the sizes of the groups of
 * equal values among the pooled, in ascending order, n1 + n2 <=
 * PFG_RANK_EXACT_TIED in all; a tied pair counts one half in U. Here U counts
 * for each of the n1 values the others that are smaller.
 */
double pfg_rankdist_tied_cdf(size_t twice_u, const size_t *ties,
                             size_t n_groups, size_t n1, size_t n2);

/* C(n1 + n2, n1), rounded if it has more than 53 bits. */
double pfg_rankdist_total(size_t n1, size_t n2);

#endif
