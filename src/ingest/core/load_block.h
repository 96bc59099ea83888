#ifndef PFG_INGEST_CORE_LOAD_BLOCK_H
#define PFG_INGEST_CORE_LOAD_BLOCK_H

#include "ingest/core/ingest.h"
#include "ingest/core/printed_number.h"

/*
 * The numbers that a load generator reports for one run. They are held until
 * the report is complete, because a later number can decide what an earlier one
 * means: how many requests the latencies cover, or the maximum that belongs to
 * a mean.
 */

/* Further readings are dropped with one warning; counts of events never are. */
#define PFG_LOAD_READINGS 256

struct pfg_load_reading {
    struct pfg_slice metric; /* "latency p99" */
    struct pfg_slice unit;   /* base unit */
    enum pfg_direction better;
    /* The value is NAN if there is an error, the resolution if the number was
     * not rounded. */
    struct pfg_printed printed;
    double events, trials; /* of a count of events; trials 0: unknown */
    bool is_events;        /* a count of events, which has no spread */
    const char *error;     /* or NULL */
    struct pfg_pos pos;
};

struct pfg_load_block {
    struct pfg_slice benchmark;
    struct pfg_param params[4];
    size_t n_params;
    double n_requests; /* requests behind the latencies; NAN: unknown */
    PFG_VEC(struct pfg_load_reading) readings;
    bool full; /* a reading was left out */
};

/* Adds a parameter unless `value` is empty. */
void pfg_load_block_param(struct pfg_load_block *block, const char *key,
                          struct pfg_slice value);

/* Adds a reading. Its texts are borrowed until the block is sent. */
void pfg_load_block_add(struct pfg_load_block *block, struct pfg_reader *reader,
                        const struct pfg_load_reading *reading);

/*
 * Adds the count of `events` in `trials`; lower is better. Zero is stored too,
 * because a gate must notice the first event. An event need not have been
 * counted as a trial, so the trials are raised to the number of events.
 * `digits` may be empty. Adds nothing if `events` is NAN or negative.
 */
void pfg_load_block_add_events(struct pfg_load_block *block,
                               struct pfg_reader *reader, const char *metric,
                               double events, double trials,
                               struct pfg_slice digits, struct pfg_pos pos);

/* The first reading with this name, or NULL. */
struct pfg_load_reading *pfg_load_block_find(const struct pfg_load_block *block,
                                             struct pfg_slice metric);

/* The value of that reading in its base unit; NAN if there is none. */
double pfg_load_block_value(const struct pfg_load_block *block,
                            const char *metric);

/*
 * Sends the readings in their order and empties the block. A latency gets the
 * number of requests. A mean ("latency mean", or the bare "requests") gets its
 * standard deviation, minimum and maximum from the readings "latency stdev",
 * "latency min" and "latency max".
 */
void pfg_load_block_send(struct pfg_load_block *block,
                         struct pfg_reader *reader);

#endif
