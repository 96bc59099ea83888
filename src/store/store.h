#ifndef PFG_STORE_STORE_H
#define PFG_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "model/run.h"
#include "model/verdict.h"

struct pfg_arena;

/* Where runs are kept. Everything a query returns is copied into the arena it
 * is given. */
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
    /* A digest of everything in it but its id and the order of its series: two
     * runs with the same one are the same run, in whatever database. */
    const char *content;
};

/* That digest. */
void pfg_content_of(char out[PFG_DIGEST_HEX], const struct pfg_run *run);

/* All that is not NULL (or 0) must match. */
struct pfg_run_query {
    const char *revision; /* id */
    const char *tree;     /* id of a tree, or NULL */
    const char *fingerprint;
    const char *tool;
    long limit; /* newest first; 0: all */
};

/* Whether a path names a database on a server: "postgresql://...",
 * "postgres://..." or "service=...", with "#PROJECT" at its end or without. */
bool pfg_store_is_server(const char *path);
/* That project, NULL: it names none. */
const char *pfg_store_project(const char *path);
/* The same database with this project instead. In the arena. */
const char *pfg_store_with_project(const char *path, const char *project,
                                   struct pfg_arena *arena);
/* The projects on the server of `path` whose results may be read, by name. */
int pfg_store_projects(const char *path, const char ***out, size_t *n,
                       struct pfg_arena *arena, struct pfg_error *err);
/* Whether there may be a database: there is a file, or it is on a server. */
bool pfg_store_exists(const char *path);

enum pfg_stored {
    PFG_STORED,
    PFG_STORED_ALREADY, /* same digest, revision and profile */
};

/*
 * Opens `path`, or makes it (with its folder, and in a folder called
 * ".perfgate" a .gitignore) when `create` is set. Reading works where nothing
 * may be written. No such file without `create`, not a database, of a newer
 * version: PFG_SYSTEM. For those on a server see store/sql/postgres.h.
 */
int pfg_store_open(struct pfg_store **out, const char *path, bool create,
                   struct pfg_error *err);
void pfg_store_close(struct pfg_store *store); /* NULL is fine */
/* What messages call it. */
const char *pfg_store_name(const struct pfg_store *store);

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
 * such run: PFG_DATA. Not what was stored, by its digest: PFG_SYSTEM. */
int pfg_store_load(struct pfg_store *store, struct pfg_run **out, long id,
                   struct pfg_error *err);

/* The same of several, as they are at one moment: all of them, or none. What
 * their series have in common is read once. With `only_values` the digits as
 * they were written are left out, and series may be plain (model/run.h). */
int pfg_store_load_list(struct pfg_store *store, struct pfg_run **out,
                        const long *ids, size_t n, bool only_values,
                        struct pfg_error *err);

/* Ids of revisions that have a run on this profile (any, when NULL), each
 * once, that of the newest run first. */
int pfg_store_revisions(struct pfg_store *store, const char ***out, size_t *n,
                        const char *fingerprint, struct pfg_arena *arena,
                        struct pfg_error *err);

/* A series that some run has values of; `series` has no pieces. One key may
 * be there several times, with other units or directions. */
struct pfg_stored_series {
    long id;
    struct pfg_series series;
};

/* All of them, by suite, benchmark, parameters, variant and metric. With
 * `within` only those whose benchmark's name is a part of it. */
int pfg_store_series(struct pfg_store *store, const char *within,
                     struct pfg_stored_series **out, size_t *n,
                     struct pfg_arena *arena, struct pfg_error *err);

/*
 * One value of a series in one run, for histories. Several processes: the
 * median of their medians, `low` of the first of them. L is taken over logs
 * with lower as the better direction (verdict.md section 2) at the size of
 * the sample, and then turned back into base units; where a value is zero or
 * less, over the values themselves.
 */
