#ifndef PFG_VCS_REPO_H
#define PFG_VCS_REPO_H

#include <git2.h>

#include "base/map.h"

struct pfg_arena;

/* An open repository, for the files of this folder only: nobody else knows
 * that it is libgit2's. */
struct pfg_vcs {
    git_repository *repo;
    struct pfg_arena *arena;
    const char *root;
    struct pfg_map shallow; /* ids that git was told have no parents */
};

/* libgit2's last error belongs to its last failing call: only ask at once. */
const char *pfg_vcs_reason(void);

/* Whether the user says that the repository at `root`, which is another
 * user's, may be read: as git's safe.directory says, or because it is, or is
 * below, the folder that PERFGATE_SAFE_DIRECTORY names. */
bool pfg_vcs_is_trusted(const char *root);

#endif
