#include "base/arena.h"
#include "vcs/repo.h"
#include "vcs/vcs.h"

static git_tree *tree_of(struct pfg_vcs *vcs, const char *id)
{
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    git_oid oid;

    if (!pfg_git.oid_fromstr(&oid, id) &&
        !pfg_git.commit_lookup(&commit, vcs->repo, &oid) &&
        pfg_git.commit_tree(&tree, commit)) {
        tree = NULL;
    }
    pfg_git.commit_free(commit);
    return tree;
}

bool pfg_vcs_changed(struct pfg_vcs *vcs, struct pfg_vcs_paths *out,
                     const char *base, const char *head,
                     struct pfg_arena *arena)
{
    git_tree *before = tree_of(vcs, base), *now = tree_of(vcs, head);
    git_diff *diff = NULL;
    bool known =
        before && now &&
        !pfg_git.diff_tree_to_tree(&diff, vcs->repo, before, now, NULL);

    *out = (struct pfg_vcs_paths){0};
    /* Renames are not looked for: a file is there, or it is not. */
    for (size_t i = 0; known && i < pfg_git.diff_num_deltas(diff); i++) {
        pfg_vec_push(
            out, arena,
            pfg_arena_strdup(arena,
                             pfg_git.diff_get_delta(diff, i)->new_file.path));
    }
    pfg_git.diff_free(diff);
    pfg_git.tree_free(before);
    pfg_git.tree_free(now);
    return known;
}
