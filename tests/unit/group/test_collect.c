#include "group/collect.h"

#include "check.h"

struct collecting {
    struct pfg_run *run;
    struct pfg_collector collector;
    struct pfg_sink sink;
};

static void begin(struct collecting *c,
                  const struct pfg_collect_options *options)
{
    c->run = pfg_run_new();
    pfg_collect_begin(&c->collector, c->run, options);
    c->sink = pfg_collect_sink(&c->collector);
}

static void end(struct collecting *c)
{
    pfg_collect_end(&c->collector);
    pfg_run_free(c->run);
}

static struct pfg_measurement measurement(const char *benchmark,
                                          const char *metric, const char *unit)
{
    return (struct pfg_measurement){
        .suite = pfg_slice_of("suite"),
        .benchmark = pfg_slice_of(benchmark),
        .metric = pfg_slice_of(metric),
        .unit = pfg_slice_of(unit),
        .better = PFG_LOWER,
        .written_unit = pfg_slice_of("ns/op"),
        .pos = {"a.txt", 7, 0},
    };
}

static void put(struct collecting *c, const char *benchmark, double value)
{
    struct pfg_measurement m = measurement(benchmark, "time", "s");
    struct pfg_slice written = pfg_slice_of("1.0");

    m.values = &value;
    m.n_values = 1;
    m.written = &written;
    c->sink.measurement(c->sink.self, &m);
}

static void put_summary(struct collecting *c, const char *benchmark,
                        double value)
{
    struct pfg_measurement m = measurement(benchmark, "time", "s");
    struct pfg_summary summary = pfg_summary_of(value);

    m.summary = &summary;
    c->sink.measurement(c->sink.self, &m);
}

static const struct pfg_piece *piece(const struct collecting *c, size_t series,
                                     size_t at)
{
    return &c->run->series.at[series]->pieces.at[at];
}

static void samples_of_a_series_gather_in_one_piece(void **state)
{
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    for (size_t i = 1; i <= 100; i++) {
        put(&c, "A", (double)i);
        put(&c, "B", 1);
    }
    pfg_collect_end(&c.collector);
    assert_int_equal(c.run->series.n, 2);
    assert_int_equal(c.run->processes.n, 1);
    assert_int_equal(c.run->n_measurements, 200);
    assert_int_equal(c.run->series.at[0]->pieces.n, 1);
    assert_int_equal(piece(&c, 0, 0)->n, 100);
    assert_int_equal(piece(&c, 0, 0)->n_written, 100);
    assert_near(piece(&c, 0, 0)->values[99], 100, 0);
    assert_string_equal(piece(&c, 0, 0)->written[99], "1.0");
    end(&c);
}

static void processes_are_numbered_per_series(void **state)
{
    const struct pfg_process_start start = {.round = 2, .time = 5};
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    put(&c, "A", 1);
    c.sink.process(c.sink.self, &start);
    put(&c, "B", 1);
    c.sink.process(c.sink.self, &(struct pfg_process_start){0});
    put(&c, "A", 2);
    put(&c, "B", 2);
    pfg_collect_end(&c.collector);
    assert_int_equal(c.run->processes.n, 3);
    assert_int_equal(c.run->processes.at[1].round, 2);
    assert_int_equal(c.run->processes.at[1].time, 5);
    assert_int_equal(piece(&c, 0, 1)->process, 2);
    assert_int_equal(piece(&c, 0, 1)->number, 1);
    assert_int_equal(piece(&c, 1, 0)->process, 1);
    assert_int_equal(piece(&c, 1, 0)->number, 0);
    assert_int_equal(piece(&c, 1, 1)->number, 1);
    end(&c);
}

static void a_process_without_measurements_is_none(void **state)
{
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    c.sink.process(c.sink.self, &(struct pfg_process_start){.round = 1});
    c.sink.process(c.sink.self, &(struct pfg_process_start){.time = 9});
    put(&c, "A", 1);
    pfg_collect_end(&c.collector);
    assert_int_equal(c.run->processes.n, 1);
    assert_int_equal(c.run->processes.at[0].round, 1);
    assert_int_equal(c.run->processes.at[0].time, 9);
    end(&c);
}

