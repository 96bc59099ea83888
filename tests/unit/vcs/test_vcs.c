#include "vcs/vcs.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "check.h"
#include "git_fixture.h"
#include "vcs/ancestry.h"

/*
 * Each test creates repositories with git itself in a folder of its own. The
 * shell function `at` makes a commit with a subject, a given number of minutes
 * after a fixed time, so that ids and times are reproducible.
 */
static const char prelude[] =
    "set -eu\n"
    "at() {\n"
    "    GIT_COMMITTER_DATE=\"$((1728000000 + $1 * 60)) +0000\"\n"
    "    GIT_AUTHOR_DATE=$GIT_COMMITTER_DATE\n"
    "    export GIT_COMMITTER_DATE GIT_AUTHOR_DATE\n"
    "    shift\n"
    "    echo \"$*\" >>file.txt\n"
    "    git add file.txt\n"
    "    git commit -q -m \"$*\"\n"
    "}\n"
    "merge() {\n"
    "    GIT_COMMITTER_DATE=\"$((1728000000 + $1 * 60)) +0000\"\n"
    "    GIT_AUTHOR_DATE=$GIT_COMMITTER_DATE\n"
    "    export GIT_COMMITTER_DATE GIT_AUTHOR_DATE\n"
    "    git merge -q --no-ff -s ours -m \"$3\" \"$2\"\n"
    "}\n"
    /* A pull request as on GitHub: main moved on while the branch got two
     * commits, and CI checks out the merge of both. */
    "origin() {\n"
    "    git init -q -b main origin; cd origin\n"
    "    git config uploadpack.allowAnySHA1InWant true\n"
    "    at 1 one; at 2 two\n"
    "    git checkout -q -b topic; at 3 three; at 4 four\n"
    "    git checkout -q main; at 5 five\n"
    "    git checkout -q -b merged main; merge 6 topic 'Merge topic'\n"
    "    git checkout -q main; cd ..\n"
    "}\n";

static const char *shell(struct git_place *place, const char *script)
{
    return git_place_shell(place, prelude, script);
}

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct git_place));
    return git_place_make(*state);
}

static int tear_down(void **state)
{
    git_place_remove(*state);
    free(*state);
    return 0;
}

static struct pfg_vcs *open_at(struct git_place *place, const char *folder)
{
    struct pfg_vcs *vcs = NULL;

    place->err.message[0] = '\0';
    if (pfg_vcs_open(&vcs, pfg_path_join(place->arena, place->folder, folder),
                     &place->err)) {
        fail_msg("cannot open: %s", place->err.message);
    }
    assert_non_null(vcs);
    return vcs;
}

static struct pfg_revision resolve(struct git_place *place, struct pfg_vcs *vcs,
                                   const char *spec)
{
    struct pfg_revision found;

    if (pfg_vcs_resolve(vcs, &found, spec, NULL, place->arena, &place->err)) {
        fail_msg("cannot resolve: %s", place->err.message);
    }
    return found;
}

static void refuse(struct git_place *place, struct pfg_vcs *vcs, const char *spec,
                   const char *message, const char *hint)
{
    struct pfg_revision found;

    assert_int_equal(
        pfg_vcs_resolve(vcs, &found, spec, NULL, place->arena, &place->err),
        -1);
    assert_int_equal(place->err.code, PFG_USAGE);
    assert_string_equal(place->err.message, message);
    if (!strstr(place->err.hint, hint)) {
        fail_msg("'%s' does not say '%s'", place->err.hint, hint);
    }
}

/* "one two three": the subjects; a missing commit is "-", and commits of the
 * mainline are marked. */
static const char *history(struct git_place *place, struct pfg_vcs *vcs,
                           const char *id, size_t limit,
                           struct pfg_ancestry *out)
{
    const char *text = "";

    if (pfg_vcs_ancestors(vcs, out, id, limit, place->arena, &place->err)) {
        fail_msg("cannot walk: %s", place->err.message);
    }
    for (size_t i = 0; i < out->n; i++) {
        const struct pfg_ancestor *at = &out->at[i];

        text = pfg_arena_printf(
            place->arena, "%s%s%zu:%s%s", text, i ? " " : "", at->distance,
            *at->tree ? at->subject : "-", at->mainline ? "!" : "");
    }
    return text;
}

static void a_folder_without_repository_has_none(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs = (struct pfg_vcs *)place;

    assert_int_equal(pfg_vcs_open(&vcs, place->folder, &place->err), 0);
    assert_null(vcs);
    pfg_vcs_close(vcs);
}

