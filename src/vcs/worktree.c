#include "vcs/worktree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "vcs/repo.h"

/*
 * libgit2's git_worktree_add() needs a branch that is not checked out anywhere.
 * `git worktree add --detach` makes four files (gitrepository-layout(5),
 * "worktrees"); we write those, and libgit2 does the rest. The entry of a
 * killed perfgate is recognised by its lock, which the kernel has released.
 */

#define PREFIX    "perfgate-"
#define LOCK_NAME "perfgate.lock"
#define TRIES     1000
/* An entry without a lock is being made, or was never finished. */
#define UNLOCKED_S 3600
/* A pointer of git-lfs is text of less than this (its specification). */
#define LFS_SIZE 1024
#define LFS_HEAD "version https://git-lfs"

static int failed_at(const char *path, struct pfg_error *err)
{
    return pfg_fail(err, PFG_SYSTEM, "cannot create the work tree '%s': %s",
                    path, strerror(errno));
}

static const char *worktrees_folder(const struct pfg_vcs *vcs,
                                    struct pfg_arena *arena)
{
    return pfg_path_join(arena, pfg_git.repository_commondir(vcs->repo),
                         "worktrees");
}

/* ---- the entry ---- */

static int make_entry(struct pfg_vcs *vcs, struct pfg_worktree *out,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *folder = worktrees_folder(vcs, arena);

    if (pfg_file_make_directories(folder, err)) {
        return -1;
    }
    for (int i = 0; i < TRIES; i++) {
        const char *entry = pfg_arena_printf(arena, "%s/" PREFIX "%ld-%d",
                                             folder, (long)getpid(), i);

        if (mkdir(entry, 0777)) {
            if (errno == EEXIST) {
                continue;
            }
            return failed_at(entry, err);
        }
        out->entry = entry;
        out->lock =
            pfg_file_lock(pfg_path_join(arena, entry, LOCK_NAME), O_CREAT);
        if (out->lock >= 0) {
            return 0;
        }
        if (errno != EWOULDBLOCK) {
            return failed_at(entry, err);
        }
        /* A sweep has locked it first, and removes it. */
        out->entry = NULL;
    }
    return pfg_fail(err, PFG_SYSTEM, "too many work trees in '%s'", folder);
}

static int write_line(const char *folder, const char *name, const char *line,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *text = pfg_arena_printf(arena, "%s\n", line);

    return pfg_file_write(pfg_path_join(arena, folder, name),
                          pfg_slice_of(text), err);
}

/* The entry names the folder before anything is written to the folder, so a
 * sweep finds whatever a crash leaves. */
static int link_both(const struct pfg_worktree *out, const char *id,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    return write_line(out->entry, "HEAD", id, arena, err) ||
                   write_line(out->entry, "commondir", "../..", arena, err) ||
                   write_line(out->entry, "gitdir",
                              pfg_path_join(arena, out->folder, ".git"), arena,
                              err) ||
                   write_line(out->folder, ".git",
                              pfg_arena_printf(arena, "gitdir: %s", out->entry),
                              arena, err)
               ? -1
               : 0;
}

static int make_folder(struct pfg_worktree *out, const char *folder,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    char path[PATH_MAX];
    struct dirent *entry;
    size_t n = 0;
    DIR *opened;

    if (pfg_file_make_directories(folder, err)) {
        return -1;
    }
    opened = realpath(folder, path) ? opendir(path) : NULL;
    if (!opened) {
        return failed_at(folder, err);
    }
    while ((entry = readdir(opened))) {
        n += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    }
    closedir(opened);
    if (n) {
        return pfg_fail(err, PFG_SYSTEM,
                        "cannot create a work tree in '%s': not empty", folder);
    }
    out->folder = pfg_arena_strdup(arena, path);
    return 0;
}

/* ---- the files ---- */