/* Two summaries that a tool prints once a run: it ran twice. */
static void a_second_summary_is_a_second_process(void **state)
{
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    put_summary(&c, "A", 1);
    put_summary(&c, "B", 1);
    put_summary(&c, "A", 2);
    put_summary(&c, "B", 2);
    pfg_collect_end(&c.collector);
    assert_int_equal(c.run->processes.n, 2);
    assert_int_equal(c.run->series.n, 2);
    assert_int_equal(piece(&c, 0, 1)->process, 1);
    assert_int_equal(piece(&c, 1, 1)->process, 1);
    assert_near(piece(&c, 1, 1)->summary.value, 2, 0);
    end(&c);
}

static void numbers_that_cannot_be_mark_the_piece(void **state)
{
    static const struct {
        const char *metric, *unit;
        double value;
        bool possible;
    } cases[] = {
        {"time", "s", 1e-9, true},       {"time", "s", NAN, false},
        {"time", "s", INFINITY, false},  {"time", "s", -INFINITY, false},
        {"time", "s", -1, false},        {"time", "s", 0, false},
        {"throughput", "B/s", 0, false}, {"throughput", "B/s", 5, true},
        {"requests", "1/s", 0, true},    {"requests", "1/s", NAN, false},
        {"allocs", "1", 0, true},        {"bytes", "B", 0, true},
        {"latency mean", "s", 0, false}, {"latency mean", "s", -1, false},
        {"latency stdev", "s", 0, true}, {"connecting p50", "s", 0, true},
        {"x p99", "s", 0, false},        {"gc pause", "s", 0, true},
        {"temperature", "K", -5, true},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases) * 2; i++) {
        struct pfg_measurement m =
            measurement("A", cases[i / 2].metric, cases[i / 2].unit);
        struct pfg_summary summary = pfg_summary_of(cases[i / 2].value);
        const double values[] = {1, cases[i / 2].value};
        bool summarised = i % 2, possible = cases[i / 2].possible;
        struct collecting c;

        m.values = summarised ? NULL : values;
        m.n_values = summarised ? 0 : 2;
        m.summary = summarised ? &summary : NULL;
        begin(&c, NULL);
        c.sink.measurement(c.sink.self, &m);
        pfg_collect_end(&c.collector);
        if (!*piece(&c, 0, 0)->error != possible) {
            fail_msg("%s of %g: '%s'", cases[i / 2].metric, cases[i / 2].value,
                     piece(&c, 0, 0)->error);
        }
        assert_int_equal(c.run->n_failed, !possible);
        assert_int_equal(piece(&c, 0, 0)->n, summarised ? 0 : 1 + possible);
        assert_int_equal(piece(&c, 0, 0)->has_summary, summarised && possible);
        end(&c);
    }
}

static void another_unit_is_left_out_aloud(void **state)
{
    struct pfg_measurement m = measurement("A", "time", "1");
    double value = 3;
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    put(&c, "A", 1);
    m.values = &value;
    m.n_values = 1;
    c.sink.measurement(c.sink.self, &m);
    pfg_collect_end(&c.collector);
    assert_int_equal(piece(&c, 0, 0)->n, 1);
    assert_int_equal(c.run->n_warnings, 1);
    assert_int_equal(c.collector.remarks.at[0].line, 7);
    end(&c);
}

static void the_user_knows_best_what_things_are_called(void **state)
{
    const struct pfg_fact variant = {"go", "1.23"};
    const struct pfg_fact direction = {"ns/op", "higher"};
    const struct pfg_collect_options options = {
        .suite = "mine",
        .benchmark = "this",
        .variant = &variant,
        .n_variant = 1,
        .directions = &direction,
        .n_directions = 1,
    };
    struct collecting c;
    const struct pfg_series *series;
    (void)state;

    begin(&c, &options);
    put(&c, "A", 1);
    series = c.run->series.at[0];
    pfg_collect_end(&c.collector);
    assert_string_equal(series->suite, "mine");
    assert_string_equal(series->benchmark, "this");
    assert_string_equal(series->variant[0].value, "1.23");
    assert_int_equal(series->better, PFG_HIGHER);
    assert_non_null(strstr(series->key, "go=1.23"));
    end(&c);
}