static void a_repository_is_found_upwards(void **state)
{
    struct git_place *place = *state;
    const char *top = shell(place, "git init -q r; mkdir -p r/a/b\n"
                                   "cd r; at 1 one; pwd -P");
    struct pfg_vcs *vcs = open_at(place, "r/a/b");

    assert_string_equal(pfg_vcs_root(vcs), top);
    pfg_vcs_close(vcs);
}

static void head_is_what_was_measured(void **state)
{
    struct git_place *place = *state;
    const char *id = shell(place, "git init -q -b main r; cd r; at 1 one\n"
                                  "at 2 two; git rev-parse HEAD");
    const char *tree = shell(place, "cd r; git rev-parse HEAD^{tree}");
    struct pfg_vcs *vcs = open_at(place, "r");
    struct pfg_revision head = resolve(place, vcs, NULL);

    assert_string_equal(head.id, id);
    assert_string_equal(head.tree, tree);
    assert_string_equal(head.subject, "two");
    assert_string_equal(head.branch, "main");
    assert_string_equal(head.merge, "");
    assert_true(head.time == (1728000000 + 120) * PFG_SECOND);
    assert_false(head.dirty);
    assert_false(head.named);
    pfg_vcs_close(vcs);
}

static void revisions_are_read_as_git_reads_them(void **state)
{
    static const struct {
        const char *spec, *subject, *branch;
    } cases[] = {
        {"HEAD", "three", "main"},  {"@", "three", "main"},
        {"HEAD~1", "two", ""},      {"main^", "two", ""},
        {"main", "three", "main"},  {"side", "two", "side"},
        {"v1", "one", ""},          {"refs/tags/v1", "one", ""},
        {"light", "two", ""},       {"refs/heads/side", "two", "side"},
        {"v1^{commit}", "one", ""},
    };
    struct git_place *place = *state;
    const char *id = shell(place, "git init -q -b main r; cd r; at 1 one\n"
                                  "git tag -a -m 'version one' v1; at 2 two\n"
                                  "git tag light; git branch side; at 3 three\n"
                                  "git rev-parse HEAD~1");
    struct pfg_vcs *vcs = open_at(place, "r");

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_revision found = resolve(place, vcs, cases[i].spec);

        print_message("# %s\n", cases[i].spec);
        assert_string_equal(found.subject, cases[i].subject);
        assert_string_equal(found.branch, cases[i].branch);
    }
    assert_string_equal(resolve(place, vcs, id).subject, "two");
    assert_string_equal(
        resolve(place, vcs, pfg_arena_printf(place->arena, "%.9s", id)).id, id);
    pfg_vcs_close(vcs);
}

static void what_is_no_revision_is_refused_with_a_hint(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;

    /* The blobs of "195" and "389" begin with the same four digits. */
    shell(place, "origin\n"
                 "git clone -q origin r; cd r\n"
                 "echo 195 | git hash-object -w --stdin >/dev/null\n"
                 "echo 389 | git hash-object -w --stdin >/dev/null\n");
    vcs = open_at(place, "r");
    refuse(place, vcs, "nosuch", "unknown revision 'nosuch'", "git branch");
    refuse(place, vcs, "topic", "unknown revision 'topic'",
           "did you mean 'origin/topic'?");
    refuse(place, vcs, "", "'' is not a commit", "one branch");
    refuse(place, vcs, "0123456789012345678901234567890123456789",
           "unknown revision '0123456789012345678901234567890123456789'", "");
    refuse(place, vcs, "6bb2", "revision '6bb2' is ambiguous", "digits");
    refuse(place, vcs, "HEAD:file.txt", "'HEAD:file.txt' is not a commit",
           "one branch");
    refuse(place, vcs, "main..origin/topic",
           "'main..origin/topic' is not a commit", "one branch");
    pfg_vcs_close(vcs);
}

static void a_cut_history_is_said_to_be_cut(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;

    shell(place, "origin; git clone -q --depth 1 file://$PWD/origin r");
    vcs = open_at(place, "r");
    refuse(place, vcs, "HEAD~1", "unknown revision 'HEAD~1'", "fetch-depth: 0");
    pfg_vcs_close(vcs);
}

static void an_unborn_branch_is_told(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;
    const char *top = shell(place, "git init -q -b main r; cd r; pwd -P");
    const char *id, *branch;

    vcs = open_at(place, "r");
    refuse(place, vcs, NULL,
           pfg_arena_printf(place->arena,
                            "the repository '%s' has no commits yet", top),
           "commit first");
    assert_int_equal(
        pfg_vcs_base_branch(vcs, &id, &branch, NULL, place->arena, &place->err),
        0);
    assert_null(id);
    assert_null(branch);
    pfg_vcs_close(vcs);
}

