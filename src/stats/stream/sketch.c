#include "stats/stream/sketch.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "stats/sample.h"

/* Bins reach from 1e-18 to 1e18; the last ones also count what lies beyond. */
#define MAX_BIN 4150

/* The content of a block while it is free. */
struct free_block {
    struct free_block *next;
};

static unsigned size_class(size_t size)
{
    unsigned class = 6;

    while (((size_t)1 << class) < size) {
        class ++;
    }
    return class;
}

void *pfg_block_alloc(struct pfg_block_pool *pool, size_t *size)
{
    unsigned class = size_class(*size);
    struct free_block *block = pool->free[class];

    *size = (size_t)1 << class;
    if (!block) {
        return pfg_arena_alloc(pool->arena, *size);
    }
    pool->free[class] = block->next;
    memset(block, 0, *size);
    return block;
}

void pfg_block_free(struct pfg_block_pool *pool, void *block, size_t size)
{
    unsigned class = size_class(size);

    if (block) {
        ((struct free_block *)block)->next = pool->free[class];
        pool->free[class] = block;
    }
}

void *pfg_block_grow(struct pfg_block_pool *pool, void *old, size_t *cap,
                     size_t element)
{
    size_t size = old ? *cap * element * 2 : 16 * element;
    void *block = pfg_block_alloc(pool, &size);

    if (old) {
        memcpy(block, old, *cap * element);
        pfg_block_free(pool, old, *cap * element);
        *cap *= 2;
    } else {
        *cap = 16;
    }
    return block;
}

/* ln((1 + e) / (1 - e)) */
static double bin_width(void)
{
    return log1p(PFG_SKETCH_ERROR) - log1p(-PFG_SKETCH_ERROR);
}

static int bin_of(double magnitude)
{
    double bin = ceil(log(magnitude) / bin_width());

    return bin > MAX_BIN ? MAX_BIN : bin < -MAX_BIN ? -MAX_BIN : (int)bin;
}

/* The value with the smallest relative distance to all in the bin. */
static double bin_value(int bin)
{
    return exp(bin * bin_width()) * (1 - PFG_SKETCH_ERROR);
}

static void widen(struct pfg_sketch_bins *bins, struct pfg_block_pool *pool,
                  int bin)
{
    int first = !bins->counts       ? bin
                : bin < bins->first ? bin - 32
                                    : bins->first;
    int last = bins->counts ? bins->first + bins->n - 1 : bin;
    size_t size;
    uint32_t *counts;

    last = bin > last ? bin + 32 : last;
    size = (size_t)(last - first + 1) * sizeof *counts;
    counts = pfg_block_alloc(pool, &size);
    if (bins->counts) {
        memcpy(counts + (bins->first - first), bins->counts,
               (size_t)bins->n * sizeof *counts);
        pfg_block_free(pool, bins->counts, (size_t)bins->n * sizeof *counts);
    }
    bins->counts = counts;
    bins->first = first;
    bins->n = (int)(size / sizeof *counts);
}

static void count_in_bin(struct pfg_sketch_bins *bins,
                         struct pfg_block_pool *pool, double magnitude)
{
    int bin = bin_of(magnitude);

    if (!bins->counts || bin < bins->first || bin >= bins->first + bins->n) {
        widen(bins, pool, bin);
    }
    bins->counts[bin - bins->first]++;
}

static void bin_one(struct pfg_sketch *sketch, struct pfg_block_pool *pool,
                    double value)
{
    if (value > 0) {
        count_in_bin(&sketch->positive, pool, value);
    } else if (value < 0) {
        count_in_bin(&sketch->negative, pool, -value);
    } else {
        sketch->zeros++;
    }
}

static void bin_all(struct pfg_sketch *sketch, struct pfg_block_pool *pool)
{
    for (size_t i = 0; i < sketch->n_values; i++) {
        bin_one(sketch, pool, sketch->values[i]);
    }
    pfg_block_free(pool, sketch->values, sketch->cap * sizeof *sketch->values);
    sketch->values = NULL;
    sketch->n_values = sketch->cap = 0;
}

/* Neumaier's sum: a mean of millions keeps its last digits. */
static void add_to_sum(struct pfg_sketch *sketch, double value)
{
    double sum = sketch->sum + value;

    sketch->carry += fabs(sketch->sum) >= fabs(value)
                         ? (sketch->sum - sum) + value
                         : (value - sum) + sketch->sum;
    sketch->sum = sum;
}

bool pfg_sketch_is_exact(const struct pfg_sketch *sketch)
{
    return sketch->n_values == sketch->n;
}

void pfg_sketch_add(struct pfg_sketch *sketch, struct pfg_block_pool *pool,
                    size_t limit, double value)
{
    bool exact = pfg_sketch_is_exact(sketch);

    if (!sketch->n || value < sketch->min) {
        sketch->min = value;
    }
    if (!sketch->n || value > sketch->max) {
        sketch->max = value;
    }
    add_to_sum(sketch, value);
    if (exact && sketch->n == limit) {
        bin_all(sketch, pool);
        exact = false;
    }
    sketch->n++;
    if (!exact) {
        bin_one(sketch, pool, value);
        return;
    }
    if (sketch->n_values == sketch->cap) {
        sketch->values = pfg_block_grow(pool, sketch->values, &sketch->cap,
                                        sizeof *sketch->values);
    }
    sketch->values[sketch->n_values++] = value;
    sketch->sorted = false;
}

double pfg_sketch_mean(const struct pfg_sketch *sketch)
{
    return sketch->n ? (sketch->sum + sketch->carry) / (double)sketch->n : NAN;
}

/* The k-th smallest, from 0, to the precision of the bins. */
static double order_statistic(const struct pfg_sketch *sketch, uint64_t k)
{
    const struct pfg_sketch_bins *negative = &sketch->negative;
    const struct pfg_sketch_bins *positive = &sketch->positive;
    uint64_t below = 0;

    for (int i = negative->n - 1; i >= 0; i--) {
        below += negative->counts[i];
        if (k < below) {
            return -bin_value(negative->first + i);
        }
    }
    below += sketch->zeros;
    if (k < below) {
        return 0;
    }
    for (int i = 0; i < positive->n; i++) {
        below += positive->counts[i];
        if (k < below) {
            return bin_value(positive->first + i);
        }
    }
    return sketch->max;
}

double pfg_sketch_quantile(struct pfg_sketch *sketch, double p)
{
    double at, low, high;

    if (!sketch->n) {
        return NAN;
    }
    if (pfg_sketch_is_exact(sketch)) {
        if (!sketch->sorted) {
            pfg_sort(sketch->values, sketch->n_values);
            sketch->sorted = true;
        }
        return pfg_quantile_sorted(sketch->values, sketch->n_values, p);
    }
    at = p * (double)(sketch->n - 1);
    low = order_statistic(sketch, (uint64_t)at);
    high = order_statistic(sketch, (uint64_t)ceil(at));
    low += (at - floor(at)) * (high - low);
    return low < sketch->min   ? sketch->min
           : low > sketch->max ? sketch->max
                               : low;
}

void pfg_sketch_free(struct pfg_sketch *sketch, struct pfg_block_pool *pool)
{
    pfg_block_free(pool, sketch->values, sketch->cap * sizeof *sketch->values);
    pfg_block_free(pool, sketch->positive.counts,
                   (size_t)sketch->positive.n * sizeof(uint32_t));
    pfg_block_free(pool, sketch->negative.counts,
                   (size_t)sketch->negative.n * sizeof(uint32_t));
    *sketch = (struct pfg_sketch){0};
}