static void a_metric_knows_its_direction_where_the_tool_does_not(void **state)
{
    struct pfg_measurement m = measurement("A", "requests", "1/s");
    double value = 3;
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    m.better = PFG_NEUTRAL;
    m.values = &value;
    m.n_values = 1;
    c.sink.measurement(c.sink.self, &m);
    pfg_collect_end(&c.collector);
    assert_int_equal(c.run->series.at[0]->better, PFG_HIGHER);
    end(&c);
}

static void parameters_in_any_order_are_one_series(void **state)
{
    const struct pfg_param one[] = {
        {pfg_slice_of("a"), pfg_slice_of("1")},
        {pfg_slice_of("b"), pfg_slice_of("2")},
    };
    const struct pfg_param other[] = {one[1], one[0]};
    struct pfg_measurement m = measurement("A", "time", "s");
    double value = 1;
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    m.values = &value;
    m.n_values = 1;
    m.params = one;
    m.n_params = 2;
    c.sink.measurement(c.sink.self, &m);
    m.params = other;
    c.sink.measurement(c.sink.self, &m);
    pfg_collect_end(&c.collector);
    assert_int_equal(c.run->series.n, 1);
    assert_int_equal(piece(&c, 0, 0)->n, 2);
    end(&c);
}

/* Names with separators, escapes and NUL bytes remain different series. */
static void odd_names_stay_apart(void **state)
{
    static const struct pfg_slice names[] = {
        {"a\x1f"
         "b",
         3},
        {"a\\1fb", 5},
        {"a\x1e"
         "b",
         3},
        {"a\0b", 3},
        {"a", 1},
        {"", 0},
        {"\xff\xfe", 2},
    };
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        struct pfg_measurement m = measurement("", "time", "s");
        double value = 1;

        m.benchmark = names[i];
        m.values = &value;
        m.n_values = 1;
        c.sink.measurement(c.sink.self, &m);
    }
    pfg_collect_end(&c.collector);
    assert_int_equal(c.run->series.n, PFG_COUNT(names));
    end(&c);
}

static void remarks_are_kept_up_to_a_limit_and_counted(void **state)
{
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    for (long i = 0; i < 5000; i++) {
        c.sink.warning(c.sink.self, (struct pfg_pos){"a.txt", i, 0}, "odd");
    }
    c.sink.failed(c.sink.self, (struct pfg_pos){"a.txt", 3, 0}, "panic");
    c.sink.failed(c.sink.self, (struct pfg_pos){0}, "and again");
    pfg_collect_end(&c.collector);
    assert_true(c.collector.remarks.n <= 1000);
    assert_int_equal(c.run->n_warnings, 5002);
    assert_int_equal(c.run->n_failed, 2);
    assert_string_equal(c.run->failure, "a.txt:3: panic");
    end(&c);
}

static void the_first_word_on_a_fact_stands(void **state)
{
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    c.sink.fact(c.sink.self, pfg_slice_of("goos"), pfg_slice_of("linux"));
    c.sink.fact(c.sink.self, pfg_slice_of("goos"), pfg_slice_of("plan9"));
    pfg_collect_end(&c.collector);
    assert_string_equal(pfg_run_fact(c.run, "goos"), "linux");
    assert_int_equal(c.run->facts.n, 1);
    end(&c);
}

/* Sends a value of one of two files as a whole, or as a repetition where the
 * collector takes it. Returns whether it did. */
