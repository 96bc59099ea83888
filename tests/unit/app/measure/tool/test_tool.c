#include "app/measure/tool/tool.h"

#include "base/arena.h"
#include "check.h"

#define MAX_WORDS 12

/* A command, and the narrowed command in shell syntax. */
struct narrowing {
    const char *command[MAX_WORDS];
    const char *keep[4], *drop[4];
    const char *ingester; /* NULL: detected from the command */
    const char *narrowed;
};

static size_t count(const char *const *words)
{
    size_t n = 0;

    while (words[n]) {
        n++;
    }
    return n;
}

static void commands_are_narrowed_by_their_own_filter(void **state)
{
    static const struct narrowing all[] = {
        {{"go", "test", "-bench", ".", "-count", "1", "./..."},
         {"BenchmarkA/x=1", "BenchmarkA/x=2", "BenchmarkB"},
         {0},
         NULL,
         "go test -bench '^(BenchmarkA|BenchmarkB)$' -count 1 ./..."},
        {{"/usr/bin/go", "test", "--bench=.", "-benchtime", "1s"},
         {"BenchmarkA"},
         {0},
         NULL,
         "/usr/bin/go test -bench '^(BenchmarkA)$' -benchtime 1s"},
        {{"go", "test", "-run", "^$", "-bench"},
         {"BenchmarkA"},
         {0},
         NULL,
         "go test -bench '^(BenchmarkA)$' -run '^$'"},
        {{"./bench.test", "-test.run", "^$", "-test.bench=."},
         {"BenchmarkA/x=1", "BenchmarkB"},
         {0},
         NULL,
         "./bench.test -test.bench '^(BenchmarkA|BenchmarkB)$' -test.run "
         "'^$'"},
        {{"cargo", "bench"},
         {"parse/1.5 kB"},
         {0},
         NULL,
         "cargo bench -- '(^|/)(parse/1\\.5 kB)$'"},
        {{"cargo", "bench", "--", "parse", "--quick"},
         {"a", "b"},
         {0},
         NULL,
         "cargo bench -- --quick '(^|/)(a|b)$'"},
        {{"cargo", "bench", "--", "--sample-size", "20", "parse"},
         {"a"},
         {0},
         NULL,
         "cargo bench -- --sample-size 20 '(^|/)(a)$'"},
        {{"./bench", "--benchmark_format=json", "--benchmark_filter=all"},
         {"BM_Sum/64"},
         {0},
         "google_benchmark",
         "./bench --benchmark_format=json '--benchmark_filter=^(BM_Sum/64)"
         "(/|$)'"},
        {{"pytest", "-k", "fast", "tests"},
         {"test_a[1]", "test_b"},
         {0},
         NULL,
         "pytest tests -k '(fast) and (test_a[1] or test_b)'"},
        {{"/usr/bin/python3", "-m", "pytest", "tests"},
         {"test_a"},
         {0},
         NULL,
         "/usr/bin/python3 -m pytest tests -k test_a"},
        {{"hyperfine", "-w", "1", "sleep 1", "true"},
         {"sleep 1"},
         {"true"},
         NULL,
         "hyperfine -w 1 'sleep 1'"},
        {{"hyperfine", "-n", "a", "sleep 1", "-n", "b", "true"},
         {"b"},
         {"a"},
         NULL,
         "hyperfine -n a 'sleep 1' -n b true"},
        {{"hyperfine", "--prepare", "true", "sleep 1", "true"},
         {"sleep 1"},
         {"true"},
         NULL,
         "hyperfine --prepare true 'sleep 1'"},
        {{"k6", "run", "script.js"},
         {"login", "search"},
         {0},
         NULL,
         "k6 run script.js -e SCENARIO=login,search"},
    };
    struct pfg_arena *arena = pfg_arena_new();

    (void)state;
    for (size_t i = 0; i < PFG_COUNT(all); i++) {
        const struct narrowing *one = &all[i];
        const struct pfg_command_words command = {one->command,
                                                  count(one->command)};
        const struct pfg_tool_choice choice = {one->keep, count(one->keep),
                                               one->drop, count(one->drop)};
        const struct pfg_tool *tool = one->ingester
                                          ? pfg_tool_of_results(one->ingester)
                                          : pfg_tool_of_command(&command);
        struct pfg_command_words narrowed;
        struct pfg_str text;

        assert_true(pfg_tool_narrow(tool, &narrowed, &command, &choice, arena));
        pfg_str_init(&text, 0);
        pfg_words_quote(&text, &narrowed);
        assert_string_equal(text.ptr, one->narrowed);
        pfg_str_free(&text);
    }
    pfg_arena_free(arena);
}

