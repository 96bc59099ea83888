#include "stats/stream/stream_series.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "stats/sample.h"

/* Values of a second that are kept exactly for its median. */
#define OPEN_LIMIT 4096

struct pfg_stream_open {
    struct pfg_stream_open *next;
    int64_t second;
    struct pfg_sketch values;
};

static int64_t aligned(int64_t second, int64_t width)
{
    int64_t rest = second % width;

    return second - (rest < 0 ? rest + width : rest);
}

static void coarsen(struct pfg_stream *series)
{
    size_t kept = 0;

    series->width *= 2;
    for (size_t i = 0; i < series->n_batches; i++) {
        struct pfg_stream_batch batch = series->batches[i];

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

/* Adds to the batch of a second, which is nearly always the last one. */
static void add_to_batch(struct pfg_stream *series, struct pfg_block_pool *pool,
                         int64_t second, double value)
{
    int64_t key;
    size_t i;

    series->width = series->width ? series->width : 1;
    while (series->n_batches >= PFG_STREAM_BATCHES_MAX) {
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
        series->batches = pfg_block_grow(pool, series->batches, &series->cap,
                                         sizeof *series->batches);
    }
    memmove(&series->batches[i + 1], &series->batches[i],
            (series->n_batches - i) * sizeof *series->batches);
    series->batches[i] = (struct pfg_stream_batch){key, value, 1};
    series->n_batches++;
}

static void close_first(struct pfg_stream *series, struct pfg_block_pool *pool)
{
    struct pfg_stream_open *first = series->open;

    add_to_batch(series, pool, first->second,
                 pfg_sketch_quantile(&first->values, 0.5));
    series->open = first->next;
    series->latest = NULL;
    pfg_sketch_free(&first->values, pool);
    pfg_block_free(pool, first, sizeof *first);
}

/* The open second, opened if necessary; NULL if it is closed already. */
static struct pfg_stream_open *open_second(struct pfg_stream *series,
                                           struct pfg_block_pool *pool,
                                           int64_t second, int64_t newest)
{
    struct pfg_stream_open **place = &series->open;
    struct pfg_stream_open *made, *next;
    size_t size = sizeof *made;

    while (series->open && series->open->second <= newest - PFG_STREAM_WINDOW) {
        close_first(series, pool);
    }
    if (second <= newest - PFG_STREAM_WINDOW) {
        return NULL;
    }
    if (series->latest && series->latest->second == second) {
        return series->latest;
    }
    while (*place && (*place)->second < second) {
        place = &(*place)->next;
    }
    next = *place;
    if (!next || next->second != second) {
        made = pfg_block_alloc(pool, &size);
        made->second = second;
        made->next = next;
        *place = made;
    }
    return series->latest = *place;
}

static void add_to_trend(struct pfg_stream *series, struct pfg_block_pool *pool,
                         int64_t second, int64_t newest, double value)
{
    struct pfg_stream_open *open = open_second(series, pool, second, newest);

    pfg_sketch_add(&series->all, pool, series->limit, value);
    if (open) {
        pfg_sketch_add(&open->values, pool, OPEN_LIMIT, value);
    } else {
        series->late++;
    }
}

static void add_to_gauge(struct pfg_stream *series, double value)
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

void pfg_stream_bad(struct pfg_stream *series)
{
    series->n++;
    series->bad++;
}

void pfg_stream_add(struct pfg_stream *series, struct pfg_block_pool *pool,
                    int64_t second, int64_t newest, double value)
{
    if (!isfinite(value)) {
        pfg_stream_bad(series);
        return;
    }
    switch (series->type) {
    case PFG_STREAM_TREND:
        add_to_trend(series, pool, second, newest, value);
        break;
    case PFG_STREAM_COUNTER:
        series->total += value;
        add_to_batch(series, pool, second, value);
        break;
    case PFG_STREAM_RATE:
        series->events += value != 0;
        break;
    default:
        add_to_gauge(series, value);
    }
    series->n++;
}

void pfg_stream_close(struct pfg_stream *series, struct pfg_block_pool *pool)
{
    while (series->open) {
        close_first(series, pool);
    }
}

double *pfg_stream_medians(const struct pfg_stream *series, int64_t n_seconds,
                           size_t *n, struct pfg_arena *arena)
{
    double *medians = pfg_arena_new_array(arena, double, series->n_batches);

    *n = 0;
    for (size_t i = 0; i < series->n_batches; i++) {
        const struct pfg_stream_batch *batch = &series->batches[i];

        if (batch->second >= 0 && batch->second + series->width <= n_seconds) {
            medians[(*n)++] = batch->sum / batch->n;
        }
    }
    return medians;
}

double *pfg_stream_rates(const struct pfg_stream *series, int64_t n_seconds,
                         size_t *n, struct pfg_arena *arena)
{
    int64_t width = series->width ? series->width : 1;
    double *rates;

    while (n_seconds / width > PFG_STREAM_BATCHES_MAX) {
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
