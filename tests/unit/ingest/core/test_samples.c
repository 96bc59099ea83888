/*
 * Reads every sample in tests/data/<format>/ (PFG_TEST_DATA names another
 * folder) and compares the stream with its .expect file. A sample is a file, or
 * a directory that has an .expect file: `touch x.expect` makes x a sample.
 * BLESS=1 rewrites the .expect files; review the changes with git diff.
 */
#include <dirent.h>

#include "base/arena.h"
#include "base/file.h"
#include "check.h"
#include "stream.h"

struct sample {
    const char *folder, *path, *expect;
};

static bool bless(void)
{
    const char *value = getenv("BLESS");

    return value && *value && strcmp(value, "0") != 0;
}

/* Prints where two texts begin to differ. */
static void show_difference(const struct sample *sample, struct pfg_slice got,
                            struct pfg_slice want)
{
    struct pfg_slice got_line, want_line;
    long line = 0;

    do {
        got_line = pfg_take_until(&got, '\n');
        want_line = pfg_take_until(&want, '\n');
        line++;
    } while (pfg_slice_eq(got_line, want_line) && (got.len || want.len));
    print_error("%s:%ld:\n  expected %.*s\n  got      %.*s\n", sample->expect,
                line, PFG_SLICE(want_line), PFG_SLICE(got_line));
}

static void compare(const struct sample *sample, struct pfg_slice got)
{
    struct pfg_error err = {0};
    struct pfg_str want;
    bool same;

    pfg_str_init(&want, 0);
    if (pfg_file_read(&want, sample->expect, (size_t)256 << 20, &err)) {
        print_error("%s (BLESS=1 writes it)\n", err.message);
        pfg_str_free(&want);
        fail();
    }
    same = pfg_slice_eq(got, pfg_str_slice(&want));
    if (!same) {
        show_difference(sample, got, pfg_str_slice(&want));
    }
    pfg_str_free(&want);
    assert_true(same);
}

static void sample_reads_as_expected(void **state)
{
    const struct sample *sample = *state;
    struct pfg_ingest_result result = {0};
    struct pfg_error err = {0};
    struct stream s;
    int status;

    stream_begin(&s, sample->folder);
    status = pfg_ingest_path(&result, sample->path, NULL, &s.sink, &err);
    stream_result(&s, status, &result, &err);
    if (bless()) {
        assert_int_equal(
            pfg_file_write(sample->expect, pfg_str_slice(&s.text), &err), 0);
    } else {
        compare(sample, pfg_str_slice(&s.text));
    }
    stream_end(&s);
}

typedef PFG_VEC(struct CMUnitTest) test_list;

static void add_sample(test_list *tests, struct pfg_arena *arena,
                       const char *folder, const char *name)
{
    struct sample *sample = pfg_arena_alloc(arena, sizeof *sample);
    struct CMUnitTest test = {.test_func = sample_reads_as_expected};

    *sample = (struct sample){
        .folder = folder,
        .path = pfg_path_join(arena, folder, name),
        .expect = pfg_arena_printf(arena, "%s/%s.expect", folder, name),
    };
    if (pfg_file_is_directory(sample->path) &&
        !pfg_file_exists(sample->expect)) {
        return;
    }
    test.name = pfg_arena_printf(arena, "%s reads as expected", sample->path);
    test.initial_state = sample;
    pfg_vec_push(tests, arena, test);
}

static void add_folder(test_list *tests, struct pfg_arena *arena,
                       const char *folder)
{
    struct dirent **names;
    int n = scandir(folder, &names, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        const char *name = names[i]->d_name;

        if (*name != '.' && !pfg_slice_ends(pfg_slice_of(name), ".expect")) {
            add_sample(tests, arena, folder, pfg_arena_strdup(arena, name));
        }
        free(names[i]);
    }
    if (n >= 0) {
        free(names);
    }
}

int main(void)
{
    const char *data = getenv("PFG_TEST_DATA");
    struct pfg_arena *arena = pfg_arena_new();
    test_list tests = {0};
    int status = 1;

    for (size_t i = 0; pfg_ingesters[i]; i++) {
        add_folder(&tests, arena,
                   pfg_path_join(arena, data ? data : "tests/data",
                                 pfg_ingesters[i]->name));
    }
    if (tests.n) {
        status =
            _cmocka_run_group_tests("samples", tests.at, tests.n, NULL, NULL);
    } else {
        print_error("no samples in tests/data\n");
    }
    pfg_arena_free(arena);
    return status;
}
