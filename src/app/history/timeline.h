#ifndef PFG_APP_HISTORY_TIMELINE_H
#define PFG_APP_HISTORY_TIMELINE_H

#include "app/input/context.h"
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

#endif
