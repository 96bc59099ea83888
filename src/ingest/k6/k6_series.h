#ifndef PFG_INGEST_K6_K6_SERIES_H
#define PFG_INGEST_K6_K6_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "ingest/k6/k6_names.h"

/*
 * What is kept of the points of one k6 metric while a file of any length
 * streams by: memory does not grow with the number of points.
 */

/* Blocks that are given back and used again; they die with the arena. */
struct pfg_k6_pool {
    struct pfg_arena *arena;
    void *free[40]; /* by the power of two that is their size */
};

/*
 * The distribution of observations: all of them up to a limit, then counts in
 * logarithmic bins, so narrow that a quantile is wrong by at most
 * PFG_K6_ERROR of its value (Masson, Rim and Lee 2019, "DDSketch": bins of
 * ratio (1 + e) / (1 - e)). Mean, minimum and maximum are exact either way.
 */
#define PFG_K6_ERROR 0.005

struct pfg_k6_bins {
    uint32_t *counts; /* of the bins first ... first + n - 1 */
    int first, n;
};

struct pfg_k6_sketch {
    double *values; /* NULL once the bins have them */
    size_t n_values, cap;
    bool sorted;
    struct pfg_k6_bins positive, negative;
    uint64_t zeros;
    uint64_t n;
    double sum, carry; /* compensated */
    double min, max;
};

/* `limit` observations are kept as they are; finite ones only. */
void pfg_k6_sketch_add(struct pfg_k6_sketch *sketch, struct pfg_k6_pool *pool,
                       size_t limit, double value);
bool pfg_k6_sketch_is_exact(const struct pfg_k6_sketch *sketch);
double pfg_k6_sketch_mean(const struct pfg_k6_sketch *sketch);
/* Interpolated linearly at p * (n - 1), as k6 does; NAN of an empty one.
 * Sorts the values that it keeps. */
double pfg_k6_sketch_quantile(struct pfg_k6_sketch *sketch, double p);
void pfg_k6_sketch_free(struct pfg_k6_sketch *sketch, struct pfg_k6_pool *pool);

/* A number for each second: of a counter the sum, of a trend the median. Of
 * a run longer than PFG_K6_BATCHES_MAX seconds for 2, 4, 8 ... seconds. */
#define PFG_K6_BATCHES_MAX 2048

struct pfg_k6_batch {
    int64_t second; /* since the run's first point; a multiple of the width */
    double sum;
    uint32_t n;
};

/* Points come nearly in the order of time: a second is kept open until one
 * that is this much later was seen. */
#define PFG_K6_WINDOW 16

struct pfg_k6_open; /* a second that is open */

struct pfg_k6_series {
    enum pfg_k6_type type;
    size_t limit; /* observations kept as they are */
    uint64_t n;   /* points */
    uint64_t bad; /* of them negative durations or no numbers: left out */
    uint64_t late;
    uint64_t events;              /* of a rate: true points */
    double total;                 /* of a counter */
    double last, lowest, highest; /* of a gauge */
    struct pfg_k6_sketch all;     /* of a trend */
    struct pfg_k6_open *open;     /* by second, ascending */
    struct pfg_k6_batch *batches; /* by second, ascending */
    size_t n_batches, cap;
    int64_t width;
};

/* Adds a point of the given second; `newest` is the latest second seen in
 * any series. A value that is not finite is only counted. */
void pfg_k6_series_add(struct pfg_k6_series *series, struct pfg_k6_pool *pool,
                       int64_t second, int64_t newest, double value);
void pfg_k6_series_bad(struct pfg_k6_series *series);

/* Closes the seconds that are still open. */
void pfg_k6_series_close(struct pfg_k6_series *series,
                         struct pfg_k6_pool *pool);

/* What the seconds 0 ... n_seconds - 1 hold, in order of time; belongs to the
 * arena. Medians: of a trend, for the seconds that have points. Rates: of a
 * counter, for all of them. */
double *pfg_k6_series_medians(const struct pfg_k6_series *series,
                              int64_t n_seconds, size_t *n,
                              struct pfg_arena *arena);
double *pfg_k6_series_rates(const struct pfg_k6_series *series,
                            int64_t n_seconds, size_t *n,
                            struct pfg_arena *arena);

#endif