static void a_detached_head_has_no_branch(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;
    struct pfg_revision head;

    shell(place, "git init -q -b main r; cd r; at 1 one; at 2 two\n"
                 "git checkout -q --detach HEAD~1");
    vcs = open_at(place, "r");
    head = resolve(place, vcs, NULL);
    assert_string_equal(head.subject, "one");
    assert_string_equal(head.branch, "");
    pfg_vcs_close(vcs);
}

static void changes_to_tracked_files_alone_are_dirt(void **state)
{
    static const struct {
        const char *script;
        bool dirty;
    } cases[] = {
        {"true", false},
        {"echo new >untracked.txt; mkdir d; echo x >d/y", false},
        {"echo ignored >.git/info/exclude; echo x >ignored", false},
        {"touch -d 2001-01-01 file.txt", false},
        {"echo more >>file.txt", true},
        {"echo more >>file.txt; git add file.txt", true},
        {"echo new >added.txt; git add added.txt", true},
        {"rm file.txt", true},
        {"git rm -q --cached file.txt", true},
        {"chmod +x file.txt", true},
        {"git config core.fileMode false; chmod +x file.txt", false},
        {"git update-index --skip-worktree file.txt; rm file.txt", false},
        {"git config extensions.worktreeConfig true\n"
         "git config core.repositoryFormatVersion 1\n"
         "git sparse-checkout set --no-cone /other.txt\n"
         "test ! -e file.txt",
         false},
        {"git config core.repositoryFormatVersion 1\n"
         "git config extensions.partialClone origin",
         false},
        /* As with git-lfs: the work tree and git have different contents, and
         * only git can run the filter. */
        {"git config filter.up.clean 'tr A-Z a-z'\n"
         "git config filter.up.smudge 'tr a-z A-Z'\n"
         "echo 'big filter=up' >.gitattributes; echo data >big; git add .\n"
         "git commit -q -m big; rm big; git checkout -q big\n"
         "test $(cat big) = DATA; touch -d 2001-01-01 big",
         false},
        {"git config filter.up.clean 'tr A-Z a-z'\n"
         "git config filter.up.smudge 'tr a-z A-Z'\n"
         "echo 'big filter=up' >.gitattributes; echo data >big; git add .\n"
         "git commit -q -m big; echo longer data >big",
         true},
    };
    struct git_place *place = *state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_vcs *vcs;

        print_message("# %s\n", cases[i].script);
        shell(place,
              pfg_arena_printf(place->arena,
                               "rm -rf r; git init -q -b main r; cd r\n"
                               "echo other >other.txt; git add other.txt\n"
                               "at 1 one; %s",
                               cases[i].script));
        vcs = open_at(place, "r");
        assert_int_equal(resolve(place, vcs, NULL).dirty, cases[i].dirty);
        assert_int_equal(resolve(place, vcs, "HEAD").dirty, cases[i].dirty);
        assert_false(resolve(place, vcs, "main").dirty);
        pfg_vcs_close(vcs);
    }
}

static void a_submodule_that_is_not_checked_out_is_no_dirt(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;

    shell(place, "git init -q -b main sub; (cd sub; at 1 one)\n"
                 "git init -q -b main r; cd r; at 1 one\n"
                 "git -c protocol.file.allow=always submodule -q add "
                 "$PWD/../sub m\n"
                 "git commit -q -m sub; cd ..\n"
                 "git clone -q r clone");
    vcs = open_at(place, "clone");
    assert_false(resolve(place, vcs, NULL).dirty);
    pfg_vcs_close(vcs);
    shell(place, "cd r/m; echo x >untracked");
    vcs = open_at(place, "r");
    assert_false(resolve(place, vcs, NULL).dirty);
    pfg_vcs_close(vcs);
    shell(place, "cd r/m; at 2 two");
    vcs = open_at(place, "r");
    assert_true(resolve(place, vcs, NULL).dirty);
    pfg_vcs_close(vcs);
}

