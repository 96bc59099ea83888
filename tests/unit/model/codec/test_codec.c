#include "model/codec/codec.h"

#include <float.h>

#include "check.h"

/* A run with a value in every member. */
static struct pfg_run *full_run(void)
{
    static double values[] = {1.0 / 3, -0.0,     DBL_TRUE_MIN,
                              DBL_MAX, 1.726e-6, 123456789012345678.0};
    static const char *written[] = {"0.33",    "-0.00", "5e-324",
                                    "1.8e308", "1726",  "123456789012345678"};
    static const char *one[] = {"1.23 ± 0.05"};
    static const char *gpus[] = {"NVIDIA A100", "NVIDIA GeForce RTX 3080"};
    static struct pfg_fact notes[] = {{"governor", "powersave"},
                                      {"kernel", "6.1.0-\"x\""}};
    static struct pfg_fact params[] = {{"cpus", "8"}, {"n", "10\n"}};
    static struct pfg_fact variant[] = {{"go", "1.23"}};
    struct pfg_run *run = pfg_run_new();
    struct pfg_series *a = pfg_arena_alloc(run->arena, sizeof *a);
    struct pfg_series *b = pfg_arena_alloc(run->arena, sizeof *b);
    struct pfg_piece piece = {
        .values = values,
        .n = 6,
        .written_unit = "ns/op",
        .written = written,
        .n_written = 6,
        .events = 3,
        .trials = 1000,
        .error = "",
        .budget = "p(95)<500",
        .budget_crossed = true,
        .file = "bench.txt",
        .line = 14,
    };

    run->revision = (struct pfg_revision){
        .id = "0123456789012345678901234567890123456789",
        .tree = "abcdef",
        .subject = "say \"hello\" – in UTF-8",
        .branch = "main",
        .merge = "fedcba",
        .time = 1795247388 * PFG_SECOND,
        .dirty = true,
    };
    run->profile = (struct pfg_profile){.arch = "x86_64",
                                        .cpu_vendor = "AuthenticAMD",
                                        .cpu_family = "25",
                                        .cpu_model = "",
                                        .cpu_name = "AMD EPYC 7763",
                                        .cpus = 4,
                                        .gpus = gpus,
                                        .n_gpus = 2,
                                        .notes = notes,
                                        .n_notes = 2};
    pfg_profile_finish(&run->profile, run->arena);
    run->time = 1795247388796382846;
    run->tool = "gobench";
    run->source = "bench.txt";
    run->digest = "d1";
    run->label = "old.txt";
    run->failure = "panic: no";
    run->n_measurements = 7;
    run->n_warnings = 2;
    run->n_failed = 1;
    pfg_vec_push(&run->facts, run->arena, ((struct pfg_fact){"goos", "linux"}));
    pfg_vec_push(&run->facts, run->arena, ((struct pfg_fact){"pkg", "b"}));
    pfg_vec_push(&run->facts, run->arena, ((struct pfg_fact){"pkg", "a"}));
    pfg_vec_push(&run->processes, run->arena, ((struct pfg_process){0, 0}));
    pfg_vec_push(&run->processes, run->arena,
                 ((struct pfg_process){2, 1795247388 * PFG_SECOND}));

    *a = (struct pfg_series){.key = "",
                             .suite = "pkg",
                             .benchmark = "Join",
                             .params = params,
                             .n_params = 2,
                             .variant = variant,
                             .n_variant = 1,
                             .metric = "time",
                             .unit = "s",
                             .better = PFG_LOWER,
                             .exact = true,
                             .derived = true};
    pfg_vec_push(&a->pieces, run->arena, piece);
    piece = (struct pfg_piece){.process = 1,
                               .number = 1,
                               .has_summary = true,
                               .summary = pfg_summary_of(0.1 + 0.2),
                               .written_unit = "ms",
                               .written = one,
                               .n_written = 1,
                               .error = "",
                               .budget = "",
                               .file = "",
                               .line = 0};
    piece.summary.stddev = 1e-300;
    piece.summary.count = 1000;
    pfg_vec_push(&a->pieces, run->arena, piece);
    pfg_vec_push(&run->series, run->arena, a);

