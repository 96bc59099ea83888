#ifndef PFG_STATS_TEST_FAMILY_H
#define PFG_STATS_TEST_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

/* What a suite shows that single rows do not (verdict.md section 4). */

/*
 * Benjamini and Hochberg (1995): sets selected[i] if p[i] is at most the
 * largest p_(k) with p_(k) <= k q / n. Adding hypotheses with p = 1 never
 * adds a selection. A NAN counts as 1. Returns how many are selected.
 */
size_t pfg_benjamini_hochberg(bool *selected, const double *p, size_t n,
                              double q);

/* A suite consists of benchmarks, not metrics: the nine latencies of one server
 * are one observation of its noise. */
struct pfg_vote {
    size_t benchmark;
    double value;
};

/* Reduces votes to one per benchmark, the median of its votes, in the order of
 * benchmarks; returns how many. NAN does not vote. */
size_t pfg_votes_count(struct pfg_vote *votes, size_t n);

/*
 * A shift of the whole suite: of n >= 8 benchmarks at least 60 % are
 * selected in one direction with dL within a factor 2, and within 0.2, of
 * the selected ones' median. `shifts` are the dL, positive in the direction
 * that is tested; a selected benchmark that did not move that way does not
 * count. Sets member[i] for those within the factor, and for none if there
 * is no such shift.
 */
struct pfg_suite_shift {
    bool found;
    double shift; /* the median, log units; NAN if nothing is selected */
    size_t n_members;
};
/* Whether a shift is as near to the median as members must be. */
bool pfg_is_alike(double shift, double median);
struct pfg_suite_shift pfg_suite_shift_find(bool *member, const double *shifts,
                                            const bool *selected, size_t n);

#endif
