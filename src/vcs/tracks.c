#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "vcs/repo.h"
#include "vcs/vcs.h"

/* Whether the index has `path` or anything below it. */
static bool has_path(git_index *index, const char *path)
{
    size_t length = strlen(path), at = 0;
    const git_index_entry *entry;

    if (pfg_git.index_find_prefix(&at, index, path)) {
        return false;
    }
    while ((entry = pfg_git.index_get_byindex(index, at++)) &&
           !strncmp(entry->path, path, length)) {
        if (!entry->path[length] || entry->path[length] == '/') {
            return true;
        }
    }
    return false;
}

static int find_in_index(struct pfg_vcs *vcs, bool *out, const char *path,
                         struct pfg_error *err)
{
    size_t length = strlen(vcs->root);
    git_index *index;

    if (pfg_git.repository_is_bare(vcs->repo) ||
        strncmp(path, vcs->root, length) != 0 || path[length] != '/') {
        return 0;
    }
    if (pfg_git.repository_index(&index, vcs->repo)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot read the index of '%s': %s",
                        vcs->root, pfg_vcs_reason());
    }
    *out = has_path(index, path + length + 1);
    pfg_git.index_free(index);
    return 0;
}

int pfg_vcs_tracks(bool *out, const char *path, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    const char *folder = pfg_path_folder(arena, path);
    struct pfg_vcs *vcs;
    int failed;

    *out = false;
    while (!pfg_file_exists(folder)) {
        folder = pfg_path_folder(arena, folder);
    }
    failed = pfg_vcs_open(&vcs, folder, err);
    if (!failed && vcs) {
        failed = find_in_index(vcs, out, path, err);
    }
    pfg_vcs_close(vcs);
    pfg_arena_free(arena);
    return failed;
}