static void ancestors_come_nearest_first(void **state)
{
    struct git_place *place = *state;
    const char *id = shell(place, "origin; cd origin; git rev-parse merged");
    struct pfg_vcs *vcs = open_at(place, "origin");
    struct pfg_ancestry all;

    assert_string_equal(history(place, vcs, id, 0, &all),
                        "0:Merge topic! 1:five! 1:four 2:three 2:two! 3:one!");
    assert_false(all.cut);
    assert_false(all.bounded);
    assert_true(all.at[1].time == (1728000000 + 300) * PFG_SECOND);
    assert_string_equal(history(place, vcs, id, 3, &all),
                        "0:Merge topic! 1:five! 1:four");
    assert_true(all.bounded);
    assert_false(all.cut);
    assert_string_equal(history(place, vcs, id, 6, &all),
                        "0:Merge topic! 1:five! 1:four 2:three 2:two! 3:one!");
    assert_false(all.bounded);
    assert_int_equal(
        pfg_vcs_ancestors(vcs, &all, "main", 0, place->arena, &place->err), -1);
    assert_string_equal(place->err.message, "'main' is not a commit ID");
    pfg_vcs_close(vcs);
}

/* actions/checkout of a pull request: only the merge commit. */
static void depth_one_of_a_merge_still_tells_base_and_head(void **state)
{
    struct git_place *place = *state;
    const char *ids =
        shell(place, "origin\n"
                     "git init -q r; cd r\n"
                     "git remote add origin file://$PWD/../origin\n"
                     "git fetch -q --depth 1 origin merged\n"
                     "git checkout -q --detach FETCH_HEAD\n"
                     "cd ../origin\n"
                     "git rev-parse merged main topic "
                     "merged^{tree}");
    struct pfg_slice rest = pfg_slice_of(ids);
    const char *merge = pfg_arena_slice(place->arena, pfg_take_word(&rest));
    const char *base = pfg_arena_slice(place->arena, pfg_take_word(&rest));
    const char *head = pfg_arena_slice(place->arena, pfg_take_word(&rest));
    const char *tree = pfg_arena_slice(place->arena, pfg_take_word(&rest));
    struct pfg_vcs *vcs = open_at(place, "r");
    struct pfg_vcs_hint hint = {.head = head};
    struct pfg_revision found;
    struct pfg_ancestry all;
    const char *common;
    bool cut;

    assert_int_equal(
        pfg_vcs_resolve(vcs, &found, NULL, &hint, place->arena, &place->err),
        0);
    assert_string_equal(found.id, head);
    assert_string_equal(found.merge, merge);
    assert_string_equal(found.tree, tree);
    assert_string_equal(found.subject, "");
    assert_true(found.time == (1728000000 + 360) * PFG_SECOND);
    assert_false(found.dirty);

    assert_string_equal(history(place, vcs, merge, 0, &all),
                        "0:Merge topic! 1:-! 1:-");
    assert_string_equal(all.at[1].id, base);
    assert_string_equal(all.at[2].id, head);
    assert_true(all.cut);
    assert_false(all.bounded);
    assert_string_equal(history(place, vcs, head, 0, &all), "0:-!");
    assert_true(all.cut);

    assert_int_equal(pfg_vcs_merge_base(vcs, &common, &cut, base, merge,
                                        place->arena, &place->err),
                     0);
    assert_string_equal(common, base);
    assert_int_equal(pfg_vcs_merge_base(vcs, &common, &cut, base, head,
                                        place->arena, &place->err),
                     0);
    assert_null(common);
    assert_true(cut);
    pfg_vcs_close(vcs);
}

static void a_merge_is_left_alone_unless_the_hint_names_it(void **state)
{
    struct git_place *place = *state;
    const char *merge = shell(place, "origin; cd origin\n"
                                     "git checkout -q merged\n"
                                     "git rev-parse HEAD");
    const char *first = shell(place, "cd origin; git rev-parse HEAD^1");
    const char *second = shell(place, "cd origin; git rev-parse HEAD^2");
    struct pfg_vcs *vcs = open_at(place, "origin");
    const struct {
        const char *spec, *hint, *id, *merge, *subject;
    } cases[] = {
        {NULL, NULL, merge, "", "Merge topic"},
        {NULL, first, merge, "", "Merge topic"},
        {NULL, "nonsense", merge, "", "Merge topic"},
        {NULL, second, second, merge, "four"},
        {"HEAD", NULL, merge, "", "Merge topic"},
        {"HEAD", second, second, merge, "four"},
        {"merged", second, second, merge, "four"},
        {"merged^1", second, first, "", "five"},
    };

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_vcs_hint hint = {.head = cases[i].hint};
        struct pfg_revision found;

        assert_int_equal(pfg_vcs_resolve(vcs, &found, cases[i].spec, &hint,
                                         place->arena, &place->err),
                         0);
        assert_string_equal(found.id, cases[i].id);
        assert_string_equal(found.merge, cases[i].merge);
        assert_string_equal(found.subject, cases[i].subject);
    }
    pfg_vcs_close(vcs);
}

