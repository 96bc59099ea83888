#ifndef PFG_GROUP_COLLECT_H
#define PFG_GROUP_COLLECT_H

#include "base/arena.h"
#include "base/map.h"
#include "group/gather.h"
#include "group/series_index.h"
#include "model/measurement.h"
#include "model/run.h"

/* Names that no two runs share make a series each: past this it is not a list
 * of benchmarks. */
#define PFG_MAX_SERIES 200000

/* What the user adds to every measurement of an ingest. */
struct pfg_collect_options {
    const char *suite;     /* instead of the tool's; NULL: the tool's */
    const char *benchmark; /* --name: for tools that have no name; NULL */
    const struct pfg_fact *variant; /* sorted by key */
    size_t n_variant;
    const struct pfg_fact *directions; /* metric -> lower, higher, neutral */
    size_t n_directions;
    /* Texts in names that differ from run to run, and what stands for them:
     * ":20017" -> ":{port}". */
    const struct pfg_fact *instead;
    size_t n_instead;
    bool split;        /* each revision that the input names begins a run */
    size_t max_series; /* of an input; 0: PFG_MAX_SERIES */
    bool only_values;  /* nobody asks for the digits as they were written */
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
    struct pfg_run *run; /* the current one; not owned */
    struct pfg_run *first;
    PFG_VEC(struct pfg_run *)
    more;                 /* begun by revisions; for the caller to
                             free, as the vector itself */
    size_t n_revisions;   /* different ones that the input named, up to 2 */
    const char *revision; /* the first of them; NULL: none */
    size_t n_given;       /* facts that were there before */
    const struct pfg_collect_options *options;
    size_t max_series;
    size_t n_before;         /* series of the runs before the current one */
    bool full;               /* there were more series, which were left out */
    struct pfg_arena *arena; /* of what finds the current run's series: */
    struct pfg_map numbers;  /* key -> number in the run, + 1 */
    struct pfg_map words;    /* of suites, metrics, units -> char * */
    struct pfg_series_index index;
    struct pfg_gather gather;
    PFG_VEC(struct pfg_remark) remarks; /* at most 1,000 are kept */
    size_t process;                     /* the current one */
    bool process_used;                  /* something was measured in it */
};

/* `run` is filled; `options` may be NULL and must outlive the collector.
 * Remarks belong to the run's arena, and are counted there, also those that
 * are about one of `more`. Without `split` there are no more, whatever the
 * input names. */
void pfg_collect_begin(struct pfg_collector *out, struct pfg_run *run,
                       const struct pfg_collect_options *options);
/* The series have their pieces from here on. May be called again. */
void pfg_collect_end(struct pfg_collector *collector);
struct pfg_sink pfg_collect_sink(struct pfg_collector *collector);

/* Lets the options' directions hold for a run that was collected before. */
void pfg_collect_direct(struct pfg_run *run,
                        const struct pfg_collect_options *options);

#endif
