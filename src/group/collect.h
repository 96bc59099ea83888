#ifndef PFG_GROUP_COLLECT_H
#define PFG_GROUP_COLLECT_H

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "group/gather.h"
#include "model/measurement.h"
#include "model/run.h"

/* A name that differs in every run makes a new series each time. An input with
 * more series than this is not a list of benchmarks. */
#define PFG_MAX_SERIES 200000

/* What the user sets for every measurement of an ingest. */
struct pfg_collect_options {
    const char *suite;     /* replaces the tool's; NULL: the tool's is used */
    const char *benchmark; /* --name, for tools that print no name; or NULL */
    const struct pfg_fact *variant; /* sorted by key */
    size_t n_variant;
    const struct pfg_fact *directions; /* metric -> lower, higher, neutral */
    size_t n_directions;
    /* Parts of names that differ from run to run and what replaces them:
     * ":20017" -> ":{port}". */
    const struct pfg_fact *instead;
    size_t n_instead;
    bool split;        /* begin a new run at each revision in the input */
    size_t max_series; /* most series in a run; 0: PFG_MAX_SERIES */
    bool only_values;  /* the digits as written are not needed */
};

/* A warning, kept until the end. */
struct pfg_remark {
    const char *file;
    long line, column;
    const char *message;
};

/*
 * Turns a stream of measurements into a run: one series per key, one piece per
 * series and process. Values that are not finite and negative times are left
 * out of a piece; the piece is marked as failed, and the failure is counted.
 */
struct pfg_collector {
    struct pfg_run *run; /* the current run; not owned */
    struct pfg_run *first;
    /* runs begun at revisions; the caller frees them and the vector */
    PFG_VEC(struct pfg_run *) more;
    size_t n_revisions;   /* distinct ones named by the input; stops at 2 */
    const char *revision; /* the first revision named, or NULL */
    size_t n_given;       /* facts the run had before the ingest */
    const struct pfg_collect_options *options;
    size_t max_series;
    size_t n_before;         /* series in the runs before the current one */
    bool full;               /* series were left out: there were too many */
    struct pfg_arena *arena; /* holds the lookups for the current run: */
    struct pfg_map keys;     /* an entry for each series of the run */
    size_t next;        /* The series after the last one found: tools repeat
                           the same benchmarks in the same order. */
    struct pfg_str key; /* of the last measurement looked up, and */
    PFG_VEC(struct pfg_param) params; /* its parameters, sorted */
    struct pfg_map words; /* shared suites, metrics, units -> char * */
    struct pfg_gather gather;
    PFG_VEC(struct pfg_remark) remarks; /* the first 1,000 */
    size_t process;                     /* index of the current one */
    bool process_used;                  /* it has a measurement */
};

/* Fills `run`. `options` may be NULL and must outlive the collector. All
 * remarks belong to the arena of `run` and are counted there, even those about
 * a run in `more`. Without options->split, `more` stays empty whatever the
 * input names. */
void pfg_collect_begin(struct pfg_collector *out, struct pfg_run *run,
                       const struct pfg_collect_options *options);
/* Gives the series their pieces. May be called again. */
void pfg_collect_end(struct pfg_collector *collector);
struct pfg_sink pfg_collect_sink(struct pfg_collector *collector);

/* Applies the options' directions to a run that has already been collected. */
void pfg_collect_direct(struct pfg_run *run,
                        const struct pfg_collect_options *options);

#endif