/* Older objects may be present: git does not look past the shallow file, and
 * perfgate does not either, except for the parents themselves. */
static void the_shallow_file_is_heeded(void **state)
{
    struct git_place *place = *state;
    const char *id = shell(place, "git init -q -b main r; cd r\n"
                                  "at 1 one; at 2 two; at 3 three; at 4 four\n"
                                  "git rev-parse HEAD~1 >.git/shallow\n"
                                  "test $(git rev-list --count HEAD) = 2\n"
                                  "git rev-parse HEAD");
    struct pfg_vcs *vcs = open_at(place, "r");
    struct pfg_ancestry all;

    assert_string_equal(history(place, vcs, id, 0, &all),
                        "0:four! 1:three! 2:two!");
    assert_true(all.cut);
    pfg_vcs_close(vcs);
}

static void a_deeper_clone_is_walked_to_its_end(void **state)
{
    struct git_place *place = *state;
    const char *id = shell(place, "git init -q -b main o; cd o\n"
                                  "at 1 one; at 2 two; at 3 three; at 4 four\n"
                                  "cd ..\n"
                                  "git clone -q --depth 2 file://$PWD/o r\n"
                                  "cd r; git rev-parse HEAD");
    struct pfg_vcs *vcs = open_at(place, "r");
    struct pfg_ancestry all;

    assert_string_equal(history(place, vcs, id, 0, &all),
                        "0:four! 1:three! 2:-!");
    assert_true(all.cut);
    pfg_vcs_close(vcs);
}

static void merge_bases_are_found(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;
    const char *two = shell(place, "origin; cd origin\n"
                                   "git checkout -q --orphan alone\n"
                                   "at 9 nine; git checkout -q main\n"
                                   "git rev-parse main~1");
    const char *main_id, *topic_id, *alone_id, *common;
    bool cut;

    vcs = open_at(place, "origin");
    main_id = resolve(place, vcs, "main").id;
    topic_id = resolve(place, vcs, "topic").id;
    alone_id = resolve(place, vcs, "alone").id;
    assert_int_equal(pfg_vcs_merge_base(vcs, &common, &cut, main_id, topic_id,
                                        place->arena, &place->err),
                     0);
    assert_string_equal(common, two);
    assert_false(cut);
    assert_int_equal(pfg_vcs_merge_base(vcs, &common, &cut, main_id, alone_id,
                                        place->arena, &place->err),
                     0);
    assert_null(common);
    assert_false(cut);
    pfg_vcs_close(vcs);
}

static void merge_bases_are_found_in_cut_history(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;
    const char *common;
    bool cut;

    /* Depth 3 has the fork point, but not its parent. */
    shell(place, "git init -q -b main o; cd o; at 1 one; at 2 two\n"
                 "git checkout -q -b topic; at 3 three; at 4 four\n"
                 "git checkout -q main; at 5 five; cd ..\n"
                 "git clone -q --depth 3 --no-single-branch "
                 "file://$PWD/o r\n"
                 "git clone -q --depth 1 --no-single-branch "
                 "file://$PWD/o s\n");
    vcs = open_at(place, "r");
    assert_int_equal(pfg_vcs_merge_base(vcs, &common, &cut,
                                        resolve(place, vcs, "origin/main").id,
                                        resolve(place, vcs, "origin/topic").id,
                                        place->arena, &place->err),
                     0);
    assert_string_equal(resolve(place, vcs, common).subject, "two");
    assert_false(cut);
    pfg_vcs_close(vcs);

    vcs = open_at(place, "s");
    assert_int_equal(pfg_vcs_merge_base(vcs, &common, &cut,
                                        resolve(place, vcs, "origin/main").id,
                                        resolve(place, vcs, "origin/topic").id,
                                        place->arena, &place->err),
                     0);
    assert_null(common);
    assert_true(cut);
    pfg_vcs_close(vcs);
}

/* The parents of each letter's commit. */
struct drawing {
    const char *parents[26];
    const char *shallow; /* letters */
};

static int read_drawing(void *self, struct pfg_vcs_commit *out, const char *id,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    const struct drawing *drawing = self;
    const char *parents = drawing->parents[*id - 'a'];

    (void)err;
    *out = (struct pfg_vcs_commit){.tree = "", .subject = ""};
    out->missing = !parents;
    out->shallow = drawing->shallow && strchr(drawing->shallow, *id);
    out->n_parents = parents ? strlen(parents) : 0;
    out->parents = pfg_arena_new_array(arena, const char *, out->n_parents);
    for (size_t i = 0; i < out->n_parents; i++) {
        out->parents[i] = pfg_arena_printf(arena, "%c", parents[i]);
    }
    return 0;
}

