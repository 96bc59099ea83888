#include "ingest/k6/k6_series.h"

#include <math.h>
#include <string.h>

#include "stats/sample.h"

/* Bins reach from 1e-18 to 1e18: what is beyond is put into the last. */
#define MAX_BIN 4150
/* Values that a second's median is taken of as they are. */
#define OPEN_LIMIT 4096

/* What a block holds while it is free. */
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

/* Zeroed; *size becomes what the block really holds. */
static void *take_block(struct pfg_k6_pool *pool, size_t *size)
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

static void give_block(struct pfg_k6_pool *pool, void *block, size_t size)
{
    unsigned class = size_class(size);

    if (block) {
        ((struct free_block *)block)->next = pool->free[class];
        pool->free[class] = block;
    }
}

/* Twice the room for an array of `*cap` elements. */
static void *grow_array(struct pfg_k6_pool *pool, void *old, size_t *cap,
                        size_t element)
{
    size_t size = old ? *cap * element * 2 : 16 * element;
    void *block = take_block(pool, &size);

    if (old) {
        memcpy(block, old, *cap * element);
        give_block(pool, old, *cap * element);
        *cap *= 2;
    } else {
        *cap = 16;
    }
    return block;
}

/* ln((1 + e) / (1 - e)) */
static double bin_width(void)
{
    return log1p(PFG_K6_ERROR) - log1p(-PFG_K6_ERROR);
}

static int bin_of(double magnitude)
{
    double bin = ceil(log(magnitude) / bin_width());

    return bin > MAX_BIN ? MAX_BIN : bin < -MAX_BIN ? -MAX_BIN : (int)bin;
}

/* The value that is nearest, relatively, to all that the bin may hold. */
static double bin_value(int bin)
{
    return exp(bin * bin_width()) * (1 - PFG_K6_ERROR);
}

static void widen(struct pfg_k6_bins *bins, struct pfg_k6_pool *pool, int bin)
{
    int first = !bins->counts       ? bin
                : bin < bins->first ? bin - 32
                                    : bins->first;
    int last = bins->counts ? bins->first + bins->n - 1 : bin;
    size_t size;
    uint32_t *counts;

    last = bin > last ? bin + 32 : last;
    size = (size_t)(last - first + 1) * sizeof *counts;
    counts = take_block(pool, &size);
    if (bins->counts) {
        memcpy(counts + (bins->first - first), bins->counts,
               (size_t)bins->n * sizeof *counts);
        give_block(pool, bins->counts, (size_t)bins->n * sizeof *counts);
    }
    bins->counts = counts;
    bins->first = first;
    bins->n = (int)(size / sizeof *counts);
}

static void count_in_bin(struct pfg_k6_bins *bins, struct pfg_k6_pool *pool,
                         double magnitude)
{
    int bin = bin_of(magnitude);

    if (!bins->counts || bin < bins->first || bin >= bins->first + bins->n) {
        widen(bins, pool, bin);
    }
    bins->counts[bin - bins->first]++;
}

static void bin_one(struct pfg_k6_sketch *sketch, struct pfg_k6_pool *pool,
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

static void bin_all(struct pfg_k6_sketch *sketch, struct pfg_k6_pool *pool)
{
    for (size_t i = 0; i < sketch->n_values; i++) {
        bin_one(sketch, pool, sketch->values[i]);
    }
    give_block(pool, sketch->values, sketch->cap * sizeof *sketch->values);
    sketch->values = NULL;
    sketch->n_values = sketch->cap = 0;
}

/* Neumaier's sum: a mean of millions keeps its last digits. */
static void add_to_sum(struct pfg_k6_sketch *sketch, double value)
{
    double sum = sketch->sum + value;

    sketch->carry += fabs(sketch->sum) >= fabs(value)
                         ? (sketch->sum - sum) + value
                         : (value - sum) + sketch->sum;
    sketch->sum = sum;
}

bool pfg_k6_sketch_is_exact(const struct pfg_k6_sketch *sketch)
{
    return sketch->n_values == sketch->n;
}

void pfg_k6_sketch_add(struct pfg_k6_sketch *sketch, struct pfg_k6_pool *pool,
                       size_t limit, double value)
{
    bool exact = pfg_k6_sketch_is_exact(sketch);

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
        sketch->values = grow_array(pool, sketch->values, &sketch->cap,
                                    sizeof *sketch->values);
    }
    sketch->values[sketch->n_values++] = value;
    sketch->sorted = false;
}

