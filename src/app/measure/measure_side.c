#include "app/measure/measure_side.h"

#include <stdlib.h>
#include <string.h>

#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/file.h"
#include "exec/child.h"

/* Bytes of a command's last output that are shown: as lines, and in one line of
 * a report. */
#define LAST_WORDS 2000
#define ONE_LINE   240

/* --- which commits --- */

/* "auto": the merge-base of the head and the branch that changes go to. */
static const char *merge_base(const struct pfg_sides *sides,
                              struct pfg_error *err)
{
    const struct pfg_measuring *m = sides->m;
    const struct pfg_revision *head = &sides->at[PFG_HEAD].revision;
    const char *tip, *branch, *base = NULL;
    bool cut = false;

    if (pfg_vcs_base_branch(m->vcs, &tip, &branch, sides->options->base_branch,
                            m->arena, err) ||
        (tip && pfg_vcs_merge_base(m->vcs, &base, &cut, head->id, tip, m->arena,
                                   err))) {
        return NULL;
    }
    if (!base) {
        pfg_fail(err, PFG_USAGE, "--base auto: %s",
                 !tip  ? "there is no base branch to compare with"
                 : cut ? "the clone is shallow and does not contain the "
                         "merge-base of head and base branch"
                       : "head and base branch have no common ancestor");
        pfg_hint(err, "name the base with --base REV%s",
                 cut ? ", or fetch the whole history (fetch-depth: 0)" : "");
    }
    if (base && !strcmp(base, head->id) && !head->dirty) {
        /* The head is on that branch: as `compare` does. */
        base = pfg_arena_printf(m->arena, "%s~1", base);
    }
    return base;
}

static int find_head(struct pfg_sides *sides, struct pfg_error *err)
{
    const struct pfg_measuring *m = sides->m;
    struct pfg_measuring_side *head = &sides->at[PFG_HEAD];
    struct pfg_revision *revision = &head->revision;

    if (pfg_workspace_revision(revision, m->context, m->vcs,
                               sides->options->head, m->arena, err)) {
        return -1;
    }
    if (revision->named) {
        pfg_fail(err, PFG_USAGE, "--head '%s' is not a revision",
                 sides->options->head);
        return pfg_hint(err, "use a commit, branch or tag of this repository");
    }
    /* Uncommitted changes can only be measured in place. */
    if (sides->options->head || !revision->dirty) {
        head->checkout = *revision->merge ? revision->merge : revision->id;
        revision->dirty = false;
    }
    return 0;
}

static int find_base(struct pfg_sides *sides, struct pfg_error *err)
{
    struct pfg_measuring *m = sides->m;
    struct pfg_measuring_side *base = &sides->at[PFG_BASE];
    const struct pfg_measuring_side *head = &sides->at[PFG_HEAD];
    const char *spec = sides->options->base;

    if (!strcmp(spec, "auto")) {
        spec = merge_base(sides, err);
        if (!spec) {
            return -1;
        }
    }
    if (pfg_vcs_resolve(m->vcs, &base->revision, spec, NULL, m->arena, err)) {
        return -1;
    }
    base->checkout = base->revision.id;
    base->revision.dirty = false;
    if (head->checkout && !strcmp(base->checkout, head->checkout)) {
        pfg_measuring_note(
            m,
            "base and head are the same commit, so there is no change to find");
    }
    return 0;
}

int pfg_sides_find(struct pfg_sides *sides, struct pfg_error *err)
{
    const struct pfg_measuring *m = sides->m;
    size_t stale = 0;

    if (sides->options->base_command) {
        return 0; /* both are built, and run in this folder */
    }
    if (!m->vcs) {
        pfg_fail(err, PFG_USAGE,
                 "not in a git repository: there are no "
                 "revisions to check out");
        return pfg_hint(err, "use two commands instead: --base-command './old' "
                             "--head-command './new'");
    }
    if (pfg_vcs_worktree_sweep(m->vcs, &stale, m->arena, err)) {
        return -1;
    }
    if (stale) {
        pfg_context_warn(m->context,
                         "removed %zu work tree%s that a killed "
                         "perfgate left behind",
                         stale, stale == 1 ? "" : "s");
    }
    return find_head(sides, err) || find_base(sides, err) ? -1 : 0;
}

/* --- set up --- */

static int make_scratch(struct pfg_measuring *m, struct pfg_error *err)
{
    const char *folder = pfg_env(m->context, "TMPDIR");

    return m->scratch.path
               ? 0
               : pfg_scratch_open(&m->scratch, folder ? folder : "/tmp",
                                  m->arena, err);
}