static void our_own_walk_finds_the_best_common_ancestor(void **state)
{
    static const struct {
        struct drawing drawing;
        const char *a, *b, *common;
        bool cut;
    } cases[] = {
        /* a line: the older one itself */
        {{{"b", "c", ""}, ""}, "a", "c", "c", false},
        {{{"b", "c", ""}, ""}, "a", "a", "a", false},
        /* a fork at c, whose parent is missing */
        {{{"c", "c", "d", NULL}, ""}, "a", "b", "c", false},
        /* through a merge the farther base d is nearer than the best one, c */
        {{{"de", "c", "d", "", "c"}, ""}, "a", "b", "c", false},
        /* nothing in common, all commits present */
        {{{"c", "d", "", ""}, ""}, "a", "b", NULL, false},
        /* nothing in common in the commits that are present */
        {{{"c", "d", NULL, ""}, ""}, "a", "b", NULL, true},
        /* the common commit is missing, but its id is known */
        {{{"c", "c", NULL}, ""}, "a", "b", "c", false},
    };
    struct git_place *place = *state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct drawing drawing = cases[i].drawing;
        struct pfg_vcs_graph graph = {.read = read_drawing, .self = &drawing};
        const char *common;
        bool cut;

        print_message("# case %zu\n", i);
        assert_int_equal(pfg_vcs_walk_common(&graph, &common, &cut, cases[i].a,
                                             cases[i].b, place->arena,
                                             &place->err),
                         0);
        if (cases[i].common) {
            assert_non_null(common);
            assert_string_equal(common, cases[i].common);
        } else {
            assert_null(common);
        }
        assert_int_equal(cut, cases[i].cut);
    }
}

/* b is shallow, but the commits behind it are also reached by way of c. */
static void an_end_on_one_way_is_none_on_another(void **state)
{
    struct drawing drawing = {.parents = {"bc", "d", "e", "f", "d", "g", ""},
                              .shallow = "b"};
    struct pfg_vcs_graph graph = {.read = read_drawing, .self = &drawing};
    struct git_place *place = *state;
    struct pfg_ancestry all;

    assert_int_equal(
        pfg_vcs_walk(&graph, &all, "a", 100, place->arena, &place->err), 0);
    assert_int_equal(all.n, 7);
    for (size_t i = 0; i < all.n; i++) {
        static const char order[] = "abcdefg";

        assert_int_equal(all.at[i].id[0], order[i]);
    }
    assert_true(all.cut);
}

static void the_base_branch_is_found(void **state)
{
    static const struct {
        const char *script, *name, *branch, *subject;
    } cases[] = {
        {"git clone -q origin r", NULL, "origin/main", "five"},
        {"git clone -q origin r; cd r; git remote set-head origin topic", NULL,
         "origin/topic", "four"},
        {"git clone -q origin r; cd r; git remote set-head -d origin", NULL,
         "main", "five"},
        {"git clone -q origin r; cd r; git remote set-head -d origin\n"
         "git checkout -q --detach; git branch -q -D main",
         NULL, "origin/main", "five"},
        {"git init -q -b master r; cd r; at 1 uno", NULL, "master", "uno"},
        {"git init -q -b trunk r; cd r; at 1 uno", NULL, NULL, NULL},
        {"git clone -q origin r", "topic", "origin/topic", "four"},
        {"git clone -q origin r; cd r; git branch topic main", "topic", "topic",
         "five"},
        {"git clone -q origin r", "origin/topic", "origin/topic", "four"},
    };
    struct git_place *place = *state;

    shell(place, "origin");
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        const char *id, *branch;
        struct pfg_vcs *vcs;

        print_message("# %s\n", cases[i].script);
        shell(place,
              pfg_arena_printf(place->arena, "rm -rf r; %s", cases[i].script));
        vcs = open_at(place, "r");
        assert_int_equal(pfg_vcs_base_branch(vcs, &id, &branch, cases[i].name,
                                             place->arena, &place->err),
                         0);
        if (cases[i].branch) {
            assert_non_null(id);
            assert_string_equal(branch, cases[i].branch);
            assert_string_equal(resolve(place, vcs, id).subject,
                                cases[i].subject);
        } else {
            assert_null(id);
            assert_null(branch);
        }
        pfg_vcs_close(vcs);
    }
}

