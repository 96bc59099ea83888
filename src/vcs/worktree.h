#ifndef PFG_VCS_WORKTREE_H
#define PFG_VCS_WORKTREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "vcs/vcs.h"

struct pfg_arena;

/*
 * A commit in a folder of its own, as `git worktree add --detach` makes it:
 * `git rev-parse HEAD` works there, and no branch is made. As long as it is
 * open its entry below .git/worktrees is locked by this process.
 */
struct pfg_worktree {
    const char *folder; /* absolute, no slash at its end; NULL: not open */
    const char *entry;  /* <commondir>/worktrees/perfgate-PID-... */
    int lock;
    struct pfg_submodule *submodules;
    size_t n_submodules;
    /* Files that git-lfs would have fetched, and that are only its pointers
     * here; the first of them, or NULL. */
    size_t n_lfs_pointers;
    const char *lfs_pointer;
};

/*
 * Checks commit `id` (all forty digits) out into `folder`, which is made, or
 * is there and empty. Hooks and filters (git-lfs) do not run. Strings belong
 * to `arena`, which has to live until the work tree is removed. On failure
 * nothing is left behind. PFG_SYSTEM: disk full, objects that are not in the
 * clone (with a hint), a folder that is not empty.
 */
int pfg_vcs_worktree_add(struct pfg_vcs *vcs, struct pfg_worktree *out,
                         const char *id, const char *folder,
                         struct pfg_arena *arena, struct pfg_error *err);

/* Removes the folder, with all that was built in it, and what git knows of
 * it. One that is not open, or half gone, is fine. */
int pfg_vcs_worktree_remove(struct pfg_worktree *tree, struct pfg_error *err);

/*
 * Removes what perfgates that were killed have left of this repository, in
 * *n (NULL is fine) how many. Those of a process that still runs, on whatever
 * machine shares the folder, are left alone.
 */
int pfg_vcs_worktree_sweep(struct pfg_vcs *vcs, size_t *n,
                           struct pfg_arena *arena, struct pfg_error *err);

#endif
