/* What others find change points with, for comparison. */
#ifndef PFG_TESTS_BENCH_PEERS_H
#define PFG_TESTS_BENCH_PEERS_H

#include <stddef.h>
#include <stdint.h>

/* Plain E-divisive (Matteson and James 2014): halving by the energy statistic
 * with exponent 1, and a permutation test of 99 draws at 0.05; no segment below
 * five points. Writes where segments begin, ascending; returns how many. */
size_t bench_e_divisive(size_t *out, const double *y, size_t n,
                        uint64_t *random);

/* A point more than three standard deviations away from the mean of the 20
 * before it; what follows within ten points is the same alarm. */
size_t bench_rolling_z(size_t *out, const double *y, size_t n);

#endif
