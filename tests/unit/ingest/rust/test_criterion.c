/* What tests/data/criterion does not cover: file times, baselines, several
 * trees, and edge cases of the log. */
#include <fcntl.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "check.h"
#include "stream.h"

#define HOUR   3600L
#define NOW    1700000000L
#define SAMPLE "{\"iters\":[10.0,20.0],\"times\":[100.0,210.0]}"

struct place {
    struct pfg_arena *arena;
    char root[64];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    place->arena = pfg_arena_new();
    snprintf(place->root, sizeof place->root, "/tmp/test_criterion.XXXXXX");
    assert_non_null(mkdtemp(place->root));
    *state = place;
    return 0;
}

static void remove_tree(struct pfg_arena *arena, const char *root)
{
    struct pfg_tree tree;

    assert_int_equal(pfg_tree_walk(&tree, root, arena, NULL), 0);
    for (size_t i = 0; i < tree.n; i++) {
        char *path = pfg_path_join(arena, root, tree.parts[i].path);

        remove(path);
        while (strlen(path) > strlen(root)) {
            path = pfg_path_folder(arena, path);
            remove(path);
        }
    }
    remove(root);
}

static int tear_down(void **state)
{
    struct place *place = *state;

    remove_tree(place->arena, place->root);
    pfg_arena_free(place->arena);
    free(place);
    return 0;
}

