#ifndef PFG_STATS_STREAM_SKETCH_H
#define PFG_STATS_STREAM_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pfg_arena;

/* Blocks that are reused; they are freed with the arena. */
struct pfg_block_pool {
    struct pfg_arena *arena;
    void *free[40]; /* lists by size, a power of two */
};

/* A zeroed block; *size becomes its real size. */
void *pfg_block_alloc(struct pfg_block_pool *pool, size_t *size);
void pfg_block_free(struct pfg_block_pool *pool, void *block, size_t size);

/* Doubles an array of `*cap` elements, or begins one if `old` is NULL. */
void *pfg_block_grow(struct pfg_block_pool *pool, void *old, size_t *cap,
                     size_t element);

/*
 * The distribution of observations: all of them up to a limit, then counts in
 * logarithmic bins, so narrow that a quantile is wrong by at most
 * PFG_SKETCH_ERROR of its value (Masson, Rim and Lee 2019, "DDSketch": bins of
 * ratio (1 + e) / (1 - e)). Mean, minimum and maximum are exact either way.
 */
#define PFG_SKETCH_ERROR 0.005

struct pfg_sketch_bins {
    uint32_t *counts; /* of the bins first ... first + n - 1 */
    int first, n;
};

struct pfg_sketch {
    double *values; /* NULL once they are in bins */
    size_t n_values, cap;
    bool sorted;
    struct pfg_sketch_bins positive, negative;
    uint64_t zeros;
    uint64_t n;
    double sum, carry; /* compensated */
    double min, max;
};

/* Adds a finite value. Up to `limit` values are kept exactly. */
void pfg_sketch_add(struct pfg_sketch *sketch, struct pfg_block_pool *pool,
                    size_t limit, double value);
bool pfg_sketch_is_exact(const struct pfg_sketch *sketch);
double pfg_sketch_mean(const struct pfg_sketch *sketch);
/* Interpolated linearly at p * (n - 1), as k6 does; NAN if it is empty. Sorts
 * the values that are kept. */
double pfg_sketch_quantile(struct pfg_sketch *sketch, double p);
void pfg_sketch_free(struct pfg_sketch *sketch, struct pfg_block_pool *pool);

#endif
