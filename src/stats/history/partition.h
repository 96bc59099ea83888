#ifndef PFG_STATS_HISTORY_PARTITION_H
#define PFG_STATS_HISTORY_PARTITION_H

#include <stddef.h>

struct pfg_arena;

/* The fewest points of a segment. */
#define PFG_PARTITION_SHORTEST 3

/*
 * Cuts z[0..n) into segments such that the squared error around their means
 * plus `penalty` for each segment is minimal. Writes where segments begin,
 * ascending and without the first, into out[], which has room for n /
 * PFG_PARTITION_SHORTEST, and returns how many. `arena` is scratch.
 *
 * The result is the optimum that PELT finds (Killick et al. 2012), by
 * functional pruning (Maidstone et al. 2017): PELT prunes nothing while
 * nothing changes and is then quadratic, this takes about n log n.
 */
size_t pfg_partition(size_t *out, const double *z, size_t n, double penalty,
                     struct pfg_arena *arena);

#endif
