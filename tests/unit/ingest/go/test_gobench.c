#include "check.h"
#include "stream.h"

#define HEADER "goos: linux\npkg: example.test/p\n"
#define GOOD                                                                   \
    HEADER "BenchmarkA-2 10 5 ns/op\nPASS\nok  \texample.test/p\t1.0s\n"

static int read_text(struct stream *s, const char *text)
{
    return stream_read(s, pfg_slice_of(text), "x", NULL);
}

static void assert_has(const struct stream *s, const char *piece)
{
    if (!pfg_slice_has(pfg_str_slice(&s->text), piece)) {
        print_error("no '%s' in\n%s", piece, s->text.ptr);
        fail();
    }
}

static void assert_lacks(const struct stream *s, const char *piece)
{
    if (pfg_slice_has(pfg_str_slice(&s->text), piece)) {
        print_error("'%s' in\n%s", piece, s->text.ptr);
        fail();
    }
}

static void gomaxprocs_is_told_from_names_by_the_whole_block(void **state)
{
    static const struct {
        const char *names; /* of one package */
        const char *has[4];
    } cases[] = {
        {"BenchmarkA-8 BenchmarkB-8",
         {"bench=BenchmarkA params=cpus=8", "bench=BenchmarkB params=cpus=8"}},
        {"BenchmarkA-8", {"bench=BenchmarkA params=cpus=8"}},
        {"BenchmarkA BenchmarkB", {"bench=BenchmarkA metric"}},
        {"BenchmarkA/size-16 BenchmarkB",
         {"bench=BenchmarkA/size-16 metric", "bench=BenchmarkB metric"}},
        {"BenchmarkA/n-16-8 BenchmarkA/n-32-8",
         {"bench=BenchmarkA/n-16 params=cpus=8",
          "bench=BenchmarkA/n-32 params=cpus=8"}},
        /* -cpu 1,2 */
        {"BenchmarkA BenchmarkA-2 BenchmarkB BenchmarkB-2",
         {"bench=BenchmarkA metric", "bench=BenchmarkA params=cpus=2",
          "bench=BenchmarkB metric", "bench=BenchmarkB params=cpus=2"}},
        {"BenchmarkA-2 BenchmarkA-4 BenchmarkB-2 BenchmarkB-4",
         {"bench=BenchmarkA params=cpus=2", "bench=BenchmarkB params=cpus=4"}},
        /* not a full product of names and numbers */
        {"BenchmarkA-2 BenchmarkA-4 BenchmarkB-2",
         {"bench=BenchmarkA-2 metric", "bench=BenchmarkA-4 metric",
          "bench=BenchmarkB-2 metric"}},
        /* what Go never prints */
        {"BenchmarkA-1 BenchmarkB-1", {"bench=BenchmarkA-1 metric"}},
        {"BenchmarkA-08", {"bench=BenchmarkA-08 metric"}},
        {"BenchmarkA-99999", {"bench=BenchmarkA-99999 metric"}},
        {"Benchmark-4", {"bench=Benchmark params=cpus=4"}},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_slice names = pfg_slice_of(cases[i].names);
        struct pfg_str text;
        struct stream s;

        pfg_str_init(&text, 0);
        pfg_str_puts(&text, HEADER);
        while (names.len) {
            struct pfg_slice name = pfg_take_until(&names, ' ');

            pfg_str_printf(&text, "%.*s 10 5 ns/op\n", PFG_SLICE(name));
        }
        assert_int_equal(read_text(&s, text.ptr), 0);
        for (size_t j = 0; j < 4 && cases[i].has[j]; j++) {
            assert_has(&s, cases[i].has[j]);
        }
        stream_end(&s);
        pfg_str_free(&text);
    }
}

