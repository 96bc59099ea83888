#ifndef PFG_STORE_STORE_H
#define PFG_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/error.h"
#include "model/run.h"

struct pfg_arena;

/*
 * Where runs are kept. A backend is one `const struct pfg_store_backend` (see
 * backend.h) and a line in list.h; callers use the functions below.
 * Everything a query returns is copied into the arena it is given.
 */
struct pfg_store;

/* What a query says about a run without loading its samples. `failed`: the
 * harness broke. */
struct pfg_run_info {
    long id;
    struct pfg_revision revision;
    const char *profile; /* name */
    const char *fingerprint;
    const char *tool, *source;
    pfg_time time;
    size_t n_series;
    bool failed;
};

/* All that is not NULL (or 0) must match. */
struct pfg_run_query {
    const char *revision; /* id */
    const char *tree;     /* id of a tree, or NULL */
    const char *fingerprint;
    long limit; /* newest first; 0: all */
};

enum pfg_stored {
    PFG_STORED,
    PFG_STORED_ALREADY, /* same digest, revision and profile */
};

/*
 * Opens `path`, or makes it (with its folder, and in a folder called
 * ".perfgate" a .gitignore) when `create` is set. Reading works where nothing
 * may be written. No such file without `create`, not a database, of a newer
 * version: PFG_SYSTEM.
 */
int pfg_store_open(struct pfg_store **out, const char *path, bool create,
                   struct pfg_error *err);
void pfg_store_close(struct pfg_store *store); /* NULL is fine */

/* All runs in one transaction, or none; out[i] tells what became of each, and
 * runs[i]->id is set (of a repeat: that of the run that is there). Series need
 * their keys. On failure nothing of either is set. */
int pfg_store_add(struct pfg_store *store, enum pfg_stored *out,
                  struct pfg_run *const *runs, size_t n, struct pfg_error *err);

/* Newest first (by time, then id). */
int pfg_store_find(struct pfg_store *store, struct pfg_run_info **out,
                   size_t *n, const struct pfg_run_query *query,
                   struct pfg_arena *arena, struct pfg_error *err);

/* A whole run with its samples, in an arena of its own; pfg_run_free(). No
 * such run: PFG_DATA. */
int pfg_store_load(struct pfg_store *store, struct pfg_run **out, long id,
                   struct pfg_error *err);

/* Ids of revisions that have a run on this profile (any, when NULL), each
 * once, that of the newest run first. */
int pfg_store_revisions(struct pfg_store *store, const char ***out, size_t *n,
                        const char *fingerprint, struct pfg_arena *arena,
                        struct pfg_error *err);

/*
 * One value of a series in one run, for histories. Several processes: the
 * median of their medians, `low` of the first of them. L is taken over logs
 * with lower as the better direction (verdict.md section 2) at the size of
 * the sample, and then turned back into base units; where a value is zero or
 * less, over the values themselves.
 */
struct pfg_history_point {
    long run;
    const char *revision; /* id */
    pfg_time time;
    double median; /* base unit */
    double low;    /* L of its first process, in base units; NAN: a summary */
    size_t n;      /* observations in all processes; 0: summaries */
};

/* A series' values on a profile (any, when NULL), newest run first, at most
 * `limit` (0: all). `key` is pfg_series.key. Runs in which it has no value, or
 * is in another unit than in the newest one, are left out. */
int pfg_store_history(struct pfg_store *store, struct pfg_history_point **out,
                      size_t *n, const char *key, const char *fingerprint,
                      long limit, struct pfg_arena *arena,
                      struct pfg_error *err);

/* A name for runs that others are compared with: per hardware profile. */
struct pfg_named_baseline {
    const char *name;
    const char *profile; /* name */
    const char *fingerprint;
    pfg_time saved;
    size_t n_runs;
};

/* Names the runs. What the name meant on the profiles of these runs before is
 * replaced; on other profiles it stays. No such run: PFG_DATA. */
int pfg_store_baseline_set(struct pfg_store *store, const char *name,
                           pfg_time saved, const long *runs, size_t n,
                           struct pfg_error *err);

/* The runs that the name means on the profile (on any, when NULL), newest
 * first; none is no error. */
int pfg_store_baseline_get(struct pfg_store *store, long **out, size_t *n,
                           const char *name, const char *fingerprint,
                           struct pfg_arena *arena, struct pfg_error *err);

/* All of them, by name, then profile. */
int pfg_store_baseline_list(struct pfg_store *store,
                            struct pfg_named_baseline **out, size_t *n,
                            struct pfg_arena *arena, struct pfg_error *err);

/* Forgets the name on the profile (on all, when NULL), never the runs. *out
 * is how many runs had it; none is no error. */
int pfg_store_baseline_delete(struct pfg_store *store, size_t *out,
                              const char *name, const char *fingerprint,
                              struct pfg_error *err);

#endif
