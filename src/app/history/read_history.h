#ifndef PFG_APP_HISTORY_READ_HISTORY_H
#define PFG_APP_HISTORY_READ_HISTORY_H

#include "app/input/context.h"
#include "base/arena.h"
#include "model/history.h"
#include "store/store.h"
#include "vcs/vcs.h"

/* The versions of a branch in their order, and which of them the stored runs
 * measured. */

struct pfg_timeline_run {
    long id;
    size_t commit, profile; /* indexes */
};

struct pfg_timeline_profile {
    const char *name, *fingerprint;
};

struct pfg_timeline {
    struct pfg_history_commit *commits; /* oldest first; the first is measured;
                                           n_runs is of any hardware */
    size_t n_commits;
    struct pfg_timeline_run *runs; /* by id */
    size_t n_runs;
    struct pfg_timeline_profile *profiles; /* by their newest run, that first */
    size_t n_profiles;
    const char *head;   /* the commit that it ends with; "" : by time */
    const char *branch; /* "" : by time */
    bool cut;           /* the clone does not go back to the beginning */
    size_t n_elsewhere; /* runs of versions that are not on the branch */
    size_t n_dirty;     /* runs with uncommitted changes */
};

/*
 * In a repository: the first parents of HEAD, or of `branch`, and the runs
 * that are stored under their ids or, where there are none, under a commit with
 * the same tree. Where a shallow clone ends, what was measured on the branch
 * before comes first, by time. Outside of one, and where none of its commits
 * was measured: all versions (or those measured on `branch`) by time. No run
 * at all is PFG_DATA.
 */
int pfg_timeline_make(struct pfg_timeline *out,
                      const struct pfg_context *context,
                      struct pfg_store *store, struct pfg_vcs *vcs,
                      const char *branch, struct pfg_arena *arena,
                      struct pfg_error *err);

/* The run of that id, or NULL where it is not on the timeline. */
const struct pfg_timeline_run *pfg_timeline_find(
    const struct pfg_timeline *timeline, long id);

/* What `history`, `trend` and `site` are about. */
struct pfg_history_options {
    bool context;         /* what does not pass the filters is read, too */
    const char *database; /* NULL: the usual one */
    const char *project;  /* of the database's instead, and named; NULL */
    const char *branch;   /* NULL: HEAD */
    const char *const *hardware; /* names or globs of profiles; none: that of
                                    the newest run */
    size_t n_hardware;
    const char *const *projects; /* names or globs, read together by
                                    pfg_histories_read(); none: only one */
    size_t n_projects;
    const char *since; /* a date, "90d", or a revision; NULL: everything */
    size_t last;       /* so many measured versions; 0: all */
    const char *const *benchmarks; /* names or globs; none: all */
    size_t n_benchmarks;
    const char *const *filter; /* see group/filter.h */
    size_t n_filter;
};

/* A store that is open for reading, with its timeline. */
struct pfg_history_reader {
    const struct pfg_context *context;
    const struct pfg_history_options *options;
    struct pfg_arena *arena;
    const char *path; /* of the database */
    struct pfg_store *store;
    struct pfg_store_version version;
    struct pfg_vcs *vcs; /* NULL: no repository, or another's project */
    struct pfg_timeline timeline;
    struct pfg_stored_series *stored; /* those of one key stand together; of
                                         others than asked for not all */
    size_t n_stored;
    size_t n_joined; /* of these: imported ones that got another's suite */
};

/* `options` are borrowed. Ends with pfg_history_reader_close(), also after an
 * error. */
int pfg_history_reader_open(struct pfg_history_reader *out,
                            const struct pfg_context *context,
                            const struct pfg_history_options *options,
                            struct pfg_error *err);
void pfg_history_reader_close(struct pfg_history_reader *reader);
/* Closes its store and repository: what was read from them stays. */
void pfg_history_reader_leave(struct pfg_history_reader *reader);

/* Whether the options name its benchmark, or none; `label` is its label in
 * full. */
bool pfg_history_is_named(const struct pfg_history_options *options,
                          const struct pfg_series *series, const char *label,
                          struct pfg_arena *arena);

/*
 * The series that begins with stored[*at], on a profile, and *at moves on to
 * the next one. 1 where it has values and is asked for (or context is), 0
 * where not. Of a key that was measured in several units those in the newest
 * one. Belongs to `arena`; shifts are not looked for.
 */
int pfg_history_read_series(const struct pfg_history_reader *reader,
                            struct pfg_history_series *out, size_t *at,
                            size_t profile, struct pfg_arena *arena,
                            struct pfg_error *err);

/*
 * What github-action-benchmark kept of a tool tells no suite. Where one suite
 * alone has the same series, its stored ones of no suite become that suite's,
 * and the reader's `n_joined` counts them.
 */
int pfg_history_join_suites(struct pfg_history_reader *reader,
                            struct pfg_error *err);

/*
 * What is settled of long series is kept in the database, so that after another
 * run only the tail of its series is searched for changes. It is a cache: it
 * counts where the values that it follows from are still the first ones of the
 * series, by their digest.
 */
struct pfg_settling {
    const struct pfg_history_reader *reader;
    const struct pfg_history *history;
    struct pfg_rank_tables *tables; /* or NULL */
    PFG_VEC(struct pfg_stored_settled) moved_on;
};

/* pfg_shifts_find() of a series, from where it was settled on. */
int pfg_settling_find(struct pfg_settling *settling,
                      struct pfg_history_series *series, struct pfg_error *err);

/* Keeps what moved on. A database that cannot be written, or that is of an
 * older version, stays as it is; what else goes wrong is a warning. */
void pfg_settling_keep(const struct pfg_settling *settling);

/* Whether a profile is of the options' hardware; they name none: yes. */
bool pfg_history_on(const struct pfg_history_options *options,
                    const char *profile);

/* The newest profile that is; PFG_USAGE where none is. */
int pfg_history_find_profile(const struct pfg_history_reader *reader,
                             size_t *out, struct pfg_error *err);

/* PFG_USAGE: nothing was measured on hardware of that name. */
int pfg_history_no_profile(const struct pfg_history_reader *reader,
                           const char *name, struct pfg_error *err);

/* All of that at once: the series on a profile, by its number, with their
 * shifts; 1 where none is asked for. The reader stays open. */
int pfg_history_read_on(struct pfg_history **out,
                        const struct pfg_history_reader *reader, size_t profile,
                        struct pfg_error *err);
/* Says that: PFG_USAGE. */
int pfg_history_none(const struct pfg_history_reader *reader,
                     struct pfg_error *err);

#endif
