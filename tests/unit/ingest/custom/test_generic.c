#include "check.h"
#include "stream.h"

#include "ingest/custom/generic.h"

static void check(const char *text, const struct pfg_ingest_options *options,
                  const char *wanted, bool there)
{
    struct stream s;

    stream_read(&s, pfg_slice_of(text), "x.txt", options);
    if ((strstr(s.text.ptr, wanted) != NULL) != there) {
        print_error("%s '%s' in\n%s", there ? "no" : "unwanted:", wanted,
                    s.text.ptr);
        fail();
    }
    stream_end(&s);
}

static void a_json_result_says_which_way_is_better(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"{\"name\": \"a\", \"unit\": \"ms\", \"value\": 1}",
         "metric=time unit=s better=lower"},
        {"{\"name\": \"a\", \"unit\": \"req/s\", \"value\": 1}",
         "metric=requests unit=1/s better=higher"},
        {"{\"name\": \"heap\", \"unit\": \"MB\", \"value\": 1}",
         "metric=memory unit=B better=lower"},
        {"{\"name\": \"binary\", \"unit\": \"MB\", \"value\": 1}",
         "metric=size unit=B better=lower"},
        {"{\"name\": \"a\", \"unit\": \"x/y\", \"value\": 1, "
         "\"better\": \"higher\"}",
         "metric=value unit=x/y better=higher"},
        {"{\"name\": \"a\", \"metric\": \"success\", \"value\": 1}",
         "metric=success unit=1 better=higher"},
        {"{\"name\": \"a\", \"unit\": \"frobs\", \"value\": 1}",
         "warning x.txt:1:1 unknown direction of 'value'"},
        {"{\"name\": \"a\", \"metric\": \"throughput\", \"unit\": \"ms\", "
         "\"value\": 1}",
         "error=\"metric and unit imply opposite directions"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        check(cases[i].text, NULL, cases[i].wanted, true);
    }
}

static void json_of_others_is_left_alone(void **state)
{
    static const char *const texts[] = {
        "{\"name\": \"x\", \"value\": 3}",
        "[{\"name\": \"x\", \"version\": 1, \"unit\": \"y\"}]",
        "{\"level\": \"info\", \"msg\": \"x\"}",
        "{\"results\": {\"a\": 1}}",
        "{\"a\": {\"b\": {\"value\": 1, \"other\": 2}}}",
        "{\"a\": {\"b\": {\"value\": \"x\"}}}",
        "{\"a\": {}}",
        "[]",
        "{}",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(texts); i++) {
        check(texts[i], NULL, "measurement", false);
        check(texts[i], NULL, "error 3", true);
    }
    /* if the format is given, a name and a value are enough */
    check(texts[0], &(struct pfg_ingest_options){.format = "json"},
          "bench=x metric=value", true);
}

static void prose_and_settings_are_no_results(void **state)
{
    static const char *const texts[] = {
        "port: 8080\nretries=3\n",
        "=== Deployment ===\nreplicas: 3\n",
        "--- a/x.c\n+++ b/x.c\nduration: 5s\n",
        "# notes on the benchmarked thing\nhttp://localhost:80\n",
        "=== Benchmark ===\n10:30:15 started\nsee: example.com\n",
        "=========\nrate: 5/s\n",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(texts); i++) {
        check(texts[i], NULL, "measurement", false);
    }
}

static void a_heading_opens_lines_of_keys_and_values(void **state)
{
    (void)state;
    check(
        "=== Benchmark Results: Medium Load ===\nThroughput: 199.78 req/sec\n",
        NULL,
        "bench=\"Medium Load\" metric=requests unit=1/s better=higher "
        "values=[199.78] written=[199.78] unit_written=req/sec",
        true);
    check("--- load test results ---\nerror_rate=0.11%\n", NULL,
          "bench=\"load test results\" metric=\"error rate\" unit=1 "
          "better=lower values=[0.0011]",
          true);
    check("=== Benchmark: a ===\nLatency:\n  p99: 2 ms\nwidth: 3\n", NULL,
          "metric=width", true);
    check("=== Benchmark: a ===\nx: 1 ms\n=== Cleanup ===\ny: 2 ms\n", NULL,
          "metric=y", false);
    /* lines after another tool's output belong to that tool, or to nobody */
    check("=== Benchmark: a ===\nBenchmarkX 1 5 ns/op\ny: 2 ms\nPASS\n", NULL,
          "metric=y", false);
}

static void keyvalue_can_be_forced(void **state)
{
    const struct pfg_ingest_options options = {.format = "keyvalue"};
    (void)state;

    check("startup: 12.3ms\nsize_kb=800\n", &options,
          "bench=x metric=startup unit=s better=lower values=[0.0123]", true);
    check("startup: 12.3ms\nsize_kb=800\n", &options,
          "metric=size unit=B better=lower values=[800000]", true);
}