struct pfg_history_point {
    long run;
    double median; /* base unit */
    double low;    /* L of its first process, in base units; NAN: a summary */
    size_t n;      /* observations in all processes; 0: summaries */
};

/* A series' values in all runs that have one, by the ids of the runs. */
int pfg_store_history(struct pfg_store *store, struct pfg_history_point **out,
                      size_t *n, long series, struct pfg_arena *arena,
                      struct pfg_error *err);

/* What was said of a series in a run. */
struct pfg_stored_verdict {
    long run;
    const char *key;  /* of the series */
    pfg_time time;    /* when it was given */
    const char *base; /* what the run was compared with: a revision's id, or a
                         file */
    enum pfg_verdict verdict;
    bool fails;    /* the gate */
    double change; /* against the base, 0.1 is ten per cent more; NAN */
};

/*
 * Keeps verdicts beside runs, in one transaction: of each series in each run
 * the last one. One that says what is known already changes nothing, and one
 * on a series that the run does not have is dropped. Where nothing may be
 * written, nothing is, which is not an error.
 */
int pfg_store_verdicts_add(struct pfg_store *store,
                           const struct pfg_stored_verdict *verdicts, size_t n,
                           struct pfg_error *err);

/* Those on a series, by the ids of the runs, or where that is 0 those on a
 * run, by the series' keys. */
int pfg_store_verdicts(struct pfg_store *store, struct pfg_stored_verdict **out,
                       size_t *n, long series, long run,
                       struct pfg_arena *arena, struct pfg_error *err);

/* What a history has settled of a series (app/history/resume_search.c), in
 * numbers that only histories understand. */
struct pfg_stored_settled {
    const char *place;  /* of which series, on which hardware and branch */
    const char *digest; /* of the values that it follows from */
    const double *state;
    size_t n;
};

/* What is kept for a place: 1, or 0 where nothing is. */
int pfg_store_settled(struct pfg_store *store, struct pfg_stored_settled *out,
                      const char *place, struct pfg_arena *arena,
                      struct pfg_error *err);

/* Keeps it instead of what was kept for the places, in one transaction. Where
 * nothing may be written, nothing is, which is not an error. Whatever removes
 * runs removes it all. */
int pfg_store_settled_keep(struct pfg_store *store,
                           const struct pfg_stored_settled *settled, size_t n,
                           struct pfg_error *err);

/* A name for runs that others are compared with: per hardware profile. */
struct pfg_named_baseline {
    const char *name;
    const char *profile; /* name */
    const char *fingerprint;
    pfg_time saved;
    struct pfg_revision revision; /* of its newest run */
    pfg_time time;                /* of that run */
    size_t n_runs;
};

/* Something that a name was made to mean, on one profile. It outlives the
 * runs. */
struct pfg_baseline_change {
    const char *name;
    const char *profile; /* name */
    const char *fingerprint;
    pfg_time time;
    const char *how;      /* "saved", "promoted from 'nightly'", "deleted" */
    const char *revision; /* id; "" where it was deleted */
    size_t n_runs;
};

/* Names the runs, and notes how that came. What the name meant on the profiles
 * of these runs before is replaced; on other profiles it stays. No such run:
 * PFG_DATA. */
int pfg_store_baseline_set(struct pfg_store *store, const char *name,
                           pfg_time saved, const char *how, const long *runs,
                           size_t n, struct pfg_error *err);

/* The runs that the name means on the profile (on any, when NULL), newest
 * first; none is not an error. */
int pfg_store_baseline_get(struct pfg_store *store, long **out, size_t *n,
                           const char *name, const char *fingerprint,
                           struct pfg_arena *arena, struct pfg_error *err);

/* All of them, by name, then profile. */
int pfg_store_baseline_list(struct pfg_store *store,
                            struct pfg_named_baseline **out, size_t *n,
                            struct pfg_arena *arena, struct pfg_error *err);

