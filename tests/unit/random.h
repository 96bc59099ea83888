/* Pseudo-random numbers for simulations in tests, the same in every run. The
 * program itself uses none. */
#ifndef PFG_TESTS_UNIT_RANDOM_H
#define PFG_TESTS_UNIT_RANDOM_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

/* SplitMix64 (Steele, Lea and Flood 2014). */
static inline uint64_t random_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Inside (0, 1). */
static inline double random_uniform(uint64_t *state)
{
    return ((double)(random_bits(state) >> 11) + 0.5) * 0x1p-53;
}

static inline double random_normal(uint64_t *state)
{
    const double radius = sqrt(-2 * log(random_uniform(state)));

    return radius * cos(2 * M_PI * random_uniform(state));
}

static inline size_t random_below(uint64_t *state, size_t n)
{
    return (size_t)(random_bits(state) % n);
}

static inline void random_shuffle(uint64_t *state, double *x, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        const size_t j = random_below(state, i);
        const double swapped = x[i - 1];

        x[i - 1] = x[j];
        x[j] = swapped;
    }
}

#endif
