/* k6 --out json. The samples in tests/data/k6_ndjson have whole streams. */
#include "base/arena.h"
#include "base/map.h"
#include "k6_fixture.h"

#define METRIC(name, type, contains)                                           \
    "{\"type\":\"Metric\",\"data\":{\"name\":\"" name "\",\"type\":\"" type    \
    "\",\"contains\":\"" contains "\",\"thresholds\":[\"p(95)<1\"],"           \
    "\"submetrics\":null},\"metric\":\"" name "\"}\n"
#define DURATION METRIC("http_req_duration", "trend", "time")
#define REQUESTS METRIC("http_reqs", "counter", "default")

static void add_point(struct pfg_str *out, const char *metric, double second,
                      const char *value, const char *tags)
{
    pfg_str_printf(out,
                   "{\"metric\":\"%s\",\"type\":\"Point\",\"data\":{\"time\":"
                   "\"2026-03-01T%02d:%02d:%09.6fZ\",\"value\":%s,\"tags\":"
                   "{%s}}}\n",
                   metric, (int)(second / 3600), (int)(second / 60) % 60,
                   fmod(second, 60), value, tags);
}

static char *read_points(struct pfg_str *text, const char *k6_tags)
{
    char *stream = read_with_tags(text->ptr, k6_tags);

    pfg_str_free(text);
    return stream;
}

static void rates_and_medians_are_of_whole_seconds(void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, REQUESTS DURATION);
    /* From 0.5 s on: three in the first second, none in the second, one in the
     * third, and two in a fourth that is incomplete. */
    add_point(&text, "http_req_duration", 0.5, "1", "");
    add_point(&text, "http_reqs", 0.5, "1", "");
    add_point(&text, "http_req_duration", 0.6, "3", "");
    add_point(&text, "http_reqs", 0.6, "1", "");
    add_point(&text, "http_reqs", 1.4, "1", "");
    add_point(&text, "http_req_duration", 1.4, "2", "");
    add_point(&text, "http_reqs", 2.6, "1", "");
    add_point(&text, "http_req_duration", 2.6, "7", "");
    add_point(&text, "http_reqs", 3.6, "1", "");
    add_point(&text, "http_req_duration", 3.6, "9", "");
    add_point(&text, "http_reqs", 4.0, "1", "");
    stream = read_points(&text, NULL);
    assert_has(stream, "metric=requests unit=1/s better=higher "
                       "values=[3 0 1] value=1.7142857142857142 count=6");
    assert_has(stream, "metric=\"latency p50\" unit=s better=lower "
                       "values=[0.002 0.007] value=0.003 min=0.001 max=0.009 "
                       "count=5");
    assert_has(stream, "process round=0 time=2026-03-01T00:00:00Z");
    assert_lacks(stream, "budget");
    free(stream);
}

static void a_late_point_finds_its_second_within_the_window(void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, DURATION);
    add_point(&text, "http_req_duration", 20, "1", "");
    add_point(&text, "http_req_duration", 35.5, "5", "");
    add_point(&text, "http_req_duration", 20.5, "3", ""); /* in time */
    add_point(&text, "http_req_duration", 40, "5", "");
    add_point(&text, "http_req_duration", 20.6, "90", ""); /* too late */
    stream = read_points(&text, NULL);
    assert_has(stream, "values=[0.002 0.005] value=0.005 min=0.001 max=0.09 "
                       "count=5");
    assert_has(stream, "1 points came more than 16 s late");
    free(stream);
}

