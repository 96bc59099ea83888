#include "input/tree.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "check.h"
#include "input/input.h"

struct fixture {
    char root[64];
    struct pfg_arena *arena;
};

static const char *under(struct fixture *f, const char *name)
{
    return pfg_path_join(f->arena, f->root, name);
}

static void put(struct fixture *f, const char *name, const char *text)
{
    const char *path = under(f, name);

    assert_int_equal(
        pfg_file_make_directories(pfg_path_folder(f->arena, path), NULL), 0);
    assert_int_equal(pfg_file_write(path, pfg_slice_of(text), NULL), 0);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    f->arena = pfg_arena_new();
    snprintf(f->root, sizeof f->root, "/tmp/perfgate-tree.XXXXXX");
    *state = f;
    return mkdtemp(f->root) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *info, int type,
                      struct FTW *at)
{
    (void)info, (void)type, (void)at;
    return remove(path);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    nftw(f->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    pfg_arena_free(f->arena);
    free(f);
    return 0;
}

static void files_come_sorted_by_path_without_hidden_ones(void **state)
{
    static const char *const expected[] = {
        "B", "a-b", "a/new/sample.json", "a/x", "ab", "link", "\xc3\xa4"};
    struct fixture *f = *state;
    struct pfg_error err = {0};
    struct pfg_tree tree;

    put(f, "ab", "1");
    put(f, "a/new/sample.json", "22");
    put(f, "a/x", "");
    put(f, "a-b", "");
    put(f, "B", "");
    put(f, "\xc3\xa4", "");
    put(f, ".hidden", "");
    put(f, ".git/config", "");
    put(f, "a/.x", "");
    assert_int_equal(symlink("a/new/sample.json", under(f, "link")), 0);
    assert_int_equal(symlink("a", under(f, "link-to-directory")), 0);
    assert_int_equal(symlink(".", under(f, "a/loop")), 0);
    assert_int_equal(symlink("nowhere", under(f, "dangling")), 0);
    assert_int_equal(mkfifo(under(f, "pipe"), 0600), 0);
    if (pfg_tree_walk(&tree, f->root, f->arena, &err)) {
        print_error("%s\n", err.message);
        fail();
    }
    assert_string_equal(tree.root, f->root);
    assert_int_equal(tree.n, PFG_COUNT(expected));
    for (size_t i = 0; i < tree.n; i++) {
        assert_string_equal(tree.parts[i].path, expected[i]);
        assert_false(tree.parts[i].claimed);
        assert_true(tree.parts[i].modified > 0);
    }
    assert_int_equal(pfg_tree_find(&tree, "a/new/sample.json")->size, 2);
    assert_int_equal(pfg_tree_find(&tree, "link")->size, 2);
    assert_null(pfg_tree_find(&tree, "a/new"));
    assert_null(pfg_tree_find(&tree, "zzz"));
}

static void a_root_with_a_slash_a_link_or_a_dot_in_front_is_fine(void **state)
{
    struct fixture *f = *state;
    struct pfg_tree tree;
    const char *hidden = under(f, ".cache");
    const char *roots[3];

    put(f, ".cache/x/y", "1");
    assert_int_equal(symlink(".cache", under(f, "link")), 0);
    roots[0] = hidden;
    roots[1] = pfg_arena_printf(f->arena, "%s//", hidden);
    roots[2] = under(f, "link");
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(pfg_tree_walk(&tree, roots[i], f->arena, NULL), 0);
        assert_int_equal(tree.n, 1);
        assert_string_equal(tree.parts[0].path, "x/y");
    }
}

static void an_empty_directory_has_no_parts(void **state)
{
    struct fixture *f = *state;
    struct pfg_tree tree;

    assert_int_equal(pfg_tree_walk(&tree, f->root, f->arena, NULL), 0);
    assert_int_equal(tree.n, 0);
    assert_null(pfg_tree_find(&tree, "x"));
}

static void modification_times_keep_their_nanoseconds(void **state)
{
    struct fixture *f = *state;
    struct timespec times[2] = {{1714564800, 5}, {1714564800, 123456789}};
    struct pfg_tree tree;

    put(f, "x", "");
    assert_int_equal(utimensat(AT_FDCWD, under(f, "x"), times, 0), 0);
    assert_int_equal(pfg_tree_walk(&tree, f->root, f->arena, NULL), 0);
    assert_true(tree.parts[0].modified == 1714564800123456789);
}

static void a_part_is_read_like_any_input(void **state)
{
    struct fixture *f = *state;
    struct pfg_error err = {0};
    struct pfg_tree tree;
    struct pfg_str text;

    put(f, "a/x", "\xef\xbb\xbf{}\n");
    assert_int_equal(pfg_tree_walk(&tree, f->root, f->arena, NULL), 0);
    pfg_str_init(&text, 0);
    assert_int_equal(pfg_tree_read(&tree, pfg_tree_find(&tree, "a/x"), &text,
                                   PFG_DOCUMENT_MAX, &err),
                     0);
    assert_string_equal(text.ptr, "{}\n");
    assert_int_equal(pfg_tree_read(&tree, tree.parts, &text, 2, &err), -1);
    assert_non_null(strstr(err.message, "/a/x' is larger than 2 bytes"));
    assert_int_equal(unlink(under(f, "a/x")), 0);
    assert_int_equal(pfg_tree_read(&tree, tree.parts, &text, 2, &err), -1);
    assert_int_equal(err.code, PFG_DATA);
    assert_non_null(strstr(err.message, "No such file or directory"));
    pfg_str_free(&text);
}

static void what_is_no_directory_is_refused(void **state)
{
    struct fixture *f = *state;
    struct pfg_error err = {0};
    struct pfg_tree tree;

    put(f, "x", "");
    assert_int_equal(pfg_tree_walk(&tree, under(f, "x"), f->arena, &err), -1);
    assert_int_equal(err.code, PFG_DATA);
    assert_non_null(strstr(err.message, "/x': Not a directory"));
    assert_int_equal(pfg_tree_walk(&tree, under(f, "no"), f->arena, &err), -1);
    assert_int_equal(err.code, PFG_DATA);
    assert_non_null(strstr(err.message, "/no': No such file or directory"));
    assert_int_equal(pfg_tree_walk(&tree, "", f->arena, &err), -1);
    assert_int_equal(err.code, PFG_DATA);
}

static void an_unreadable_directory_is_refused(void **state)
{
    struct fixture *f = *state;
    struct pfg_error err = {0};
    struct pfg_tree tree;
    uid_t user = geteuid();
    int status;

    put(f, "a/x", "");
    assert_int_equal(chmod(f->root, 0755), 0);
    assert_int_equal(chmod(under(f, "a"), 0), 0);
    if (!user) { /* root may read anything: become nobody for the walk */
        assert_int_equal(seteuid(65534), 0);
    }
    status = pfg_tree_walk(&tree, f->root, f->arena, &err);
    assert_int_equal(seteuid(user), 0);
    assert_int_equal(chmod(under(f, "a"), 0700), 0);
    assert_int_equal(status, -1);
    assert_int_equal(err.code, PFG_DATA);
    assert_non_null(strstr(err.message, "/a': Permission denied"));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(files_come_sorted_by_path_without_hidden_ones),
        EACH(a_root_with_a_slash_a_link_or_a_dot_in_front_is_fine),
        EACH(an_empty_directory_has_no_parts),
        EACH(modification_times_keep_their_nanoseconds),
        EACH(a_part_is_read_like_any_input),
        EACH(what_is_no_directory_is_refused),
        EACH(an_unreadable_directory_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