    *b = (struct pfg_series){.key = "",
                             .suite = "",
                             .benchmark = "</script>@all|`x`",
                             .metric = "custom",
                             .unit = "frobs",
                             .better = PFG_NEUTRAL};
    piece = (struct pfg_piece){.process = 1,
                               .number = 3,
                               .written_unit = "",
                               .error = "--- FAIL: x",
                               .budget = "",
                               .file = "bench.txt",
                               .line = 20};
    pfg_vec_push(&b->pieces, run->arena, piece);
    pfg_vec_push(&run->series, run->arena, b);
    return run;
}

static char *print(const struct pfg_run *run, int indent)
{
    struct pfg_str text;
    struct pfg_json_writer w = {.out = &text, .indent = indent};

    pfg_str_init(&text, 0);
    pfg_codec_write_run(&w, NULL, run);
    return text.ptr;
}

static int parse(struct pfg_run **out, const char *text, struct pfg_error *err)
{
    struct pfg_json_document *document;
    int result;

    if (pfg_json_parse(&document, pfg_slice_of(text), "hand.json", 0, err)) {
        return -1;
    }
    result = pfg_codec_read_run(out, document, pfg_json_root(document), err);
    pfg_json_free(document);
    return result;
}

static struct pfg_run *must_parse(const char *text)
{
    struct pfg_error err = {0};
    struct pfg_run *run = NULL;

    if (parse(&run, text, &err)) {
        print_error("%s:%ld:%ld: %s\n", err.file, err.line, err.column,
                    err.message);
        fail();
    }
    return run;
}

static void assert_same_bits(double a, double b)
{
    assert_memory_equal(&a, &b, sizeof a);
}

static void a_run_comes_back_bit_for_bit(void **state)
{
    struct pfg_run *run = full_run(), *back;
    char *text = print(run, 2), *again;
    const struct pfg_piece *before, *after;
    (void)state;

    back = must_parse(text);
    again = print(back, 2);
    assert_string_equal(text, again);
    before = run->series.at[0]->pieces.at;
    after = back->series.at[0]->pieces.at;
    assert_int_equal(after[0].n, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_same_bits(after[0].values[i], before[0].values[i]);
        assert_string_equal(after[0].written[i], before[0].written[i]);
    }
    assert_true(after[1].has_summary);
    assert_same_bits(after[1].summary.value, 0.1 + 0.2);
    assert_same_bits(after[1].summary.stddev, 1e-300);
    assert_true(isnan(after[1].summary.lower));
    assert_true(isnan(after[1].summary.resolution));
    assert_int_equal(after[1].process, 1);
    free(text);
    free(again);
    pfg_run_free(run);
    pfg_run_free(back);
}

static void everything_about_a_run_comes_back(void **state)
{
    struct pfg_run *run = full_run(), *back;
    char *text = print(run, 0);
    (void)state;

    back = must_parse(text);
    assert_string_equal(back->revision.id, run->revision.id);
    assert_string_equal(back->revision.tree, "abcdef");
    assert_string_equal(back->revision.subject, run->revision.subject);
    assert_string_equal(back->revision.branch, "main");
    assert_string_equal(back->revision.merge, "fedcba");
    assert_true(back->revision.time == run->revision.time);
    assert_true(back->revision.dirty && !back->revision.named);
    assert_string_equal(back->profile.name, run->profile.name);
    assert_string_equal(back->profile.fingerprint, run->profile.fingerprint);
    assert_string_equal(back->profile.cpu_model, "");
    assert_null(back->profile.cpu_stepping);
    assert_int_equal(back->profile.cpus, 4);
    assert_int_equal(back->profile.n_gpus, 2);
    assert_string_equal(pfg_profile_note(&back->profile, "kernel"),
                        "6.1.0-\"x\"");
    assert_true(back->time == 1795247388796382846);
    assert_string_equal(back->tool, "gobench");
    assert_string_equal(back->source, "bench.txt");
    assert_string_equal(back->digest, "d1");
    assert_string_equal(back->label, "old.txt");
    assert_string_equal(back->failure, "panic: no");
    assert_int_equal(back->n_measurements, 7);
    assert_int_equal(back->n_warnings, 2);
    assert_int_equal(back->n_failed, 1);
    assert_int_equal(back->facts.n, 3);
    assert_string_equal(pfg_run_fact(back, "goos"), "linux");
    assert_string_equal(pfg_run_fact(back, "pkg"), "b");
    assert_string_equal(back->facts.at[2].value, "a");
    assert_null(pfg_run_fact(back, "goarch"));
    assert_int_equal(back->processes.n, 2);
    assert_int_equal(back->processes.at[1].round, 2);
    assert_true(back->processes.at[1].time == 1795247388 * PFG_SECOND);
    free(text);
    pfg_run_free(run);
    pfg_run_free(back);
}

