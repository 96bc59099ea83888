#ifndef PFG_STATS_STREAM_STREAM_SERIES_H
#define PFG_STATS_STREAM_STREAM_SERIES_H

#include <stddef.h>
#include <stdint.h>

#include "stats/stream/sketch.h"

/*
 * The points of one metric, summed up while a file of any length is read:
 * memory does not grow with their number.
 */

enum pfg_stream_kind {
    PFG_STREAM_UNKNOWN = 0,
    PFG_STREAM_TREND,
    PFG_STREAM_COUNTER,
    PFG_STREAM_RATE,
    PFG_STREAM_GAUGE,
};

/* A number for each second: the sum of a counter, the median of a trend. In
 * runs longer than PFG_STREAM_BATCHES_MAX seconds it is for 2, 4, 8 ...
 * seconds. */
#define PFG_STREAM_BATCHES_MAX 2048

struct pfg_stream_batch {
    int64_t second; /* since the run's first point; a multiple of the width */
    double sum;
    uint32_t n;
};

/* Points come nearly in the order of time: a second stays open until one is
 * seen that is this much later. */
#define PFG_STREAM_WINDOW 16

struct pfg_stream_open; /* a second that is open */

struct pfg_stream {
    enum pfg_stream_kind type;
    size_t limit; /* observations kept as they are */
    uint64_t n;   /* points */
    uint64_t
        bad; /* of them negative durations or not numbers, which are left out */
    uint64_t late;
    uint64_t events;              /* of a rate: true points */
    double total;                 /* of a counter */
    double last, lowest, highest; /* of a gauge */
    struct pfg_sketch all;        /* of a trend */
    struct pfg_stream_open *open; /* by second, ascending */
    /* the open second that got the last value; or NULL */
    struct pfg_stream_open *latest;
    struct pfg_stream_batch *batches; /* by second, ascending */
    size_t n_batches, cap;
    int64_t width;
};

/* Adds a point of the given second; `newest` is the latest second seen in
 * any series. A value that is not finite is only counted. */
void pfg_stream_add(struct pfg_stream *series, struct pfg_block_pool *pool,
                    int64_t second, int64_t newest, double value);
void pfg_stream_bad(struct pfg_stream *series);

/* Closes the seconds that are still open. */
void pfg_stream_close(struct pfg_stream *series, struct pfg_block_pool *pool);

/* The values of seconds 0 ... n_seconds - 1 in order of time, in the arena:
 * medians of a trend, for seconds that have points; rates of a counter, for all
 * seconds. */
double *pfg_stream_medians(const struct pfg_stream *series, int64_t n_seconds,
                           size_t *n, struct pfg_arena *arena);
double *pfg_stream_rates(const struct pfg_stream *series, int64_t n_seconds,
                         size_t *n, struct pfg_arena *arena);

#endif
