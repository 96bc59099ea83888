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

/* The database of runs. Everything that a query returns is copied into the
 * arena it is given. */
struct pfg_store;

/* Facts about a run that are known without loading its samples. `failed`: the
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
    /* A digest of everything in the run but its id and the order of its series:
     * two runs with equal digests are the same run, in any database. */
    const char *content;
};

/* Computes that digest. */
void pfg_content_of(char out[PFG_DIGEST_HEX], const struct pfg_run *run);

/* Every member that is not NULL (or 0) must match. */
struct pfg_run_query {
    const char *revision; /* id */
    const char *tree;     /* id of a tree, or NULL */
    const char *fingerprint;
    const char *tool;
    long limit; /* newest first; 0: all */
    bool brief; /* leaves out everything but the revision, id, time, profile and
                   fingerprint: a history has thousands of runs */
};

/* Whether a path names a database on a server: "postgresql://...",
 * "postgres://..." or "service=...", with or without a "#PROJECT" at its end.
 */
bool pfg_store_is_server(const char *path);
/* That project; NULL if the path names none. */
const char *pfg_store_project(const char *path);
/* The path of the same database with this project, in the arena. */
const char *pfg_store_with_project(const char *path, const char *project,
                                   struct pfg_arena *arena);
/* The projects on the server of `path` whose results this role may read, by
 * name. */
int pfg_store_projects(const char *path, const char ***out, size_t *n,
                       struct pfg_arena *arena, struct pfg_error *err);
/* Whether there may be a database: the path is a file's or a server's. */
bool pfg_store_exists(const char *path);

enum pfg_stored {
    PFG_STORED,
    PFG_STORED_ALREADY, /* same digest, revision and profile */
};

/*
 * Opens `path`. With `create` it is made if it does not exist, together with
 * its folder, and with a .gitignore in a folder called ".perfgate". A place
 * that cannot be written can still be read. PFG_SYSTEM if the file does not
 * exist (without `create`), is not a database or has a newer version. For
 * databases on a server see store/sql/postgres.h.
 */
int pfg_store_open(struct pfg_store **out, const char *path, bool create,
                   struct pfg_error *err);
void pfg_store_close(struct pfg_store *store); /* NULL is fine */
/* The name that messages use. */
const char *pfg_store_name(const struct pfg_store *store);

/* Adds all runs in one transaction, or none. out[i] says what happened to each,
 * and runs[i]->id is set (for a repeat, to the id of the stored run). Series
 * need their keys. On failure neither is set. */
int pfg_store_add(struct pfg_store *store, enum pfg_stored *out,
                  struct pfg_run *const *runs, size_t n, struct pfg_error *err);

/* Newest first (by time, then id). */
int pfg_store_find(struct pfg_store *store, struct pfg_run_info **out,
                   size_t *n, const struct pfg_run_query *query,
                   struct pfg_arena *arena, struct pfg_error *err);

/* Loads a whole run with its samples, in an arena of its own; free it with
 * pfg_run_free(). PFG_DATA if there is no such run, PFG_SYSTEM if its digest
 * differs from the stored one. */
int pfg_store_load(struct pfg_store *store, struct pfg_run **out, long id,
                   struct pfg_error *err);

/* The same for several runs, in one transaction: all of them, or none. What
 * their series have in common is read once. With `only_values` the digits as
 * written are left out, and series may be plain (model/run.h). */
int pfg_store_load_list(struct pfg_store *store, struct pfg_run **out,
                        const long *ids, size_t n, bool only_values,
                        struct pfg_error *err);

/* The ids of the revisions that have a run on this profile (any, when NULL),
 * each once, ordered by their newest run, newest first. */
int pfg_store_revisions(struct pfg_store *store, const char ***out, size_t *n,
                        const char *fingerprint, struct pfg_arena *arena,
                        struct pfg_error *err);

/* A series that has values in some run; `series` has no pieces. Several of them
 * may share a key, with different units or directions. */
struct pfg_stored_series {
    long id;
    struct pfg_series series;
};

/* All series, by suite, benchmark, parameters, variant and metric. With
 * `within` only those whose benchmark's name is a part of that text. */
int pfg_store_series(struct pfg_store *store, const char *within,
                     struct pfg_stored_series **out, size_t *n,
                     struct pfg_arena *arena, struct pfg_error *err);

