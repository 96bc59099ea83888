/* Inputs that name the commits of their results. */
#include "check.h"

#include "group/collect.h"
#include "ingest/core/ingest.h"

static const char data_js[] =
    "window.BENCHMARK_DATA = {\"entries\": {\"Suite\": [\n"
    "{\"commit\": {\"id\": \"aaa\", \"message\": \"one\\n\\nmore\",\n"
    "  \"timestamp\": \"2019-11-10T00:00:00+09:00\"}, \"date\": "
    "1573312140323,\n"
    "  \"tool\": \"cargo\",\n"
    "  \"benches\": [{\"name\": \"x\", \"value\": 254, \"unit\": "
    "\"ns/iter\"}]},\n"
    "{\"commit\": {\"id\": \"bbb\", \"message\": \"two\"}, \"date\": 1,\n"
    "  \"tool\": \"customBiggerIsBetter\",\n"
    "  \"benches\": [{\"name\": \"y\", \"value\": 3, \"unit\": \"s\\t 8 "
    "B/op\"}]},\n"
    "{\"commit\": {\"id\": \"bbb\", \"message\": \"two\"}, \"date\": 2,\n"
    "  \"tool\": \"go\", \"benches\": []}\n"
    "]}};\n";

static void read_text(struct pfg_collector *collector, struct pfg_run *run,
                      const struct pfg_collect_options *options,
                      const char *text)
{
    struct pfg_ingest_result result;
    struct pfg_input *input;
    struct pfg_sink sink;

    pfg_collect_begin(collector, run, options);
    sink = pfg_collect_sink(collector);
    assert_int_equal(
        pfg_input_open_memory(&input, pfg_slice_of(text), "data.js", NULL), 0);
    assert_int_equal(pfg_ingest_input(&result, input, NULL, &sink, NULL), 0);
    pfg_input_close(input);
    pfg_collect_end(collector);
}

static void free_all(struct pfg_collector *collector)
{
    for (size_t i = 0; i < collector->more.n; i++) {
        pfg_run_free(collector->more.at[i]);
    }
    pfg_vec_free(&collector->more);
    pfg_run_free(collector->first);
}

static void each_revision_of_a_history_begins_a_run(void **state)
{
    const struct pfg_collect_options options = {.split = true};
    const struct pfg_fact fact = {"runner", "x"};
    struct pfg_run *run = pfg_run_new();
    struct pfg_collector collector;
    (void)state;

    pfg_vec_push(&run->facts, run->arena, fact);
    read_text(&collector, run, &options, data_js);
    assert_int_equal(collector.more.n, 2);
    assert_int_equal(collector.n_revisions, 2);
    assert_string_equal(run->revision.id, "aaa");
    assert_string_equal(run->revision.subject, "one");
    assert_true(run->revision.time == 1573311600 * PFG_SECOND);
    assert_true(run->processes.at[0].time == 1573312140323 * 1000000);
    assert_int_equal(run->series.n, 1);
    /* because cargo's own output has none */
    assert_string_equal(run->series.at[0]->suite, "");
    assert_int_equal(run->series.at[0]->better, PFG_LOWER);

    run = collector.more.at[0];
    assert_string_equal(run->revision.id, "bbb");
    assert_string_equal(pfg_run_fact(run, "runner"), "x");
    assert_int_equal(run->series.at[0]->better, PFG_HIGHER);
    assert_string_equal(run->series.at[0]->unit, "s");
    /* the same commit again, without results */
    assert_string_equal(collector.more.at[1]->revision.id, "bbb");
    assert_int_equal(collector.more.at[1]->n_measurements, 0);
    free_all(&collector);
}

static void without_asking_for_it_there_is_one_run(void **state)
{
    struct pfg_run *run = pfg_run_new();
    struct pfg_collector collector;
    (void)state;

    read_text(&collector, run, NULL, data_js);
    assert_int_equal(collector.more.n, 0);
    assert_int_equal(collector.n_revisions, 2);
    assert_string_equal(collector.revision, "aaa");
    assert_string_equal(run->revision.id, "");
    assert_int_equal(run->series.n, 3); /* x, y and the bytes of y */
    free_all(&collector);
}

static void an_input_may_name_one_revision_or_none(void **state)
{
    static const char crit[] =
        "{\"name\": \"v1\", \"benchmarks\": {\"g/f/8\": "
        "{\"criterion_benchmark_v1\": {\"group_id\": \"g\", "
        "\"full_id\": \"g/f/8\"}, \"criterion_estimates_v1\": {\"mean\": "
        "{\"point_estimate\": 2.0}, \"slope\": null}}}}";
    const struct pfg_collect_options options = {.split = true};
    struct pfg_run *run = pfg_run_new();
    struct pfg_collector collector;
    (void)state;

    read_text(&collector, run, &options, crit);
    assert_string_equal(run->revision.id, "v1");
    assert_string_equal(run->series.at[0]->suite, "g");
    assert_string_equal(run->series.at[0]->benchmark, "f/8");
    free_all(&collector);

    run = pfg_run_new();
    read_text(&collector, run, &options,
              "{\"name\": \"a\", \"unit\": \"ms\", \"value\": 1}");
    assert_null(collector.revision);
    assert_int_equal(collector.more.n, 0);
    free_all(&collector);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_revision_of_a_history_begins_a_run),
        cmocka_unit_test(without_asking_for_it_there_is_one_run),
        cmocka_unit_test(an_input_may_name_one_revision_or_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
