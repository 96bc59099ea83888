/* What tests/data/wrk does not cover: edge cases of wrk's blocks. */
#include "check.h"
#include "stream.h"

#define HEAD(url) "Running 1s test @ " url "\n  1 threads and 2 connections\n"
#define LATENCY   "    Latency     2.00ms    1.00ms  10.00ms   80.00%\n"
#define TAIL                                                                   \
    "  1000 requests in 1.00s, 1.00MB read\n"                                  \
    "Requests/sec:   1000.00\nTransfer/sec:      1.00MB\n"

static void read_text(struct stream *s, const char *text)
{
    stream_read(s, pfg_slice_of(text), "wrk.txt", NULL);
}

/* The line of the stream that contains `metric`. */
static struct pfg_slice find_line(const struct stream *s, const char *metric)
{
    struct pfg_slice rest = pfg_str_slice(&s->text);

    while (rest.len) {
        struct pfg_slice line = pfg_take_until(&rest, '\n');

        if (pfg_slice_has(line, metric)) {
            return line;
        }
    }
    fail_msg("no %s in:\n%s", metric, s->text.ptr);
    return rest;
}

static void assert_has(const struct stream *s, const char *metric,
                       const char *what)
{
    struct pfg_slice line = find_line(s, metric);

    if (!pfg_slice_has(line, what)) {
        fail_msg("'%s' is not in: %.*s", what, PFG_SLICE(line));
    }
}

static void the_same_url_twice_is_two_processes(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, HEAD("http://a/") TAIL HEAD("http://b/")
                      TAIL HEAD("http://a/") TAIL HEAD("http://b/") TAIL);
    assert_int_equal(s.n_processes, 1);
    assert_int_equal(s.n_measurements, 4 * 7);
    assert_int_equal(s.n_failed, 0);
    stream_end(&s);
}

static void a_round_begins_a_process_after_what_stands_before_it(void **state)
{
    struct pfg_slice text;
    struct stream s;
    size_t at;
    (void)state;

    read_text(&s, "perfgate-round: 1\n" HEAD("http://a/") TAIL
              "perfgate-round: 2\n" HEAD("http://a/") TAIL);
    assert_int_equal(s.n_processes, 2);
    assert_int_equal(s.n_measurements, 2 * 7);
    text = pfg_str_slice(&s.text);
    at = pfg_slice_find(text, "process round=2");
    assert_true(pfg_slice_has(pfg_slice_first(text, at), "at=wrk.txt:5"));
    assert_true(pfg_slice_has(pfg_slice_from(text, at), "at=wrk.txt:11"));
    stream_end(&s);
}

static void a_clean_run_says_zero_errors_of_each_kind(void **state)
{
    static const char *const kinds[] = {
        "\"errors connect\"", "\"errors read\"", "\"errors write\"",
        "\"errors timeout\"", "\"errors status\""};
    struct stream s;
    (void)state;

    read_text(&s, HEAD("http://a/") TAIL);
    for (size_t i = 0; i < PFG_COUNT(kinds); i++) {
        assert_has(&s, kinds[i], "value=0 events=0 trials=1000");
    }
    stream_end(&s);
}

static void more_errors_than_requests_are_as_many_trials(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s,
              HEAD("http://a/") "  3 requests in 1.00s, 1.00KB read\n"
                                "  Socket errors: connect 0, read 0, write 0, "
                                "timeout 40\nRequests/sec:      3.00\n");
    assert_has(&s, "\"errors timeout\"", "events=40 trials=40");
    assert_has(&s, "\"errors read\"", "events=0 trials=3");
    stream_end(&s);
}

static void without_an_answer_nothing_is_fast(void **state)
{
    struct stream s;
    (void)state;

    read_text(
        &s,
        HEAD("http://a/") "    Latency     0.00us    0.00us   0.00us    -nan%\n"
                          "  0 requests in 1.00s, 0.00B read\n"
                          "  Socket errors: connect 0, read 0, write 0, "
                          "timeout 4\n"
                          "Requests/sec:      0.00\nTransfer/sec:       "
                          "0.00B\n");
    assert_has(&s, "\"latency mean\"", "values=[]");
    assert_has(&s, "\"latency mean\"", "error=\"no requests completed\"");
    assert_has(&s, "metric=requests", "error=\"no requests completed\"");
    assert_has(&s, "\"errors timeout\"", "events=4 trials=4");
    stream_end(&s);
}

