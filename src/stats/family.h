#ifndef PFG_STATS_FAMILY_H
#define PFG_STATS_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Benjamini and Hochberg (1995): selected[i] is set where p[i] is at most the
 * largest p_(k) with p_(k) <= k q / n. Adding hypotheses with p = 1 never
 * adds a selection. Returns how many are selected.
 */
size_t pfg_benjamini_hochberg(bool *selected, const double *p, size_t n,
                              double q);

#endif