static void tags_of_a_point_name_the_endpoint(void **state)
{
    static const struct {
        const char *tags, *option, *bench;
    } cases[] = {
        /* k6 sets url to the name that the script gave */
        {"\"name\":\"items\",\"url\":\"items\",\"group\":\"::g\"", NULL,
         "bench=items metric"},
        {"\"name\":\"http://h/1\",\"url\":\"http://h/1\",\"group\":\"::g\","
         "\"scenario\":\"s\"",
         NULL, "bench=g metric"},
        {"\"name\":\"http://h/${}\",\"url\":\"http://h/${}\",\"group\":\"\"",
         NULL, "bench=http://h/${} metric"},
        {"\"name\":\"http://h/1\",\"url\":\"http://h/1\",\"group\":\"\","
         "\"scenario\":\"s\"",
         NULL, "bench=s metric"},
        {"\"name\":\"http://h/1\",\"url\":\"http://h/1\",\"scenario\":\"s\"",
         "name", "bench=http://h/1 metric"},
        {"\"name\":\"http://h/?a=1\\u0026b=2\","
         "\"url\":\"http://h/?a=1\\u0026b=2\"",
         "name", "bench=http://h/?a=1&b=2 metric"},
        {"\"name\":\"items\",\"scenario\":\"s\"", "scenario,name",
         "bench=s metric"},
        {"\"name\":\"items\",\"method\":\"GET\",\"status\":\"200\"",
         "name, method,status", "bench=items params=method=GET,status=200"},
        {"\"name\":\"items\",\"status\":\"200\"", "status",
         "bench=k6 params=status=200"},
        /* with an escape in a key, json.h reads the line */
        {"\"name\":\"items\",\"a\\\"b\":\"x\"", NULL, "bench=items metric"},
        {"\"name\":\"items\",\"x\":7,\"group\":null", NULL,
         "bench=items metric"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_str text;
        char *stream;

        pfg_str_init(&text, 0);
        pfg_str_puts(&text, DURATION);
        add_point(&text, "http_req_duration", 1, "1", cases[i].tags);
        add_point(&text, "http_req_duration", 2, "2", "\"name\":\"other\"");
        stream = read_points(&text, cases[i].option);
        assert_has(stream, cases[i].bench);
        free(stream);
    }
}

static void one_endpoint_is_not_said_twice(void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, DURATION REQUESTS);
    add_point(&text, "http_req_duration", 1, "1", "\"name\":\"a\"");
    add_point(&text, "http_reqs", 1, "1", "\"name\":\"a\"");
    add_point(&text, "http_reqs", 3, "1", "\"name\":\"b\"");
    stream = read_points(&text, NULL);
    assert_has(stream, "bench=k6 metric=\"latency mean\"");
    assert_lacks(stream, "bench=a metric=\"latency mean\"");
    assert_has(stream, "bench=a metric=requests");
    free(stream);
}

static void a_group_and_a_request_of_one_name_are_kept_apart(void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, DURATION);
    add_point(&text, "http_req_duration", 1, "1", "\"group\":\"::items\"");
    add_point(&text, "http_req_duration", 2, "3", "\"name\":\"items\"");
    stream = read_points(&text, NULL);
    assert_has(stream, "bench=items metric=\"latency mean\" unit=s "
                       "better=lower value=0.003");
    assert_has(stream, "bench=items params=group=items metric=\"latency "
                       "mean\" unit=s better=lower value=0.001");
    free(stream);
}

static void endpoints_without_end_are_folded(void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, REQUESTS);
    for (int i = 0; i < 2100; i++) {
        char tags[64];

        snprintf(tags, sizeof tags, "\"name\":\"/user/%04d\"", i);
        add_point(&text, "http_reqs", i / 100.0, "1", tags);
    }
    stream = read_points(&text, NULL);
    assert_has(stream, "bench=/user/1999 metric=requests");
    assert_lacks(stream, "bench=/user/2000");
    assert_has(stream, "bench=(other) metric=requests");
    assert_has(stream, "more than 2000 endpoints");
    free(stream);
}

static void impossible_points_fail_their_series(void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, DURATION);
    add_point(&text, "http_req_duration", 1, "-1", "");
    add_point(&text, "http_req_duration", 2, "null", "");
    add_point(&text, "http_req_duration", 3, "NaN", "");
    add_point(&text, "http_req_duration", 4, "2", "");
    stream = read_points(&text, NULL);
    assert_has(stream, "value=0.002 min=0.002 max=0.002 count=1");
    assert_has(stream, "error=\"3 of 4 points are negative or not numbers\"");
    free(stream);
}

static void a_negative_value_that_is_no_time_is_one(void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, METRIC("temperature", "trend", "default"));
    add_point(&text, "temperature", 1, "-1.5", "");
    stream = read_points(&text, NULL);
    assert_has(stream, "metric=\"temperature mean\" unit=1 better=neutral "
                       "value=-1.5");
    assert_lacks(stream, "error");
    free(stream);
}

static void output_cut_off_inside_a_line_is_a_failure(void **state)
{
    static const char broken[] = "{\"metric\":\"http_reqs\",\"type\":\"Poi";
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, REQUESTS);
    add_point(&text, "http_reqs", 1, "1", "");
    pfg_str_printf(&text, "%s\n", broken);
    add_point(&text, "http_reqs", 2, "1", "");
    stream = stream_of(text.ptr); /* in the middle: another program wrote */
    assert_has(stream, "warning in:3 not a complete line");
    assert_lacks(stream, "failed");
    free(stream);

    pfg_str_puts(&text, broken);
    stream = read_points(&text, NULL);
    assert_has(stream, "failed in:5 k6 output ends inside a line: cut off?");
    assert_has(stream, "count=2");
    free(stream);
}

