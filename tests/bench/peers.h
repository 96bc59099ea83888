/* How other tools find change points, for comparison. */
#ifndef PFG_TESTS_BENCH_PEERS_H
#define PFG_TESTS_BENCH_PEERS_H

#include <stddef.h>
#include <stdint.h>

/* Plain E-divisive (Matteson and James 2014): bisection by the energy statistic
 * with exponent 1, and a permutation test of 99 draws at 0.05; segments have at
 * least five points. Writes the starts of segments in ascending order, and
 * returns their number. */
size_t bench_e_divisive(size_t *out, const double *y, size_t n,
                        uint64_t *random);

/* A point more than three standard deviations from the mean of the 20 points
 * before it; further ones within ten points belong to the same alarm. */
size_t bench_rolling_z(size_t *out, const double *y, size_t n);

#endif
