#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "vcs/repo.h"

/* The nesting of submodules, and their number in one tree. */
#define DEPTH_CAP 8
#define COUNT_CAP 4096

/* A submodule of a tree. */
struct gitlink {
    const char *path; /* from the tree's top */
    git_oid id;
};

struct search {
    PFG_VEC(struct gitlink) found;
    struct pfg_arena *arena;
};

static int on_entry(const char *folder, const git_tree_entry *entry, void *self)
{
    struct search *search = self;
    struct gitlink link;

    if (pfg_git.tree_entry_type(entry) != GIT_OBJECT_COMMIT) {
        return 0;
    }
    if (search->found.n >= COUNT_CAP) {
        return -1;
    }
    link.path = pfg_arena_printf(search->arena, "%s%s", folder,
                                 pfg_git.tree_entry_name(entry));
    link.id = *pfg_git.tree_entry_id(entry);
    pfg_vec_push(&search->found, search->arena, link);
    return 0;
}

/* ---- where its objects are ---- */

struct name_search {
    const char *path;
    struct pfg_arena *arena;
    const char *name;
};

/* "submodule.NAME.path" */
static int on_setting(const git_config_entry *entry, void *self)
{
    struct name_search *search = self;
    struct pfg_slice name = pfg_slice_of(entry->name);

    if (pfg_slice_ends(name, ".path") && entry->value &&
        !strcmp(entry->value, search->path) && pfg_take(&name, "submodule.")) {
        name.len -= strlen(".path");
        search->name = pfg_arena_slice(search->arena, name);
    }
    return 0;
}

/* A name becomes a path below modules/, which it must not leave. */
static bool is_safe(const char *name)
{
    struct pfg_slice rest = pfg_slice_of(name);

    if (!rest.len || rest.ptr[0] == '/') {
        return false;
    }
    while (rest.len) {
        if (pfg_slice_is(pfg_take_until(&rest, '/'), "..")) {
            return false;
        }
    }
    return true;
}

/* The name of the submodule at `path`, from .gitmodules in `folder`; or NULL.
 */
static const char *find_name(const char *folder, const char *path,
                             struct pfg_arena *arena)
{
    struct name_search search = {.path = path, .arena = arena};
    const char *file = pfg_path_join(arena, folder, ".gitmodules");
    git_config *config = NULL;
    struct stat info;

    /* Like git, do not follow a link. */
    if (lstat(file, &info) || !S_ISREG(info.st_mode) ||
        pfg_git.config_open_ondisk(&config, file)) {
        return NULL;
    }
    /* config_foreach_match() leaks in libgit2 1.5. */
    pfg_git.config_foreach(config, on_setting, &search);
    pfg_git.config_free(config);
    return search.name && is_safe(search.name) ? search.name : NULL;
}

/* The submodule's commit, and its repository in *out; NULL if either is
 * missing. */
static git_commit *find_commit(git_repository **out, git_repository *source,
                               const char *folder, const struct gitlink *link,
                               struct pfg_arena *arena)
{
    const char *work_tree = pfg_git.repository_workdir(source);
    const char *name = find_name(folder, link->path, arena);
    /* Below modules/ it is opened as bare: the work tree in its configuration
     * may no longer exist. */
    struct {
        const char *path;
        unsigned flags;
    } places[] = {
        {work_tree ? pfg_path_join(arena, work_tree, link->path) : NULL, 0},
        {name ? pfg_arena_printf(arena, "%s/modules/%s",
                                 pfg_git.repository_commondir(source), name)
              : NULL,
         GIT_REPOSITORY_OPEN_BARE},
    };

    for (size_t i = 0; i < PFG_COUNT(places); i++) {
        git_commit *commit = NULL;

        if (!places[i].path ||
            pfg_git.repository_open_ext(
                out, places[i].path,
                places[i].flags | GIT_REPOSITORY_OPEN_NO_SEARCH, NULL)) {
            continue;
        }
        if (!pfg_git.commit_lookup(&commit, *out, &link->id)) {
            return commit;
        }
        pfg_git.repository_free(*out);
        *out = NULL;
    }
    return NULL;
}

/* ---- checking it out ---- */

static int check_out(git_repository *repo, git_tree *tree, const char *folder,
                     struct pfg_error *err)
{
    git_checkout_options options;

    pfg_git.checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
    /* The submodule's own work tree and index are left alone. */
    options.checkout_strategy =
        GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DONT_UPDATE_INDEX;
    options.target_directory = folder;
    /* Only in memory. A bare repository would not check out submodules. */
    return (pfg_git.repository_is_bare(repo) &&
            pfg_git.repository_set_workdir(repo, folder, 0)) ||
                   pfg_git.checkout_tree(repo, (git_object *)tree, &options)
               ? pfg_fail(err, PFG_SYSTEM,
                          "cannot check out the submodule '%s': %s", folder,
                          pfg_vcs_reason())
               : 0;
}

static int walk(struct pfg_submodules *out, git_repository *source,
                git_tree *tree, const char *below, int depth,
                struct pfg_error *err);

static int put_one(struct pfg_submodules *out, git_repository *source,
                   const char *below, const struct gitlink *link, int depth,
                   struct pfg_error *err)
{
    struct pfg_submodule found = {
        .path = pfg_path_join(out->arena, below, link->path)};
    const char *parent =
        *below ? pfg_path_join(out->arena, out->top, below) : out->top;
    git_repository *repo = NULL;
    git_commit *commit = find_commit(&repo, source, parent, link, out->arena);
    git_tree *tree = NULL;
    int result = 0;

    if (commit && !pfg_git.commit_tree(&tree, commit)) {
        result = check_out(
            repo, tree, pfg_path_join(out->arena, out->top, found.path), err);
        found.checked_out = !result;
    }
    pfg_vec_push(&out->found, out->arena, found);
    if (!result && found.checked_out) {
        result = walk(out, repo, tree, found.path, depth + 1, err);
    }
    pfg_git.tree_free(tree);
    pfg_git.commit_free(commit);
    pfg_git.repository_free(repo);
    return result;
}

static int walk(struct pfg_submodules *out, git_repository *source,
                git_tree *tree, const char *below, int depth,
                struct pfg_error *err)
{
    struct search search = {.arena = out->arena};
    int result = 0;

    if (depth > DEPTH_CAP) {
        return 0;
    }
    if (pfg_git.tree_walk(tree, GIT_TREEWALK_PRE, on_entry, &search)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot look for submodules: %s",
                        search.found.n >= COUNT_CAP ? "too many submodules"
                                                    : pfg_vcs_reason());
    }
    for (size_t i = 0; i < search.found.n && !result; i++) {
        result = put_one(out, source, below, &search.found.at[i], depth, err);
    }
    return result;
}

int pfg_vcs_checkout_submodules(struct pfg_submodules *out,
                                git_repository *source, git_tree *tree,
                                struct pfg_error *err)
{
    return walk(out, source, tree, "", 0, err);
}