static void what_is_no_result_line_is_not_claimed(void **state)
{
    static const char *const cases[] = {
        "Benchmarking x: Warming up",
        "benchmarkX 10 5 ns/op",
        "Benchmark 2 times as fast",
        "BenchmarkX",
        "BenchmarkX -8 5 ns/op",
        "BenchmarkX 1.5 5 ns/op",
        "xBenchmarkX 10 5 ns/op",
        "cpu: 4",
        "name: BenchmarkX",
        "PASS",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct stream s;

        assert_int_equal(read_text(&s, cases[i]), -1);
        assert_has(&s, "error 3 no benchmark results in 'x'");
        assert_int_equal(s.n_warnings, 0);
        assert_int_equal(s.n_facts, 0);
        stream_end(&s);
    }
}

static void a_line_that_begins_like_a_result_is_warned_of(void **state)
{
    static const struct {
        const char *line, *warning;
    } cases[] = {
        {"BenchmarkX 10 1726", "x:3 missing unit after '1726'"},
        {"BenchmarkX 10", "x:3 no value after '10' iterations"},
        {"BenchmarkX 10 five ns/op", "x:3 'five' is not a number"},
        {"BenchmarkX 10 1,234 ns/op", "x:3 '1,234' is not a number"},
        {"BenchmarkX 10 5 6 7", "x:3 missing unit after '5'"},
        {"BenchmarkX-8 hello", "x:3 'BenchmarkX-8 hello' begins like"},
        {"BenchmarkX-8 \thello", "x:3 no result for 'BenchmarkX-8'"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[256];
        struct stream s;

        snprintf(text, sizeof text, HEADER "%s\nBenchmarkY 1 5 ns/op\n",
                 cases[i].line);
        assert_int_equal(read_text(&s, text), 0);
        assert_int_equal(s.n_warnings, 1);
        assert_int_equal(s.n_measurements, 1);
        assert_has(&s, cases[i].warning);
        stream_end(&s);
    }
}

static void a_line_with_hundreds_of_values_is_refused(void **state)
{
    struct pfg_str text;
    struct stream s;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, "BenchmarkA 1 5 ns/op\nBenchmarkX 1");
    pfg_str_repeat(&text, " 5 u", 257);
    assert_int_equal(read_text(&s, text.ptr), 0);
    assert_int_equal(s.n_measurements, 1);
    assert_has(&s, "too many values");
    stream_end(&s);
    pfg_str_free(&text);
}

static void output_of_the_benchmark_does_not_hide_its_result(void **state)
{
    static const struct {
        const char *text;
        size_t n_warnings;
    } cases[] = {
        {"BenchmarkX-2 \thello\n  20\t  7 ns/op\n", 1},
        {"BenchmarkX-2 \t\nhello\nthere\n  20\t  7 ns/op\n", 1},
        {"BenchmarkX-2 \thello   20\t  7 ns/op\n", 1},
        {"hello BenchmarkX-2 \t  20\t  7 ns/op\n", 1},
        {"hello BenchmarkX-2 \tthere  20\t  7 ns/op\n", 2},
        {"hello BenchmarkX-2 \tthere\n  20\t  7 ns/op\n", 2},
        {"a\ttabBenchmarkX-2\t  20\t  7 ns/op\n", 1},
        {"a\tBenchmarkX-2\t  20\t  7 ns/op\n", 1},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[256];
        struct stream s;

        snprintf(text, sizeof text, HEADER "%sPASS\n", cases[i].text);
        assert_int_equal(read_text(&s, text), 0);
        assert_int_equal(s.n_measurements, 1);
        assert_int_equal(s.n_warnings, cases[i].n_warnings);
        assert_has(&s, "bench=BenchmarkX params=cpus=2");
        assert_has(&s, "written=[7]");
        stream_end(&s);
    }
}

static void numbers_alone_are_no_result_of_the_name_before(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, HEADER "BenchmarkX-2 \tn=12345678\t  7 ns/op\n"
                         "BenchmarkY-2 1 5 ns/op\n  20\t  7 ns/op\nPASS\n");
    assert_int_equal(s.n_measurements, 1);
    assert_has(&s, "bench=BenchmarkY");
    assert_has(&s, "no result for 'BenchmarkX-2'");
    stream_end(&s);
}

