#ifndef PFG_INGEST_HTTP_REQUEST_LOG_H
#define PFG_INGEST_HTTP_REQUEST_LOG_H

#include "ingest/core/ingest.h"
#include "stats/stream/stream_series.h"

/*
 * Counts and latencies of requests that are read one by one. Times are in
 * seconds.
 */
enum pfg_request {
    PFG_REQUEST_GOOD,
    PFG_REQUEST_BAD,    /* answered with an error: counted in n_bad */
    PFG_REQUEST_FAILED, /* not answered: counted in n_bad, without latency */
};

struct pfg_request_log {
    struct pfg_stream latency; /* its `bad` counts the rows without a time */
    double n, n_bad;
    double first, last; /* start of the first, end of the last */
    int64_t newest; /* the latest second, after `first`, that one began in */
};

/* Starts an empty log. Up to `exact` latencies, quantiles are exact; beyond,
 * they are off by at most PFG_SKETCH_ERROR. */
struct pfg_request_log pfg_request_log_begin(size_t exact);

/* Adds a request that began at `at`. An impossible time is only counted. */
void pfg_request_log_add(struct pfg_request_log *log,
                         struct pfg_block_pool *pool, double at, double seconds,
                         enum pfg_request what);

/* Sends the rate, if `last` is known, and the latencies. All other members of
 * the measurements are those of `like`. */
void pfg_request_log_send(struct pfg_request_log *log,
                          struct pfg_block_pool *pool,
                          struct pfg_reader *reader,
                          const struct pfg_measurement *like);

#endif
