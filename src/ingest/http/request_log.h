#ifndef PFG_INGEST_HTTP_REQUEST_LOG_H
#define PFG_INGEST_HTTP_REQUEST_LOG_H

#include "ingest/core/ingest.h"
#include "stats/stream/stream_series.h"

/*
 * A row for each request, as they stream by: how many there were, how long they
 * took, from when to when. Seconds.
 */
enum pfg_request {
    PFG_REQUEST_GOOD,
    PFG_REQUEST_BAD,    /* answered, and counted in n_bad */
    PFG_REQUEST_FAILED, /* no answer worth its time: in n_bad and no latency */
};

struct pfg_request_log {
    struct pfg_stream latency; /* its `bad`: rows that have no time */
    double n, n_bad;
    double first, last; /* when the first began, and the last ended */
    int64_t newest;     /* second that one began in, after `first` */
};

/* `exact`: so many latencies are kept as they are, of more their quantiles are
 * wrong by PFG_SKETCH_ERROR at most. */
struct pfg_request_log pfg_request_log_begin(size_t exact);

/* A request that began at `at`; a time that cannot be is only counted. */
void pfg_request_log_add(struct pfg_request_log *log,
                         struct pfg_block_pool *pool, double at, double seconds,
                         enum pfg_request what);

/* Sends requests a second where `last` is known, and latencies. `like` has
 * what else they are of. */
void pfg_request_log_send(struct pfg_request_log *log,
                          struct pfg_block_pool *pool,
                          struct pfg_reader *reader,
                          const struct pfg_measurement *like);

#endif
