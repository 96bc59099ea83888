#include "vcs/vcs.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "vcs/repo.h"

/* ---- finding it ---- */

static bool is_there(struct pfg_vcs *vcs, const char *spec)
{
    git_object *object = NULL;
    bool there = !pfg_git.revparse_single(&object, vcs->repo, spec);

    pfg_git.object_free(object);
    return there;
}

int pfg_vcs_unknown_revision(struct pfg_vcs *vcs, const char *spec,
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
        return pfg_vcs_unknown_revision(vcs, spec, err);
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

int pfg_vcs_find_commit(struct pfg_vcs *vcs, git_commit **out,
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

/* All but id, tree and branch. */
static void describe(struct pfg_revision *out,
                     const struct pfg_vcs_commit *commit)
{
    out->subject = commit->subject;
    out->author = commit->author;
    out->time = commit->missing ? out->time : commit->time;
}

/*
 * Nobody will look up a CI's merge of a pull request, so the run belongs to the
 * pull request's head. The tree stays the merge's, because that is what was
 * built. The head itself may be missing from the clone.
 */
static int step_to_pull_request(struct pfg_vcs *vcs, struct pfg_revision *out,
                                const struct pfg_vcs_commit *commit,
                                const struct pfg_vcs_hint *hint,
                                struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_vcs_commit head;

    if (!hint || !hint->head || commit->n_parents != 2 ||
        strcasecmp(commit->parents[1], hint->head)) {
        return 0;
    }
    if (pfg_vcs_read_commit(vcs, &head, commit->parents[1], arena, err)) {
        return -1;
    }
    out->merge = out->id;
    out->id = commit->parents[1];
    describe(out, &head);
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
 * Differences that git does not report, but libgit2 does: a file that a sparse
 * checkout leaves out is not deleted; and a file written by a filter that we
 * cannot run (git-lfs) is not changed while its size is the one in the index (0
 * if the index has none).
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

/* Called for each difference: 1 skips it, -1 ends the search. */
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

/* Whether tracked files differ from `commit`, which is HEAD. */
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
    struct pfg_vcs_commit commit;
    git_reference *ref = NULL;
    git_commit *found = NULL;
    int result;

    *out = (struct pfg_revision){
        .id = "", .tree = "", .subject = "", .branch = "", .merge = ""};
    if (is_head) {
        result = find_head(vcs, &found, &ref, err);
    } else {
        result = pfg_vcs_find_commit(vcs, &found, &ref, spec);
        result = result ? revision_failed(vcs, spec, result, err) : 0;
    }
    if (result) {
        goto out;
    }
    out->id = pfg_vcs_id(pfg_git.commit_id(found), arena);
    out->branch = branch_name(ref, arena);
    result = pfg_vcs_read_commit(vcs, &commit, out->id, arena, err);
    if (result) {
        goto out;
    }
    out->tree = commit.tree;
    describe(out, &commit);
    if (is_head) {
        result = find_changes(vcs, &out->dirty, found, hint, err);
    }
    if (!result) {
        result = step_to_pull_request(vcs, out, &commit, hint, arena, err);
    }
out:
    pfg_git.commit_free(found);
    pfg_git.reference_free(ref);
    return result;
}