static void what_cannot_choose_stays_as_it_is(void **state)
{
    const char *const words[] = {"wrk", "-d10s", "http://localhost/"};
    const struct pfg_command_words command = {words, 3};
    const char *const names[] = {"a"};
    const struct pfg_tool_choice one = {.keep = names, .n_keep = 1}, none = {0};
    const char *const go[] = {"go", "test", "-bench", "."};
    const struct pfg_command_words go_command = {go, 4};
    struct pfg_command_words out;

    (void)state;
    assert_false(pfg_tool_narrow(pfg_tool_of_command(&command), &out, &command,
                                 &one, NULL));
    assert_false(pfg_tool_narrow(NULL, &out, &command, &one, NULL));
    assert_false(pfg_tool_narrow(pfg_tool_of_command(&go_command), &out,
                                 &go_command, &none, NULL));
    assert_null(pfg_tool_of_results("jmh"));
}

/* A command, with the length that it sets itself, or else the command that sets
 * one. */
struct asking {
    const char *command[MAX_WORDS];
    const char *ingester; /* NULL: detected from the command */
    const char *said, *asked;
};

static void commands_are_asked_for_short_observations(void **state)
{
    static const struct asking all[] = {
        {{"go", "test", "-bench", ".", "-count", "1", "./..."},
         NULL,
         NULL,
         "go test -benchtime=5ms -bench . -count 1 ./..."},
        {{"go", "test", "-bench=.", "-count=5"}, NULL, "-count=5", NULL},
        {{"go", "test", "-bench=.", "--benchtime", "1s"},
         NULL,
         "--benchtime 1s",
         NULL},
        {{"./bench.test", "-test.bench", "."},
         NULL,
         NULL,
         "./bench.test -test.benchtime=5ms -test.bench ."},
        {{"./bench.test", "-test.bench", ".", "-test.count", "3"},
         NULL,
         "-test.count 3",
         NULL},
        {{"./bench", "--benchmark_format=json"},
         "google_benchmark",
         NULL,
         "./bench --benchmark_format=json --benchmark_min_time=0.005 "
         "--benchmark_enable_random_interleaving=true"},
        {{"./bench", "--benchmark_repetitions=5"},
         "google_benchmark",
         "--benchmark_repetitions=5",
         NULL},
        {{"cargo", "bench"},
         NULL,
         NULL,
         "cargo bench -- --warm-up-time 0.005 --measurement-time 0.005 "
         "--sample-size 10"},
        {{"cargo", "bench", "--", "parse"},
         NULL,
         NULL,
         "cargo bench -- --warm-up-time 0.005 --measurement-time 0.005 "
         "--sample-size 10 parse"},
        {{"cargo", "bench", "--", "--sample-size", "20"},
         NULL,
         "--sample-size 20",
         NULL},
        {{"pytest", "tests"},
         NULL,
         NULL,
         "pytest tests --benchmark-max-time=0.005 --benchmark-min-rounds=1"},
        {{"hyperfine", "-N", "true"}, NULL, NULL, "hyperfine --runs 1 -N true"},
        {{"hyperfine", "-r", "5", "true"}, NULL, "-r 5", NULL},
    };
    struct pfg_arena *arena = pfg_arena_new();

    (void)state;
    for (size_t i = 0; i < PFG_COUNT(all); i++) {
        const struct asking *one = &all[i];
        const struct pfg_command_words command = {one->command,
                                                  count(one->command)};
        const struct pfg_tool *tool = one->ingester
                                          ? pfg_tool_of_results(one->ingester)
                                          : pfg_tool_of_command(&command);
        const char *said = pfg_tool_length_said(tool, &command, arena);
        struct pfg_command_words asked;
        struct pfg_str text;

        assert_int_equal(said != NULL, one->said != NULL);
        if (said) {
            assert_string_equal(said, one->said);
            continue;
        }
        asked = pfg_tool_length_ask(tool, &command, 0.005, arena);
        pfg_str_init(&text, 0);
        pfg_words_quote(&text, &asked);
        assert_string_equal(text.ptr, one->asked);
        pfg_str_free(&text);
    }
    pfg_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_narrowed_by_their_own_filter),
        cmocka_unit_test(commands_are_asked_for_short_observations),
        cmocka_unit_test(what_cannot_choose_stays_as_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
