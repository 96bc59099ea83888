#ifndef PFG_APP_RECORD_H
#define PFG_APP_RECORD_H

#include "app/context.h"
#include "group/collect.h"
#include "ingest/ingest.h"
#include "model/run.h"

/* From bytes to a run, and from a run to the store. */

struct pfg_read_options {
    struct pfg_ingest_options ingest;
    struct pfg_collect_options collect;
    const struct pfg_fact *facts; /* --env K=V */
    size_t n_facts;
    pfg_time at; /* when it was measured; 0: not said */
    bool strict; /* warnings are errors */
};

/*
 * Reads one input into a run of its own (revision and profile are left
 * empty). Warnings go to the context's err, at most twenty an input and then
 * their number. Nothing measured in it is PFG_DATA, with the harness's failure
 * if there was one. The caller frees the run.
 */
int pfg_read_run(struct pfg_run **out, const struct pfg_context *context,
                 const char *path, const struct pfg_read_options *options,
                 struct pfg_error *err);

struct pfg_record_options {
    struct pfg_read_options read;
    const char *const *paths;
    size_t n_paths;
    const char *database;
    const char *commit;   /* a revision or a name; NULL: the one under test */
    const char *hardware; /* NULL: detect */
    bool dry_run;
    bool print; /* what was understood, as JSON lines on out */
};

/* Reads all inputs, then stores them in one transaction or not at all; says
 * on err what became of each. */
int pfg_record(const struct pfg_context *context,
               const struct pfg_record_options *options,
               struct pfg_error *err);

#endif
