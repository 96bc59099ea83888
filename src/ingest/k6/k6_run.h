#ifndef PFG_INGEST_K6_K6_RUN_H
#define PFG_INGEST_K6_K6_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "ingest/core/ingest.h"
#include "ingest/k6/k6_names.h"
#include "ingest/k6/k6_tags.h"
#include "stats/stream/stream_series.h"

/*
 * One run of k6, collected from any number of points and sent at the end.
 *
 * A series is a metric of the whole script (benchmark "k6") and, if there is
 * more than one endpoint (k6_tags.h), of each of them. Successive requests are
 * not independent, so the samples of a series are its rate, or its median, in
 * each second. Only complete seconds count, because part of a second has no
 * rate and only a few requests. They begin at the first point or, if times are
 * in whole seconds, with the first complete second. The summary next to the
 * samples is for the whole run: "requests" is the total divided by the
 * duration, "latency p50" the median of all requests.
 */
struct pfg_k6_run_metric {
    struct pfg_k6_metric what;
    struct pfg_pos pos;
    bool declared;
    struct pfg_stream whole;
    struct pfg_stream answered;      /* expected_response is "true" */
    struct pfg_stream **by_endpoint; /* by endpoint id; NULL: no point yet */
    size_t room;
    size_t n_groups; /* endpoints with points, and one for the rest */
    bool elsewhere;  /* there are points without an endpoint */
    struct pfg_k6_run_metric *next; /* the one used after it last time; or
                                       NULL */
};

struct pfg_k6_run {
    struct pfg_reader *reader;
    struct pfg_block_pool pool;
    struct pfg_k6_tags tags;
    unsigned warned; /* warnings given, once per input */

    struct pfg_map metrics;
    struct pfg_k6_run_metric *last_metric;
    size_t n_series;
    uint64_t n_points, n_late;
    pfg_time grain; /* times are rounded down to it; 0: exact */
    pfg_time origin, first, last;
    int64_t newest; /* second since the origin, of the last time */
};

/* Prepares the first run of an input. `reader` must outlive the run; all else
 * lives in its arena. */
void pfg_k6_run_begin(struct pfg_k6_run *run, struct pfg_reader *reader);
/* Empties the run for the next one, but remembers the warnings. */
void pfg_k6_run_restart(struct pfg_k6_run *run);

/* Returns the metric with that name, adding it if it is new. Returns NULL and
 * warns once if there are too many. */
struct pfg_k6_run_metric *pfg_k6_run_metric(struct pfg_k6_run *run,
                                            struct pfg_slice name);

/* Adds a point, in base units, to its metric, whose type must be known, and to
 * the series of run->tags.endpoint. NAN stands for a point that was not a
 * number. */
void pfg_k6_run_add(struct pfg_k6_run *run, struct pfg_k6_run_metric *metric,
                    pfg_time time, double value);

/* Sends all series to the reader's sink, as one process. */
void pfg_k6_run_send(struct pfg_k6_run *run);

#endif