static const char *last_words(const struct pfg_measuring *m,
                              const struct pfg_child_result *result)
{
    return pfg_arena_slice(m->arena, pfg_child_last_words(result, LAST_WORDS));
}

const char *pfg_sides_said(const struct pfg_sides *sides,
                           const struct pfg_measuring_side *side)
{
    struct pfg_slice left = pfg_slice_of(side->last_words);
    struct pfg_str text;
    const char *kept;

    while (left.len > ONE_LINE && memchr(left.ptr, '\n', left.len)) {
        pfg_take_until(&left, '\n');
    }
    pfg_str_init(&text, 0);
    for (size_t i = 0; i < left.len; i++) {
        pfg_str_puts(&text, left.ptr[i] == '\n' ? " | " : "");
        if ((unsigned char)left.ptr[i] >= ' ') {
            pfg_str_putc(&text, left.ptr[i]);
        }
    }
    kept = text.len ? pfg_arena_printf(sides->m->arena,
                                       "; its last output was: %.*s",
                                       (int)text.len, text.ptr)
                    : "";
    pfg_str_free(&text);
    return kept;
}

/* What compilers and build tools print when they fail. */
static const char *const build_failures[] = {
    "[build failed]", "[setup failed]",         "could not compile",
    "build stopped:", "compilation terminated", "Compilation failure",
    "*** [",
};

static bool is_build_failure(const struct pfg_child_result *result)
{
    struct pfg_slice out = pfg_str_slice(&result->out_tail);
    struct pfg_slice err = pfg_str_slice(&result->err_tail);

    for (size_t i = 0; i < PFG_COUNT(build_failures); i++) {
        if (pfg_slice_has(out, build_failures[i]) ||
            pfg_slice_has(err, build_failures[i])) {
            return true;
        }
    }
    return false;
}

void pfg_sides_break(struct pfg_sides *sides, struct pfg_measuring_side *side,
                     const char *why, const char *hint,
                     const struct pfg_child_result *result)
{
    struct pfg_arena *arena = sides->m->arena;
    bool built = !result || !is_build_failure(result);

    side->broken =
        pfg_arena_printf(arena, "the %s could not be %s: %s", side->name,
                         built ? "measured" : "built", why);
    side->broken_hint = pfg_arena_strdup(arena, hint);
    side->last_words = result ? last_words(sides->m, result) : "";
}

/* For the progress of a shell command. */
struct preparing {
    struct pfg_measuring *m;
    const char *name;
};

static bool tick(void *self, double seconds)
{
    struct preparing *preparing = self;
    char what[32];

    snprintf(what, sizeof what, "preparing %s", preparing->name);
    (void)seconds;
    pfg_measuring_show_tick(preparing->m, what);
    return true;
}

int pfg_sides_shell(struct pfg_sides *sides, struct pfg_measuring_side *side,
                    const char *shell, const char *done, const char *round,
                    struct pfg_error *err)
{
    struct pfg_measuring *m = sides->m;
    const char *const words[] = {shell, NULL};
    const struct pfg_child_env env[] = {{"PERFGATE_SIDE", side->name},
                                        {"PERFGATE_ROUND", round}};
    struct preparing preparing = {m, side->name};
    const struct pfg_child_spec spec = {
        .argv = words,
        .shell = true,
        .folder = side->folder,
        .env = env,
        .n_env = round ? 2 : 1,
        .timeout = sides->options->timeout,
        .tick = tick,
        .self = &preparing,
    };
    struct pfg_child_result result = {0};
    int failed = pfg_child_run(&result, &spec, &m->interrupt, err);

    if (!failed && result.interrupted) {
        failed = pfg_measuring_fail_interrupted(m, 0, err);
    } else if (!failed && result.exit_status) {
        const char *how =
            result.timed_out ? "was stopped by --timeout"
            : result.signal
                ? "was killed by a signal"
                : pfg_arena_printf(m->arena, "exited with status %d",
                                   result.exit_status);

        side->broken =
            pfg_arena_printf(m->arena, "the %s could not be %s: '%s' %s",
                             side->name, done, shell, how);
        side->last_words = last_words(m, &result);
    }
    pfg_child_free(&result);
    return failed;
}