static void only_a_text_that_shows_ends_elsewhere_can_be_cut_off(void **state)
{
    static const struct {
        const char *text;
        size_t n_failed;
    } cases[] = {
        {GOOD, 0},
        {HEADER "BenchmarkA-2 10 5 ns/op\n", 0},
        {HEADER "BenchmarkA-2 10 5 ns/op\nPASS\n", 0},
        {"BenchmarkA-2 10 5 ns/op\nBenchmarkB-2 10", 0},
        {HEADER "BenchmarkA-2 10 5 ns/op\nBenchmarkB-2 10 5", 1},
        {HEADER "BenchmarkA-2 10 5 ns/op\nBenchmarkB-2 10 5 ns/o", 1},
        {HEADER "BenchmarkA-2 10 5 ns/op\nBenchmarkB-2 \t", 1},
        {HEADER "BenchmarkA-2 10 5 ns/op\nBenchmarkA-2 10 5 ns\n"
                "BenchmarkB-2 10 5 ns\n",
         0},
        {GOOD "goos: linux\npkg: example.test/q\nBenchmarkA-2 1 5 ns/op\n", 1},
        {"goos: linux\npkg: example.test/q\nBenchmarkA-2 1 5 ns/op\n" GOOD, 1},
        {GOOD "goos: linux\n", 0},
        {GOOD "goos: linux\npkg: example.test/q\n", 1},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct stream s;

        read_text(&s, cases[i].text);
        if (s.n_failed != cases[i].n_failed) {
            print_error("case %zu:\n%s", i, s.text.ptr);
        }
        assert_int_equal(s.n_failed, cases[i].n_failed);
        assert_lacks(&s, "metric=ns/o ");
        stream_end(&s);
    }
}