double pfg_k6_sketch_mean(const struct pfg_k6_sketch *sketch)
{
    return sketch->n ? (sketch->sum + sketch->carry) / (double)sketch->n : NAN;
}

/* The k-th smallest, from 0, as far as the bins know it. */
static double order_statistic(const struct pfg_k6_sketch *sketch, uint64_t k)
{
    const struct pfg_k6_bins *negative = &sketch->negative;
    const struct pfg_k6_bins *positive = &sketch->positive;
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

double pfg_k6_sketch_quantile(struct pfg_k6_sketch *sketch, double p)
{
    double at, low, high;

    if (!sketch->n) {
        return NAN;
    }
    if (pfg_k6_sketch_is_exact(sketch)) {
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

void pfg_k6_sketch_free(struct pfg_k6_sketch *sketch, struct pfg_k6_pool *pool)
{
    give_block(pool, sketch->values, sketch->cap * sizeof *sketch->values);
    give_block(pool, sketch->positive.counts,
               (size_t)sketch->positive.n * sizeof(uint32_t));
    give_block(pool, sketch->negative.counts,
               (size_t)sketch->negative.n * sizeof(uint32_t));
    *sketch = (struct pfg_k6_sketch){0};
}

struct pfg_k6_open {
    struct pfg_k6_open *next;
    int64_t second;
    struct pfg_k6_sketch values;
};

static int64_t aligned(int64_t second, int64_t width)
{
    int64_t rest = second % width;

    return second - (rest < 0 ? rest + width : rest);
}

static void coarsen(struct pfg_k6_series *series)
{
    size_t kept = 0;

    series->width *= 2;
    for (size_t i = 0; i < series->n_batches; i++) {
        struct pfg_k6_batch batch = series->batches[i];

        batch.second = aligned(batch.second, series->width);
        if (kept && series->batches[kept - 1].second == batch.second) {
            series->batches[kept - 1].sum += batch.sum;
            series->batches[kept - 1].n += batch.n;
        } else {
            series->batches[kept++] = batch;
        }
    }
    series->n_batches = kept;
}

/* Adds to the batch of a second, which is the last one nearly always. */
static void add_to_batch(struct pfg_k6_series *series, struct pfg_k6_pool *pool,
                         int64_t second, double value)
{
    int64_t key;
    size_t i;

    series->width = series->width ? series->width : 1;
    while (series->n_batches >= PFG_K6_BATCHES_MAX) {
        coarsen(series);
    }
    key = aligned(second, series->width);
    for (i = series->n_batches; i && series->batches[i - 1].second > key;) {
        i--;
    }
    if (i && series->batches[i - 1].second == key) {
        series->batches[i - 1].sum += value;
        series->batches[i - 1].n++;
        return;
    }
    if (series->n_batches == series->cap) {
        series->batches = grow_array(pool, series->batches, &series->cap,
                                     sizeof *series->batches);
    }
    memmove(&series->batches[i + 1], &series->batches[i],
            (series->n_batches - i) * sizeof *series->batches);
    series->batches[i] = (struct pfg_k6_batch){key, value, 1};
    series->n_batches++;
}

static void close_first(struct pfg_k6_series *series, struct pfg_k6_pool *pool)
{
    struct pfg_k6_open *first = series->open;

    add_to_batch(series, pool, first->second,
                 pfg_k6_sketch_quantile(&first->values, 0.5));
    series->open = first->next;
    pfg_k6_sketch_free(&first->values, pool);
    give_block(pool, first, sizeof *first);
}

/* The open second, opened where it must be; NULL when it was closed. */
static struct pfg_k6_open *open_second(struct pfg_k6_series *series,
                                       struct pfg_k6_pool *pool, int64_t second,
                                       int64_t newest)
{
    struct pfg_k6_open **place = &series->open;
    struct pfg_k6_open *made, *next;
    size_t size = sizeof *made;

    while (series->open && series->open->second <= newest - PFG_K6_WINDOW) {
        close_first(series, pool);
    }
    if (second <= newest - PFG_K6_WINDOW) {
        return NULL;
    }
    while (*place && (*place)->second < second) {
        place = &(*place)->next;
    }
    next = *place;
    if (next && next->second == second) {
        return next;
    }
    made = take_block(pool, &size);
    made->second = second;
    made->next = next;
    *place = made;
    return made;
}

static void add_to_trend(struct pfg_k6_series *series, struct pfg_k6_pool *pool,
                         int64_t second, int64_t newest, double value)
{
    struct pfg_k6_open *open = open_second(series, pool, second, newest);

    pfg_k6_sketch_add(&series->all, pool, series->limit, value);
    if (open) {
        pfg_k6_sketch_add(&open->values, pool, OPEN_LIMIT, value);
    } else {
        series->late++;
    }
}

static void add_to_gauge(struct pfg_k6_series *series, double value)
{
    bool first = series->n == series->bad;

    if (first || value < series->lowest) {
        series->lowest = value;
    }
    if (first || value > series->highest) {
        series->highest = value;
    }
    series->last = value;
}

void pfg_k6_series_bad(struct pfg_k6_series *series)
{
    series->n++;
    series->bad++;
}

void pfg_k6_series_add(struct pfg_k6_series *series, struct pfg_k6_pool *pool,
                       int64_t second, int64_t newest, double value)
{
    if (!isfinite(value)) {
        pfg_k6_series_bad(series);
        return;
    }
    switch (series->type) {
    case PFG_K6_TREND:
        add_to_trend(series, pool, second, newest, value);
        break;
    case PFG_K6_COUNTER:
        series->total += value;
        add_to_batch(series, pool, second, value);
        break;
    case PFG_K6_RATE:
        series->events += value != 0;
        break;
    default:
        add_to_gauge(series, value);
    }
    series->n++;
}

void pfg_k6_series_close(struct pfg_k6_series *series, struct pfg_k6_pool *pool)
{
    while (series->open) {
        close_first(series, pool);
    }
}

double *pfg_k6_series_medians(const struct pfg_k6_series *series,
                              int64_t n_seconds, size_t *n,
                              struct pfg_arena *arena)
{
    double *medians = pfg_arena_new_array(arena, double, series->n_batches);

    *n = 0;
    for (size_t i = 0; i < series->n_batches; i++) {
        const struct pfg_k6_batch *batch = &series->batches[i];

        if (batch->second >= 0 && batch->second + series->width <= n_seconds) {
            medians[(*n)++] = batch->sum / batch->n;
        }
    }
    return medians;
}

double *pfg_k6_series_rates(const struct pfg_k6_series *series,
                            int64_t n_seconds, size_t *n,
                            struct pfg_arena *arena)
{
    int64_t width = series->width ? series->width : 1;
    double *rates;

    while (n_seconds / width > PFG_K6_BATCHES_MAX) {
        width *= 2;
    }
    *n = n_seconds > 0 ? (size_t)(n_seconds / width) : 0;
    rates = pfg_arena_new_array(arena, double, *n);
    for (size_t i = 0; i < series->n_batches; i++) {
        int64_t second = series->batches[i].second;

        if (second >= 0 && second / width < (int64_t)*n) {
            rates[second / width] += series->batches[i].sum / (double)width;
        }
    }
    return rates;
}