/* Files that git would have checked out, but libgit2 does not. */
static void note_missing(struct pfg_measuring *m,
                         const struct pfg_measuring_side *side)
{
    const struct pfg_worktree *tree = &side->worktree;

    for (size_t i = 0; i < tree->n_submodules; i++) {
        if (!tree->submodules[i].checked_out) {
            pfg_measuring_note(m,
                               "%s: the submodule '%s' is missing because its "
                               "commit is not in this clone",
                               side->name, tree->submodules[i].path);
        }
    }
    if (tree->n_lfs_pointers) {
        pfg_measuring_note(
            m, "%s: %zu file%s ('%s' first) only git-lfs pointer%s", side->name,
            tree->n_lfs_pointers, tree->n_lfs_pointers == 1 ? " is" : "s are",
            tree->lfs_pointer, tree->n_lfs_pointers == 1 ? "" : "s");
    }
}

/* The folder of a work tree that corresponds to the working directory. */
static const char *same_folder(const struct pfg_measuring *m, const char *top)
{
    char *here = realpath(".", NULL),
         *root = realpath(pfg_vcs_root(m->vcs), NULL);
    size_t length = root ? strlen(root) : 0;

    if (here && root && !strncmp(here, root, length) && here[length] == '/') {
        top = pfg_path_join(m->arena, top, here + length + 1);
    }
    free(here);
    free(root);
    return top;
}

static int check_out(struct pfg_measuring *m, struct pfg_measuring_side *side,
                     struct pfg_error *err)
{
    const char *top = pfg_path_join(m->arena, m->scratch.path, side->name);

    if (pfg_vcs_worktree_add(m->vcs, &side->worktree, side->checkout, top,
                             m->arena, err)) {
        return -1;
    }
    side->folder = same_folder(m, top);
    if (!pfg_file_exists(side->folder)) {
        side->broken = pfg_arena_printf(
            m->arena, "the %s has no folder '%s', where perfgate was started",
            side->name, side->folder + strlen(top) + 1);
    }
    note_missing(m, side);
    return 0;
}

int pfg_sides_set_up(struct pfg_sides *sides, struct pfg_measuring_side *side,
                     struct pfg_error *err)
{
    struct pfg_measuring *m = sides->m;

    if (make_scratch(m, err)) {
        return -1;
    }
    side->folder = ".";
    if (side->checkout && check_out(m, side, err)) {
        return -1;
    }
    if (!side->checkout && side->revision.dirty) {
        pfg_measuring_note(
            m, "the head is the work tree with its uncommitted changes");
    }
    if (side->broken) {
        return 0;
    }
    /* Before anything is built. */
    for (size_t i = 0; i < sides->programs->n; i++) {
        if (pfg_results_check(sides, side, &sides->programs->at[i], err)) {
            return -1;
        }
    }
    return sides->options->prepare
               ? pfg_sides_shell(sides, side, sides->options->prepare, "built",
                                 NULL, err)
               : 0;
}

bool pfg_sides_are_broken(const struct pfg_sides *sides)
{
    return sides->at[PFG_BASE].broken || sides->at[PFG_HEAD].broken;
}

bool pfg_sides_can_go_on(const struct pfg_sides *sides)
{
    return !pfg_sides_are_broken(sides) && !pfg_measuring_is_stopped(sides->m);
}

void pfg_sides_drop(struct pfg_measuring_side *side, size_t kept)
{
    while (side->runs.n > kept) {
        pfg_run_free(side->runs.at[--side->runs.n]);
    }
}

void pfg_sides_drop_warm(struct pfg_sides *sides)
{
    pfg_read_free(&sides->at[PFG_BASE].warm);
    pfg_read_free(&sides->at[PFG_HEAD].warm);
}

/* Runs --cleanup if the side was set up, even if it is broken. */
static void clean_up(struct pfg_sides *sides, struct pfg_measuring_side *side)
{
    struct pfg_error err = {0};

    if (!sides->options->cleanup || !side->folder) {
        return;
    }
    side->broken = NULL;
    if (pfg_sides_shell(sides, side, sides->options->cleanup, "cleaned up",
                        NULL, &err)) {
        pfg_context_warn(sides->m->context, "%s", err.message);
    } else if (side->broken) {
        pfg_context_warn(sides->m->context, "%s", side->broken);
    }
}

void pfg_sides_tear_down(struct pfg_sides *sides)
{
    struct pfg_error err = {0};

    pfg_sides_drop_warm(sides);
    for (size_t i = 0; i < 2; i++) {
        clean_up(sides, &sides->at[i]);
        if (pfg_vcs_worktree_remove(&sides->at[i].worktree, &err)) {
            pfg_context_warn(sides->m->context, "%s", err.message);
        }
        pfg_read_free(&sides->at[i].runs);
    }
}