static void a_block_without_its_end_fails_the_run(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, HEAD("http://a/") LATENCY);
    assert_int_equal(s.n_failed, 1);
    assert_int_equal(s.n_measurements, 3);
    assert_has(&s, "failed", "wrk.txt:1 wrk's output for 'http://a/'");
    stream_end(&s);

    read_text(&s, HEAD("http://a/") LATENCY HEAD("http://b/") TAIL);
    assert_int_equal(s.n_failed, 1);
    stream_end(&s);
}

static void other_tools_that_say_running_are_not_wrk(void **state)
{
    struct stream s;
    (void)state;

    assert_int_equal(
        stream_read(&s,
                    PFG_LIT("Running 10s test @ http://a/\n10 connections\n"
                            "Requests/sec: 10.00\n"),
                    "a.txt", NULL),
        -1);
    assert_int_equal(s.n_measurements + s.n_failed, 0);
    stream_end(&s);
}

static void the_value_with_more_digits_wins(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, HEAD("http://a/") LATENCY TAIL
              "LATENCY_MS:\nmean=2.0013\nmax=10\nERRORS:\nstatus=7\n");
    assert_has(&s, "\"latency mean\"", "written=[2.0013]");
    assert_has(&s, "\"latency mean\"", "max=0.01");
    assert_has(&s, "\"latency max\"", "written=[10.00]");
    assert_has(&s, "\"errors status\"", "events=7 trials=1000");
    assert_int_equal(s.n_measurements, 3 + 2 + 5);
    stream_end(&s);
}

static void megabytes_are_those_that_wrk_printed(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, HEAD("http://a/") TAIL "transfer_mb_per_sec=1.00012\n");
    assert_has(&s, "metric=transfer", "unit_written=MiB/s value=1048701.8");
    stream_end(&s);

    read_text(&s, HEAD("http://a/") TAIL "transfer_mb_per_sec=1.04870\n");
    assert_has(&s, "metric=transfer", "unit_written=MB/s value=1048700 ");
    stream_end(&s);
}

static void what_the_shell_prints_behind_is_no_result(void **state)
{
    struct stream s;
    (void)state;

    read_text(&s, HEAD("http://a/") TAIL "exit=0\nSUMMARY:\nfoo=1\n"
                                         "back to work\nbar=2\n");
    assert_has(&s, "\"summary foo\"", "value=1");
    assert_false(pfg_slice_has(pfg_str_slice(&s.text), "exit"));
    assert_false(pfg_slice_has(pfg_str_slice(&s.text), "bar"));
    stream_end(&s);
}

static void endless_keys_are_cut_with_one_warning(void **state)
{
    struct pfg_str text;
    struct stream s;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, HEAD("http://a/") TAIL "SUMMARY:\n");
    for (int i = 0; i < 5000; i++) {
        pfg_str_printf(&text, "key%d=1\n", i);
    }
    stream_read(&s, pfg_str_slice(&text), "wrk.txt", NULL);
    assert_int_equal(s.n_measurements, 256 + 5);
    assert_int_equal(s.n_warnings, 1);
    stream_end(&s);
    pfg_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_url_twice_is_two_processes),
        cmocka_unit_test(a_round_begins_a_process_after_what_stands_before_it),
        cmocka_unit_test(a_clean_run_says_zero_errors_of_each_kind),
        cmocka_unit_test(more_errors_than_requests_are_as_many_trials),
        cmocka_unit_test(without_an_answer_nothing_is_fast),
        cmocka_unit_test(a_block_without_its_end_fails_the_run),
        cmocka_unit_test(other_tools_that_say_running_are_not_wrk),
        cmocka_unit_test(the_value_with_more_digits_wins),
        cmocka_unit_test(megabytes_are_those_that_wrk_printed),
        cmocka_unit_test(what_the_shell_prints_behind_is_no_result),
        cmocka_unit_test(endless_keys_are_cut_with_one_warning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
