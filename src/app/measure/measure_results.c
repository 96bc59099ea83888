#include "app/measure/measure_side.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"

/*
 * The command's result files are removed before each process, so that old
 * results are never taken for new ones. The user names them, and a mistake must
 * not cost more than results: paths are resolved textually, links are not
 * followed, nothing outside the work tree is touched, and in the user's own
 * checkout nothing that git tracks.
 */

#define REMOVED "results are removed before each run: "

/* "/a/c" for "/a/b/../c", without looking at the files. */
static const char *resolve(struct pfg_arena *arena, const char *path)
{
    struct pfg_slice rest = pfg_slice_of(path);
    struct pfg_str whole;
    const char *kept;

    pfg_str_init(&whole, 0);
    while (rest.len) {
        struct pfg_slice part = pfg_take_until(&rest, '/');

        if (pfg_slice_is(part, "..")) {
            const char *slash = strrchr(whole.ptr, '/');

            whole.len = slash ? (size_t)(slash - whole.ptr) : 0;
            whole.ptr[whole.len] = '\0';
        } else if (part.len && !pfg_slice_is(part, ".")) {
            pfg_str_printf(&whole, "/%.*s", PFG_SLICE(part));
        }
    }
    kept = whole.len ? pfg_arena_slice(arena, pfg_str_slice(&whole)) : "/";
    pfg_str_free(&whole);
    return kept;
}

/* The real path of an existing folder. */
static const char *real(struct pfg_arena *arena, const char *folder)
{
    char *path = realpath(folder, NULL);
    const char *kept = pfg_arena_strdup(arena, path ? path : folder);

    free(path);
    return kept;
}

const char *pfg_results_at(const struct pfg_sides *sides,
                           const struct pfg_measuring_side *side,
                           const char *path)
{
    return resolve(sides->m->arena,
                   *path == '/'
                       ? path
                       : pfg_path_join(sides->m->arena,
                                       real(sides->m->arena, side->folder),
                                       path));
}

/* The part of `path` below `folder`, or NULL. */
static const char *below(const char *folder, const char *path)
{
    size_t length = strlen(folder);

    return !strncmp(folder, path, length) && path[length] == '/' &&
                   path[length + 1]
               ? path + length + 1
               : NULL;
}

/* The folder that results must be in: the work tree that was checked out for
 * the side, else the user's; outside git the folder that the command runs in.
 */
static const char *limit_of(const struct pfg_sides *sides,
                            const struct pfg_measuring_side *side)
{
    return real(sides->m->arena, side->checkout  ? side->worktree.folder
                                 : sides->m->vcs ? pfg_vcs_root(sides->m->vcs)
                                                 : side->folder);
}

/* Fails if a folder between `top` and `path` is a link, or is git's own. */
static int check_way(const struct pfg_sides *sides, const char *called,
                     const char *top, const char *path, struct pfg_error *err)
{
    struct pfg_slice rest = pfg_slice_of(below(top, path));

    while (rest.len) {
        struct pfg_slice part = pfg_take_until(&rest, '/');
        const char *here = pfg_arena_slice(
            sides->m->arena, pfg_slice_range(path, part.ptr + part.len));
        struct stat info;

        if (pfg_slice_is(part, ".git")) {
            return pfg_fail(err, PFG_USAGE,
                            "--results '%s' is part of the git directory",
                            called);
        }
        if (rest.len && !lstat(here, &info) && S_ISLNK(info.st_mode)) {
            pfg_fail(err, PFG_USAGE,
                     "--results '%s' is reached through the symbolic link '%s'",
                     called, below(top, here));
            return pfg_hint(err, REMOVED "name a folder in the work tree");
        }
    }
    return 0;
}

static int check_place(const struct pfg_sides *sides,
                       const struct pfg_measuring_side *side,
                       const char *called, const char *path,
                       struct pfg_error *err)
{
    const char *here = real(sides->m->arena, side->folder);
    const char *top = limit_of(sides, side);

    if (!strcmp(here, path) || !strcmp(path, "/") || below(path, here)) {
        pfg_fail(err, PFG_USAGE,
                 "--results '%s' contains the folder that the command runs in",
                 called);
        return pfg_hint(err, REMOVED
                        "name the file or folder that the command writes");
    }
    if (!below(top, path)) {
        pfg_fail(err, PFG_USAGE, "--results '%s' is outside the work tree",
                 called);
        return pfg_hint(
            err,
            REMOVED "make the command write inside the folder that it runs in");
    }
    return check_way(sides, called, top, path, err);
}

static int check_one(const struct pfg_sides *sides,
                     const struct pfg_measuring_side *side, const char *called,
                     struct pfg_error *err)
{
    const char *path = pfg_results_at(sides, side, called);
    bool tracked = false;

    if (check_place(sides, side, called, path, err) ||
        (!side->checkout && pfg_vcs_tracks(&tracked, path, err))) {
        return -1;
    }
    if (tracked) {
        pfg_fail(err, PFG_USAGE, "--results '%s' is tracked by git", called);
        return pfg_hint(
            err,
            REMOVED "make the command write another file, or measure commits "
                    "(--base, --head), which have their own work trees");
    }
    return 0;
}

int pfg_results_check(const struct pfg_sides *sides,
                      const struct pfg_measuring_side *side,
                      const struct pfg_program *program, struct pfg_error *err)
{
    for (size_t i = 0; i < program->n_results; i++) {
        if (check_one(sides, side, program->results[i], err)) {
            return -1;
        }
    }
    return 0;
}

int pfg_results_remove(const struct pfg_sides *sides,
                       const struct pfg_measuring_side *side,
                       const struct pfg_program *program, struct pfg_error *err)
{
    if (pfg_results_check(sides, side, program, err)) {
        return -1;
    }
    for (size_t i = 0; i < program->n_results; i++) {
        if (pfg_file_remove_all(
                pfg_results_at(sides, side, program->results[i]), err)) {
            return -1;
        }
    }
    return 0;
}
