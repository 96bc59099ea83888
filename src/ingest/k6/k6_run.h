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
 * One run of k6, gathered from its points in any number, and sent at its end.
 *
 * A series is a metric of the whole script (benchmark "k6"), and of each
 * endpoint (k6_tags.h) where there is more than one. Successive requests are
 * not independent, so the samples of a series are its rate, or its median, in
 * each second: whole seconds only, counted from the first point (or, of times
 * in whole seconds, from the first second that is whole), since a part of one
 * holds no rate and a few stragglers. What is said of the whole run
 * stands beside them as a summary: "requests" is the total over the duration,
 * "latency p50" the median of all.
 */
struct pfg_k6_run_metric {
    struct pfg_k6_metric what;
    struct pfg_pos pos;
    bool declared;
    struct pfg_stream whole;
    struct pfg_stream answered;      /* expected_response is "true" */
    struct pfg_stream **by_endpoint; /* by its id; NULL: no point yet */
    size_t room;
    size_t n_groups; /* endpoints with points, and points without */
    bool elsewhere;  /* there are points without an endpoint */
    struct pfg_k6_run_metric *next; /* that was asked for after it; or NULL */
};

struct pfg_k6_run {
    struct pfg_reader *reader;
    struct pfg_block_pool pool;
    struct pfg_k6_tags tags;
    unsigned warned; /* each once in an input */

    struct pfg_map metrics;
    struct pfg_k6_run_metric *last_metric;
    size_t n_series;
    uint64_t n_points, n_late;
    pfg_time grain; /* that times are rounded down to; 0: they are exact */
    pfg_time origin, first, last;
    int64_t newest; /* second since the origin */
};

/* Ready for the first run of an input; all else lives in the reader's arena.
 * `reader` outlives the run. */
void pfg_k6_run_begin(struct pfg_k6_run *run, struct pfg_reader *reader);
/* Forgets everything but what was warned of: another run begins. */
void pfg_k6_run_restart(struct pfg_k6_run *run);

/* The metric of that name, made where there is none; NULL when there are too
 * many, which is warned of. */
struct pfg_k6_run_metric *pfg_k6_run_metric(struct pfg_k6_run *run,
                                            struct pfg_slice name);

/* Adds a point, in base units, to its metric, whose type is known, and to
 * that of run->tags.endpoint. NAN is a point that was no number. */
void pfg_k6_run_add(struct pfg_k6_run *run, struct pfg_k6_run_metric *metric,
                    pfg_time time, double value);

/* Sends all series to the reader's sink, as one process. */
void pfg_k6_run_send(struct pfg_k6_run *run);

#endif
