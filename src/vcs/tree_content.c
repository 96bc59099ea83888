#include "vcs/vcs.h"

#include <string.h>

#include "base/arena.h"
#include "vcs/repo.h"

static void list_files(struct pfg_vcs_content *out, const git_tree *tree,
                       struct pfg_arena *arena)
{
    size_t n = pfg_git.tree_entrycount(tree);

    out->there = true;
    out->files = pfg_arena_new_array(arena, struct pfg_vcs_file, n);
    for (size_t i = 0; i < n; i++) {
        const git_tree_entry *entry = pfg_git.tree_entry_byindex(tree, i);

        if (pfg_git.tree_entry_type(entry) == GIT_OBJECT_BLOB) {
            out->files[out->n_files++] = (struct pfg_vcs_file){
                pfg_arena_strdup(arena, pfg_git.tree_entry_name(entry)),
                pfg_vcs_id(pfg_git.tree_entry_id(entry), arena)};
        }
    }
}

int pfg_vcs_content(struct pfg_vcs *vcs, struct pfg_vcs_content *out,
                    const char *id, const char *path, struct pfg_arena *arena,
                    struct pfg_error *err)
{
    git_object *found = NULL;
    git_tree_entry *entry = NULL;
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    int result = pfg_vcs_commit_at(&commit, vcs, id);

    *out = (struct pfg_vcs_content){0};
    result = result ? result : pfg_git.commit_tree(&tree, commit);
    out->known = !result;
    result = result ? result : pfg_git.tree_entry_bypath(&entry, tree, path);
    if (!result && pfg_git.tree_entry_filemode(entry) != GIT_FILEMODE_LINK) {
        result = pfg_git.tree_entry_to_object(&found, vcs->repo, entry);
        out->known = !result;
    }
    if (found && pfg_git.object_type(found) == GIT_OBJECT_TREE) {
        list_files(out, (git_tree *)found, arena);
    } else if (found &&
               pfg_git.blob_rawsize((git_blob *)found) <= PFG_VCS_FILE_MAX) {
        out->there = true;
        out->text.ptr = pfg_arena_slice(
            arena, pfg_slice_make(pfg_git.blob_rawcontent((git_blob *)found),
                                  pfg_git.blob_rawsize((git_blob *)found)));
        out->text.len = pfg_git.blob_rawsize((git_blob *)found);
    }
    if (result && result != GIT_ENOTFOUND) {
        pfg_fail(err, PFG_SYSTEM, "cannot read '%s' of commit %.10s: %s", path,
                 id, pfg_vcs_reason());
    }
    pfg_git.object_free(found);
    pfg_git.tree_entry_free(entry);
    pfg_git.tree_free(tree);
    pfg_git.commit_free(commit);
    return result && result != GIT_ENOTFOUND ? -1 : 0;
}

static git_tree *tree_of(struct pfg_vcs *vcs, const char *id)
{
    git_commit *commit = NULL;
    git_tree *tree = NULL;

    if (!pfg_vcs_commit_at(&commit, vcs, id) &&
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
    /* Renames are not detected: a file exists, or it does not. */
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
