#include "vcs/worktree.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "check.h"
#include "git_fixture.h"

/* Each test creates repositories with git itself in a folder of its own. */
static const char prelude[] =
    "set -eu\n"
    "git() { command git -c protocol.file.allow=always "
    "-c init.defaultBranch=main \"$@\"; }\n"
    "commit() { git add -A; git commit -q -m \"$1\"; }\n"
    /* Two commits, of which the first will be checked out. */
    "two() {\n"
    "    git init -q \"$1\"; cd \"$1\"\n"
    "    mkdir -p sub/deep; echo one >file.txt; echo deep >sub/deep/file\n"
    "    printf '#!/bin/sh\\necho ran\\n' >run.sh; chmod +x run.sh\n"
    "    ln -s file.txt link; commit one\n"
    "    echo two >file.txt; git rm -q run.sh; commit two; cd ..\n"
    "}\n";

struct place {
    struct git_place git;
    struct pfg_vcs *vcs;
    struct pfg_worktree tree;
};

static const char *shell(struct place *place, const char *script)
{
    return git_place_shell(&place->git, prelude, script);
}

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    place->tree.lock = -1;
    *state = place;
    return git_place_make(&place->git);
}

static int tear_down(void **state)
{
    struct place *place = *state;

    pfg_vcs_worktree_remove(&place->tree, NULL);
    pfg_vcs_close(place->vcs);
    git_place_remove(&place->git);
    free(place);
    return 0;
}

static const char *below(struct place *place, const char *name)
{
    return pfg_path_join(place->git.arena, place->git.folder, name);
}

static void open_at(struct place *place, const char *folder)
{
    pfg_vcs_close(place->vcs);
    assert_int_equal(
        pfg_vcs_open(&place->vcs, below(place, folder), &place->git.err), 0);
    assert_non_null(place->vcs);
}

static int add(struct place *place, const char *id, const char *folder)
{
    place->git.err = (struct pfg_error){0};
    return pfg_vcs_worktree_add(place->vcs, &place->tree, id,
                                below(place, folder), place->git.arena,
                                &place->git.err);
}

static void add_well(struct place *place, const char *id)
{
    if (add(place, id, "w")) {
        fail_msg("%s", place->git.err.message);
    }
}

/* Checks that the repository lists no work tree, and that none exists. */
static void assert_no_trace(struct place *place)
{
    assert_string_equal(shell(place,
                              "ls -d w r/.git/worktrees 2>/dev/null || :\n"
                              "git -C r worktree list | wc -l\n"
                              "git -C r for-each-ref | wc -l\n"
                              "git -C r status --porcelain"),
                        "1\n1");
}

static void a_commit_is_checked_out_beside(void **state)
{
    struct place *place = *state;
    const char *id = shell(place, "two r; git -C r rev-parse HEAD~1");

    open_at(place, "r");
    add_well(place, id);
    assert_string_equal(
        shell(place, "cd w; cat file.txt link sub/deep/file\n"
                     "./run.sh; git rev-parse HEAD\n"
                     "git status --porcelain"),
        pfg_arena_printf(place->git.arena, "one\none\ndeep\nran\n%s", id));
    /* Detached, without a new branch, known to git, and the original work tree
     * is unchanged. */
    assert_string_equal(
        shell(place, "git -C w symbolic-ref -q HEAD || echo detached\n"
                     "git -C r for-each-ref | wc -l\n"
                     "git -C r worktree list | wc -l\n"
                     "git -C r worktree prune; git -C w rev-parse HEAD~0\n"
                     "cat r/file.txt; git -C r status --porcelain"),
        pfg_arena_printf(place->git.arena, "detached\n1\n2\n%s\ntwo", id));
    assert_int_equal(place->tree.n_submodules, 0);
    assert_int_equal(place->tree.n_lfs_pointers, 0);
}

