#include "vcs/vcs.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/memory.h"
#include "vcs/repo.h"

#define SHALLOW_CAP ((size_t)16 << 20)

const char *pfg_vcs_reason(void)
{
    const git_error *last = pfg_git.error_last();

    return last && last->message ? last->message : "unknown reason";
}

/* ---- another user's repository ---- */

/* Whether `root` is the folder, or below it. */
static bool holds(const char *folder, size_t length, const char *root)
{
    return !strncmp(root, folder, length) &&
           (!root[length] || root[length] == '/');
}

/* For container jobs, whose checkout belongs to another user. */
static bool is_named(const char *root)
{
    const char *named = getenv("PERFGATE_SAFE_DIRECTORY");
    char *folder = named && *named ? realpath(named, NULL) : NULL;
    bool is = folder && holds(folder, strlen(folder), root);

    free(folder);
    return is;
}

/* Applies a value of safe.directory: a folder, "*" for all, or "FOLDER/" and a
 * star for all below it. An empty value discards the earlier ones. */
static void apply_setting(bool *trusted, const char *value, const char *root)
{
    git_buf path = {0};
    size_t length;

    if (!*value) {
        *trusted = false;
    } else if (!pfg_git.config_parse_path(&path, value)) {
        length = strlen(path.ptr);
        if (!strcmp(path.ptr, "*") || !strcmp(path.ptr, root) ||
            (length > 2 && !strcmp(path.ptr + length - 2, "/*") &&
             holds(path.ptr, length - 2, root))) {
            *trusted = true;
        }
        pfg_git.buf_dispose(&path);
    }
}

/* Asks the configuration of the user and of the machine, not the repository's.
 */
static bool is_listed(const char *root)
{
    git_config *config = NULL;
    git_config_iterator *values = NULL;
    git_config_entry *entry;
    bool trusted = false;

    if (!pfg_git.config_open_default(&config) &&
        !pfg_git.config_multivar_iterator_new(&values, config, "safe.directory",
                                              NULL)) {
        while (!pfg_git.config_next(&entry, values)) {
            apply_setting(&trusted, entry->value ? entry->value : "", root);
        }
    }
    pfg_git.config_iterator_free(values);
    pfg_git.config_free(config);
    return trusted;
}

/* As git's safe.directory, or PERFGATE_SAFE_DIRECTORY, whose folder may also be
 * one above the repository. */
static bool is_trusted(const char *root)
{
    return is_named(root) || is_listed(root);
}

/* ---- opening ---- */

static int start_git(struct pfg_error *err)
{
    /* Extensions that do not change how existing objects are read. */
    static const char *const extensions[] = {"worktreeconfig", "partialclone",
                                             "preciousobjects"};

    if (pfg_libgit2_load(err)) {
        return -1;
    }
    if (pfg_git.libgit2_init() < 0) {
        return pfg_fail(err, PFG_SYSTEM, "cannot start libgit2: %s",
                        pfg_vcs_reason());
    }
    /* As git does, see safe.directory in git-config(1). */
    pfg_git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
    pfg_git.libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
                         PFG_COUNT(extensions));
    return 0;
}

/* libgit2 1.5 ignores the file of a shallow clone's ends, so we read it. */
static int read_shallow(struct pfg_vcs *vcs, struct pfg_error *err)
{
    const char *path = pfg_path_join(
        vcs->arena, pfg_git.repository_commondir(vcs->repo), "shallow");
    struct pfg_slice rest;
    struct pfg_str text;
    int failed;

    pfg_map_init(&vcs->shallow, vcs->arena);
    if (!pfg_file_exists(path)) {
        return 0;
    }
    pfg_str_init(&text, 0);
    failed = pfg_file_read(&text, path, SHALLOW_CAP, err);
    rest = pfg_str_slice(&text);
    while (!failed && rest.len) {
        struct pfg_slice id = pfg_slice_trim(pfg_take_until(&rest, '\n'));

        if (id.len) {
            pfg_map_at(&vcs->shallow, id);
        }
    }
    pfg_str_free(&text);
    return failed;
}