static void everything_about_a_series_comes_back(void **state)
{
    struct pfg_run *run = full_run(), *back;
    const struct pfg_series *a, *b;
    char *text = print(run, 0);
    (void)state;

    back = must_parse(text);
    a = back->series.at[0];
    b = back->series.at[1];
    assert_string_equal(a->suite, "pkg");
    assert_string_equal(a->benchmark, "Join");
    assert_int_equal(a->n_params, 2);
    assert_string_equal(a->params[1].key, "n");
    assert_string_equal(a->params[1].value, "10\n");
    assert_string_equal(a->variant[0].value, "1.23");
    assert_string_equal(a->metric, "time");
    assert_string_equal(a->unit, "s");
    assert_int_equal(a->better, PFG_LOWER);
    assert_true(a->exact && a->derived);
    assert_string_equal(a->pieces.at[0].written_unit, "ns/op");
    assert_near(a->pieces.at[0].events, 3, 0);
    assert_near(a->pieces.at[0].trials, 1000, 0);
    assert_string_equal(a->pieces.at[0].budget, "p(95)<500");
    assert_true(a->pieces.at[0].budget_crossed);
    assert_string_equal(a->pieces.at[0].file, "bench.txt");
    assert_int_equal(a->pieces.at[0].line, 14);
    assert_string_equal(b->benchmark, "</script>@all|`x`");
    assert_int_equal(b->better, PFG_NEUTRAL);
    assert_int_equal(b->pieces.at[0].number, 3);
    assert_int_equal(b->pieces.at[0].n, 0);
    assert_false(b->pieces.at[0].has_summary);
    assert_string_equal(b->pieces.at[0].error, "--- FAIL: x");
    free(text);
    pfg_run_free(run);
    pfg_run_free(back);
}

static void an_empty_run_comes_back_empty(void **state)
{
    struct pfg_run *run = pfg_run_new(), *back;
    char *text = print(run, 0), *again;
    (void)state;

    back = must_parse(text);
    again = print(back, 0);
    assert_string_equal(text, again);
    assert_string_equal(back->profile.fingerprint, "");
    assert_int_equal(back->processes.n, 0);
    free(text);
    free(again);
    pfg_run_free(run);
    pfg_run_free(back);
}

static void printed_lines_have_every_member_in_order(void **state)
{
    static const char expected[] =
        "{\"suite\":\"pkg\",\"benchmark\":\"Join\",\"params\":{\"cpus\":\"8\","
        "\"n\":\"10\\n\"},\"variant\":{\"go\":\"1.23\"},\"metric\":\"time\","
        "\"unit\":\"s\",\"better\":\"lower\",\"process\":0,\"values\":["
        "0.3333333333333333,-0,4.94065645841247e-324,"
        "1.7976931348623157e+308,1.726e-06,1.2345678901234568e+17],"
        "\"written\":{\"unit\":\"ns/op\",\"values\":[\"0.33\",\"-0.00\","
        "\"5e-324\",\"1.8e308\",\"1726\",\"123456789012345678\"]},"
        "\"status\":\"ok\",\"error\":null,\"source\":{\"file\":\"bench.txt\","
        "\"line\":14},\"events\":3,\"trials\":1000,\"exact\":true,"
        "\"derived\":true,\"budget\":{\"limit\":\"p(95)<500\","
        "\"crossed\":true}}\n"
        "{\"suite\":\"pkg\",\"benchmark\":\"Join\",\"params\":{\"cpus\":\"8\","
        "\"n\":\"10\\n\"},\"variant\":{\"go\":\"1.23\"},\"metric\":\"time\","
        "\"unit\":\"s\",\"better\":\"lower\",\"process\":1,\"summary\":{"
        "\"value\":0.30000000000000004,\"stddev\":1e-300,\"count\":1000},"
        "\"written\":{\"unit\":\"ms\",\"values\":[\"1.23 ± 0.05\"]},"
        "\"status\":\"ok\",\"error\":null,\"source\":{\"file\":\"\","
        "\"line\":0},\"exact\":true,\"derived\":true}\n"
        "{\"suite\":\"\",\"benchmark\":\"</script>@all|`x`\",\"params\":{},"
        "\"variant\":{},\"metric\":\"custom\",\"unit\":\"frobs\","
        "\"better\":\"neutral\",\"process\":3,\"written\":{\"unit\":\"\","
        "\"values\":[]},\"status\":\"errored\",\"error\":\"--- FAIL: x\","
        "\"source\":{\"file\":\"bench.txt\",\"line\":20}}\n";
    struct pfg_run *run = full_run();
    struct pfg_str text;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_codec_print_run(&text, run);
    assert_string_equal(text.ptr, expected);
    pfg_str_free(&text);
    pfg_run_free(run);
}