static bool repeat(struct collecting *c, size_t places[2], size_t file,
                   double value, bool again)
{
    static const char *const files[] = {"a.txt", "b.txt"};
    struct pfg_measurement m = measurement("A", "time", "s");
    struct pfg_slice written = PFG_LIT("");

    if (again && places[file] &&
        c->sink.again(c->sink.self, places[file], value, 0)) {
        return true;
    }
    m.values = &value;
    m.n_values = 1;
    m.written = &written;
    m.pos.file = files[file];
    m.place = &places[file];
    c->sink.measurement(c->sink.self, &m);
    return false;
}

static void a_repetition_is_a_measurement(void **state)
{
    /* A new process before each; two follow one another in the last. */
    static const struct {
        size_t file;
        double value;
        bool taken; /* as a repetition */
    } sent[] = {
        {0, 1, false}, /* the first: its place is not known yet */
        {0, 2, true},   {0, 0, false}, /* no time is zero: a failure */
        {0, -1, false},                /* nor negative */
        {0, 3, true},   {1, 4, false}, /* of another file */
        {1, 5, false},                 /* whose pieces each say so */
        {0, 6, false},  {0, 7, true},
    };
    const struct pfg_collect_options options = {.only_values = true};
    struct collecting c[2];
    (void)state;

    for (size_t k = 0; k < 2; k++) {
        size_t places[2] = {0, 0};

        begin(&c[k], &options);
        for (size_t i = 0; i < PFG_COUNT(sent); i++) {
            c[k].sink.process(c[k].sink.self, &(struct pfg_process_start){0});
            assert_int_equal(
                repeat(&c[k], places, sent[i].file, sent[i].value, k == 1),
                k == 1 && sent[i].taken);
        }
        repeat(&c[k], places, 0, 8, k == 1);
        pfg_collect_end(&c[k].collector);
    }
    assert_int_equal(c[0].run->n_measurements, PFG_COUNT(sent) + 1);
    assert_int_equal(c[1].run->n_measurements, PFG_COUNT(sent) + 1);
    assert_int_equal(c[1].run->n_failed, 2);
    assert_int_equal(c[1].run->series.n, 1);
    assert_int_equal(c[1].run->series.at[0]->pieces.n, PFG_COUNT(sent));
    for (size_t i = 0; i < PFG_COUNT(sent); i++) {
        const struct pfg_piece *whole = piece(&c[0], 0, i);
        const struct pfg_piece *repeated = piece(&c[1], 0, i);

        assert_int_equal(whole->process, repeated->process);
        assert_int_equal(whole->n, repeated->n);
        assert_memory_equal(whole->values, repeated->values,
                            whole->n * sizeof(double));
        assert_string_equal(whole->file, repeated->file);
        assert_string_equal(whole->error, repeated->error);
    }
    assert_string_equal(piece(&c[1], 0, 6)->file, "b.txt");
    assert_int_equal(piece(&c[1], 0, 8)->n, 2);
    end(&c[0]);
    end(&c[1]);
}

static void digits_that_are_wanted_need_whole_measurements(void **state)
{
    struct collecting c;
    (void)state;

    begin(&c, NULL);
    assert_null(c.sink.again);
    end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_of_a_series_gather_in_one_piece),
        cmocka_unit_test(processes_are_numbered_per_series),
        cmocka_unit_test(a_process_without_measurements_is_none),
        cmocka_unit_test(a_second_summary_is_a_second_process),
        cmocka_unit_test(numbers_that_cannot_be_mark_the_piece),
        cmocka_unit_test(another_unit_is_left_out_aloud),
        cmocka_unit_test(the_user_knows_best_what_things_are_called),
        cmocka_unit_test(a_metric_knows_its_direction_where_the_tool_does_not),
        cmocka_unit_test(parameters_in_any_order_are_one_series),
        cmocka_unit_test(odd_names_stay_apart),
        cmocka_unit_test(remarks_are_kept_up_to_a_limit_and_counted),
        cmocka_unit_test(the_first_word_on_a_fact_stands),
        cmocka_unit_test(a_repetition_is_a_measurement),
        cmocka_unit_test(digits_that_are_wanted_need_whole_measurements),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
