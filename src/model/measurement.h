#ifndef PFG_MODEL_MEASUREMENT_H
#define PFG_MODEL_MEASUREMENT_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/slice.h"
#include "unit/unit.h"

/* An aggregate that a tool printed: a number, often with its error. Base units;
 * NAN: not given. */
struct pfg_summary {
    double value; /* the number that is compared */
    double lower; /* its confidence interval, as printed */
    double upper;
    double level;      /* of that interval, 0.95 */
    double error;      /* its standard error: never the spread of requests */
    double stddev;     /* spread of single observations */
    double min, max;   /* of single observations */
    double count;      /* observations behind it */
    double resolution; /* half of the last printed digit */
};

/* A summary with that value; the rest is NAN. */
static inline struct pfg_summary pfg_summary_of(double value)
{
    return (struct pfg_summary){
        .value = value,
        .lower = NAN,
        .upper = NAN,
        .level = NAN,
        .error = NAN,
        .stddev = NAN,
        .min = NAN,
        .max = NAN,
        .count = NAN,
        .resolution = NAN,
    };
}

struct pfg_param {
    struct pfg_slice key, value;
};

/*
 * What an ingester read about one series at one place: observations, or a
 * summary. Everything is borrowed and valid only during the sink's call.
 */
struct pfg_measurement {
    struct pfg_slice suite; /* package, group, file; may be empty */
    struct pfg_slice benchmark;
    const struct pfg_param *params; /* any order */
    size_t n_params;
    struct pfg_slice metric; /* the common name if there is one */
    struct pfg_slice unit;   /* base unit */
    enum pfg_direction better;

    const double *values; /* observations in base units; NULL: a summary */
    size_t n_values;
    const struct pfg_summary *summary;

    /* The text that the tool printed for each value (one for a summary), and
     * its unit. */
    struct pfg_slice written_unit;
    const struct pfg_slice *written;

    /* Events in trials: failures of requests, allocations of iterations;
     * trials 0: not known. */
    double events, trials;
    bool exact;   /* the tool declares it deterministic */
    bool derived; /* computed from another metric of this run */

    /* A variable for the receiver: 0 at first, then unchanged in further
     * measurements of the same suite, benchmark, parameters and metric. NULL:
     * the ingester has none. See `again` below. */
    size_t *place;

    struct pfg_slice error;  /* failed: what the tool said; empty: fine */
    struct pfg_slice budget; /* the tool's own limit, "p(95)<500" */
    bool budget_crossed;

    struct pfg_pos pos;
};

/*
 * Receives a stream of measurements. An ingester calls `measurement` for
 * each reading, `process` when another process of the harness begins (the
 * first needs no call), `warning` for what it recognised but could not use
 * or a person should know, `failed` if the harness itself broke (panic, cut
 * off), `fact` for what the tool tells about the environment ("goos",
 * "linux"), and `revision` where the file names the commit of what follows.
 *
 * `again` takes a measurement that differs from the last one with this
 * (non-zero) place only in its line, its digits, its one value and its trials,
 * of which value times trials are events; 0: none. It returns false, and has
 * done nothing, if the receiver needs the whole measurement instead. Most
 * readings of a large input repeat earlier ones in this way. A receiver with
 * `again` does not want digits: those of a repetition may be empty.
 *
 * `revision` and `again` may be NULL.
 */
struct pfg_process_start {
    long round;    /* of a `perfgate-round: N` line, 0: none */
    pfg_time time; /* 0: unknown */
};

/* A file may hold the results of several commits. */
struct pfg_revision_start {
    struct pfg_slice id; /* hex digits, or a name */
    struct pfg_slice subject;
    pfg_time time; /* of the commit; 0: unknown */
};

struct pfg_sink {
    void *self;
    void (*measurement)(void *self, const struct pfg_measurement *m);
    bool (*again)(void *self, size_t place, double value, double trials);
    void (*process)(void *self, const struct pfg_process_start *start);
    void (*warning)(void *self, struct pfg_pos pos, const char *message);
    void (*failed)(void *self, struct pfg_pos pos, const char *message);
    void (*fact)(void *self, struct pfg_slice key, struct pfg_slice value);
    void (*revision)(void *self, const struct pfg_revision_start *start);
    const bool *full; /* true: nothing more is wanted and reading may end; NULL:
                         never */
};

#endif