static void what_broke_is_told_once_by_its_most_telling_line(void **state)
{
    static const struct {
        const char *text, *failure;
    } cases[] = {
        {"FAIL\nexit status 1\nFAIL\texample.test/p\t1s\nFAIL\n",
         "x:4 go test of 'example.test/p' failed: exit status 1"},
        {"panic: boom\n\nexit status 2\nFAIL\texample.test/p\t1s\nFAIL\n",
         "x:3 go test of 'example.test/p' failed: panic: boom"},
        {"panic: boom\n", "x:3 go test of 'example.test/p' failed: panic"},
        {"signal: killed\nFAIL\texample.test/p\t1.0s\n", "signal: killed"},
        {"--- FAIL: TestX (0.0s)\nFAIL\nexit status 1\n", "--- FAIL: TestX"},
        {"FAIL\n", "x:3 go test of 'example.test/p' failed: FAIL"},
        {"PASS\nok \texample.test/p\t1s\nFAIL\texample.test/q [build failed]\n",
         "x:5 go test of 'example.test/q' failed: [build failed]"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[256];
        struct stream s;

        snprintf(text, sizeof text, HEADER "%s", cases[i].text);
        assert_int_equal(read_text(&s, text), 0);
        assert_has(&s, cases[i].failure);
        assert_int_equal(s.n_failed, 1);
        stream_end(&s);
    }
}

static void the_benchmark_that_broke_is_marked(void **state)
{
    static const struct {
        const char *text, *has;
    } cases[] = {
        {"--- FAIL: BenchmarkX\n    a_test.go:6: it broke\nFAIL\n",
         "bench=BenchmarkX params=cpus=2 metric=time unit=s better=lower "
         "values=[] unit_written=ns/op error=\"FAIL: a_test.go:6: it broke\""},
        {"    a_test.go:6: it broke\n--- FAIL: BenchmarkX-2\nFAIL\n",
         "bench=BenchmarkX params=cpus=2 metric=time unit=s better=lower "
         "values=[] unit_written=ns/op error=\"FAIL: a_test.go:6: it broke\""},
        {"BenchmarkX-2 \t--- FAIL: BenchmarkX-2\nFAIL\n",
         "bench=BenchmarkX params=cpus=2 metric=time unit=s better=lower "
         "values=[] unit_written=ns/op error=FAIL at"},
        {"BenchmarkX-2 \tpanic: boom\nFAIL\n",
         "bench=BenchmarkX params=cpus=2 metric=time unit=s better=lower "
         "values=[] unit_written=ns/op error=\"panic: boom\""},
        {"BenchmarkX-2 \tworking\nsignal: killed\nFAIL\n",
         "bench=BenchmarkX params=cpus=2 metric=time unit=s better=lower "
         "values=[] unit_written=ns/op error=\"signal: killed\""},
        {"BenchmarkX\npanic: boom\nFAIL\n",
         "bench=BenchmarkX params=cpus=2 metric=time unit=s better=lower "
         "values=[] unit_written=ns/op error=\"panic: boom\""},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[256];
        struct stream s;

        snprintf(text, sizeof text, HEADER "BenchmarkA-2 1 5 ns/op\n%s",
                 cases[i].text);
        assert_int_equal(read_text(&s, text), 0);
        assert_has(&s, cases[i].has);
        assert_int_equal(s.n_measurements, 2);
        assert_int_equal(s.n_failed, 1);
        stream_end(&s);
    }
}

static void impossible_numbers_travel_with_an_error(void **state)
{
    static const struct {
        const char *number, *has;
    } cases[] = {
        {"NaN", "values=[NaN] written=[NaN] unit_written=ns/op "
                "error=\"NaN ns/op\""},
        {"+Inf", "values=[Infinity] written=[+Inf] unit_written=ns/op "
                 "error=\"+Inf ns/op\""},
        {"-5", "values=[-5e-09] written=[-5] unit_written=ns/op "
               "error=\"-5 ns/op\""},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[64];
        struct stream s;

        snprintf(text, sizeof text, "BenchmarkX 1 %s ns/op\n", cases[i].number);
        assert_int_equal(read_text(&s, text), 0);
        assert_has(&s, cases[i].has);
        stream_end(&s);
    }
}

static void unit_lines_hold_for_all_spellings_and_all_of_the_text(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, "BenchmarkX 1 5 p99-ns/op 3 hits 4 ns/op\n"
                  "Unit p99-sec/op better=lower\n"
                  "Unit hits better=higher assume=exact\n"
                  "Unit ns/op assume=exact better=higher\n");
    assert_has(&s, "metric=p99-ns/op unit=s better=lower values");
    assert_has(&s, "metric=hits unit=hits better=higher values=[3] written=[3] "
                   "unit_written=hits exact");
    assert_has(&s, "metric=time unit=s better=higher");
    stream_end(&s);
}

static void processes_begin_where_a_package_begins_again(void **state)
{
    static const struct {
        const char *text;
        size_t n_processes; /* the first process starts without a call */
    } cases[] = {
        {GOOD, 0},
        {GOOD GOOD, 1},
        {"pkg: a\nBenchmarkA 1 5 ns/op\npkg: b\nBenchmarkA 1 5 ns/op\n", 0},
        {"pkg: a\nBenchmarkA 1 5 ns/op\npkg: b\nBenchmarkA 1 5 ns/op\n"
         "pkg: a\nBenchmarkA 1 5 ns/op\npkg: b\nBenchmarkA 1 5 ns/op\n",
         1},
        {"BenchmarkA 1 5 ns/op\nBenchmarkA 1 5 ns/op\n", 0},
        {"BenchmarkA 1 5 ns/op\nPASS\nok \tp\t1s\nBenchmarkA 1 5 ns/op\n", 1},
        {"goos: linux\ngoos: linux\npkg: p\nBenchmarkA 1 5 ns/op\n", 0},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct stream s;

        assert_int_equal(read_text(&s, cases[i].text), 0);
        assert_int_equal(s.n_processes, cases[i].n_processes);
        stream_end(&s);
    }
}