static void a_base_branch_that_is_nowhere_is_refused(void **state)
{
    struct git_place *place = *state;
    const char *id, *branch;
    struct pfg_vcs *vcs;

    shell(place, "origin");
    vcs = open_at(place, "origin");
    assert_int_equal(pfg_vcs_base_branch(vcs, &id, &branch, "develop",
                                         place->arena, &place->err),
                     -1);
    assert_int_equal(place->err.code, PFG_USAGE);
    assert_string_equal(place->err.message, "unknown revision 'develop'");
    pfg_vcs_close(vcs);
}

static void somebody_elses_repository_is_read_where_it_is_trusted(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;
    struct pfg_error err;

    if (getuid()) {
        skip(); /* only root can change the owner of files */
    }
    shell(place, "git init -q -b main r; cd r; at 1 one; cd ..\n"
                 "chown -R 4711:4711 r\n"
                 /* git itself refuses */
                 "! git -C r rev-parse HEAD 2>/dev/null");
    assert_int_equal(
        pfg_vcs_open(&vcs, pfg_path_join(place->arena, place->folder, "r"),
                     &err),
        -1);
    assert_int_equal(err.code, PFG_SYSTEM);
    assert_non_null(strstr(err.message, "dubious ownership"));
    setenv("PERFGATE_SAFE_DIRECTORY", place->folder, 1);
    vcs = open_at(place, "r");
    unsetenv("PERFGATE_SAFE_DIRECTORY");
    assert_string_equal(resolve(place, vcs, NULL).subject, "one");
    pfg_vcs_close(vcs);
}

static void a_linked_work_tree_shares_what_is_common(void **state)
{
    struct git_place *place = *state;
    const char *top = shell(place, "git init -q -b main r; cd r; at 1 one\n"
                                   "at 2 two; at 3 three\n"
                                   "git worktree add -q -b side ../w HEAD\n"
                                   "git rev-parse HEAD~1 >.git/shallow\n"
                                   "cd ../w; pwd -P");
    struct pfg_vcs *vcs = open_at(place, "w");
    struct pfg_revision head = resolve(place, vcs, NULL);
    struct pfg_ancestry all;

    assert_string_equal(pfg_vcs_root(vcs), top);
    assert_string_equal(head.branch, "side");
    assert_string_equal(head.subject, "three");
    assert_false(head.dirty);
    assert_string_equal(history(place, vcs, head.id, 0, &all),
                        "0:three! 1:two! 2:one!");
    assert_true(all.cut);
    pfg_vcs_close(vcs);
}

static void a_bare_repository_is_never_dirty(void **state)
{
    struct git_place *place = *state;
    const char *top = shell(place, "origin; git clone -q --bare origin r.git\n"
                                   "cd r.git; pwd -P");
    struct pfg_vcs *vcs = open_at(place, "r.git");

    assert_string_equal(pfg_vcs_root(vcs), top);
    assert_string_equal(resolve(place, vcs, NULL).subject, "five");
    assert_false(resolve(place, vcs, NULL).dirty);
    pfg_vcs_close(vcs);
}

static void what_git_cannot_read_is_one_message(void **state)
{
    static const char *const scripts[] = {
        "git init -q r; echo '[core' >r/.git/config",
        "git init -q r; git -C r config core.repositoryFormatVersion 99",
    };
    struct git_place *place = *state;

    for (size_t i = 0; i < PFG_COUNT(scripts); i++) {
        struct pfg_vcs *vcs;

        shell(place,
              pfg_arena_printf(place->arena, "rm -rf r; %s", scripts[i]));
        assert_int_equal(
            pfg_vcs_open(&vcs, pfg_path_join(place->arena, place->folder, "r"),
                         &place->err),
            -1);
        assert_null(vcs);
        assert_int_equal(place->err.code, PFG_SYSTEM);
        assert_non_null(strstr(place->err.message, "cannot open the git"));
    }
}

static void a_damaged_commit_is_an_error_and_no_end(void **state)
{
    struct git_place *place = *state;
    const char *id = shell(place, "git init -q -b main r; cd r; at 1 one\n"
                                  "at 2 two; id=$(git rev-parse HEAD~1)\n"
                                  "f=.git/objects/$(echo $id | "
                                  "sed 's,^..,&/,')\n"
                                  "chmod u+w $f; echo garbage >$f\n"
                                  "git rev-parse HEAD");
    struct pfg_vcs *vcs = open_at(place, "r");
    struct pfg_ancestry all;

    assert_int_equal(
        pfg_vcs_ancestors(vcs, &all, id, 0, place->arena, &place->err), -1);
    assert_int_equal(place->err.code, PFG_SYSTEM);
    pfg_vcs_close(vcs);
}