static void removing_leaves_nothing(void **state)
{
    struct place *place = *state;

    open_at(place, (shell(place, "two r"), "r"));
    for (int i = 0; i < 2; i++) {
        add_well(place, shell(place, "git -C r rev-parse HEAD"));
        /* As a build may leave it: Go's module cache is not writable. */
        shell(place, "cd w; mkdir -p out/mod/a; echo >out/mod/a/x\n"
                     "ln -s ../../r out/away; chmod -R a-w out/mod");
        assert_int_equal(pfg_vcs_worktree_remove(&place->tree, &place->git.err), 0);
        assert_int_equal(pfg_vcs_worktree_remove(&place->tree, &place->git.err), 0);
        assert_no_trace(place);
        assert_string_equal(shell(place, "cat r/file.txt"), "two");
    }
}

static void one_that_is_half_gone_is_removed(void **state)
{
    struct place *place = *state;

    open_at(place, (shell(place, "two r"), "r"));
    add_well(place, shell(place, "git -C r rev-parse HEAD"));
    shell(place, "rm -rf w; git -C r worktree prune");
    assert_int_equal(pfg_vcs_worktree_remove(&place->tree, &place->git.err), 0);
    assert_no_trace(place);
}

static void two_at_once_do_not_meet(void **state)
{
    struct place *place = *state;
    struct pfg_worktree other;
    const char *id = shell(place, "two r; git -C r rev-parse HEAD~1");

    open_at(place, "r");
    add_well(place, id);
    assert_int_equal(
        pfg_vcs_worktree_add(place->vcs, &other,
                             shell(place, "git -C r rev-parse HEAD"),
                             below(place, "v"), place->git.arena, &place->git.err),
        0);
    assert_string_equal(shell(place, "cat w/file.txt v/file.txt"), "one\ntwo");
    assert_int_equal(pfg_vcs_worktree_remove(&other, &place->git.err), 0);
    assert_string_equal(shell(place, "git -C w rev-parse HEAD"), id);
}

/* From a linked work tree, from a bare repository, and from a submodule. */
static void any_repository_will_do(void **state)
{
    static const struct {
        const char *script, *folder;
    } cases[] = {
        {"git -C r worktree add -q ../linked HEAD~1", "linked"},
        {"git clone -q --bare r bare.git", "bare.git"},
        {"git init -q top; git -C top submodule --quiet add \"$PWD/r\" s",
         "top/s"},
    };
    struct place *place = *state;
    const char *id = shell(place, "two r; git -C r rev-parse HEAD~1");

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        print_message("# %s\n", cases[i].folder);
        shell(place, cases[i].script);
        open_at(place, cases[i].folder);
        add_well(place, id);
        assert_string_equal(shell(place,
                                  "cat w/file.txt; git -C w rev-parse HEAD\n"
                                  "git -C w status --porcelain"),
                            pfg_arena_printf(place->git.arena, "one\n%s", id));
        assert_int_equal(pfg_vcs_worktree_remove(&place->tree, &place->git.err), 0);
        assert_false(pfg_file_exists(below(place, "w")));
    }
    assert_string_equal(shell(place, "cat r/file.txt top/s/file.txt; cd top/s\n"
                                     "git status --porcelain"),
                        "two\ntwo");
}

static void what_the_dead_left_is_swept_and_no_more(void **state)
{
    struct place *place = *state;
    const char *id = shell(place, "two r; git -C r rev-parse HEAD");
    size_t n = 99;
    pid_t dead;
    int status;

    open_at(place, "r");
    assert_int_equal(
        pfg_vcs_worktree_sweep(place->vcs, &n, place->git.arena, &place->git.err), 0);
    assert_int_equal(n, 0);
    add_well(place, id);
    dead = fork();
    assert_true(dead >= 0);
    if (!dead) {
        _exit(add(place, id, "dead") != 0);
    }
    assert_int_equal(waitpid(dead, &status, 0), dead);
    assert_int_equal(status, 0);
    /* Work trees of others are left alone, locked or not. */
    shell(place, "git -C r worktree add -q --detach ../theirs\n"
                 "test -e dead/file.txt");
    assert_int_equal(
        pfg_vcs_worktree_sweep(place->vcs, &n, place->git.arena, &place->git.err), 0);
    assert_int_equal(n, 1);
    assert_string_equal(shell(place, "ls -d dead w theirs 2>/dev/null || :"),
                        "theirs\nw");
    assert_string_equal(shell(place, "git -C r worktree list | wc -l"), "3");
}

