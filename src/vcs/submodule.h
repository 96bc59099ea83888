#ifndef PFG_VCS_SUBMODULE_H
#define PFG_VCS_SUBMODULE_H

#include "base/arena.h"
#include "vcs/repo.h"
#include "vcs/vcs.h"

/* Where the submodules found are put. */
struct pfg_submodules {
    PFG_VEC(struct pfg_submodule) found;
    struct pfg_arena *arena;
    const char *top; /* the folder that `tree` was checked out to */
};

/*
 * Checks the repositories within `tree` out, each to its place below the top,
 * and those within them. Their objects come from where `source` has them:
 * from its work tree, or from <commondir>/modules. PFG_SYSTEM where one that
 * is there cannot be written; one that is not there is only noted.
 */
int pfg_vcs_checkout_submodules(struct pfg_submodules *out,
                                git_repository *source, git_tree *tree,
                                struct pfg_error *err);

#endif