static void a_long_subject_is_cut_between_characters(void **state)
{
    struct git_place *place = *state;
    struct pfg_vcs *vcs;
    const char *subject;

    shell(place, "git init -q -b main r; cd r\n"
                 "at 1 x$(printf '\\303\\244%.0s' $(seq 400))");
    vcs = open_at(place, "r");
    subject = resolve(place, vcs, NULL).subject;
    assert_int_equal(strlen(subject), 499);
    assert_int_equal((unsigned char)subject[498], 0xa4);
    pfg_vcs_close(vcs);
}

static struct pfg_vcs_content content_of(struct git_place *place,
                                         struct pfg_vcs *vcs, const char *id,
                                         const char *path)
{
    struct pfg_vcs_content content;

    if (pfg_vcs_content(vcs, &content, id, path, place->arena, &place->err)) {
        fail_msg("%s", place->err.message);
    }
    return content;
}

static void files_are_read_as_a_commit_has_them(void **state)
{
    struct git_place *place = *state;
    const char *id = shell(place, "git init -q -b main r; cd r\n"
                                  "mkdir -p a/b; printf one >a/b/x\n"
                                  "printf two >a/y; ln -s y a/link\n"
                                  "git add .; at 1 one\n"
                                  "printf three >a/b/x; git add .; at 2 two\n"
                                  "git rev-parse HEAD~1");
    struct pfg_vcs *vcs = open_at(place, "r");
    struct pfg_vcs_content content = content_of(place, vcs, id, "a/b/x");

    assert_true(content.known && content.there);
    assert_slice(content.text, "one");
    content = content_of(place, vcs, id, "a");
    assert_true(content.known && content.there);
    assert_int_equal(content.n_files, 2);
    assert_string_equal(content.files[1].name, "y");
    assert_int_equal(strlen(content.files[1].id), 40);
    content = content_of(place, vcs, id, "a/z");
    assert_true(content.known && !content.there);
    content = content_of(place, vcs, id, "a/b/x/deeper");
    assert_true(content.known && !content.there);
    content = content_of(place, vcs, id, "a/link");
    assert_true(content.known && !content.there);
    content = content_of(place, vcs,
                         "0123456789012345678901234567890123456789", "a/y");
    assert_false(content.known || content.there);
    content = content_of(place, vcs, "v1.2", "a/y");
    assert_false(content.known || content.there);
    pfg_vcs_close(vcs);
}

#define REPOSITORY_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        REPOSITORY_TEST(a_folder_without_repository_has_none),
        REPOSITORY_TEST(a_repository_is_found_upwards),
        REPOSITORY_TEST(head_is_what_was_measured),
        REPOSITORY_TEST(revisions_are_read_as_git_reads_them),
        REPOSITORY_TEST(what_is_no_revision_is_refused_with_a_hint),
        REPOSITORY_TEST(a_cut_history_is_said_to_be_cut),
        REPOSITORY_TEST(an_unborn_branch_is_told),
        REPOSITORY_TEST(a_detached_head_has_no_branch),
        REPOSITORY_TEST(changes_to_tracked_files_alone_are_dirt),
        REPOSITORY_TEST(a_submodule_that_is_not_checked_out_is_no_dirt),
        REPOSITORY_TEST(files_are_read_as_a_commit_has_them),
        REPOSITORY_TEST(ancestors_come_nearest_first),
        REPOSITORY_TEST(depth_one_of_a_merge_still_tells_base_and_head),
        REPOSITORY_TEST(a_merge_is_left_alone_unless_the_hint_names_it),
        REPOSITORY_TEST(the_shallow_file_is_heeded),
        REPOSITORY_TEST(a_deeper_clone_is_walked_to_its_end),
        REPOSITORY_TEST(merge_bases_are_found),
        REPOSITORY_TEST(merge_bases_are_found_in_cut_history),
        REPOSITORY_TEST(our_own_walk_finds_the_best_common_ancestor),
        REPOSITORY_TEST(an_end_on_one_way_is_none_on_another),
        REPOSITORY_TEST(the_base_branch_is_found),
        REPOSITORY_TEST(a_base_branch_that_is_nowhere_is_refused),
        REPOSITORY_TEST(somebody_elses_repository_is_read_where_it_is_trusted),
        REPOSITORY_TEST(a_linked_work_tree_shares_what_is_common),
        REPOSITORY_TEST(a_bare_repository_is_never_dirty),
        REPOSITORY_TEST(what_git_cannot_read_is_one_message),
        REPOSITORY_TEST(a_damaged_commit_is_an_error_and_no_end),
        REPOSITORY_TEST(a_long_subject_is_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