static void a_piece_with_values_and_summary_prints_both(void **state)
{
    struct pfg_run *run = full_run();
    struct pfg_str text;
    const char *values, *summary;
    (void)state;

    run->series.at[0]->pieces.at[0].has_summary = true;
    run->series.at[0]->pieces.at[0].summary = pfg_summary_of(2);
    pfg_str_init(&text, 0);
    pfg_codec_print_run(&text, run);
    values = strstr(text.ptr, "\"values\":[0.33");
    summary = strstr(text.ptr, "\"summary\":{\"value\":2}");
    assert_true(values && summary && values < summary);
    pfg_str_free(&text);
    pfg_run_free(run);
}

static void a_piece_stands_on_one_line(void **state)
{
    struct pfg_run *run = full_run();
    char *text = print(run, 2);
    (void)state;

    assert_non_null(strstr(text, "\n        {\"number\":3,\"process\":1,"
                                 "\"error\":\"--- FAIL: x\",\"source\":{"
                                 "\"file\":\"bench.txt\",\"line\":20}}\n"));
    free(text);
    pfg_run_free(run);
}

static void a_minimal_series_is_enough(void **state)
{
    static const struct {
        const char *series, *metric, *unit, *written;
        double value;
        enum pfg_direction better;
    } cases[] = {
        {"{\"benchmark\":\"x\",\"metric\":\"time\",\"unit\":\"ms\","
         "\"value\":8.25}",
         "time", "s", "8.25", 8.25e-3, PFG_LOWER},
        {"{\"benchmark\":\"x\",\"unit\":\"ns/op\",\"value\":1726}", "time", "s",
         "1726", 1.726e-6, PFG_LOWER},
        {"{\"benchmark\":\"x\",\"metric\":\"throughput\",\"unit\":\"MB/s\","
         "\"value\":1e2}",
         "throughput", "B/s", "1e2", 1e8, PFG_HIGHER},
        {"{\"benchmark\":\"x\",\"metric\":\"error rate\",\"unit\":\"%\","
         "\"value\":0.11}",
         "error rate", "1", "0.11", 0.11e-2, PFG_LOWER},
        {"{\"benchmark\":\"x\",\"metric\":\"frobs\",\"unit\":\"frob\","
         "\"value\":1,\"better\":\"higher\"}",
         "frobs", "frob", "1", 1, PFG_HIGHER},
        {"{\"benchmark\":\"x\",\"metric\":\"frobs\",\"unit\":\"frob\","
         "\"value\":1}",
         "frobs", "frob", "1", 1, PFG_NEUTRAL},
        {"{\"benchmark\":\"x\",\"metric\":\"time\",\"unit\":\"ms\","
         "\"better\":null,\"value\":1}",
         "time", "s", "1", 1e-3, PFG_LOWER},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[512];
        struct pfg_run *run;
        const struct pfg_series *series;
        const struct pfg_piece *piece;

        snprintf(text, sizeof text, "{\n \"series\": [\n%s]}", cases[i].series);
        run = must_parse(text);
        assert_int_equal(run->series.n, 1);
        assert_int_equal(run->processes.n, 1);
        series = run->series.at[0];
        assert_string_equal(series->metric, cases[i].metric);
        assert_string_equal(series->unit, cases[i].unit);
        assert_int_equal(series->better, cases[i].better);
        piece = &series->pieces.at[0];
        assert_true(piece->has_summary && piece->n == 0);
        assert_near(piece->summary.value, cases[i].value, 0);
        assert_true(isnan(piece->summary.stddev));
        assert_string_equal(piece->written[0], cases[i].written);
        assert_string_equal(piece->file, "hand.json");
        assert_int_equal(piece->line, 3);
        pfg_run_free(run);
    }
}