/*
 * One value of a series in one run, for histories. With several processes it is
 * the median of their medians, and `low` is that of the first process. L is
 * computed from logs with lower as the better direction (verdict.md section 2)
 * at the size of the sample, and then turned back into base units; if a value
 * is zero or less, from the values themselves.
 */
struct pfg_history_point {
    long run;
    double median; /* base unit */
    double low;    /* L of the first process, in base units; NAN for a
                      summary */
    size_t n;      /* observations in all processes; 0 for summaries */
};

/* A series' values in all runs that have one, by run id. */
int pfg_store_history(struct pfg_store *store, struct pfg_history_point **out,
                      size_t *n, long series, struct pfg_arena *arena,
                      struct pfg_error *err);

/* The verdict on a series in a run. */
struct pfg_stored_verdict {
    long run;
    const char *key;  /* of the series */
    pfg_time time;    /* when the verdict was given */
    const char *base; /* what the run was compared with: the id of a revision,
                         or a file */
    enum pfg_verdict verdict;
    bool fails;    /* whether the gate fails */
    double change; /* against the base: 0.1 is ten per cent more; NAN if
                      unknown */
};

/*
 * Stores verdicts with their runs, in one transaction; each series in each run
 * keeps only the last one. An equal verdict changes nothing, and one on a
 * series that the run does not have is dropped. If the database cannot be
 * written nothing is stored, which is not an error.
 */
int pfg_store_verdicts_add(struct pfg_store *store,
                           const struct pfg_stored_verdict *verdicts, size_t n,
                           struct pfg_error *err);

/* The verdicts on a series, by run id, or if `series` is 0 those on a run, by
 * the keys of the series. */
int pfg_store_verdicts(struct pfg_store *store, struct pfg_stored_verdict **out,
                       size_t *n, long series, long run,
                       struct pfg_arena *arena, struct pfg_error *err);

/* What a history search has settled for a series (app/history/resume_search.c),
 * in numbers that only that search understands. */
struct pfg_stored_settled {
    const char *place;  /* identifies the series, the hardware and the branch */
    const char *digest; /* of the values that it was computed from */
    const double *state;
    size_t n;
};

/* What is stored for a place: 1, or 0 if there is nothing. */
int pfg_store_settled(struct pfg_store *store, struct pfg_stored_settled *out,
                      const char *place, struct pfg_arena *arena,
                      struct pfg_error *err);

/* Replaces what is stored for these places, in one transaction. If the database
 * cannot be written nothing is stored, which is not an error. Removing runs
 * removes all of it. */
int pfg_store_settled_replace(struct pfg_store *store,
                              const struct pfg_stored_settled *settled,
                              size_t n, struct pfg_error *err);

/* A name for the runs that others are compared with, on one profile. */
struct pfg_named_baseline {
    const char *name;
    const char *profile; /* name */
    const char *fingerprint;
    pfg_time saved;
    struct pfg_revision revision; /* of its newest run */
    pfg_time time;                /* of that run */
    size_t n_runs;
};

/* A change of what a name stands for, on one profile. It outlives the runs. */
struct pfg_baseline_change {
    const char *name;
    const char *profile; /* name */
    const char *fingerprint;
    pfg_time time;
    const char *how;      /* "saved", "promoted from 'nightly'", "deleted" */
    const char *revision; /* id; "" if the name was deleted */
    size_t n_runs;
};

/* Gives the runs a name, and records the change. On the profiles of these runs
 * the name no longer stands for its earlier runs; on other profiles nothing
 * changes. PFG_DATA if a run does not exist. */
int pfg_store_baseline_set(struct pfg_store *store, const char *name,
                           pfg_time saved, const char *how, const long *runs,
                           size_t n, struct pfg_error *err);

/* The runs that the name stands for on the profile (on any, when NULL), newest
 * first; having none is not an error. */
int pfg_store_baseline_get(struct pfg_store *store, long **out, size_t *n,
                           const char *name, const char *fingerprint,
                           struct pfg_arena *arena, struct pfg_error *err);

/* All named baselines, by name, then profile. */
int pfg_store_baseline_list(struct pfg_store *store,
                            struct pfg_named_baseline **out, size_t *n,
                            struct pfg_arena *arena, struct pfg_error *err);

