/* k6's summaries. The samples in tests/data/k6 have whole streams; each test
 * here covers one pitfall. */
#include "base/arena.h"
#include "ingest/k6/k6_names.h"
#include "ingest/k6/k6_threshold.h"
#include "k6_fixture.h"

#define FLAT(members)                                                          \
    "{\"metrics\":{" members "},\"root_group\":{\"name\":\"\"}}"
#define TREND "\"avg\":2,\"min\":1,\"med\":2,\"max\":3"
#define ZEROS "\"avg\":0,\"min\":0,\"med\":0,\"max\":0"

static void a_crossed_threshold_is_true_in_one_shape_and_not_ok_in_the_other(
    void **state)
{
    static const struct expectation cases[] = {
        {FLAT("\"http_req_duration\":{\"avg\":2,\"thresholds\":"
              "{\"avg<1\":true}}"),
         "budget=avg<1 crossed", NULL},
        {FLAT("\"http_req_duration\":{\"avg\":2,\"thresholds\":"
              "{\"avg<9\":false}}"),
         "budget=avg<9", "crossed"},
        {"{\"metrics\":{\"http_req_duration\":{\"type\":\"trend\","
         "\"contains\":\"time\",\"values\":{\"avg\":2},\"thresholds\":"
         "{\"avg<9\":{\"ok\":true}}}}}",
         "budget=avg<9", "crossed"},
        {"{\"metrics\":{\"http_req_duration\":{\"type\":\"trend\","
         "\"contains\":\"time\",\"values\":{\"avg\":2},\"thresholds\":"
         "{\"avg<1\":{\"ok\":false}}}}}",
         "budget=avg<1 crossed", NULL},
    };
    (void)state;

    CHECK_ALL(cases);
}

static void a_threshold_is_the_budget_of_the_statistic_it_names(void **state)
{
    static const struct expectation cases[] = {
        {FLAT("\"http_req_duration\":{\"avg\":2,\"p(99.9)\":5,"
              "\"thresholds\":{\"p(99.90) < 4\":true}}"),
         "metric=\"latency p99.9\" unit=s better=lower written=[5] "
         "unit_written=ms value=0.005 budget=\"p(99.90) < 4\" crossed",
         NULL},
        {FLAT("\"http_req_failed\":{\"passes\":1,\"fails\":9,\"value\":0.1,"
              "\"thresholds\":{\"rate<0.01\":true}}"),
         "metric=\"error rate\" unit=1 better=lower written=[0.1] value=0.1 "
         "count=10 events=1 trials=10 budget=rate<0.01 crossed",
         NULL},
        {FLAT("\"iterations\":{\"count\":5,\"rate\":1,"
              "\"thresholds\":{\"count>9\":true}}"),
         "metric=\"iterations count\" unit=1 better=neutral written=[5] "
         "value=5 count=5 budget=count>9 crossed",
         "better=higher written=[1] unit_written=1/s value=1 count=5 budget"},
        {FLAT("\"vus\":{\"value\":1,\"min\":1,\"max\":2,"
              "\"thresholds\":{\"value<9\":false}}"),
         "metric=vus unit=1 better=neutral written=[1] value=1 min=1 max=2 "
         "budget=value<9",
         "crossed"},
        /* several on one statistic: crossed if any of them is */
        {FLAT("\"http_req_duration\":{\"avg\":2,\"thresholds\":"
              "{\"avg<9\":false,\"avg<1\":true}}"),
         "budget=\"avg<9 and avg<1\" crossed", NULL},
    };
    (void)state;

    CHECK_ALL(cases);
}