static void keys_of_the_user_are_facts_only_beside_those_of_go(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, "early: no\ngoos: linux\ncommit: 4f1e2\nempty:\ncpu: X\n"
                  "BenchmarkA 1 5 ns/op\nlate: no\n");
    assert_has(&s, "fact goos=linux\nfact commit=4f1e2\nfact cpu=X\n");
    assert_int_equal(s.n_facts, 3);
    stream_end(&s);
}

static void many_names_take_no_quadratic_time(void **state)
{
    struct pfg_str text;
    struct stream s;
    (void)state;

    pfg_str_init(&text, 0);
    for (int i = 0; i < 50000; i++) {
        pfg_str_printf(&text, "BenchmarkX/n=%d-8 1 5 ns/op\n", i);
    }
    assert_int_equal(read_text(&s, text.ptr), 0);
    assert_int_equal(s.n_measurements, 50000);
    assert_lacks(&s, "-8 ");
    stream_end(&s);
    pfg_str_free(&text);
}

static void hostile_lines_take_no_quadratic_time(void **state)
{
    static const char *const pieces[] = {
        "Benchmark", "Benchmarkx", "BenchmarkX\t", "5\t",
        "5\t5 u ",   "5\t5\tu\t",  "\t",           " ",
        "-8",        "\xe2\x80",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(pieces); i++) {
        struct pfg_str text;
        struct stream s;

        pfg_str_init(&text, 0);
        pfg_str_puts(&text, GOOD HEADER "BenchmarkP-2 \tx\nx");
        pfg_str_repeat(&text, pieces[i], 2000000 / strlen(pieces[i]));
        pfg_str_puts(&text, "\nPASS\n");
        assert_int_equal(read_text(&s, text.ptr), 0);
        stream_end(&s);
        pfg_str_free(&text);
    }
}

/* More results than one block can hold back. */
static void what_is_known_when_too_much_is_held_back_must_do(void **state)
{
    struct pfg_str text;
    struct stream s;
    (void)state;

    pfg_str_init(&text, 0);
    for (int i = 0; i < 200001; i++) {
        pfg_str_puts(&text, "BenchmarkX-8 1 5 ns/op\n");
    }
    pfg_str_puts(&text, "BenchmarkLate 1 5 ns/op\n");
    assert_int_equal(read_text(&s, text.ptr), 0);
    assert_int_equal(s.n_measurements, 200002);
    assert_lacks(&s, "bench=BenchmarkX-8");
    assert_has(&s, "bench=BenchmarkLate metric");
    stream_end(&s);
    pfg_str_free(&text);
}

#define EVENT(package, output)                                                 \
    "{\"Time\":\"2026-01-02T03:04:05Z\",\"Action\":\"output\",\"Package\":"    \
    "\"" package "\",\"Output\":\"" output "\"}\n"
#define END(package, action)                                                   \
    "{\"Action\":\"" action "\",\"Package\":\"" package "\"}\n"

static void events_of_interleaved_packages_are_put_together(void **state)
{
    struct stream s;
    (void)state;

    assert_int_equal(
        read_text(&s, EVENT("a", "BenchmarkX-8 \\t")
                          EVENT("b", "BenchmarkY-8 \\t") EVENT("a", " 10\\t 5 ")
                              EVENT("b", " 10\\t 7 ns/op\\nPASS\\n")
                                  EVENT("a", "ns/op\\nPASS\\n") END("b", "pass")
                                      END("a", "pass")),
        0);
    assert_has(&s, "process round=0 time=2026-01-02T03:04:05Z\n"
                   "measurement suite=b bench=BenchmarkY params=cpus=8");
    assert_has(&s, "process round=0 time=2026-01-02T03:04:05Z\n"
                   "measurement suite=a bench=BenchmarkX params=cpus=8");
    assert_has(&s, "result tools=gojson");
    assert_int_equal(s.n_measurements, 2);
    assert_int_equal(s.n_failed, 0);
    stream_end(&s);
}