static void put(struct place *place, const char *folder, const char *name,
                const char *text, long time)
{
    char *directory = pfg_path_join(place->arena, place->root, folder);
    char *path = pfg_path_join(place->arena, directory, name);
    struct timespec times[2] = {{.tv_sec = time}, {.tv_sec = time}};

    assert_int_equal(pfg_file_make_directories(directory, NULL), 0);
    assert_int_equal(pfg_file_write(path, pfg_slice_of(text), NULL), 0);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* A benchmark `id` without a group, below `above`. */
static void put_benchmark(struct place *place, const char *above,
                          const char *id, const char *baseline, long time)
{
    char *folder = pfg_arena_printf(place->arena, "%s%s%s/%s", above,
                                    *above ? "/" : "", id, baseline);

    put(place, folder, "benchmark.json",
        pfg_arena_printf(place->arena,
                         "{\"group_id\":\"%s\",\"throughput\":null,"
                         "\"full_id\":\"%s\",\"directory_name\":\"%s\"}",
                         id, id, id),
        time);
    put(place, folder, "sample.json", SAMPLE, time);
}

static int read_folder(struct stream *s, struct place *place,
                       const char *folder, const char *baseline)
{
    struct pfg_ingest_options options = {.criterion_baseline = baseline};
    struct pfg_ingest_result result = {0};
    struct pfg_error err = {0};
    int status;

    stream_begin(s, place->root);
    status = pfg_ingest_path(&result,
                             pfg_path_join(place->arena, place->root, folder),
                             &options, &s->sink, &err);
    stream_result(s, status, &result, &err);
    return status;
}

static void assert_stream(const struct stream *s, const char *what)
{
    if (!pfg_slice_has(pfg_str_slice(&s->text), what)) {
        fail_msg("'%s' is not in:\n%s", what, s->text.ptr);
    }
}

static void assert_no_stream(const struct stream *s, const char *what)
{
    if (pfg_slice_has(pfg_str_slice(&s->text), what)) {
        fail_msg("'%s' is in:\n%s", what, s->text.ptr);
    }
}

static void results_before_a_long_gap_are_named_and_left_out(void **state)
{
    struct place *place = *state;
    struct stream s;

    put_benchmark(place, "criterion", "gone", "new", NOW - 12 * 24 * HOUR);
    put_benchmark(place, "criterion", "old", "new", NOW - 20 * HOUR);
    put_benchmark(place, "criterion", "first", "new", NOW - 9 * HOUR);
    put_benchmark(place, "criterion", "middle", "new", NOW - 5 * HOUR);
    put_benchmark(place, "criterion", "last", "new", NOW);
    assert_int_equal(read_folder(&s, place, "", NULL), 0);
    assert_int_equal(s.n_measurements, 3);
    assert_int_equal(s.n_warnings, 2);
    assert_stream(&s, "bench=first ");
    assert_stream(&s, "warning criterion/old/new 'old' was measured 11 hours "
                      "before the others");
    assert_stream(&s, "'gone' was measured 11 days before the others");
    stream_end(&s);
}

static void a_checkout_makes_nothing_stale(void **state)
{
    struct place *place = *state;
    struct stream s;

    put_benchmark(place, "", "a", "new", NOW);
    put_benchmark(place, "", "b", "new", NOW + 3);
    /* git rewrites only changed files, and benchmark.json never changes */
    put_benchmark(place, "", "c", "new", NOW - 100 * 24 * HOUR);
    put(place, "c/new", "sample.json", SAMPLE, NOW);
    assert_int_equal(read_folder(&s, place, "", NULL), 0);
    assert_int_equal(s.n_measurements, 3);
    assert_int_equal(s.n_warnings, 0);
    stream_end(&s);
}

static void several_trees_are_several_processes(void **state)
{
    struct place *place = *state;
    struct stream s;

    put_benchmark(place, "run1/target/criterion", "a", "new", NOW - 99 * HOUR);
    put_benchmark(place, "run1/target/criterion", "b", "new", NOW - 99 * HOUR);
    put_benchmark(place, "run2/target/criterion", "a", "new", NOW);
    assert_int_equal(read_folder(&s, place, "", NULL), 0);
    assert_int_equal(s.n_measurements, 3);
    assert_int_equal(s.n_processes, 1);
    assert_int_equal(s.n_warnings, 0);
    stream_end(&s);
}

static void a_named_baseline_is_read_instead_of_new(void **state)
{
    struct place *place = *state;
    struct stream s;

    put_benchmark(place, "", "a", "new", NOW);
    put_benchmark(place, "", "a", "v1.0", NOW);
    put_benchmark(place, "", "b", "new", NOW);
    assert_int_equal(read_folder(&s, place, "", "v1.0"), 0);
    assert_int_equal(s.n_measurements, 1);
    assert_stream(&s, "at=a/v1.0\n");
    stream_end(&s);
}

static void a_baseline_that_is_nowhere_is_an_error_with_those_there_are(
    void **state)
{
    struct place *place = *state;
    struct stream s;

    put_benchmark(place, "", "a", "base", NOW);
    put_benchmark(place, "", "a", "v1.0", NOW);
    assert_int_equal(read_folder(&s, place, "", "v2"), -1);
    assert_stream(&s, "error 3 no criterion baseline 'v2' below '");
    assert_stream(&s, "hint there are 'base', 'v1.0'\n");
    stream_end(&s);

    assert_int_equal(read_folder(&s, place, "", NULL), -1);
    assert_int_equal(s.n_measurements, 0);
    assert_stream(&s, "no results of criterion's latest run ('new')");
    stream_end(&s);
}

static void a_directory_without_criterion_has_no_baselines(void **state)
{
    struct place *place = *state;
    struct stream s;

    put(place, "x", "readme.txt", "nothing\n", NOW);
    assert_int_equal(read_folder(&s, place, "", "v2"), -1);
    assert_stream(&s, "hint no criterion results");
    stream_end(&s);
}

static void the_root_may_be_any_folder_on_the_way(void **state)
{
    static const char *const roots[] = {"", "target", "target/criterion",
                                        "target/criterion/a",
                                        "target/criterion/a/new"};
    struct place *place = *state;
    struct stream s;

    put_benchmark(place, "target/criterion", "a", "new", NOW);
    put_benchmark(place, "target/criterion", "a", "base", NOW);
    for (size_t i = 0; i < PFG_COUNT(roots); i++) {
        assert_int_equal(read_folder(&s, place, roots[i], NULL), 0);
        assert_int_equal(s.n_measurements, 1);
        assert_stream(&s, "bench=a ");
        stream_end(&s);
    }
}

static void what_is_not_read_is_claimed_all_the_same(void **state)
{
    struct place *place = *state;
    struct stream s;

    put_benchmark(place, "", "a", "new", NOW);
    put_benchmark(place, "", "a", "base", NOW);
    put(place, "a/change", "estimates.json", "{}", NOW);
    put(place, "a/report", "index.html", "<html>", NOW);
    put(place, "report", "index.html", "<html>", NOW);
    assert_int_equal(read_folder(&s, place, "", NULL), 0);
    assert_int_equal(s.n_warnings, 0);
    put(place, "a", "notes.txt", "mine\n", NOW);
    stream_end(&s);
    assert_int_equal(read_folder(&s, place, "", NULL), 0);
    assert_int_equal(s.n_warnings, 1);
    assert_stream(&s, "1 of 8 files");
    stream_end(&s);
}

static void a_killed_run_fails_unless_it_was_long_ago(void **state)
{
    struct place *place = *state;
    struct stream s;

    put_benchmark(place, "", "a", "new", NOW);
    put(place, "b/new", "tukey.json", "[]", NOW);
    assert_int_equal(read_folder(&s, place, "", NULL), 0);
    assert_int_equal(s.n_failed, 1);
    assert_stream(&s, "failed b/new 'b/new' has no benchmark.json");
    stream_end(&s);

    put(place, "b/new", "tukey.json", "[]", NOW - 10 * HOUR);
    assert_int_equal(read_folder(&s, place, "", NULL), 0);
    assert_int_equal(s.n_failed, 0);
    assert_stream(&s, "warning b/new 'b/new' has no benchmark.json");
    stream_end(&s);
}

static void json_of_other_tools_is_left_alone(void **state)
{
    struct place *place = *state;
    struct stream s;

    put(place, "x/new", "benchmark.json", "{\"name\":\"x\"}", NOW);
    put(place, "x/new", "sample.json", SAMPLE, NOW);
    assert_int_equal(read_folder(&s, place, "", NULL), -1);
    assert_int_equal(s.n_measurements + s.n_failed, 0);
    stream_end(&s);
}

static void read_log(struct stream *s, const char *text)
{
    stream_read(s, pfg_slice_of(text), "log.txt", NULL);
}

#define TIME "                        time:   [1.0000 ms 1.1000 ms 1.2000 ms]\n"

static void a_title_again_in_a_log_is_another_process(void **state)
{
    struct stream s;
    (void)state;

    read_log(&s, "a" TIME "b" TIME "a" TIME "b" TIME "a" TIME);
    assert_int_equal(s.n_measurements, 5);
    assert_int_equal(s.n_processes, 2);
    stream_end(&s);
}

static void what_gets_between_a_title_and_its_time_is_no_title(void **state)
{
    static const char *const cases[] = {
        /* progress of the next benchmark, and of cargo */
        "Benchmarking long/name/of/a/benchmark: Warming up for 3.0 s\n"
        "long/name/of/a/benchmark\nBenchmarking next: Warming up for 3.0 s\n"
        "warning: unused variable in some crate\n" TIME "next" TIME,
        /* no progress lines */
        "long/name/of/a/benchmark\n" TIME,
        /* the title line is lost */
        "Benchmarking long/name/of/a/benchmark: Warming up for 3.0 s\n"
        "Benchmarking long/name/of/a/benchmark: Analyzing\n"
        "some program prints a long line\n" TIME,
        /* a terminal line, overwritten without a carriage return */
        "Benchmarking long/name/of/a/benchmark: Warming up for 3.0 s\n"
        "Benchmarking long/name/of/a/benchmark: Analyzing"
        "long/name/of/a/benchmark\n" TIME,
    };
    struct stream s;
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        read_log(&s, cases[i]);
        assert_stream(&s, "suite=long bench=name/of/a/benchmark metric=time");
        assert_int_equal(s.n_failed, 0);
        assert_no_stream(&s, "error=");
        assert_no_stream(&s, "warning ");
        stream_end(&s);
    }
}