static const char *top_folder(git_repository *repo, struct pfg_arena *arena)
{
    const char *folder = pfg_git.repository_workdir(repo);
    struct pfg_slice path =
        pfg_slice_of(folder ? folder : pfg_git.repository_path(repo));

    while (path.len > 1 && path.ptr[path.len - 1] == '/') {
        path.len--;
    }
    return pfg_arena_slice(arena, path);
}

/* git's own error about another user's repository. */
static int fail_owner(const char *root, struct pfg_error *err)
{
    pfg_fail(err, PFG_SYSTEM,
             "detected dubious ownership in repository at '%s'", root);
    return pfg_hint(err,
                    "to add an exception for this directory, call: git "
                    "config --global --add safe.directory '%s'",
                    root);
}

/* Opens another user's repository: without the check of owners libgit2 finds
 * it. 1 if it is trusted, 0 if there is none, -1 with an error if it is not
 * trusted. libgit2 1.5 says "not found" in both of the latter cases, and does
 * not know the value "*". */
static int open_foreign(git_repository **repo, const char *folder,
                        struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    int result = 0;

    pfg_git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    if (!pfg_git.repository_open_ext(repo, folder, 0, NULL)) {
        const char *root = top_folder(*repo, arena);

        result = is_trusted(root) ? 1 : fail_owner(root, err);
    }
    if (result < 1) {
        pfg_git.repository_free(*repo);
        *repo = NULL;
        pfg_git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
    }
    pfg_arena_free(arena);
    return result;
}

/* Opens anybody's repository; returns what open_foreign() does. */
static int open_repository(git_repository **repo, const char *folder,
                           struct pfg_error *err)
{
    int result = pfg_git.repository_open_ext(repo, folder, 0, NULL);

    if (!result) {
        return 1;
    }
    if (result == GIT_EOWNER || result == GIT_ENOTFOUND) {
        return open_foreign(repo, folder, err);
    }
    return pfg_fail(err, PFG_SYSTEM,
                    "cannot open the git repository of '%s': %s", folder,
                    pfg_vcs_reason());
}

/* Whether to load libgit2 at all: a repository has one of these at its top, or,
 * if it is bare, beside its objects. */
static bool may_be_repository(const char *folder)
{
    struct pfg_arena *arena = pfg_arena_new();
    char *whole = realpath(folder, NULL);
    bool may = !whole; /* libgit2 reports what is wrong */
    const char *at = whole;

    while (!may) {
        may = pfg_file_exists(pfg_path_join(arena, at, ".git")) ||
              pfg_file_exists(pfg_path_join(arena, at, "HEAD"));
        if (!at[1]) {
            break;
        }
        at = pfg_path_folder(arena, at);
    }
    free(whole);
    pfg_arena_free(arena);
    return may;
}

int pfg_vcs_open(struct pfg_vcs **out, const char *folder,
                 struct pfg_error *err)
{
    git_repository *repo = NULL;
    struct pfg_vcs *vcs;
    int found;

    *out = NULL;
    if (!may_be_repository(folder)) {
        return 0;
    }
    if (start_git(err)) {
        return -1;
    }
    found = open_repository(&repo, folder, err);
    if (found < 1) {
        pfg_git.libgit2_shutdown();
        return found;
    }
    vcs = pfg_alloc(sizeof *vcs);
    vcs->repo = repo;
    vcs->arena = pfg_arena_new();
    vcs->root = top_folder(repo, vcs->arena);
    if (read_shallow(vcs, err)) {
        pfg_vcs_close(vcs);
        return -1;
    }
    *out = vcs;
    return 0;
}

void pfg_vcs_close(struct pfg_vcs *vcs)
{
    if (vcs) {
        pfg_git.repository_free(vcs->repo);
        pfg_git.libgit2_shutdown();
        pfg_arena_free(vcs->arena);
        free(vcs);
    }
}

const char *pfg_vcs_root(const struct pfg_vcs *vcs)
{
    return vcs->root;
}
