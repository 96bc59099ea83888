#include "vcs/vcs.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/memory.h"
#include "vcs/repo.h"

#define DEFAULT_LIMIT 500
#define PARENTS_CAP   256
#define SUBJECT_CAP   500
#define SHALLOW_CAP   ((size_t)16 << 20)

const char *pfg_vcs_reason(void)
{
    const git_error *last = pfg_git.error_last();

    return last && last->message ? last->message : "unknown reason";
}

/* ---- opening ---- */

static int start_git(struct pfg_error *err)
{
    /* What changes how a work tree or configuration is written, or where
     * objects come from, changes nothing for who reads what is there. */
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

/* libgit2 1.5 follows no grafts: we read the file, and heed it, ourselves. */
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

/* What git says of another user's repository. */
static int fail_owner(const char *root, struct pfg_error *err)
{
    pfg_fail(err, PFG_SYSTEM,
             "detected dubious ownership in repository at '%s'", root);
    return pfg_hint(err,
                    "to add an exception for this directory, call: git "
                    "config --global --add safe.directory '%s'",
                    root);
}

/* What was found only because owners are not looked at is of another user: 1
 * where it is trusted, 0 where there is nothing, -1 with an error. libgit2 1.5
 * says "not found" of both, and knows no "*". */
static int open_foreign(git_repository **repo, const char *folder,
                        struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    int result = 0;

    pfg_git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    if (!pfg_git.repository_open_ext(repo, folder, 0, NULL)) {
        const char *root = top_folder(*repo, arena);

        result = pfg_vcs_is_trusted(root) ? 1 : fail_owner(root, err);
    }
    if (result < 1) {
        pfg_git.repository_free(*repo);
        *repo = NULL;
        pfg_git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
    }
    pfg_arena_free(arena);
    return result;
}

/* As open_foreign(), whoever's it is. */
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

/* Whether it is worth asking: every repository has one of these at its top, or
 * beside a bare one's objects. */
static bool may_be_repository(const char *folder)
{
    struct pfg_arena *arena = pfg_arena_new();
    char *whole = realpath(folder, NULL);
    bool may = !whole; /* libgit2 says what is wrong */
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

/* ---- commits ---- */

static const char *id_text(const git_oid *id, struct pfg_arena *arena)
{
    char text[GIT_OID_HEXSZ + 1];

    return pfg_arena_strdup(arena, pfg_git.oid_tostr(text, sizeof text, id));
}

static pfg_time commit_time(const git_commit *commit)
{
    git_time_t seconds = pfg_git.commit_time(commit);

    return seconds > 0 && seconds < INT64_MAX / PFG_SECOND
               ? seconds * PFG_SECOND
               : 0;
}

static const char *commit_author(git_commit *commit, struct pfg_arena *arena)
{
    return pfg_arena_strdup(arena, pfg_git.commit_author(commit)->name);
}

static const char *commit_subject(git_commit *commit, struct pfg_arena *arena)
{
    struct pfg_slice text = pfg_slice_of(pfg_git.commit_summary(commit));

    if (text.len > SUBJECT_CAP) {
        text.len = SUBJECT_CAP;
        /* Not within a character. */
        while (text.len && ((unsigned char)text.ptr[text.len] & 0xc0) == 0x80) {
            text.len--;
        }
    }
    return pfg_arena_slice(arena, text);
}

static int read_commit(void *self, struct pfg_vcs_commit *out, const char *id,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    const struct pfg_vcs *vcs = self;
    git_commit *commit = NULL;
    git_oid oid;
    int result;

    *out = (struct pfg_vcs_commit){.tree = "", .subject = "", .author = ""};
    if (strlen(id) != GIT_OID_HEXSZ || pfg_git.oid_fromstr(&oid, id)) {
        return pfg_fail(err, PFG_USAGE, "'%s' is not a commit ID", id);
    }
    result = pfg_git.commit_lookup(&commit, vcs->repo, &oid);
    out->missing = result == GIT_ENOTFOUND;
    if (result) {
        return out->missing
                   ? 0
                   : pfg_fail(err, PFG_SYSTEM, "cannot read commit '%s': %s",
                              id, pfg_vcs_reason());
    }
    out->tree = id_text(pfg_git.commit_tree_id(commit), arena);
    out->subject = commit_subject(commit, arena);
    out->author = commit_author(commit, arena);
    out->time = commit_time(commit);
    out->shallow = pfg_map_find(&vcs->shallow, pfg_slice_of(id)) != NULL;
    out->n_parents = pfg_git.commit_parentcount(commit);
    if (out->n_parents > PARENTS_CAP) {
        out->n_parents = PARENTS_CAP;
    }
    out->parents = pfg_arena_new_array(arena, const char *, out->n_parents);
    for (unsigned i = 0; i < out->n_parents; i++) {
        out->parents[i] = id_text(pfg_git.commit_parent_id(commit, i), arena);
    }
    pfg_git.commit_free(commit);
    return 0;
}

static struct pfg_vcs_graph graph_of(struct pfg_vcs *vcs)
{
    return (struct pfg_vcs_graph){.read = read_commit, .self = vcs};
}

/* ---- revisions ---- */

static bool is_there(struct pfg_vcs *vcs, const char *spec)
{
    git_object *object = NULL;
    bool there = !pfg_git.revparse_single(&object, vcs->repo, spec);

    pfg_git.object_free(object);
    return there;
}

static int unknown_revision(struct pfg_vcs *vcs, const char *spec,
                            struct pfg_error *err)
{
    char remote[256];
    int length = snprintf(remote, sizeof remote, "origin/%s", spec);

    pfg_fail(err, PFG_USAGE, "unknown revision '%s'", spec);
    if (*spec && length < (int)sizeof remote && is_there(vcs, remote)) {
        return pfg_hint(err, "did you mean '%s'?", remote);
    }
    if (vcs->shallow.n) {
        return pfg_hint(err,
                        "the clone is shallow: fetch the whole history with "
                        "'git fetch --unshallow' or 'fetch-depth: 0'");
    }
    return pfg_hint(err, "'git branch --all' and 'git tag' list the names");
}

static int revision_failed(struct pfg_vcs *vcs, const char *spec, int result,
                           struct pfg_error *err)
{
    switch (result) {
    case GIT_ENOTFOUND:
        return unknown_revision(vcs, spec, err);
    case GIT_EAMBIGUOUS:
        pfg_fail(err, PFG_USAGE, "revision '%s' is ambiguous", spec);
        return pfg_hint(err, "give more digits");
    case GIT_EINVALIDSPEC:
    case GIT_EPEEL:
        pfg_fail(err, PFG_USAGE, "'%s' is not a commit", spec);
        return pfg_hint(err, "give one branch, tag or commit ID");
    default:
        return pfg_fail(err, PFG_SYSTEM, "cannot look up '%s': %s", spec,
                        pfg_vcs_reason());
    }
}

/* A libgit2 code. *ref is NULL where `spec` goes through none. */
static int find_commit(struct pfg_vcs *vcs, git_commit **out,
                       git_reference **ref, const char *spec)
{
    git_object *object = NULL;
    int result = pfg_git.revparse_ext(&object, ref, vcs->repo, spec);

    if (!result) {
        result =
            pfg_git.object_peel((git_object **)out, object, GIT_OBJECT_COMMIT);
    }
    pfg_git.object_free(object);
    return result;
}

static int find_head(struct pfg_vcs *vcs, git_commit **out, git_reference **ref,
                     struct pfg_error *err)
{
    int result = pfg_git.repository_head(ref, vcs->repo);

    if (result == GIT_EUNBORNBRANCH || result == GIT_ENOTFOUND) {
        pfg_fail(err, PFG_USAGE, "the repository '%s' has no commits yet",
                 vcs->root);
        return pfg_hint(
            err,
            "commit first, or name the measured version with '--commit NAME'");
    }
    if (!result) {
        result =
            pfg_git.reference_peel((git_object **)out, *ref, GIT_OBJECT_COMMIT);
    }
    return result ? pfg_fail(err, PFG_SYSTEM, "cannot read HEAD: %s",
                             pfg_vcs_reason())
                  : 0;
}

static const char *branch_name(const git_reference *ref,
                               struct pfg_arena *arena)
{
    bool branch = ref && (pfg_git.reference_is_branch(ref) ||
                          pfg_git.reference_is_remote(ref));

    return branch ? pfg_arena_strdup(arena, pfg_git.reference_shorthand(ref))
                  : "";
}

static void fill_revision(struct pfg_revision *out, git_commit *commit,
                          struct pfg_arena *arena)
{
    out->id = id_text(pfg_git.commit_id(commit), arena);
    out->tree = id_text(pfg_git.commit_tree_id(commit), arena);
    out->subject = commit_subject(commit, arena);
    out->author = commit_author(commit, arena);
    out->time = commit_time(commit);
}

/*
 * A CI's merge of a pull request is not a commit that anybody will look up: the
 * run belongs to the pull request's head. Its tree stays the merge's, for that
 * is what was built. The head itself may be missing from the clone.
 */
static int step_to_pull_request(struct pfg_vcs *vcs, struct pfg_revision *out,
                                const git_commit *commit,
                                const struct pfg_vcs_hint *hint,
                                struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_vcs_commit head;
    const char *id;

    if (!hint || !hint->head || pfg_git.commit_parentcount(commit) != 2) {
        return 0;
    }
    id = id_text(pfg_git.commit_parent_id(commit, 1), arena);
    if (pfg_git.oid_streq(pfg_git.commit_parent_id(commit, 1), hint->head)) {
        return 0;
    }
    if (read_commit(vcs, &head, id, arena, err)) {
        return -1;
    }
    out->merge = out->id;
    out->id = id;
    out->subject = head.subject;
    out->author = head.author;
    out->time = head.missing ? out->time : head.time;
    return 0;
}

/* ---- the work tree ---- */

struct change_search {
    git_repository *repo;
    git_index *index;
    const struct pfg_vcs_hint *hint; /* NULL: none */
    bool work_tree;                  /* else the index against HEAD */
    bool found;
};

/*
 * Files that git knows better than libgit2: what a sparse checkout leaves out
 * is not deleted, and what a filter that we cannot run (git-lfs) wrote is not
 * changed as long as its size is the one that git noted (0 where it noted
 * none).
 */
static bool is_as_checked_out(const struct change_search *search,
                              const git_diff_delta *delta)
{
    const git_index_entry *entry =
        pfg_git.index_get_bypath(search->index, delta->old_file.path, 0);
    const char *filter = NULL;

    if (!entry) {
        return false;
    }
    if (delta->status == GIT_DELTA_DELETED) {
        return entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE;
    }
    return delta->status == GIT_DELTA_MODIFIED &&
           (!entry->file_size || entry->file_size == delta->new_file.size) &&
           !pfg_git.attr_get(&filter, search->repo,
                             GIT_ATTR_CHECK_FILE_THEN_INDEX,
                             delta->old_file.path, "filter") &&
           pfg_git.attr_value(filter) == GIT_ATTR_VALUE_STRING;
}

/* Whether a path, from the work tree's top, holds results. */
static bool is_result(const struct change_search *search, const char *path)
{
    const char *top = pfg_git.repository_workdir(search->repo);
    size_t n = search->hint && top ? search->hint->n_results : 0;

    for (size_t i = 0; i < n; i++) {
        struct pfg_slice result = pfg_slice_of(search->hint->results[i]);
        struct pfg_slice rest = pfg_slice_of(path);

        if (!pfg_take(&result, top)) {
            continue;
        }
        if (pfg_take(&rest, result.ptr) && (!rest.len || *rest.ptr == '/')) {
            return true;
        }
    }
    return false;
}

/* Called for each difference: 1 leaves it out, -1 ends the search. */
static int on_change(const git_diff *so_far, const git_diff_delta *delta,
                     const char *pathspec, void *self)
{
    struct change_search *search = self;

    (void)so_far, (void)pathspec;
    if ((search->work_tree && is_as_checked_out(search, delta)) ||
        is_result(search, delta->old_file.path)) {
        return 1;
    }
    search->found = true;
    return -1;
}

static int search_changes(struct change_search *search, git_tree *tree)
{
    git_diff_options options;
    git_diff *diff = NULL;
    int result;

    pfg_git.diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_ENABLE_FAST_UNTRACKED_DIRS;
    options.ignore_submodules = GIT_SUBMODULE_IGNORE_UNTRACKED;
    options.notify_cb = on_change;
    options.payload = search;
    result = pfg_git.diff_tree_to_index(&diff, search->repo, tree,
                                        search->index, &options);
    pfg_git.diff_free(diff);
    diff = NULL;
    if (!result && !search->found) {
        search->work_tree = true;
        result = pfg_git.diff_index_to_workdir(&diff, search->repo,
                                               search->index, &options);
        pfg_git.diff_free(diff);
    }
    return search->found ? 0 : result;
}

/* Were tracked files changed since `commit`, which is HEAD? */
static int find_changes(struct pfg_vcs *vcs, bool *out, git_commit *commit,
                        const struct pfg_vcs_hint *hint, struct pfg_error *err)
{
    struct change_search search = {.repo = vcs->repo, .hint = hint};
    git_tree *tree = NULL;
    int result;

    *out = false;
    if (pfg_git.repository_is_bare(vcs->repo)) {
        return 0;
    }
    result = pfg_git.repository_index(&search.index, vcs->repo);
    result = result ? result : pfg_git.commit_tree(&tree, commit);
    result = result ? result : search_changes(&search, tree);
    if (result) {
        pfg_fail(err, PFG_SYSTEM, "cannot compare '%s' with HEAD: %s",
                 vcs->root, pfg_vcs_reason());
    }
    pfg_git.tree_free(tree);
    pfg_git.index_free(search.index);
    *out = search.found;
    return result ? -1 : 0;
}

int pfg_vcs_resolve(struct pfg_vcs *vcs, struct pfg_revision *out,
                    const char *spec, const struct pfg_vcs_hint *hint,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    bool is_head = !spec || !strcmp(spec, "HEAD") || !strcmp(spec, "@");
    git_reference *ref = NULL;
    git_commit *commit = NULL;
    int result;

    *out = (struct pfg_revision){
        .id = "", .tree = "", .subject = "", .branch = "", .merge = ""};
    if (is_head) {
        result = find_head(vcs, &commit, &ref, err);
    } else {
        result = find_commit(vcs, &commit, &ref, spec);
        result = result ? revision_failed(vcs, spec, result, err) : 0;
    }
    if (result) {
        goto out;
    }
    fill_revision(out, commit, arena);
    out->branch = branch_name(ref, arena);
    if (is_head) {
        result = find_changes(vcs, &out->dirty, commit, hint, err);
    }
    if (!result) {
        result = step_to_pull_request(vcs, out, commit, hint, arena, err);
    }
out:
    pfg_git.commit_free(commit);
    pfg_git.reference_free(ref);
    return result;
}

/* ---- history ---- */

int pfg_vcs_ancestors(struct pfg_vcs *vcs, struct pfg_ancestry *out,
                      const char *id, size_t limit, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    struct pfg_vcs_graph graph = graph_of(vcs);

    return pfg_vcs_walk(&graph, out, id, limit ? limit : DEFAULT_LIMIT, arena,
                        err);
}

int pfg_vcs_mainline(struct pfg_vcs *vcs, struct pfg_ancestry *out,
                     const char *id, size_t limit, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct pfg_vcs_graph graph = graph_of(vcs);

    return pfg_vcs_walk_mainline(&graph, out, id, limit, arena, err);
}

/* 1 where there is a commit, 0 where not. */
static int find_named_branch(struct pfg_vcs *vcs, const char **out,
                             const char **branch, const char *name,
                             struct pfg_arena *arena)
{
    git_reference *ref = NULL;
    git_commit *commit = NULL;
    int found = !find_commit(vcs, &commit, &ref, name);

    if (found) {
        *out = id_text(pfg_git.commit_id(commit), arena);
        *branch = pfg_arena_strdup(arena, name);
    }
    pfg_git.commit_free(commit);
    pfg_git.reference_free(ref);
    return found;
}

static int find_reference(struct pfg_vcs *vcs, const char **out,
                          const char **branch, const char *name,
                          struct pfg_arena *arena)
{
    git_reference *ref = NULL, *target = NULL;
    git_object *commit = NULL;
    int found = !pfg_git.reference_lookup(&ref, vcs->repo, name) &&
                !pfg_git.reference_resolve(&target, ref) &&
                !pfg_git.reference_peel(&commit, target, GIT_OBJECT_COMMIT);

    if (found) {
        *out = id_text(pfg_git.object_id(commit), arena);
        *branch = pfg_arena_strdup(arena, pfg_git.reference_shorthand(target));
    }
    pfg_git.object_free(commit);
    pfg_git.reference_free(target);
    pfg_git.reference_free(ref);
    return found;
}

int pfg_vcs_base_branch(struct pfg_vcs *vcs, const char **out,
                        const char **branch, const char *name,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    static const char *const usual[] = {
        "refs/remotes/origin/HEAD",   "refs/heads/main",
        "refs/remotes/origin/main",   "refs/heads/master",
        "refs/remotes/origin/master",
    };

    *out = *branch = NULL;
    if (name) {
        const char *remote = pfg_arena_printf(arena, "origin/%s", name);

        return find_named_branch(vcs, out, branch, name, arena) ||
                       find_named_branch(vcs, out, branch, remote, arena)
                   ? 0
                   : unknown_revision(vcs, name, err);
    }
    for (size_t i = 0; i < PFG_COUNT(usual) && !*out; i++) {
        find_reference(vcs, out, branch, usual[i], arena);
    }
    return 0;
}

/* Where "origin" is, without scheme, user and port, which SSH and the web have
 * of their own; "" where there is none. */
static const char *origin_of(struct pfg_vcs *vcs, struct pfg_arena *arena)
{
    git_remote *remote = NULL;
    const char *place = "";

    if (!pfg_git.remote_lookup(&remote, vcs->repo, "origin") &&
        pfg_git.remote_url(remote)) {
        const char *url = pfg_git.remote_url(remote);
        const char *scheme = strstr(url, "://"), *user;
        size_t host;

        url = scheme ? scheme + 3 : url;
        user = memchr(url, '@', strcspn(url, "/"));
        url = user ? user + 1 : url;
        host = strcspn(url, "[:/");
        place = scheme && url[host] == ':'
                    ? pfg_arena_printf(arena, "%.*s%s", (int)host, url,
                                       url + strcspn(url, "/"))
                    : pfg_arena_strdup(arena, url);
    }
    pfg_git.remote_free(remote);
    return place;
}

const char *pfg_vcs_remote_host(struct pfg_vcs *vcs, struct pfg_arena *arena)
{
    const char *place = origin_of(vcs, arena);

    return pfg_arena_slice(arena, pfg_slice_make(place, strcspn(place, ":/")));
}

const char *pfg_vcs_remote_name(struct pfg_vcs *vcs, struct pfg_arena *arena)
{
    const char *place = origin_of(vcs, arena), *folder;
    struct pfg_slice name = pfg_slice_of(place);
    char *out;

    while (pfg_slice_ends(name, "/")) {
        name.len--;
    }
    if (pfg_slice_ends(name, ".git")) {
        name.len -= strlen(".git");
    }
    /* A folder's path is that of one machine. */
    folder = memrchr(name.ptr, '/', name.len);
    if (*place == '/' || *place == '.') {
        name = folder ? pfg_slice_range(folder + 1, name.ptr + name.len) : name;
    }
    out = pfg_arena_slice(arena, name);
    for (char *c = out; *c; c++) {
        *c = *c == ':' ? '/' : (char)tolower((unsigned char)*c);
    }
    return out;
}

int pfg_vcs_merge_base(struct pfg_vcs *vcs, const char **out, bool *cut,
                       const char *a, const char *b, struct pfg_arena *arena,
                       struct pfg_error *err)
{
    struct pfg_vcs_graph graph = graph_of(vcs);
    git_oid one, two, base;

    *out = NULL;
    *cut = false;
    /* On cut history libgit2 stumbles over what is not there, and forgets to
     * free something; git's own idea of where it ends is ours, too. */
    if (!vcs->shallow.n && !pfg_git.oid_fromstr(&one, a) &&
        !pfg_git.oid_fromstr(&two, b) &&
        !pfg_git.merge_base(&base, vcs->repo, &one, &two)) {
        *out = id_text(&base, arena);
        return 0;
    }
    return pfg_vcs_walk_common(&graph, out, cut, a, b, arena, err);
}

/* ---- messages ---- */

static void add_trailers(struct pfg_vcs *vcs, struct pfg_trailers *out,
                         size_t *cap, const char *id, const char *key,
                         struct pfg_arena *arena)
{
    git_message_trailer_array found = {0};
    git_commit *commit = NULL;
    git_oid oid;

    if (pfg_git.oid_fromstr(&oid, id) ||
        pfg_git.commit_lookup(&commit, vcs->repo, &oid)) {
        return; /* not in this clone */
    }
    if (!pfg_git.message_trailers(&found, pfg_git.commit_message(commit))) {
        for (size_t i = 0; i < found.count; i++) {
            if (strcasecmp(found.trailers[i].key, key)) {
                continue;
            }
            if (out->n == *cap) {
                out->at = pfg_vec_grow(out->at, cap, sizeof *out->at, arena);
            }
            out->at[out->n++] = (struct pfg_trailer){
                pfg_arena_strdup(arena, id),
                pfg_arena_strdup(arena, found.trailers[i].value)};
        }
        pfg_git.message_trailer_array_free(&found);
    }
    pfg_git.commit_free(commit);
}

/* The ancestries of both sides are in `scratch`. */
static int find_trailers(struct pfg_vcs *vcs, struct pfg_trailers *out,
                         const char *base, const char *head, const char *key,
                         struct pfg_arena *arena, struct pfg_arena *scratch,
                         struct pfg_error *err)
{
    struct pfg_ancestry of_base, of_head;
    struct pfg_map in_base;
    size_t cap = 0;

    if (pfg_vcs_ancestors(vcs, &of_base, base, 0, scratch, err) ||
        pfg_vcs_ancestors(vcs, &of_head, head, 0, scratch, err)) {
        return -1;
    }
    pfg_map_init(&in_base, scratch);
    for (size_t i = 0; i < of_base.n; i++) {
        pfg_map_at(&in_base, pfg_slice_of(of_base.at[i].id));
    }
    for (size_t i = 0; i < of_head.n; i++) {
        if (!pfg_map_find(&in_base, pfg_slice_of(of_head.at[i].id))) {
            add_trailers(vcs, out, &cap, of_head.at[i].id, key, arena);
        }
    }
    out->bounded =
        (of_base.bounded || of_head.bounded) && of_head.n &&
        !pfg_map_find(&in_base, pfg_slice_of(of_head.at[of_head.n - 1].id));
    if (of_base.cut || (of_base.bounded && out->bounded)) {
        *out =
            (struct pfg_trailers){.left_out = out->n, .bounded = out->bounded};
    }
    return 0;
}

int pfg_vcs_trailers(struct pfg_vcs *vcs, struct pfg_trailers *out,
                     const char *base, const char *head, const char *key,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_arena *scratch = pfg_arena_new();
    int failed;

    *out = (struct pfg_trailers){0};
    failed = find_trailers(vcs, out, base, head, key, arena, scratch, err);
    pfg_arena_free(scratch);
    return failed;
}

/* ---- files ---- */

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
                id_text(pfg_git.tree_entry_id(entry), arena)};
        }
    }
}

int pfg_vcs_content(struct pfg_vcs *vcs, struct pfg_vcs_content *out,
                    const char *id, const char *path, struct pfg_arena *arena,
                    struct pfg_error *err)
{
    git_object *commit = NULL, *found = NULL;
    git_tree_entry *entry = NULL;
    git_tree *tree = NULL;
    git_oid oid;
    int result = pfg_git.oid_fromstr(&oid, id) ? GIT_ENOTFOUND : 0;

    *out = (struct pfg_vcs_content){0};
    result = result ? result
                    : pfg_git.object_lookup(&commit, vcs->repo, &oid,
                                            GIT_OBJECT_COMMIT);
    result = result ? result : pfg_git.commit_tree(&tree, (git_commit *)commit);
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
    pfg_git.object_free(commit);
    return result && result != GIT_ENOTFOUND ? -1 : 0;
}

int pfg_vcs_contains(struct pfg_vcs *vcs, bool *out, const char *of,
                     const char *id, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct pfg_ancestry ancestry;

    *out = false;
    if (pfg_vcs_ancestors(vcs, &ancestry, of, 0, arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < ancestry.n && !*out; i++) {
        *out = pfg_slice_starts(pfg_slice_of(ancestry.at[i].id), id);
    }
    return 0;
}