static void csv_rows_are_observations(void **state)
{
    (void)state;
    check("name,value,unit\na,1.0,ms\na,2,ms\n\"b, c\",3,s\n", NULL,
          "bench=\"b, c\" metric=time unit=s better=lower values=[3]", true);
    check("value;name;metric;param:n\n5;a;allocs;8\n", NULL,
          "bench=a params=n=8 metric=allocs unit=1 better=lower values=[5]",
          true);
    check("name,value\na,1\n", NULL, "measurement", false);
    check("name,value\na,1\n", &(struct pfg_ingest_options){.format = "csv"},
          "bench=a metric=value", true);
    check("name,value,unit\na,x,ms\n", NULL, "error=\"'x' is not a number\"",
          true);
}

#define SERIES                                                                 \
    "time, memory.used [MiB], load\n1, 3 MiB, 0.5\n2, 1 MiB, x\n"              \
    "3, 2 MiB, 0.25\n"

static void a_time_series_gives_one_statistic(void **state)
{
    static const struct {
        const char *column, *statistic, *wanted;
    } cases[] = {
        {"memory.used", "max",
         "metric=\"memory.used max\" unit=B better=lower"},
        {"memory.used [MiB]", "max", "value=3145728 "},
        {"memory.used", "min", "value=1048576 "},
        {"memory.used", NULL, "metric=\"memory.used median\""},
        {"memory.used", "mean", "value=2097152 "},
        {"memory.used", "first", "value=3145728 "},
        {"memory.used", "last", "value=2097152 "},
        {"memory.used", "p50", "value=2097152 "},
        {"load", "sum", "value=0.75 "},
        {"load", "sum", "warning x.txt:3 'x' of column 'load' is not a number"},
        {"none", NULL, "error 3"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        const struct pfg_ingest_options options = {
            .format = "csv",
            .csv_columns = &cases[i].column,
            .n_csv_columns = 1,
            .csv_statistic = cases[i].statistic,
        };

        check(SERIES, &options, cases[i].wanted, true);
    }
}

static void a_number_on_the_command_line_is_a_result(void **state)
{
    static const struct {
        const char *text, *wanted; /* NULL: refused */
    } cases[] = {
        {"startup time=12.3ms",
         "bench=\"startup time\" metric=time unit=s better=lower "
         "values=[0.0123] written=[12.3] unit_written=ms"},
        {"binary = 1.5 MiB", "bench=binary metric=size unit=B better=lower "
                             "values=[1572864] written=[1.5]"},
        {"peak rss=10MB", "metric=memory"},
        {"a=b=3 req/s", "bench=a=b metric=requests"},
        {"width=17", "metric=value unit=1 better=neutral values=[17]"},
        {"x", NULL},
        {"=3", NULL},
        {"x=", NULL},
        {"x=fast", NULL},
    };
    const struct pfg_ingest_options options = {0};
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_error err = {0};
        struct stream s;
        int status;

        stream_begin(&s, NULL);
        status = pfg_generic_value(cases[i].text, &options, &s.sink, &err);
        assert_int_equal(status, cases[i].wanted ? 0 : -1);
        if (cases[i].wanted) {
            assert_non_null(strstr(s.text.ptr, cases[i].wanted));
        } else {
            assert_int_equal(err.code, PFG_USAGE);
        }
        stream_end(&s);
    }
}

static void a_direction_that_was_given_needs_no_warning(void **state)
{
    const struct pfg_fact directions[] = {{"value", "lower"}};
    const struct pfg_ingest_options options = {.directions = directions,
                                               .n_directions = 1};
    (void)state;

    check("{\"name\": \"a\", \"unit\": \"frobs\", \"value\": 1}", &options,
          "warning", false);
}

static void bmf_knows_benchers_own_measures(void **state)
{
    (void)state;
    check("{\"b\": {\"latency\": {\"value\": 88.0, \"lower_value\": 87, "
          "\"upper_value\": 89}}}",
          NULL,
          "bench=b metric=latency unit=s better=lower written=[88.0] "
          "unit_written=ns value=8.8e-08 lower=8.7e-08 upper=8.9e-08",
          true);
    check("{\"b\": {\"throughput\": {\"value\": 5}}}", NULL, "better=higher",
          true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_json_result_says_which_way_is_better),
        cmocka_unit_test(json_of_others_is_left_alone),
        cmocka_unit_test(prose_and_settings_are_no_results),
        cmocka_unit_test(a_heading_opens_lines_of_keys_and_values),
        cmocka_unit_test(keyvalue_can_be_forced),
        cmocka_unit_test(csv_rows_are_observations),
        cmocka_unit_test(a_time_series_gives_one_statistic),
        cmocka_unit_test(a_number_on_the_command_line_is_a_result),
        cmocka_unit_test(a_direction_that_was_given_needs_no_warning),
        cmocka_unit_test(bmf_knows_benchers_own_measures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