static void titles_may_hold_what_looks_like_a_result(void **state)
{
    static const char title[] = "a time:   [1 ns 2 ns 3 ns] b";
    struct stream s;
    (void)state;

    read_log(&s, "a time:   [1 ns 2 ns 3 ns] b\n" TIME);
    assert_int_equal(s.n_measurements, 1);
    assert_stream(&s, title);
    stream_end(&s);

    read_log(&s, "Benchmarking a: Analyzing: Collecting x: Analyzing\n"
                 "a: Analyzing: Collecting x" TIME);
    assert_stream(&s, "bench=\"a: Analyzing: Collecting x\"");
    assert_int_equal(s.n_failed, 0);
    stream_end(&s);
}

static void a_change_is_never_a_value(void **state)
{
    struct stream s;
    (void)state;

    read_log(&s,
             "a" TIME "                 change:\n"
             "                        time:   [\u22121.0% +0.2% +1.4%] (p = "
             "0.72 > 0.05)\n"
             "                        thrpt:  [-1.0% +0.2% +1.4%]\n"
             "                        change: [-1.0% +0.2% +1.4%] (p = 0.7 > "
             "0.05)\n");
    assert_int_equal(s.n_measurements, 1);
    assert_int_equal(s.n_warnings, 0);
    stream_end(&s);
}

static void a_killed_log_says_where_it_ended(void **state)
{
    struct stream s;
    (void)state;

    read_log(&s, "Benchmarking a: Warming up for 3.0 s\na" TIME
                 "Benchmarking b/c: Warming up for 3.0 s\n");
    assert_int_equal(s.n_failed, 1);
    assert_stream(&s, "failed log.txt:3 criterion log ends in 'b/c'");
    stream_end(&s);
}

int main(void)
{
#define WITH_FOLDER(test)                                                      \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(results_before_a_long_gap_are_named_and_left_out),
        WITH_FOLDER(a_checkout_makes_nothing_stale),
        WITH_FOLDER(several_trees_are_several_processes),
        WITH_FOLDER(a_named_baseline_is_read_instead_of_new),
        WITH_FOLDER(
            a_baseline_that_is_nowhere_is_an_error_with_those_there_are),
        WITH_FOLDER(a_directory_without_criterion_has_no_baselines),
        WITH_FOLDER(the_root_may_be_any_folder_on_the_way),
        WITH_FOLDER(what_is_not_read_is_claimed_all_the_same),
        WITH_FOLDER(a_killed_run_fails_unless_it_was_long_ago),
        WITH_FOLDER(json_of_other_tools_is_left_alone),
        cmocka_unit_test(a_title_again_in_a_log_is_another_process),
        cmocka_unit_test(what_gets_between_a_title_and_its_time_is_no_title),
        cmocka_unit_test(titles_may_hold_what_looks_like_a_result),
        cmocka_unit_test(a_change_is_never_a_value),
        cmocka_unit_test(a_killed_log_says_where_it_ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