/* What a name has meant (every name, when NULL), newest first. */
int pfg_store_baseline_changes(struct pfg_store *store,
                               struct pfg_baseline_change **out, size_t *n,
                               const char *name, struct pfg_arena *arena,
                               struct pfg_error *err);

/* Adds to what names have meant, and changes no name; what is known already is
 * no error. For importing. */
int pfg_store_baseline_note(struct pfg_store *store,
                            const struct pfg_baseline_change *changes, size_t n,
                            struct pfg_error *err);

/* Forgets the name on the profile (on all, when NULL), never the runs. *out
 * is how many runs had it; none is not an error. */
int pfg_store_baseline_delete(struct pfg_store *store, size_t *out,
                              const char *name, const char *fingerprint,
                              pfg_time now, struct pfg_error *err);

/* --- looking after a database --- */

/*
 * Opens one to read it, and leaves the file as it is even where it is of an
 * older version. *version, where it is wanted, is that of the file, and
 * *newest the one that this program writes.
 */
struct pfg_store_version {
    long file, newest;
};
int pfg_store_open_reading(struct pfg_store **out,
                           struct pfg_store_version *version, const char *path,
                           struct pfg_error *err);

/* An empty one that is in no file and goes with pfg_store_close(): to bring
 * runs together before they are merged. */
int pfg_store_open_scratch(struct pfg_store **out, struct pfg_error *err);

/* What came of one of the sources of a merge. */
struct pfg_merged {
    size_t n_added, n_there; /* runs */
    size_t n_baselines;      /* names that now mean what they mean there */
};

/*
 * Brings all runs and names of other stores into one, in one transaction: out
 * has a place for each. Afterwards it holds the union, whatever the order, and
 * merging the same again changes nothing.
 *
 * Runs are the same when their inputs are (see pfg_store_add()), or where that
 * is not known their content. Of the same input read twice the run that was
 * measured first stays, then the one with the smaller content. A name means
 * on a profile what it was last made to mean, in whichever store that was; at
 * the same moment, what it means in each together.
 */
int pfg_store_merge(struct pfg_store *store, struct pfg_merged *out,
                    struct pfg_store *const *sources, size_t n,
                    struct pfg_error *err);

/* Removes runs, and what is then used by none, in one transaction. A run that
 * a baseline names stays, as does one that is not there. *out is how many
 * went. */
int pfg_store_remove(struct pfg_store *store, size_t *out, const long *runs,
                     size_t n, struct pfg_error *err);
/* The contents of runs that were removed, whether or not they were added again,
 * sorted. */
int pfg_store_removed(struct pfg_store *store, const char ***out, size_t *n,
                      struct pfg_arena *arena, struct pfg_error *err);
/* Gives the room of what was removed back to the file system; a server does it
 * by itself. */
int pfg_store_compact(struct pfg_store *store, struct pfg_error *err);

/* Bytes, of the file or of the tables on a server. */
int pfg_store_size(struct pfg_store *store, int64_t *out,
                   struct pfg_error *err);

/* How much there is. */
struct pfg_store_stats {
    size_t n_runs, n_revisions, n_profiles, n_suites, n_benchmarks, n_series;
    size_t n_measurements, n_samples;
    pfg_time first, last; /* runs; 0: none */
};
int pfg_store_stats(struct pfg_store *store, struct pfg_store_stats *out,
                    struct pfg_error *err);

/* What is wrong with a store, a sentence each; none: it is sound. Every run is
 * read. -1 where not even that can be found out. */
int pfg_store_check(struct pfg_store *store, const char ***out, size_t *n,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Removes the runs that are not what was stored, and computes again what can
 * be computed from the others; out is a sentence for each. What was there is
 * copied to the new file `aside` first, where there is anything to do; what is
 * on a server is left as it is then: PFG_USAGE. */
int pfg_store_repair(struct pfg_store *store, const char *aside,
                     const char ***out, size_t *n, struct pfg_arena *arena,
                     struct pfg_error *err);

#endif