static bool is_lfs_pointer(const char *path)
{
    char head[sizeof LFS_HEAD - 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t got = fd < 0 ? -1 : read(fd, head, sizeof head);

    if (fd >= 0) {
        close(fd);
    }
    return got == (ssize_t)sizeof head && !memcmp(head, LFS_HEAD, sizeof head);
}

/* Reads only the files that the index says are small enough. */
static void count_lfs_pointers(struct pfg_worktree *out, git_index *index,
                               struct pfg_arena *arena)
{
    size_t n = pfg_git.index_entrycount(index);

    for (size_t i = 0; i < n; i++) {
        const git_index_entry *entry = pfg_git.index_get_byindex(index, i);

        if (entry->mode != GIT_FILEMODE_BLOB &&
            entry->mode != GIT_FILEMODE_BLOB_EXECUTABLE) {
            continue;
        }
        if (entry->file_size < sizeof LFS_HEAD ||
            entry->file_size >= LFS_SIZE ||
            !is_lfs_pointer(pfg_path_join(arena, out->folder, entry->path))) {
            continue;
        }
        if (!out->n_lfs_pointers++) {
            out->lfs_pointer = pfg_arena_strdup(arena, entry->path);
        }
    }
}

static int checkout_failed(const struct pfg_worktree *out, const char *id,
                           int result, struct pfg_error *err)
{
    pfg_fail(err, PFG_SYSTEM, "cannot check out %.12s into '%s': %s", id,
             out->folder, pfg_vcs_reason());
    return result == GIT_ENOTFOUND
               ? pfg_hint(err, "the clone lacks files of that commit: fetch "
                               "them with 'git fetch --refetch' (partial "
                               "clone) or 'fetch-depth: 0' (shallow clone)")
               : -1;
}

static int check_out(struct pfg_vcs *vcs, struct pfg_worktree *out,
                     const char *id, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct pfg_submodules submodules = {.arena = arena, .top = out->folder};
    git_checkout_options options;
    git_repository *repo = NULL;
    git_commit *commit = NULL;
    git_index *index = NULL;
    git_tree *tree = NULL;
    git_oid oid;
    int result;

    pfg_git.checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
    options.checkout_strategy = GIT_CHECKOUT_FORCE;
    result = pfg_git.repository_open(&repo, out->folder);
    result = result ? result : pfg_git.oid_fromstr(&oid, id);
    result = result ? result : pfg_git.commit_lookup(&commit, repo, &oid);
    result = result ? result : pfg_git.commit_tree(&tree, commit);
    result = result ? result
                    : pfg_git.checkout_tree(repo, (git_object *)tree, &options);
    result = result ? result : pfg_git.repository_index(&index, repo);
    if (result) {
        checkout_failed(out, id, result, err);
        goto out;
    }
    count_lfs_pointers(out, index, arena);
    result = pfg_vcs_checkout_submodules(&submodules, vcs->repo, tree, err);
    out->submodules = submodules.found.at;
    out->n_submodules = submodules.found.n;
out:
    pfg_git.index_free(index);
    pfg_git.tree_free(tree);
    pfg_git.commit_free(commit);
    pfg_git.repository_free(repo);
    return result ? -1 : 0;
}

int pfg_vcs_worktree_add(struct pfg_vcs *vcs, struct pfg_worktree *out,
                         const char *id, const char *folder,
                         struct pfg_arena *arena, struct pfg_error *err)
{
    *out = (struct pfg_worktree){.lock = -1};
    if (make_folder(out, folder, arena, err)) {
        *out = (struct pfg_worktree){.lock = -1};
        return -1;
    }
    if (make_entry(vcs, out, arena, err) || link_both(out, id, arena, err) ||
        check_out(vcs, out, id, arena, err)) {
        pfg_vcs_worktree_remove(out, NULL);
        return -1;
    }
    return 0;
}

/* ---- removing ---- */

/* The lock is released last, so that no sweep takes the entry. As git does, the
 * folder above is removed with its last entry. */
static int remove_entry(const char *entry, int *lock, struct pfg_error *err)
{
    char above[PATH_MAX];
    const char *name = pfg_path_name(entry);
    int result = pfg_file_remove_all(entry, err);

    if (*lock >= 0) {
        close(*lock);
        *lock = -1;
    }
    if ((size_t)(name - entry) < sizeof above) {
        memcpy(above, entry, (size_t)(name - entry));
        above[name - entry] = '\0';
        rmdir(above);
    }
    return result;
}

int pfg_vcs_worktree_remove(struct pfg_worktree *tree, struct pfg_error *err)
{
    int result = 0;

    if (tree->folder) {
        result = pfg_file_remove_all(tree->folder, err);
    }
    if (tree->entry) {
        /* The first error is the one to report. */
        result |= remove_entry(tree->entry, &tree->lock, result ? NULL : err);
    }
    *tree = (struct pfg_worktree){.lock = -1};
    return result ? -1 : 0;
}

/* ---- sweeping ---- */

/* The file's only line, without `prefix`; NULL if it is missing. */
static const char *read_line(const char *folder, const char *name,
                             const char *prefix, struct pfg_arena *arena)
{
    const char *line = NULL;
    struct pfg_slice text;
    struct pfg_str file;

    pfg_str_init(&file, 0);
    if (!pfg_file_read(&file, pfg_path_join(arena, folder, name), 2 * PATH_MAX,
                       NULL)) {
        text = pfg_slice_trim(pfg_str_slice(&file));
        if (!*prefix || pfg_take(&text, prefix)) {
            line = pfg_arena_slice(arena, text);
        }
    }
    pfg_str_free(&file);
    return line;
}

static bool is_same(const char *a, const char *b)
{
    struct stat x, y;

    return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* Removes the entry's folder if it points back to the entry: it may have been
 * moved, and its place be taken. */
static int remove_folder_of(const char *entry, struct pfg_arena *arena,
                            struct pfg_error *err)
{
    const char *link = read_line(entry, "gitdir", "", arena);
    const char *folder, *back;

    if (!link || *link != '/' || strcmp(pfg_path_name(link), ".git")) {
        return 0;
    }
    folder = pfg_path_folder(arena, link);
    back = read_line(folder, ".git", "gitdir: ", arena);
    if (back && is_same(back, entry)) {
        return pfg_file_remove_all(folder, err);
    }
    rmdir(folder);
    return 0;
}

/* 1 if the entry was left over and has been removed, 0 if it is in use, -1. */
static int sweep_one(const char *entry, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    const char *path = pfg_path_join(arena, entry, LOCK_NAME);
    int lock = pfg_file_lock(path, 0);
    struct stat info;

    if (lock < 0) {
        if (errno != ENOENT || stat(entry, &info) ||
            time(NULL) - info.st_mtime < UNLOCKED_S) {
            return 0;
        }
    }
    if (remove_folder_of(entry, arena, err)) {
        if (lock >= 0) {
            close(lock);
        }
        return -1;
    }
    return remove_entry(entry, &lock, err) ? -1 : 1;
}

int pfg_vcs_worktree_sweep(struct pfg_vcs *vcs, size_t *n,
                           struct pfg_arena *arena, struct pfg_error *err)
{
    const char *folder = worktrees_folder(vcs, arena);
    struct dirent *entry;
    size_t swept = 0;
    int result = 0;
    DIR *opened = opendir(folder);

    while (opened && result >= 0 && (entry = readdir(opened))) {
        if (!strncmp(entry->d_name, PREFIX, strlen(PREFIX))) {
            result = sweep_one(pfg_path_join(arena, folder, entry->d_name),
                               arena, err);
            swept += result > 0;
        }
    }
    if (opened) {
        closedir(opened);
    }
    if (n) {
        *n = swept;
    }
    return result < 0 ? -1 : 0;
}