/* Lines as k6 writes them are read without a scanner, which must still refuse
 * invalid JSON. */
static void a_point_that_is_no_json_is_left_out(void **state)
{
    static const char *const values[] = {"01", "1.", ".5", "1.5.", "", "-"};
    static const char *const tags[] = {"\"name\":\"a\"",  "\"name\":\"a\"}",
                                       "\"name\":\"a\",", "\"name\":\"a",
                                       "\"name\":a",      "\"name\":\"\xff\""};
    struct pfg_str text;
    char *stream;
    size_t n = 0;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_puts(&text, REQUESTS DURATION);
    for (size_t i = 0; i < PFG_COUNT(values); i++) {
        add_point(&text, "http_req_duration", 1, values[i], tags[0]);
        add_point(&text, "http_req_duration", 2, "2", tags[i]);
    }
    add_point(&text, "http_req_\tduration", 3, "3", tags[0]);
    add_point(&text, "http_req\\u005fduration", 4, "4", tags[0]);
    add_point(&text, "http_req_duration", 5, "1.5e1", tags[0]);
    stream = read_points(&text, NULL);
    for (const char *at = stream; (at = strstr(at, "not a complete line")); at++) {
        n++;
    }
    assert_int_equal(n, PFG_COUNT(values) + PFG_COUNT(tags) - 1 + 1);
    assert_has(stream, "metric=\"latency max\" unit=s better=lower "
                       "value=0.015 count=3");
    free(stream);
}

static void a_metric_that_is_declared_again_begins_another_process(void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    for (int run = 0; run < 2; run++) {
        pfg_str_puts(&text, DURATION);
        add_point(&text, "http_req_duration", 1 + 10 * run, "1", "");
        add_point(&text, "http_req_duration", 2 + 10 * run, "2", "");
    }
    stream = read_points(&text, NULL);
    assert_has(stream, "process round=0 time=2026-03-01T00:00:01Z");
    assert_has(stream, "process round=0 time=2026-03-01T00:00:11Z");
    assert_has(stream, "count=2");
    assert_lacks(stream, "count=4");
    free(stream);
}

static void a_metric_that_nobody_declared_is_known_only_if_it_is_k6s(
    void **state)
{
    struct pfg_str text;
    char *stream;
    (void)state;

    pfg_str_init(&text, 0);
    add_point(&text, "http_req_duration", 1, "1", "");
    add_point(&text, "my_metric", 2, "2", "");
    stream = read_points(&text, NULL);
    assert_has(stream, "metric=\"latency mean\" unit=s");
    assert_has(stream, "warning in:2 points of 'my_metric' without a line that "
                       "declares the metric");
    free(stream);
}

static void keys_come_in_any_order_and_zones_are_understood(void **state)
{
    static const char text[] = DURATION
        "{\"data\":{\"tags\":{},\"metadata\":{\"a\":[1]},\"value\":1.5e0,"
        "\"time\":\"2026-03-01T05:30:00+05:30\"},\"metric\":"
        "\"http_req_duration\",\"type\":\"Point\"}\n"
        "{ \"type\" : \"Point\" , \"metric\" : \"http_req_duration\" , "
        "\"data\" : {\"time\":\"2026-02-28T19:00:02.5-05:00\",\"value\":2} }\n";
    char *stream = stream_of(text);
    (void)state;

    assert_has(stream, "process round=0 time=2026-03-01T00:00:00Z");
    assert_has(stream, "values=[0.0015] value=0.00175 min=0.0015 max=0.002 "
                       "count=2");
    free(stream);
}

static void values_are_read_to_the_last_bit(void **state)
{
    static const char *const cases[] = {
        "0",
        "1",
        "0.1",
        "6.491087",
        "1832.977",
        "60001.339",
        "1e3",
        "9007199254740991",
        "123456789.123456789",
        "0.000001",
        "1234567890123456789",
        "0.30000000000000004",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char wanted[64], digits[PFG_NUMBER_TEXT], *stream;
        struct pfg_str text;
        double value = 0;

        pfg_str_init(&text, 0);
        pfg_str_puts(&text, DURATION);
        add_point(&text, "http_req_duration", 1, cases[i], "");
        stream = read_points(&text, NULL);
        pfg_number_parse(&value, pfg_slice_of(cases[i]), -3);
        snprintf(wanted, sizeof wanted, " max=%s count=1",
                 pfg_number_shortest(digits, value));
        assert_has(stream, wanted);
        free(stream);
    }
}