static void a_crossed_threshold_reaches_the_gate_without_a_value(void **state)
{
    static const struct expectation cases[] = {
        /* summaryTrendStats omits p(99) */
        {FLAT("\"http_req_duration\":{" TREND ",\"thresholds\":"
              "{\"p(99)<1\":true}}"),
         "metric=\"latency p99\" unit=s better=lower values=[] "
         "unit_written=ms error=\"a crossed threshold on a statistic that "
         "is not in the summary\" budget=p(99)<1 crossed",
         NULL},
        {FLAT("\"http_req_duration\":{" TREND ",\"thresholds\":"
              "{\"p(99)<9\":false}}"),
         "is not in the summary (see summaryTrendStats): 'p(99)<9'",
         "latency p99"},
        /* k6 has not evaluated it, and no samples are not more than 99 % */
        {FLAT("\"checks\":{\"passes\":0,\"fails\":0,\"value\":0,"
              "\"thresholds\":{\"rate>0.99\":false}}"),
         "metric=checks unit=1 better=higher values=[] error=\"k6 has no "
         "samples of a metric used in a threshold\" budget=rate>0.99 crossed",
         "value="},
        {FLAT("\"checks\":{\"passes\":0,\"fails\":0,\"value\":0,"
              "\"thresholds\":{\"rate>0.99\":true}}"),
         "budget=rate>0.99 crossed", "value="},
        /* written only to show the sub-metric; it has no samples either */
        {FLAT("\"iterations\":{\"count\":5,\"rate\":1},"
              "\"http_req_duration{scenario:a}\":{" ZEROS
              ",\"thresholds\":{\"max>=0\":false}}"),
         "no samples, so no data: 'http_req_duration{scenario:a}'", "budget"},
    };
    (void)state;

    CHECK_ALL(cases);
}

static void thresholds_are_judged_where_k6_did_not(void **state)
{
    static const struct {
        const char *expression;
        double value;
        bool holds;
    } cases[] = {
        {"rate>0.99", 0, false},   {"rate<0.01", 0, true},
        {"rate<=0", 0, true},      {"max >= 0", 0, true},
        {"count>0", 0, false},     {"count==0", 0, true},
        {"count===0", 1, false},   {"count!=0", 0, false},
        {"p(95)<500", 500, false}, {"what is this", 0, true},
        {"rate<", 5, true},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        assert_int_equal(
            pfg_k6_threshold_holds(cases[i].expression, cases[i].value),
            cases[i].holds);
    }
}

static void a_trend_without_samples_is_not_fast(void **state)
{
    static const struct expectation cases[] = {
        {FLAT("\"http_reqs\":{\"count\":0,\"rate\":0},"
              "\"http_req_duration\":{" ZEROS "}"),
         "no data: 'http_req_duration'", "latency"},
        {FLAT("\"http_reqs\":{\"count\":9,\"rate\":9},"
              "\"http_req_duration{name:x}\":{" ZEROS "}"),
         "no data: 'http_req_duration{name:x}'", "latency"},
        {FLAT("\"http_req_blocked\":{" ZEROS "}"),
         "no data: 'http_req_blocked'", "metric"},
        {FLAT("\"http_req_duration\":{\"avg\":0,\"count\":0}"),
         "no data: 'http_req_duration'", "latency"},
        /* requests without TLS: that is a zero */
        {FLAT("\"http_reqs\":{\"count\":9,\"rate\":9},"
              "\"http_req_tls_handshaking\":{" ZEROS "}"),
         "metric=\"tls mean\" unit=s better=lower written=[0] "
         "unit_written=ms value=0 min=0 max=0 count=9",
         "no data"},
        {FLAT("\"http_req_connecting\":{" ZEROS ",\"count\":4}"),
         "connecting mean", "no data"},
    };
    (void)state;

    CHECK_ALL(cases);
}

static void null_is_a_failed_measurement_and_not_zero(void **state)
{
    static const struct expectation cases[] = {
        {FLAT("\"iteration_duration\":{\"avg\":null,\"med\":5}"),
         "metric=\"iteration duration mean\" unit=s better=lower values=[] "
         "unit_written=ms error=\"k6 wrote null: not a finite number\"",
         "value=0 "},
        {FLAT("\"vus\":{\"value\":\"many\",\"min\":1,\"max\":2}"),
         "metric=vus unit=1 better=neutral values=[] error=\"not a number\"",
         NULL},
        {FLAT("\"orders\":{\"count\":9007199254740993,\"rate\":1},"
              "\"vus\":{\"value\":1,\"min\":1,\"max\":1}"),
         "metric=\"orders count\" unit=1 better=neutral values=[] "
         "error=\"too large to be read exactly\"",
         NULL},
    };
    (void)state;

    CHECK_ALL(cases);
}

