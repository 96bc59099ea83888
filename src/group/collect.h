#ifndef PFG_GROUP_COLLECT_H
#define PFG_GROUP_COLLECT_H

#include "base/map.h"
#include "base/vec.h"
#include "model/measurement.h"
#include "model/run.h"

/* What the user adds to every measurement of an ingest. */
struct pfg_collect_options {
    const char *suite;     /* instead of the tool's; NULL: the tool's */
    const char *benchmark; /* --name: for tools that have no name; NULL */
    const struct pfg_fact *variant; /* sorted by key */
    size_t n_variant;
    const struct pfg_fact *directions; /* metric -> lower, higher, neutral */
    size_t n_directions;
};

/* A warning, kept for the end. */
struct pfg_remark {
    const char *file;
    long line, column;
    const char *message;
};

/*
 * Turns a stream of measurements into a run: one series a key, one piece a
 * series and process. Non-finite and negative-time observations do not enter
 * a piece's values: they mark it as failed, and are counted.
 */
struct pfg_collector {
    struct pfg_run *run; /* not owned */
    const struct pfg_collect_options *options;
    struct pfg_map series; /* key -> struct pfg_series */
    PFG_VEC(struct pfg_remark) remarks; /* at most 1,000 are kept */
    size_t process;        /* the current one */
    bool process_used;     /* something was measured in it */
    struct pfg_arena *scratch;
};

/* `run` is filled; `options` may be NULL and must outlive the collector.
 * Remarks belong to the run's arena. */
void pfg_collect_begin(struct pfg_collector *out, struct pfg_run *run,
                       const struct pfg_collect_options *options);
void pfg_collect_end(struct pfg_collector *collector);
struct pfg_sink pfg_collect_sink(struct pfg_collector *collector);

#endif
