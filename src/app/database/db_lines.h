#ifndef PFG_APP_DATABASE_DB_LINES_H
#define PFG_APP_DATABASE_DB_LINES_H

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "store/store.h"

/* The database as JSON lines, both ways: see pfg_db_export(). */

/* A name and what it means, by the ids that runs have among the lines. */
struct pfg_line_baseline {
    const char *name, *profile, *fingerprint;
    pfg_time saved;
    const char **runs;
    size_t n_runs;
};

/* What was said of a run, by the same. */
struct pfg_line_verdict {
    struct pfg_stored_verdict of;
    const char *run;
};

/* The first line, then any of the others. */
void pfg_lines_begin(struct pfg_str *out);
int pfg_lines_put_run(struct pfg_str *out, struct pfg_store *store,
                      const struct pfg_run_info *info, struct pfg_error *err);
/* What was said of it, a line each. */
int pfg_lines_put_verdicts(struct pfg_str *out, struct pfg_store *store,
                           const struct pfg_run_info *info,
                           struct pfg_error *err);
/* What a name means now, with the runs among `runs`, sorted. */
int pfg_lines_name(struct pfg_line_baseline *out, struct pfg_store *store,
                   const struct pfg_named_baseline *named,
                   const struct pfg_run_info *runs, size_t n,
                   struct pfg_arena *arena, struct pfg_error *err);
void pfg_lines_put_baseline(struct pfg_str *out,
                            const struct pfg_line_baseline *line);
void pfg_lines_put_change(struct pfg_str *out,
                          const struct pfg_baseline_change *change);
void pfg_lines_put_pruned(struct pfg_str *out, const char **runs, size_t n);

/* What was read and is not merged yet. */
struct pfg_import {
    struct pfg_store *scratch;
    struct pfg_arena *arena;
    struct pfg_map ids; /* of a run's line -> its id in the scratch store */
    PFG_VEC(struct pfg_line_baseline) baselines;
    PFG_VEC(struct pfg_baseline_change) changes;
    PFG_VEC(struct pfg_line_verdict) verdicts;
    struct pfg_map pruned; /* the ids of runs that were removed */
    bool begun;            /* the first line was there */
    /* Gets the runs, and owns them; NULL: the scratch store does. */
    int (*take)(void *self, struct pfg_run *run, struct pfg_error *err);
    void *self;
};

/* To be closed, also after an error. */
int pfg_import_open(struct pfg_import *in, struct pfg_error *err);
void pfg_import_close(struct pfg_import *in);

/* The lines of one file, `path` in errors. */
int pfg_import_read(struct pfg_import *in, struct pfg_slice text,
                    const char *path, struct pfg_error *err);

/* Puts a run, which is freed, into the scratch store; baselines may name it by
 * `id` (NULL: none does). */
int pfg_import_add(struct pfg_import *in, const char *id, struct pfg_run *run,
                   struct pfg_error *err);

/* Everything at once, as pfg_store_merge(). */
int pfg_import_merge(struct pfg_import *in, struct pfg_merged *merged,
                     struct pfg_store *into, struct pfg_error *err);

#endif