/* The changes of a name (of every name, when NULL), newest first. */
int pfg_store_baseline_changes(struct pfg_store *store,
                               struct pfg_baseline_change **out, size_t *n,
                               const char *name, struct pfg_arena *arena,
                               struct pfg_error *err);

/* Adds changes to the history of names, and leaves the names as they are; a
 * change that exists already is not an error. For importing. */
int pfg_store_baseline_note(struct pfg_store *store,
                            const struct pfg_baseline_change *changes, size_t n,
                            struct pfg_error *err);

/* Removes the name on the profile (on all, when NULL), but never its runs. *out
 * is the number of runs that had it; 0 is not an error. */
int pfg_store_baseline_delete(struct pfg_store *store, size_t *out,
                              const char *name, const char *fingerprint,
                              pfg_time now, struct pfg_error *err);

/* --- maintenance --- */

/*
 * Opens a database for reading, and leaves the file as it is even if its
 * version is older. *version (unless NULL) gets the version of the file and the
 * one that this program writes.
 */
struct pfg_store_version {
    long file, newest;
};
int pfg_store_open_reading(struct pfg_store **out,
                           struct pfg_store_version *version, const char *path,
                           struct pfg_error *err);

/* Opens an empty database in memory, which pfg_store_close() discards: to
 * gather runs before they are merged. */
int pfg_store_open_scratch(struct pfg_store **out, struct pfg_error *err);

/* What a merge did with one of its sources. */
struct pfg_merged {
    size_t n_added, n_there; /* runs */
    size_t n_baselines;      /* names that now stand for what they do in this
                                source */
};

/*
 * Merges all runs and names of other stores into one, in one transaction; `out`
 * has an element for each source. The result is the union whatever the order of
 * the sources, and merging them again changes nothing.
 *
 * Two runs are the same if their inputs are (see pfg_store_add()) or, if an
 * input is unknown, if their contents are. If one input was read twice, the run
 * that was measured first stays, then the one with the smaller content. On a
 * profile a name stands for what it was last set to, in any of the stores; if
 * several set it at the same moment, for all of those runs together.
 */
int pfg_store_merge(struct pfg_store *store, struct pfg_merged *out,
                    struct pfg_store *const *sources, size_t n,
                    struct pfg_error *err);

/* Removes runs, and whatever no other run uses, in one transaction. Runs that a
 * baseline names stay, and ids that do not exist are ignored. *out is the
 * number of runs removed. */
int pfg_store_remove(struct pfg_store *store, size_t *out, const long *runs,
                     size_t n, struct pfg_error *err);
/* The content digests of all runs that were ever removed, sorted, including
 * those that were added again. */
int pfg_store_removed(struct pfg_store *store, const char ***out, size_t *n,
                      struct pfg_arena *arena, struct pfg_error *err);
/* Returns the space of removed runs to the file system; a server does this by
 * itself. */
int pfg_store_compact(struct pfg_store *store, struct pfg_error *err);

/* The size in bytes of the file, or of the tables on a server. */
int pfg_store_size(struct pfg_store *store, int64_t *out,
                   struct pfg_error *err);

/* Counts of what a store holds. */
struct pfg_store_stats {
    size_t n_runs, n_revisions, n_profiles, n_suites, n_benchmarks, n_series;
    size_t n_measurements, n_samples;
    pfg_time first, last; /* times of runs; 0 if there are none */
};
int pfg_store_stats(struct pfg_store *store, struct pfg_store_stats *out,
                    struct pfg_error *err);

/* Finds what is wrong with a store, one sentence each; none if it is sound.
 * Every run is read. -1 if the check itself fails. */
int pfg_store_check(struct pfg_store *store, const char ***out, size_t *n,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Removes the runs that differ from what was stored, and recomputes what can be
 * derived from the others; `out` is a sentence for each repair. If there is
 * anything to repair, the database is first copied to the new file `aside`; one
 * on a server cannot be copied and is left as it is: PFG_USAGE. */
int pfg_store_repair(struct pfg_store *store, const char *aside,
                     const char ***out, size_t *n, struct pfg_arena *arena,
                     struct pfg_error *err);

#endif