static void events_without_an_end_or_with_a_bad_one_are_failures(void **state)
{
    static const struct {
        const char *end, *failure;
    } cases[] = {
        {"", "go test -json output of 'a' has no end: cut off?"},
        {END("a", "fail"), "go test of 'a' failed: FAIL"},
        {EVENT("a", "FAIL\\n") END("a", "fail"), "go test of 'a' failed: FAIL"},
        {EVENT("a", "panic: boom\\n"), "go test of 'a' failed: panic: boom"},
        {EVENT("a", "panic: boom") END("a", "fail"), "failed: panic: boom"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[600];
        struct stream s;

        snprintf(text, sizeof text, "%s%s",
                 EVENT("a", "BenchmarkX-8 1 5 ns/op\\n"), cases[i].end);
        assert_int_equal(stream_read(&s, pfg_slice_of(text), "x",
                                     &(struct pfg_ingest_options){
                                         .format = "gojson",
                                     }),
                         0);
        assert_has(&s, cases[i].failure);
        assert_int_equal(s.n_failed, 1);
        assert_int_equal(s.n_measurements, 1);
        stream_end(&s);
    }
}

static void a_package_that_ran_twice_is_two_processes(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, EVENT("a", "BenchmarkX 1 5 ns/op\\nPASS\\n") END("a", "pass")
                      EVENT("a", "BenchmarkX 1 6 ns/op\\nPASS\\n")
                          END("a", "pass"));
    assert_int_equal(s.n_processes, 2);
    assert_int_equal(s.n_measurements, 2);
    stream_end(&s);
}

static void json_that_is_no_event_is_not_claimed(void **state)
{
    static const char *const cases[] = {
        "{\"Action\":\"output\",\"Output\":\"BenchmarkX 1 5 ns/op\\n\"}\n",
        "{\"Action\":\"dance\",\"Package\":\"a\"}\n",
        "{\"Action\":1,\"Package\":\"a\"}\n",
        "{\"Action\":\"output\",\"Package\":\"a\",\"Output\":\"BenchmarkX 1 "
        "5\n",
        "[\"Action\",\"Package\"]\n",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[256];
        struct stream s;

        snprintf(text, sizeof text, "%s{}\n", cases[i]);
        assert_int_equal(read_text(&s, text), -1);
        assert_int_equal(s.n_measurements + s.n_failed, 0);
        stream_end(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gomaxprocs_is_told_from_names_by_the_whole_block),
        cmocka_unit_test(what_is_no_result_line_is_not_claimed),
        cmocka_unit_test(a_line_that_begins_like_a_result_is_warned_of),
        cmocka_unit_test(a_line_with_hundreds_of_values_is_refused),
        cmocka_unit_test(output_of_the_benchmark_does_not_hide_its_result),
        cmocka_unit_test(numbers_alone_are_no_result_of_the_name_before),
        cmocka_unit_test(only_a_text_that_shows_ends_elsewhere_can_be_cut_off),
        cmocka_unit_test(what_broke_is_told_once_by_its_most_telling_line),
        cmocka_unit_test(the_benchmark_that_broke_is_marked),
        cmocka_unit_test(impossible_numbers_travel_with_an_error),
        cmocka_unit_test(unit_lines_hold_for_all_spellings_and_all_of_the_text),
        cmocka_unit_test(processes_begin_where_a_package_begins_again),
        cmocka_unit_test(keys_of_the_user_are_facts_only_beside_those_of_go),
        cmocka_unit_test(many_names_take_no_quadratic_time),
        cmocka_unit_test(hostile_lines_take_no_quadratic_time),
        cmocka_unit_test(what_is_known_when_too_much_is_held_back_must_do),
        cmocka_unit_test(events_of_interleaved_packages_are_put_together),
        cmocka_unit_test(events_without_an_end_or_with_a_bad_one_are_failures),
        cmocka_unit_test(a_package_that_ran_twice_is_two_processes),
        cmocka_unit_test(json_that_is_no_event_is_not_claimed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