static void parameters_are_sorted_whatever_the_hand_did(void **state)
{
    struct pfg_run *run = must_parse(
        "{\"series\":[{\"benchmark\":\"x\",\"params\":{\"z\":\"1\",\"a\":\"2\"}"
        ",\"unit\":\"s\",\"pieces\":[{\"values\":[1,2]}]}]}");
    (void)state;

    assert_string_equal(run->series.at[0]->params[0].key, "a");
    assert_string_equal(run->series.at[0]->metric, "time");
    assert_int_equal(run->series.at[0]->better, PFG_LOWER);
    assert_int_equal(run->series.at[0]->pieces.at[0].n, 2);
    pfg_run_free(run);
}

static void mistakes_of_a_hand_are_named_with_their_place(void **state)
{
#define SERIES(rest) "{\"series\":[\n {\"benchmark\":\"x\"," rest "}]}"
#define PIECE(rest)                                                            \
    SERIES("\"metric\":\"time\",\"unit\":\"s\",\n \"pieces\":[{" rest "}]")
    static const struct {
        const char *text, *message;
        long line, column;
    } cases[] = {
        {"[]", "expected an object, not an array", 1, 1},
        {"{\"seris\":[]}", "unknown key 'seris'", 1, 2},
        {"{\"tool\":7}", "'tool' must be a string, not a number", 1, 9},
        {"{\"revision\":\"abc\"}", "'revision' must be an object, not a string",
         1, 13},
        {"{\"revision\":{\"sha\":\"abc\"}}", "unknown key 'sha'", 1, 14},
        {"{\"time\":\"today\"}",
         "'time' must be a time such as '2026-11-21T07:49:48Z', not 'today'", 1,
         9},
        {"{\"series\":{}}", "'series' must be an array, not an object", 1, 11},
        {"{\"series\":[1]}", "expected an object, not a number", 1, 12},
        {"{\"series\":[{}]}", "series without 'benchmark'", 1, 12},
        {SERIES("\"value\":1"), "series without 'unit'", 2, 2},
        {SERIES("\"unit\":\"frobs\",\"value\":1"), "series without 'metric'", 2,
         2},
        {SERIES("\"unit\":\"s\""), "series without 'value' or 'pieces'", 2, 2},
        {SERIES("\"unit\":\"s\",\"value\":\"1\""),
         "'value' must be a number, not a string", 2, 38},
        {SERIES("\"unit\":\"s\",\"value\":null"),
         "'value' must be a number, not null", 2, 38},
        {SERIES("\"unit\":\"s\",\"value\":1e400"),
         "number '1e400' is out of range", 2, 38},
        {SERIES("\"unit\":\"s\",\"value\":1,\"pieces\":[]"),
         "'value' and 'pieces' cannot be combined", 2, 30},
        {SERIES("\"better\":\"up\""), "unknown direction 'up'", 2, 28},
        {SERIES("\"params\":{\"n\":8}"), "'n' must be a string, not a number",
         2, 33},
        {PIECE("\"values\":[1,\"2\"]"), "expected a number, not a string", 3,
         25},
        {PIECE("\"values\":[1,null]"), "expected a number, not null", 3, 25},
        {PIECE("\"values\":[1,-1e999]"), "number '-1e999' is out of range", 3,
         25},
        {PIECE("\"line\":1"), "unknown key 'line'", 3, 13},
        {PIECE("\"summary\":{\"mean\":1}"), "unknown key 'mean'", 3, 24},
        {PIECE("\"process\":1"),
         "process 1 is not one of the run's 1 'processes', which count from 0",
         3, 23},
        {PIECE("\"process\":-1"),
         "'process' must be a whole number of at most 9223372036854775807, "
         "not '-1'",
         3, 23},
        {PIECE("\"number\":1},{\"number\":1"),
         "'number' must be larger than that of the piece before", 3, 35},
        {"{\"hardware\":{\"identity\":{\"cpus\":5e9}}}",
         "'cpus' must be a whole number of at most 2147483647, not '5e9'", 1,
         33},
    };
#undef SERIES
#undef PIECE
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_error err = {0};
        struct pfg_run *run;

        assert_int_equal(parse(&run, cases[i].text, &err), -1);
        assert_null(run);
        assert_string_equal(err.message, cases[i].message);
        assert_string_equal(err.file, "hand.json");
        assert_int_equal(err.code, PFG_DATA);
        if (err.line != cases[i].line || err.column != cases[i].column) {
            fail_msg("%s: %ld:%ld, not %ld:%ld", cases[i].message, err.line,
                     err.column, cases[i].line, cases[i].column);
        }
    }
}

