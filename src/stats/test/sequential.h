#ifndef PFG_STATS_TEST_SEQUENTIAL_H
#define PFG_STATS_TEST_SEQUENTIAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Looking at the data while it is being collected: a group-sequential plan.
 * Tests are made after certain numbers of rounds, and collecting may end
 * after any of them, for any row, for any reason that the data gives.
 *
 * The level is spent over the looks in proportion to the rounds between them
 * (the power family of Kim and DeMets 1987 with exponent 1, as a spending
 * function in the sense of Lan and DeMets 1983): look k of n_1 < ... < n_K
 * rounds has the share (n_k - n_(k-1)) / n_K. A row that has data of look k
 * is tested with p / share_k. The chance that p_k <= x share_k at any of the
 * looks is at most the sum of x share_k, which is x (Boole's inequality, so
 * without an assumption on how the looks depend on one another): the divided
 * p is valid whenever the row stopped, and everything that holds for a
 * family of valid p-values holds.
 */
#define PFG_MAX_LOOKS 17

struct pfg_looks {
    size_t rounds[PFG_MAX_LOOKS]; /* rising; the last one is the end */
    size_t n;                     /* 0: no plan, the whole level at once */
};

/* The usual plan, 5 7 10 14 20 28 40 56 80 ..., up to `most` rounds, from 3 to
 * 1,000. Looks that would leave the last one less than two rounds, or an eighth
 * of all, are left out. */
struct pfg_looks pfg_looks_until(size_t most);

/* A single look, after `rounds`, with the whole level. */
struct pfg_looks pfg_looks_once(size_t rounds);

/* Whether a look is planned after that many rounds. */
bool pfg_looks_at(const struct pfg_looks *looks, size_t rounds);

/* The share of the level for a row with data of `rounds` rounds. Between two
 * looks it is that of the later one, which no other test of the row can use;
 * past the end it is that of the last look. 1 without a plan. */
double pfg_looks_share(const struct pfg_looks *looks, size_t rounds);

#endif
