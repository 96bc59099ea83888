#ifndef PFG_APP_INPUT_READ_INPUTS_H
#define PFG_APP_INPUT_READ_INPUTS_H

#include "app/input/context.h"
#include "base/arena.h"
#include "group/collect.h"
#include "ingest/core/ingest.h"
#include "model/run.h"

/* From bytes to runs. */

struct pfg_read_options {
    struct pfg_ingest_options ingest;
    struct pfg_collect_options collect;
    const struct pfg_fact *facts; /* --env K=V */
    size_t n_facts;
    pfg_time at;        /* when it was measured; 0: not said */
    bool strict;        /* warnings are errors */
    const char *config; /* whose formats are read, too; NULL: what is found */
    const char *called; /* what a file is called, to people; NULL: its path */
};

/* Runs on the heap, in order; pfg_read_free() frees them. */
struct pfg_runs {
    struct pfg_run **at;
    size_t n, cap;
};

void pfg_read_free(struct pfg_runs *runs);

/* Hands runs over: *out frees them from now on. */
void pfg_runs_add(struct pfg_runs *out, struct pfg_run *const *runs, size_t n);

/*
 * Reads one input into a run of its own (revision and profile are left
 * empty). Warnings go to the context's err, at most twenty an input and then
 * their number. Nothing measured in it is PFG_DATA, with the harness's failure
 * if there was one; so are the results of several commits. The caller frees
 * the run.
 */
int pfg_read_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *path, const struct pfg_read_options *options,
                 struct pfg_error *err);

/*
 * Reads one input and appends its runs: one, or with options->collect.split
 * one for each revision that the input names, which is then in
 * run->revision (id, subject and time) and must be there. Their time is that
 * of the measurement where the input says it, else of the commit. A revision
 * without results is left out. *out is as it was on failure.
 */
int pfg_read_runs(struct pfg_runs *out, const struct pfg_context *context,
                  const char *path, const struct pfg_read_options *options,
                  struct pfg_error *err);

/* Measurements that come from no file. */
struct pfg_pushed {
    const char *source, *tool; /* of the run; they outlive it */
    int (*push)(void *self, const struct pfg_sink *sink, struct pfg_error *err);
    void *self;
};

/* Collects what `push` sends into a run, never taken for a repeat. The caller
 * frees the run. */
int pfg_read_pushed(struct pfg_run **out, const struct pfg_context *context,
                    const struct pfg_pushed *pushed,
                    const struct pfg_read_options *options,
                    struct pfg_error *err);

/* NAME=NUMBER[UNIT] of a command line, as a run without a path; never taken
 * for a repeat. */
int pfg_read_values(struct pfg_runs *out, const struct pfg_context *context,
                    const char *const *values, size_t n,
                    const struct pfg_read_options *options,
                    struct pfg_error *err);

#endif