/* ---- The same run in both formats ---- */

struct values {
    struct pfg_arena *arena;
    struct pfg_map map; /* "benchmark metric" -> double */
};

static void keep_value(void *self, const struct pfg_measurement *m)
{
    struct values *values = self;
    struct pfg_str key;
    double *kept;

    if (!m->summary) {
        return;
    }
    pfg_str_init(&key, 0);
    pfg_str_printf(&key, "%.*s|%zu|%.*s", PFG_SLICE(m->benchmark), m->n_params,
                   PFG_SLICE(m->metric));
    kept = pfg_arena_alloc(values->arena, sizeof *kept);
    *kept = m->summary->value;
    *pfg_map_at(&values->map, pfg_str_slice(&key)) = kept;
    pfg_str_free(&key);
}

static void ignore_process(void *self, const struct pfg_process_start *start)
{
    (void)self;
    (void)start;
}

static void ignore_message(void *self, struct pfg_pos pos, const char *message)
{
    (void)self;
    (void)pos;
    (void)message;
}

static void read_values(struct values *out, const char *path)
{
    struct pfg_sink sink = {.self = out,
                            .measurement = keep_value,
                            .process = ignore_process,
                            .warning = ignore_message,
                            .failed = ignore_message};
    struct pfg_ingest_result result;
    struct pfg_error err = {0};

    out->arena = pfg_arena_new();
    pfg_map_init(&out->map, out->arena);
    if (pfg_ingest_path(&result, path, NULL, &sink, &err)) {
        print_error("%s: %s\n", path, err.message);
        fail();
    }
}

/* k6 wrote both files in one run, so its own summary is the reference. Rates
 * per second differ, because k6 counts from before the first request. */
static void points_add_up_to_what_k6_itself_says(void **state)
{
    struct values summary, points;
    size_t compared = 0;
    (void)state;

    read_values(&summary, "tests/data/k6/v0.47.0-threshold-crossed.json");
    read_values(&points,
                "tests/data/k6_ndjson/v0.47.0-threshold-crossed.ndjson.gz");
    for (size_t i = 0; i < summary.map.n; i++) {
        const struct pfg_map_entry *entry = &summary.map.entries[i];
        void **other = pfg_map_find(&points.map, entry->key);
        double k6 = *(double *)entry->value;
        /* the old export does not record that this one is a time */
        double unit = pfg_slice_has(entry->key, "item_latency") ? 1e-3 : 1;

        if (!other) {
            print_error("no '%s' in the points\n", entry->key.ptr);
            fail();
        }
        if (pfg_slice_ends(entry->key, "requests") ||
            pfg_slice_ends(entry->key, "iterations") ||
            pfg_slice_ends(entry->key, "cache_misses") ||
            pfg_slice_has(entry->key, "|data ")) {
            assert_near(*(double *)*other / k6, 1, 0.05);
            continue;
        }
        assert_near(*(double *)*other, k6 * unit, fabs(k6) * unit * 1e-12);
        compared++;
    }
    assert_int_equal(compared, 89);
    pfg_arena_free(summary.arena);
    pfg_arena_free(points.arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_and_medians_are_of_whole_seconds),
        cmocka_unit_test(a_late_point_finds_its_second_within_the_window),
        cmocka_unit_test(tags_of_a_point_name_the_endpoint),
        cmocka_unit_test(one_endpoint_is_not_said_twice),
        cmocka_unit_test(a_group_and_a_request_of_one_name_are_kept_apart),
        cmocka_unit_test(endpoints_without_end_are_folded),
        cmocka_unit_test(impossible_points_fail_their_series),
        cmocka_unit_test(a_negative_value_that_is_no_time_is_one),
        cmocka_unit_test(output_cut_off_inside_a_line_is_a_failure),
        cmocka_unit_test(a_point_that_is_no_json_is_left_out),
        cmocka_unit_test(
            a_metric_that_is_declared_again_begins_another_process),
        cmocka_unit_test(
            a_metric_that_nobody_declared_is_known_only_if_it_is_k6s),
        cmocka_unit_test(keys_come_in_any_order_and_zones_are_understood),
        cmocka_unit_test(values_are_read_to_the_last_bit),
        cmocka_unit_test(points_add_up_to_what_k6_itself_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
