#ifndef PFG_APP_HISTORY_READ_HISTORY_H
#define PFG_APP_HISTORY_READ_HISTORY_H

#include "app/input/context.h"
#include "base/arena.h"
#include "model/history.h"
#include "store/store.h"
#include "vcs/vcs.h"

/* The versions of a branch in order, and the stored runs that measured them. */

struct pfg_timeline_run {
    long id;
    size_t commit, profile; /* indexes */
};

struct pfg_timeline_profile {
    const char *name, *fingerprint;
};

struct pfg_timeline {
    struct pfg_history_commit *commits; /* oldest first, from the first measured
                                           one; n_runs counts all hardware */
    size_t n_commits;
    struct pfg_timeline_run *runs; /* by id */
    size_t n_runs;
    struct pfg_timeline_profile *profiles; /* ordered by their newest run,
                                              newest first */
    size_t n_profiles;
    const char *head;   /* the newest commit; "" if ordered by time */
    const char *branch; /* "" if ordered by time */
    bool cut;           /* the clone is shallow: older commits are missing */
    size_t n_elsewhere; /* runs of versions that are not on the branch */
    size_t n_dirty;     /* runs with uncommitted changes */
};

/*
 * In a repository the versions are the first parents of HEAD, or of `branch`.
 * The runs of a commit are those stored under its id or, if there are none,
 * those stored under a commit with the same tree. Before the start of a shallow
 * clone come the versions that were measured on the branch earlier, by time.
 * Outside a repository, or if none of its commits was measured, the versions
 * are all measured ones (or those on `branch`), by time. PFG_DATA if there are
 * no runs.
 */
int pfg_timeline_make(struct pfg_timeline *out,
                      const struct pfg_context *context,
                      struct pfg_store *store, struct pfg_vcs *vcs,
                      const char *branch, struct pfg_arena *arena,
                      struct pfg_error *err);

/* The run with that id, or NULL if it is not on the timeline. */
const struct pfg_timeline_run *pfg_timeline_find(
    const struct pfg_timeline *timeline, long id);

/* The selection that `history`, `trend` and `site` share. */
struct pfg_history_options {
    bool context;         /* also read series that do not pass the filters */
    const char *database; /* NULL: the default */
    const char *project;  /* replaces the project in the database's path; NULL:
                             keep that */
    const char *branch;   /* NULL: HEAD */
    const char *const *hardware; /* names or globs of profiles; none: the newest
                                    run's */
    size_t n_hardware;
    const char *const *projects; /* names or globs, read together by
                                    pfg_histories_read(); none: a single
                                    project */
    size_t n_projects;
    const char *since; /* a date, "90d", or a revision; NULL: the beginning */
    size_t last;       /* number of measured versions; 0: all */
    const char *const *benchmarks; /* names or globs; none: all */
    size_t n_benchmarks;
    const char *const *filter; /* see group/filter.h */
    size_t n_filter;
};

/* A store open for reading, with its timeline. */
struct pfg_history_reader {
    const struct pfg_context *context;
    const struct pfg_history_options *options;
    struct pfg_arena *arena;
    const char *path; /* of the database */
    struct pfg_store *store;
    struct pfg_store_version version;
    struct pfg_vcs *vcs; /* NULL: no repository, or not the project's own */
    struct pfg_timeline timeline;
    struct pfg_stored_series *stored; /* adjacent if they have the same key; may
                                         lack series that were not asked for */
    size_t n_stored;
    size_t n_joined; /* of these: imported ones that were given a suite */
};

/* The options are borrowed. Call pfg_history_reader_close() afterwards, also
 * after an error. */
int pfg_history_reader_open(struct pfg_history_reader *out,
                            const struct pfg_context *context,
                            const struct pfg_history_options *options,
                            struct pfg_error *err);
void pfg_history_reader_close(struct pfg_history_reader *reader);
/* Closes the store and the repository; what was read from them remains. */
void pfg_history_reader_leave(struct pfg_history_reader *reader);

/* Whether the options name the benchmark of the series, or none at all; `label`
 * is its full label. */
bool pfg_history_is_named(const struct pfg_history_options *options,
                          const struct pfg_series *series, const char *label,
                          struct pfg_arena *arena);

/*
 * Reads the series that begins with stored[*at] on a profile, and advances *at
 * to the next one. 1 if it has values and is asked for (or is context), else 0.
 * If a key was measured in several units, only values in the newest unit are
 * read. The result is in `arena`; its shifts are not computed yet.
 */
int pfg_history_read_series(const struct pfg_history_reader *reader,
                            struct pfg_history_series *out, size_t *at,
                            size_t profile, struct pfg_arena *arena,
                            struct pfg_error *err);

/*
 * The history that github-action-benchmark keeps does not record suites. If
 * exactly one suite has the same series, imported series without a suite get
 * that suite, and the reader's `n_joined` counts them.
 */
int pfg_history_join_suites(struct pfg_history_reader *reader,
                            struct pfg_error *err);

/*
 * For long series the settled part of the search for shifts is stored in the
 * database, so that after another run only the tail of each series is searched.
 * This is a cache: an entry is valid while the values that it was computed
 * from, by their digest, are still the first values of the series.
 */
struct pfg_settling {
    const struct pfg_history_reader *reader;
    const struct pfg_history *history;
    struct pfg_rank_tables *tables; /* may be NULL */
    PFG_VEC(struct pfg_stored_settled) moved_on;
};

/* pfg_shifts_find() for a series, which resumes where it was settled. */
int pfg_settling_find(struct pfg_settling *settling,
                      struct pfg_history_series *series, struct pfg_error *err);

/* Stores the states that advanced. A database that cannot be written or has an
 * older version stays as it is; any other failure is a warning. */
void pfg_settling_store(const struct pfg_settling *settling);

/* Whether a profile matches the hardware in the options, or they name none. */
bool pfg_history_on(const struct pfg_history_options *options,
                    const char *profile);

/* The newest profile that matches; PFG_USAGE if there is none. */
int pfg_history_find_profile(const struct pfg_history_reader *reader,
                             size_t *out, struct pfg_error *err);

/* Fails with PFG_USAGE: there are no results on hardware of that name. */
int pfg_history_no_profile(const struct pfg_history_reader *reader,
                           const char *name, struct pfg_error *err);

/* Reads the history of a profile, given by its index: all series that are asked
 * for, with their shifts. 1 if there are none. The reader stays open. */
int pfg_history_read_on(struct pfg_history **out,
                        const struct pfg_history_reader *reader, size_t profile,
                        struct pfg_error *err);
/* Fails with PFG_USAGE: no series is asked for. The hint names a benchmark. */
int pfg_history_none(const struct pfg_history_reader *reader,
                     struct pfg_error *err);

#endif