static void a_swept_entry_takes_no_folder_that_is_not_its_own(void **state)
{
    struct place *place = *state;
    size_t n;

    shell(place, "two r; mkdir mine; echo keep >mine/file\n"
                 "e=r/.git/worktrees/perfgate-1-0; mkdir -p $e\n"
                 "echo $PWD/mine/.git >$e/gitdir; : >$e/perfgate.lock\n"
                 /* A work tree that is just being created. */
                 "mkdir r/.git/worktrees/perfgate-2-0");
    open_at(place, "r");
    assert_int_equal(
        pfg_vcs_worktree_sweep(place->vcs, &n, place->git.arena, &place->git.err), 0);
    assert_int_equal(n, 1);
    assert_string_equal(shell(place, "cat mine/file; ls r/.git/worktrees"),
                        "keep\nperfgate-2-0");
}

static void submodules_come_from_this_clone(void **state)
{
    struct place *place = *state;

    shell(place,
          "git init -q leaf; cd leaf; echo leaf >leaf.txt; commit leaf; cd ..\n"
          "git init -q lib; cd lib; echo lib >lib.txt\n"
          "git submodule --quiet add \"$PWD/../leaf\" leaf; commit lib; cd ..\n"
          "two r; cd r\n"
          "git submodule --quiet add --name 'the lib' \"$PWD/../lib\" "
          "third/lib\n"
          "git submodule --quiet add \"$PWD/../leaf\" gone\n"
          "git submodule --quiet update --init --recursive; commit subs\n"
          "git submodule --quiet deinit -f gone; rm -rf .git/modules/gone");
    open_at(place, "r");
    add_well(place, shell(place, "git -C r rev-parse HEAD"));
    assert_int_equal(place->tree.n_submodules, 3);
    assert_string_equal(place->tree.submodules[0].path, "gone");
    assert_false(place->tree.submodules[0].checked_out);
    assert_string_equal(place->tree.submodules[1].path, "third/lib");
    assert_true(place->tree.submodules[1].checked_out);
    assert_string_equal(place->tree.submodules[2].path, "third/lib/leaf");
    assert_true(place->tree.submodules[2].checked_out);
    assert_string_equal(shell(place, "cd w/third/lib; cat lib.txt leaf/leaf.txt"
                                     "\ncd ../../../r\n"
                                     "git status --porcelain"),
                        "lib\nleaf");
    /* Submodules that are no longer checked out are still in .git/modules. */
    assert_int_equal(pfg_vcs_worktree_remove(&place->tree, &place->git.err), 0);
    shell(place, "cd r; git submodule --quiet deinit -f --all");
    add_well(place, shell(place, "git -C r rev-parse HEAD"));
    assert_true(place->tree.submodules[1].checked_out);
    assert_string_equal(shell(place, "cat w/third/lib/leaf/leaf.txt"), "leaf");
}

static void a_submodule_name_leads_nowhere_else(void **state)
{
    struct place *place = *state;

    shell(place, "two r; two other; cd r\n"
                 "id=$(git -C ../other rev-parse HEAD)\n"
                 "mkdir -p .git/modules\n"
                 "printf '[submodule \"../../../other/.git\"]\\n\\tpath = "
                 "evil\\n\\turl = x\\n' >.gitmodules\n"
                 "git add .gitmodules\n"
                 "git update-index --add --cacheinfo 160000,$id,evil\n"
                 "git commit -q -m evil");
    open_at(place, "r");
    add_well(place, shell(place, "git -C r rev-parse HEAD"));
    assert_int_equal(place->tree.n_submodules, 1);
    assert_false(place->tree.submodules[0].checked_out);
}

static void pointers_of_git_lfs_are_counted(void **state)
{
    struct place *place = *state;

    shell(place, "git init -q r; cd r\n"
                 "for i in 1 2; do printf 'version "
                 "https://git-lfs.github.com/spec/v1\\noid sha256:%064d\\n"
                 "size 12\\n' $i >big$i.bin; done\n"
                 "echo 'version 1' >VERSION; commit one");
    open_at(place, "r");
    add_well(place, shell(place, "git -C r rev-parse HEAD"));
    assert_int_equal(place->tree.n_lfs_pointers, 2);
    assert_string_equal(place->tree.lfs_pointer, "big1.bin");
}