static void an_unknown_key_is_answered_with_those_known(void **state)
{
    struct pfg_error err = {0};
    struct pfg_run *run;
    (void)state;

    assert_int_equal(parse(&run, "{\"revision\":{\"sha\":\"\"}}", &err), -1);
    assert_string_equal(err.hint,
                        "known here: 'id', 'tree', 'subject', 'branch', "
                        "'merge', 'time', 'dirty', 'named'");
}

static void a_profile_by_hand_is_completed(void **state)
{
    static const struct {
        const char *text, *name;
        bool given;
    } cases[] = {
        {"{\"name\":\"rtx3080\"}", "rtx3080", true},
        {"{\"identity\":{\"cpu\":\"AMD EPYC 7763\",\"cpus\":4}}",
         "amd-epyc-7763-4c", false},
        {"{\"name\":\"old-name\",\"identity\":{\"cpu\":\"AMD EPYC 7763\","
         "\"cpus\":4}}",
         "old-name", false},
        {"{\"name\":\"lab\",\"given\":true,\"identity\":{\"cpus\":4}}", "lab",
         true},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[256];
        struct pfg_run *run;
        struct pfg_profile like = {.cpu_name = "AMD EPYC 7763", .cpus = 4};

        if (cases[i].given) {
            like =
                (struct pfg_profile){.name = cases[i].name, .name_given = true};
        }
        snprintf(text, sizeof text, "{\"hardware\":%s}", cases[i].text);
        run = must_parse(text);
        pfg_profile_finish(&like, run->arena);
        assert_string_equal(run->profile.name, cases[i].name);
        assert_int_equal(run->profile.name_given, cases[i].given);
        assert_string_equal(run->profile.fingerprint, like.fingerprint);
        pfg_run_free(run);
    }
}

/* Every prefix of a document, and the document with each byte changed: a result
 * or an error, but never a crash (the sanitizers watch). */
static void damaged_text_is_refused_without_harm(void **state)
{
    struct pfg_run *run = full_run(), *back;
    char *text = print(run, 0);
    size_t n = strlen(text);
    (void)state;

    for (size_t i = 0; i < n; i++) {
        char *damaged = strdup(text);

        damaged[i] ^= 1 << (i % 7);
        if (!parse(&back, damaged, NULL)) {
            pfg_run_free(back);
        }
        damaged[i] = '\0';
        assert_int_equal(parse(&back, damaged, NULL), -1);
        free(damaged);
    }
    free(text);
    pfg_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_comes_back_bit_for_bit),
        cmocka_unit_test(everything_about_a_run_comes_back),
        cmocka_unit_test(everything_about_a_series_comes_back),
        cmocka_unit_test(an_empty_run_comes_back_empty),
        cmocka_unit_test(printed_lines_have_every_member_in_order),
        cmocka_unit_test(a_piece_with_values_and_summary_prints_both),
        cmocka_unit_test(a_piece_stands_on_one_line),
        cmocka_unit_test(a_minimal_series_is_enough),
        cmocka_unit_test(parameters_are_sorted_whatever_the_hand_did),
        cmocka_unit_test(mistakes_of_a_hand_are_named_with_their_place),
        cmocka_unit_test(an_unknown_key_is_answered_with_those_known),
        cmocka_unit_test(a_profile_by_hand_is_completed),
        cmocka_unit_test(damaged_text_is_refused_without_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
