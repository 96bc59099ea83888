#ifndef PFG_APP_INPUT_READ_INPUTS_H
#define PFG_APP_INPUT_READ_INPUTS_H

#include "app/input/context.h"
#include "base/arena.h"
#include "group/collect.h"
#include "ingest/core/ingest.h"
#include "model/run.h"

struct pfg_config;

/* Reads inputs into runs. */

struct pfg_read_options {
    struct pfg_ingest_options ingest;
    struct pfg_collect_options collect;
    const struct pfg_fact *facts; /* --env K=V */
    size_t n_facts;
    pfg_time at;        /* the time of measuring; 0: not given */
    bool strict;        /* treat warnings as errors */
    const char *config; /* a configuration with more formats; NULL: search for
                           it */
    const struct pfg_config *const *found; /* that one, which has been read
                                              (NULL: there is none); or NULL */
    const char *called; /* the file's name in messages; NULL: its path */
};

/* Runs on the heap, in order. pfg_read_free() frees them. */
struct pfg_runs {
    struct pfg_run **at;
    size_t n, cap;
};

void pfg_read_free(struct pfg_runs *runs);

/* Passes ownership of runs to *out. */
void pfg_runs_add(struct pfg_runs *out, struct pfg_run *const *runs, size_t n);

/*
 * Reads one input into a new run, whose revision and profile are empty.
 * Warnings go to the context's err, at most twenty for each input and then
 * their number. PFG_DATA if there are no measurements, with the harness's
 * failure if there was one, or if there are results of several commits. The
 * caller frees the run.
 */
int pfg_read_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *path, const struct pfg_read_options *options,
                 struct pfg_error *err);

/*
 * Reads one input and appends its runs: one, or with options->collect.split one
 * for each revision that the input names, which must be there and is then in
 * run->revision (id, subject and time). Their time is that of the measurement
 * if the input has it, else of the commit. Revisions without results are left
 * out. *out is unchanged on failure.
 */
int pfg_read_runs(struct pfg_runs *out, const struct pfg_context *context,
                  const char *path, const struct pfg_read_options *options,
                  struct pfg_error *err);

/* Measurements that do not come from a file. */
struct pfg_pushed {
    const char *source, *tool; /* of the run; must outlive it */
    int (*push)(void *self, const struct pfg_sink *sink, struct pfg_error *err);
    void *self;
};

/* Collects the measurements from `push` into a run, which is never a repeat.
 * The caller frees it. */
int pfg_read_pushed(struct pfg_run **out, const struct pfg_context *context,
                    const struct pfg_pushed *pushed,
                    const struct pfg_read_options *options,
                    struct pfg_error *err);

/* Reads NAME=NUMBER[UNIT] from the command line into a run without a path,
 * which is never a repeat. */
int pfg_read_values(struct pfg_runs *out, const struct pfg_context *context,
                    const char *const *values, size_t n,
                    const struct pfg_read_options *options,
                    struct pfg_error *err);

#endif
