#include "ingest/core/keyvalue.h"

#include "check.h"

static void a_line_is_a_key_a_separator_and_a_number(void **state)
{
    static const struct {
        const char *text, *key, *number, *unit;
    } cases[] = {
        {"p99_ms=2.3", "p99_ms", "2.3", ""},
        {"  p99 = 2.3ms ", "p99", "2.3", "ms"},
        {"rate=0.11%", "rate", "0.11", "%"},
        {"throughput=199.78 req/sec", "throughput", "199.78", "req/sec"},
        {"200=12", "200", "12", ""},
        {"stdev=-nan", "stdev", "-nan", ""},
        {"x=1e-3", "x", "1e-3", ""},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_keyvalue line;

        assert_true(pfg_keyvalue_line(&line, pfg_slice_of(cases[i].text), '='));
        assert_slice(line.key, cases[i].key);
        assert_slice(line.number, cases[i].number);
        assert_slice(line.unit, cases[i].unit);
    }
}

static void anything_else_is_no_line(void **state)
{
    static const char *const cases[] = {
        "",      "=",      "=1",      "a=",           "a",
        "a=b",   "a=1 2",  "a=1 b c", "a=1.2.3",      "PATH=/usr/bin",
        "a:b=1", "\x01=1", "a=1,234", "x=2024-05-01", "<a href=1",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_keyvalue line;

        if (pfg_keyvalue_line(&line, pfg_slice_of(cases[i]), '=')) {
            fail_msg("'%s' was taken", cases[i]);
        }
    }
}

static void a_heading_is_in_capitals_with_a_colon(void **state)
{
    struct pfg_slice name;
    (void)state;

    assert_true(pfg_keyvalue_section(&name, PFG_LIT(" STATUS_CODES: ")));
    assert_slice(name, "STATUS_CODES");
    assert_true(pfg_keyvalue_section(&name, PFG_LIT("LATENCY MS:")));
    assert_false(pfg_keyvalue_section(&name, PFG_LIT("Latency:")));
    assert_false(pfg_keyvalue_section(&name, PFG_LIT("LATENCY")));
    assert_false(pfg_keyvalue_section(&name, PFG_LIT(":")));
    assert_false(pfg_keyvalue_section(&name, PFG_LIT("1:")));
    assert_false(pfg_keyvalue_section(&name, PFG_LIT("")));
}

static void keys_become_words_of_the_common_vocabulary(void **state)
{
    static const struct {
        const char *section, *line, *metric, *unit;
        enum pfg_direction better;
        bool known;
    } cases[] = {
        {"LATENCY_MS", "mean=1", "latency mean", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "avg=1", "latency mean", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "std_dev=1", "latency stdev", "ms", PFG_NEUTRAL, true},
        {"LATENCY_MS", "max=1", "latency max", "ms", PFG_NEUTRAL, true},
        {"LATENCY_MS", "median=1", "latency p50", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "p99=1", "latency p99", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "p99_9=1", "latency p99.9", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "p99.9=1", "latency p99.9", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "p999=1", "latency p99.9", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "p9999=1", "latency p99.99", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "99%=1", "latency p99", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "99th=1", "latency p99", "ms", PFG_LOWER, true},
        {"LATENCY_MS", "p99_us=1", "latency p99", "us", PFG_LOWER, true},
        {"LATENCY_MS", "p99=1s", "latency p99", "s", PFG_LOWER, true},
        {"LATENCY_MS", "count=1", "latency count", "", PFG_NEUTRAL, false},
        {"", "avg_latency_us=1", "latency mean", "us", PFG_LOWER, true},
        {"", "latency_p95=1ms", "latency p95", "ms", PFG_LOWER, true},
        {"SUMMARY", "requests_per_sec=1", "requests", "1/s", PFG_HIGHER, true},
        {"SUMMARY", "rps=1", "requests", "1/s", PFG_HIGHER, true},
        {"SUMMARY", "transfer_mb_per_sec=1", "transfer", "MB/s", PFG_HIGHER,
         true},
        {"SUMMARY", "mb_per_sec=1", "transfer", "MB/s", PFG_HIGHER, true},
        {"SUMMARY", "total_requests=1", "summary total requests", "",
         PFG_NEUTRAL, false},
        {"SUMMARY", "duration_sec=1", "summary duration", "s", PFG_NEUTRAL,
         false},
        {"SUMMARY", "errors=1", "errors", "", PFG_LOWER, true},
        {"SUMMARY", "success_rate=1%", "summary success rate", "%", PFG_HIGHER,
         false},
        {"ERRORS", "connect=1", "errors connect", "", PFG_LOWER, true},
        {"ERRORS", "timeouts=1", "errors timeout", "", PFG_LOWER, true},
        {"ERRORS", "total=1", "errors", "", PFG_LOWER, true},
        {"ERRORS", "rate=1%", "error rate", "%", PFG_LOWER, true},
        {"", "error_rate_percent=1", "error rate", "%", PFG_LOWER, true},
        {"STATUS_CODES", "503=1", "status codes 503", "", PFG_NEUTRAL, false},
        {"CPU speed", "events per second=1", "cpu speed events", "1/s",
         PFG_HIGHER, false},
        {"Memory", "transferred=1 MiB/sec", "memory transferred", "MiB/sec",
         PFG_HIGHER, false},
        {"CPU", "total operations per second=1", "cpu total operations", "1/s",
         PFG_HIGHER, false},
        {"CPU", "wakeups_per_sec=1", "cpu wakeups", "1/s", PFG_NEUTRAL, false},
        {"CPU", "usage=1%", "cpu usage", "%", PFG_LOWER, false},
        {"MEMORY", "failed_ops_per_sec=1", "memory failed ops", "1/s",
         PFG_LOWER, false},
        {"CPU", "speed=1MHz", "cpu speed", "MHz", PFG_HIGHER, false},
        {"", "throughput=1 requests per second", "requests",
         "requests per second", PFG_HIGHER, true},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_keyvalue_meaning meaning;
        struct pfg_keyvalue line;

        assert_true(pfg_keyvalue_line(&line, pfg_slice_of(cases[i].line), '='));
        pfg_keyvalue_find(&meaning, pfg_slice_of(cases[i].section), &line);
        assert_string_equal(meaning.metric, cases[i].metric);
        assert_slice(meaning.unit, cases[i].unit);
        assert_int_equal(meaning.better, cases[i].better);
        assert_int_equal(meaning.known, cases[i].known);
        assert_int_equal(meaning.has_unit, *cases[i].unit != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_key_a_separator_and_a_number),
        cmocka_unit_test(anything_else_is_no_line),
        cmocka_unit_test(a_heading_is_in_capitals_with_a_colon),
        cmocka_unit_test(keys_become_words_of_the_common_vocabulary),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