static void tags_of_a_submetric_name_the_benchmark(void **state)
{
    static const struct {
        const char *key, *bench;
    } cases[] = {
        {"http_req_duration", "bench=k6 metric"},
        {"http_req_duration{name:items}", "bench=items metric"},
        {"http_req_duration{group:::api}", "bench=api metric"},
        {"http_req_duration{group:::api::v2}", "bench=api::v2 metric"},
        {"http_req_duration{scenario:smoke}", "bench=smoke metric"},
        {"http_req_duration{expected_response:true}",
         "bench=k6 params=expected_response=true metric"},
        {"http_req_duration{ scenario:a, name:'b', status:200 }",
         "bench=b params=scenario=a,status=200 metric"},
        {"http_req_duration{name:http://h/x}", "bench=http://h/x metric"},
        {"http_req_duration{url:https://h/x?a=b:c}",
         "bench=k6 params=url=https://h/x?a=b:c metric"},
        {"http_req_duration{", "bench=k6 metric"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[512], *stream;

        snprintf(text, sizeof text, FLAT("\"%s\":{" TREND "}"), cases[i].key);
        stream = stream_of(text);
        assert_has(stream, cases[i].bench);
        free(stream);
    }
}

static void one_name_in_two_tags_is_two_benchmarks_in_any_order(void **state)
{
    static const char *const texts[] = {
        FLAT("\"http_req_duration{name:a}\":{\"avg\":1},"
             "\"http_req_duration{group:::a}\":{\"avg\":2},"
             "\"http_req_duration{name:k6}\":{\"avg\":3},"
             "\"http_req_duration\":{\"avg\":4}"),
        FLAT("\"http_req_duration\":{\"avg\":4},"
             "\"http_req_duration{name:k6}\":{\"avg\":3},"
             "\"http_req_duration{group:::a}\":{\"avg\":2},"
             "\"http_req_duration{name:a}\":{\"avg\":1}"),
    };
    char *first = stream_of(texts[0]), *second = stream_of(texts[1]);
    (void)state;

    assert_has(first, "bench=a metric=\"latency mean\" unit=s better=lower "
                      "written=[1]");
    assert_has(first, "bench=a params=group=a metric=\"latency mean\" unit=s "
                      "better=lower written=[2]");
    assert_has(first, "bench=k6 params=name=k6 metric");
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void metrics_have_a_direction_each(void **state)
{
    static const struct {
        const char *name, *word;
        enum pfg_direction better;
    } cases[] = {
        {"http_reqs", "requests", PFG_HIGHER},
        {"iterations", "iterations", PFG_HIGHER},
        {"checks", "checks", PFG_HIGHER},
        {"http_req_duration", "latency", PFG_LOWER},
        {"iteration_duration", "iteration duration", PFG_LOWER},
        {"group_duration", "group_duration", PFG_LOWER},
        {"grpc_req_duration", "grpc_req_duration", PFG_LOWER},
        {"checkout_duration", "checkout_duration", PFG_LOWER},
        {"http_req_failed", "error rate", PFG_LOWER},
        {"dropped_iterations", "dropped iterations", PFG_LOWER},
        {"vus", "vus", PFG_NEUTRAL},
        {"vus_max", "vus max", PFG_NEUTRAL},
        {"data_sent", "data sent", PFG_NEUTRAL},
        {"data_received", "data received", PFG_NEUTRAL},
        {"ws_session_duration", "ws_session_duration", PFG_NEUTRAL},
        {"orders", "orders", PFG_NEUTRAL},
        {"latency", "custom latency", PFG_NEUTRAL},
        {"requests", "custom requests", PFG_NEUTRAL},
    };
    struct pfg_arena *arena = pfg_arena_new();
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_k6_metric metric =
            pfg_k6_metric_find(pfg_slice_of(cases[i].name), arena);

        assert_string_equal(metric.word, cases[i].word);
        assert_int_equal(metric.better, cases[i].better);
    }
    pfg_arena_free(arena);
}

static void a_time_of_the_scripts_own_is_in_seconds_and_lower_is_better(
    void **state)
{
    static const struct expectation cases[] = {
        {"{\"metrics\":{\"item\":{\"type\":\"trend\",\"contains\":\"time\","
         "\"values\":{\"avg\":3}}}}",
         "metric=\"item mean\" unit=s better=lower written=[3] "
         "unit_written=ms value=0.003",
         NULL},
        {"{\"metrics\":{\"item\":{\"type\":\"trend\",\"contains\":"
         "\"default\",\"values\":{\"avg\":3}}}}",
         "metric=\"item mean\" unit=1 better=neutral written=[3] value=3",
         NULL},
        /* the old export does not record the contents of a metric */
        {FLAT("\"item\":{\"avg\":3}"),
         "metric=\"item mean\" unit=1 better=neutral written=[3] value=3",
         NULL},
        {FLAT("\"data_sent\":{\"count\":10,\"rate\":2.5}"),
         "metric=\"data sent\" unit=B/s better=neutral written=[2.5] "
         "unit_written=B/s value=2.5 count=10",
         NULL},
    };
    (void)state;

    CHECK_ALL(cases);
}

static void odd_members_are_warned_of_and_the_rest_is_read(void **state)
{
    static const struct expectation cases[] = {
        {FLAT("\"vus\":{\"value\":1,\"min\":1,\"max\":1},\"x\":{\"y\":1}"),
         "warning in:1:47 unknown form of a k6 metric: 'x'", NULL},
        {FLAT("\"vus\":{\"value\":1,\"min\":1,\"max\":1},\"x\":7"),
         "unknown form of a k6 metric: 'x'", NULL},
        {FLAT("\"item\":{\"avg\":3,\"p(101)\":4,\"mode\":5}"),
         "unknown statistic of a k6 trend: 'p(101)'", "p101"},
    };
    (void)state;

    CHECK_ALL(cases);
}

static void json_of_other_tools_is_left_alone(void **state)
{
    static const char *const cases[] = {
        "{\"results\":[{\"command\":\"ls\",\"mean\":1}]}",
        "{\"metrics\":{\"x\":{\"count\":1,\"rate\":2}}}",
        "{\"metrics\":[{\"name\":\"x\"}]}",
        "{\"metrics\":{}}",
        "{\"metrics\":7}",
        "{\"benchmarks\":[],\"context\":{}}",
        "[{\"metrics\":{\"vus\":{\"value\":1,\"min\":1,\"max\":1}}}]",
        "{\"metric\":\"x\",\"value\":1}\n{\"metric\":\"y\",\"value\":2}\n",
        "{\"Time\":\"2026-01-01T00:00:00Z\",\"Action\":\"run\"}\n{}\n",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char *stream = stream_of(cases[i]);

        assert_lacks(stream, "measurement");
        free(stream);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_crossed_threshold_is_true_in_one_shape_and_not_ok_in_the_other),
        cmocka_unit_test(a_threshold_is_the_budget_of_the_statistic_it_names),
        cmocka_unit_test(a_crossed_threshold_reaches_the_gate_without_a_value),
        cmocka_unit_test(thresholds_are_judged_where_k6_did_not),
        cmocka_unit_test(a_trend_without_samples_is_not_fast),
        cmocka_unit_test(null_is_a_failed_measurement_and_not_zero),
        cmocka_unit_test(tags_of_a_submetric_name_the_benchmark),
        cmocka_unit_test(one_name_in_two_tags_is_two_benchmarks_in_any_order),
        cmocka_unit_test(metrics_have_a_direction_each),
        cmocka_unit_test(
            a_time_of_the_scripts_own_is_in_seconds_and_lower_is_better),
        cmocka_unit_test(odd_members_are_warned_of_and_the_rest_is_read),
        cmocka_unit_test(json_of_other_tools_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