static void a_file_that_is_not_in_the_clone_is_told(void **state)
{
    struct place *place = *state;
    const char *id = shell(place, "two r; cd r\n"
                                  "b=$(git rev-parse HEAD~1:run.sh)\n"
                                  "rm -f .git/objects/$(echo $b | "
                                  "sed 's,^..,&/,')\n"
                                  "git rev-parse HEAD~1");

    open_at(place, "r");
    assert_int_equal(add(place, id, "w"), -1);
    assert_int_equal(place->git.err.code, PFG_SYSTEM);
    assert_non_null(strstr(place->git.err.message, "cannot check out"));
    assert_non_null(strstr(place->git.err.hint, "fetch"));
    assert_null(place->tree.folder);
    assert_no_trace(place);
    /* A commit that does not exist is refused as well. */
    assert_int_equal(
        add(place, "0123456789012345678901234567890123456789", "w"), -1);
    assert_non_null(strstr(place->git.err.hint, "fetch"));
    assert_no_trace(place);
}

static void a_folder_with_something_in_it_is_left_alone(void **state)
{
    struct place *place = *state;
    const char *id = shell(place, "two r; mkdir w; echo keep >w/file\n"
                                  "git -C r rev-parse HEAD");

    open_at(place, "r");
    assert_int_equal(add(place, id, "w"), -1);
    assert_int_equal(place->git.err.code, PFG_SYSTEM);
    assert_non_null(strstr(place->git.err.message, "not empty"));
    assert_string_equal(shell(place, "cat w/file; rm -r w"), "keep");
    assert_no_trace(place);
}

/* A limit on file sizes works without root, too. */
static void a_file_that_cannot_be_written_leaves_nothing(void **state)
{
    struct place *place = *state;
    const char *id = shell(place, "two r; cd r\n"
                                  "head -c 300000 /dev/urandom >big; commit b\n"
                                  "git rev-parse HEAD");
    struct rlimit before, limit;

    open_at(place, "r");
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    limit = (struct rlimit){.rlim_cur = 100000, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    assert_int_equal(add(place, id, "w"), -1);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(place->git.err.code, PFG_SYSTEM);
    assert_non_null(strstr(place->git.err.message, "File too large"));
    assert_no_trace(place);
}

static void a_full_disk_leaves_nothing(void **state)
{
    struct place *place = *state;
    const char *id = shell(place, "two r; cd r; mkdir ../disk\n"
                                  "head -c 900000 /dev/urandom >big; commit b\n"
                                  "git rev-parse HEAD");
    const char *disk = below(place, "disk");
    int result;

    open_at(place, "r");
    if (mount("tmpfs", disk, "tmpfs", 0, "size=256k")) {
        skip(); /* only root can mount a small disk */
    }
    result = add(place, id, "disk/w");
    assert_false(pfg_file_exists(below(place, "disk/w")));
    umount(disk);
    assert_int_equal(result, -1);
    assert_int_equal(place->git.err.code, PFG_SYSTEM);
    assert_non_null(strstr(place->git.err.message, "No space left on device"));
    assert_no_trace(place);
}

#define TREE_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TREE_TEST(a_commit_is_checked_out_beside),
        TREE_TEST(removing_leaves_nothing),
        TREE_TEST(one_that_is_half_gone_is_removed),
        TREE_TEST(two_at_once_do_not_meet),
        TREE_TEST(any_repository_will_do),
        TREE_TEST(what_the_dead_left_is_swept_and_no_more),
        TREE_TEST(a_swept_entry_takes_no_folder_that_is_not_its_own),
        TREE_TEST(submodules_come_from_this_clone),
        TREE_TEST(a_submodule_name_leads_nowhere_else),
        TREE_TEST(pointers_of_git_lfs_are_counted),
        TREE_TEST(a_file_that_is_not_in_the_clone_is_told),
        TREE_TEST(a_folder_with_something_in_it_is_left_alone),
        TREE_TEST(a_file_that_cannot_be_written_leaves_nothing),
        TREE_TEST(a_full_disk_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
