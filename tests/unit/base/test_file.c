#include "base/file.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "check.h"

struct place {
    char folder[64];
    struct pfg_arena *arena;
    struct pfg_error err;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    snprintf(place->folder, sizeof place->folder, "/tmp/perfgate-file-XXXXXX");
    if (!mkdtemp(place->folder)) {
        return -1;
    }
    place->arena = pfg_arena_new();
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;

    pfg_file_remove_all(place->folder, NULL);
    pfg_arena_free(place->arena);
    free(place);
    return 0;
}

static const char *below(struct place *place, const char *name)
{
    return pfg_path_join(place->arena, place->folder, name);
}

static void put(struct place *place, const char *name)
{
    const char *path = below(place, name);

    assert_int_equal(
        pfg_file_make_directories(pfg_path_folder(place->arena, path), NULL),
        0);
    assert_int_equal(pfg_file_write(path, PFG_LIT("x\n"), NULL), 0);
}

static void all_below_a_directory_is_removed(void **state)
{
    struct place *place = *state;

    put(place, "a/b/c/file");
    put(place, "a/.hidden");
    assert_int_equal(mkdir(below(place, "a/empty"), 0700), 0);
    assert_int_equal(pfg_file_remove_all(below(place, "a"), &place->err), 0);
    assert_false(pfg_file_exists(below(place, "a")));
}

static void a_file_and_what_is_not_there_are_fine(void **state)
{
    struct place *place = *state;

    put(place, "file");
    assert_int_equal(pfg_file_remove_all(below(place, "file"), &place->err), 0);
    assert_false(pfg_file_exists(below(place, "file")));
    assert_int_equal(pfg_file_remove_all(below(place, "file"), &place->err), 0);
    assert_int_equal(pfg_file_remove_all(below(place, "no/way"), &place->err),
                     0);
}

static void links_are_removed_and_not_followed(void **state)
{
    struct place *place = *state;

    put(place, "keep/file");
    put(place, "a/file");
    assert_int_equal(symlink(below(place, "keep"), below(place, "a/link")), 0);
    assert_int_equal(symlink("nowhere", below(place, "a/broken")), 0);
    assert_int_equal(symlink(below(place, "keep"), below(place, "top")), 0);
    assert_int_equal(pfg_file_remove_all(below(place, "a"), &place->err), 0);
    assert_int_equal(pfg_file_remove_all(below(place, "top"), &place->err), 0);
    assert_false(pfg_file_exists(below(place, "a")));
    assert_false(pfg_file_exists(below(place, "top")));
    assert_true(pfg_file_exists(below(place, "keep/file")));
}

/* Go's module cache is like this. As root the test would prove nothing, so a
 * child becomes nobody. */
static void directories_that_may_not_be_written_are_removed(void **state)
{
    struct place *place = *state;
    pid_t child;
    int status;

    assert_int_equal(chmod(place->folder, 0777), 0);
    child = fork();
    assert_true(child >= 0);
    if (!child) {
        if (!getuid() && setuid(65534)) {
            _exit(2);
        }
        put(place, "a/b/file");
        chmod(below(place, "a/b/file"), 0400);
        chmod(below(place, "a/b"), 0500);
        chmod(below(place, "a"), 0);
        _exit(pfg_file_remove_all(below(place, "a"), &place->err) != 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_false(pfg_file_exists(below(place, "a")));
}

static void what_cannot_be_removed_is_told_after_the_rest_is(void **state)
{
    struct place *place = *state;
    pid_t child;
    int status;

    if (getuid()) {
        skip(); /* only root can make files that others may not remove */
    }
    put(place, "a/theirs/file");
    put(place, "a/ours/file");
    assert_int_equal(chmod(place->folder, 0777), 0);
    assert_int_equal(chmod(below(place, "a"), 0777), 0);
    assert_int_equal(chown(below(place, "a/ours"), 65534, 65534), 0);
    child = fork();
    assert_true(child >= 0);
    if (!child) {
        status = setuid(65534) ||
                 pfg_file_remove_all(below(place, "a"), &place->err) != -1 ||
                 place->err.code != PFG_SYSTEM ||
                 !strstr(place->err.message, "a/theirs/file': Permission");
        _exit(status);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_false(pfg_file_exists(below(place, "a/ours")));
    assert_true(pfg_file_exists(below(place, "a/theirs/file")));
}

#define FILE_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FILE_TEST(all_below_a_directory_is_removed),
        FILE_TEST(a_file_and_what_is_not_there_are_fine),
        FILE_TEST(links_are_removed_and_not_followed),
        FILE_TEST(directories_that_may_not_be_written_are_removed),
        FILE_TEST(what_cannot_be_removed_is_told_after_the_rest_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
