#ifndef PFG_VCS_WORKTREE_H
#define PFG_VCS_WORKTREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "vcs/vcs.h"

struct pfg_arena;

/*
 * A commit checked out to a folder, as by `git worktree add --detach`: `git
 * rev-parse HEAD` works there, and no branch is made. While it is open, this
 * process holds a lock on its entry below .git/worktrees.
 */
struct pfg_worktree {
    const char *folder; /* absolute, no slash at its end; NULL: not open */
    const char *entry;  /* <commondir>/worktrees/perfgate-PID-... */
    int lock;
    struct pfg_submodule *submodules;
    size_t n_submodules;
    /* Pointers in the place of files that git-lfs would fetch; the path of the
     * first one, or NULL. */
    size_t n_lfs_pointers;
    const char *lfs_pointer;
};

/*
 * Checks out commit `id` (all forty digits) to `folder`, which must be missing
 * or empty. Hooks and filters (git-lfs) do not run. Strings belong to `arena`,
 * which must outlive the work tree. On failure nothing is left behind.
 * PFG_SYSTEM: disk full, objects missing from the clone (with a hint), a folder
 * that is not empty.
 */
int pfg_vcs_worktree_add(struct pfg_vcs *vcs, struct pfg_worktree *out,
                         const char *id, const char *folder,
                         struct pfg_arena *arena, struct pfg_error *err);

/* Removes the folder, with everything built in it, and the entry. Fine if it is
 * not open, or partly removed. */
int pfg_vcs_worktree_remove(struct pfg_worktree *tree, struct pfg_error *err);

/*
 * Removes the work trees that killed perfgates have left in this repository; *n
 * (NULL is fine) is their number. Those of a running process, also on another
 * machine that shares the folder, are left alone.
 */
int pfg_vcs_worktree_sweep(struct pfg_vcs *vcs, size_t *n,
                           struct pfg_arena *arena, struct pfg_error *err);

#endif
