#include "model/codec/codec.h"

#include <stdlib.h>

#include "check.h"
#include "report_fixture.h"
#include "json/json.h"

static const char *write_report(struct pfg_str *out,
                                const struct pfg_report *report)
{
    struct pfg_json_writer w = {.out = out, .indent = 1};

    pfg_str_clear(out);
    pfg_codec_write_report(&w, report);
    return out->ptr;
}

static int read_report(struct pfg_report **out, const char *text,
                       struct pfg_error *err)
{
    struct pfg_str copy;
    int failed;

    pfg_str_init(&copy, 0);
    pfg_str_add(&copy, pfg_slice_of(text));
    failed = pfg_codec_read_report(out, &copy, "r.json", 0, err);
    pfg_str_free(&copy);
    return failed;
}

/* A report with everything that fixture_report() lacks. */
static struct pfg_report *full_report(void)
{
    static const char *advice[] = {"measure \"in turn\"", "or not"};
    static const char *digests[] = {"f00d", ""};
    static const struct pfg_report_point points[] = {
        {1.4e-6, 1.3e-6, "0123456789"}, {1.41e-6, 1.31e-6, ""}};
    struct pfg_report *report = fixture_report();
    struct pfg_report_section *section = &report->sections[0];
    struct pfg_report_row *row = &section->rows[0];

    section->advice = advice;
    section->n_advice = 2;
    section->base.digests = digests;
    section->base.n_digests = 2;
    section->head.tool = "gobench";
    section->base.time += 123456789;
    row->base = fixture_side(1.4e-6, 3, 3, 0.02);
    row->advice = advice;
    row->n_advice = 1;
    row->working = (struct pfg_report_working){
        .present = true,
        .alternating = true,
        .family = true,
        .screened = true,
        .n = 3,
        .theta = 0.1 + 0.2,
        .effective = INFINITY,
        .low_shift = -1e-300,
        .effect = 1.0 / 3,
        .error = 5e-324,
        .p_worse = 0,
        .p_better = 1,
        .p_bulk = NAN,
        .q = NAN,
        .tests = 7,
        .points = points,
        .n_points = 2,
    };
    return report;
}

static void a_report_reads_back_byte_for_byte(void **state)
{
    struct pfg_report *report = full_report(), *again, *third;
    struct pfg_str first, second;
    struct pfg_error err;

    (void)state;
    pfg_str_init(&first, 0);
    pfg_str_init(&second, 0);
    assert_int_equal(read_report(&again, write_report(&first, report), &err),
                     0);
    assert_string_equal(write_report(&second, again), first.ptr);
    assert_int_equal(read_report(&third, second.ptr, &err), 0);
    assert_string_equal(write_report(&second, third), first.ptr);
    pfg_arena_free(report->arena);
    pfg_arena_free(again->arena);
    pfg_arena_free(third->arena);
    pfg_str_free(&first);
    pfg_str_free(&second);
}

static void what_is_read_is_what_was_written(void **state)
{
    struct pfg_report *report = full_report(), *again;
    const struct pfg_report_row *row, *was = &report->sections[0].rows[0];
    struct pfg_str text;
    struct pfg_error err;

    (void)state;
    pfg_str_init(&text, 0);
    assert_int_equal(read_report(&again, write_report(&text, report), &err), 0);
    row = &again->sections[0].rows[0];
    assert_string_equal(row->label, was->label);
    assert_int_equal(row->verdict, was->verdict);
    assert_int_equal(row->kind, was->kind);
    assert_true(row->change == was->change);
    assert_true(row->working.theta == 0.1 + 0.2);
    assert_true(row->working.low_shift == -1e-300);
    assert_true(row->working.error == 5e-324);
    assert_true(row->working.p_worse == 0);
    assert_true(isnan(row->working.effective)); /* JSON has no infinity */
    assert_true(isnan(row->working.p_bulk));
    assert_int_equal(row->working.n_points, 2);
    assert_true(row->working.points[1].level == 1.31e-6);
    assert_string_equal(row->working.points[1].revision, "");
    assert_int_equal(row->base.processes[2], 2);
    assert_int_equal(again->counts[PFG_REGRESSED],
                     report->counts[PFG_REGRESSED]);
    assert_int_equal(again->sections[0].base.time,
                     report->sections[0].base.time);
    assert_string_equal(again->sections[0].base.digests[0], "f00d");
    assert_string_equal(again->sections[0].base.tool, "");
    assert_string_equal(again->sections[0].head.tool, "gobench");
    /* A missing side is as compare/ leaves it. */
    row = &again->sections[0].rows[PFG_MISSING];
    assert_false(row->head.present);
    assert_true(isnan(row->head.value));
    assert_true(isnan(row->head.interval.lower));
    assert_string_equal(row->head.error, "");
    assert_false(row->working.present);
    assert_false(again->sections[1].has_base);
    assert_string_equal(again->sections[1].base.label, "");
    pfg_arena_free(report->arena);
    pfg_arena_free(again->arena);
    pfg_str_free(&text);
}

/* The text with `part` replaced by `by`; fails if `part` is not in it. */
static char *replaced(const char *text, const char *part, const char *by)
{
    const char *at = strstr(text, part);
    size_t size = strlen(text) + strlen(by) + 1;
    char *out = malloc(size);

    assert_non_null(at);
    snprintf(out, size, "%.*s%s%s", (int)(at - text), text, by,
             at + strlen(part));
    return out;
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    static const struct {
        const char *part, *by, *message;
    } cases[] = {
        {"\"version\": 1", "\"version\": 2",
         "report of version 2, but this perfgate reads version 1"},
        {"\"version\": 1", "\"version\": \"1\"", "not a perfgate report"},
        {"\"report\"", "\"baseline\"", "not a perfgate report"},
        {"\"status\": 1", "\"status\": true",
         "'status' must be a whole number, not true or false"},
        {"\"status\": 1,", "", "missing 'status'"},
        {"\"gate\": true", "\"gate\": null",
         "'gate' must be true or false, not null"},
        {"\"headline\"", "\"headlin\"", "unknown key 'headlin'"},
        {"\"verdict\": \"regressed\"", "\"verdict\": \"slow\"",
         "unknown verdict 'slow'"},
        {"\"evidence\": \"single\"", "\"evidence\": 3",
         "'evidence' must be a string, not a number"},
        {"\"kind\": \"micro\"", "\"kind\": \"mega\"",
         "unknown kind of metric 'mega'"},
        {"\"better\": \"lower\"", "\"better\": \"up\"",
         "unknown direction 'up'"},
        {"\"change\": 0", "\"change\": \"0", NULL},
        {"\"processes\": 3", "\"processes\": 2",
         "'process_of' refers to 2, but there are only 2"},
        {"\"n\": 3,", "\"n\": 4,", "'values' has 3 entries, but 'n' is 4"},
        {"\"sections\": [", "\"sections\": [3,",
         "expected an object, not a number"},
        {"\"tests\": 20", "\"tests\": -7", NULL},
    };
    struct pfg_report *report = full_report();
    struct pfg_str text;

    (void)state;
    pfg_str_init(&text, 0);
    write_report(&text, report);
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char *broken = replaced(text.ptr, cases[i].part, cases[i].by);
        struct pfg_report *out = report;
        struct pfg_error err = {0};

        assert_int_equal(read_report(&out, broken, &err), -1);
        assert_int_equal(err.code, PFG_DATA);
        assert_string_equal(err.file, "r.json");
        assert_true(err.line > 0 && err.column > 0);
        if (cases[i].message) {
            assert_string_equal(err.message, cases[i].message);
            assert_null(out);
        }
        free(broken);
    }
    pfg_arena_free(report->arena);
    pfg_str_free(&text);
}

static void a_footnote_that_is_not_there_is_refused(void **state)
{
    struct pfg_report *report = full_report(), *out;
    struct pfg_str text;
    struct pfg_error err;

    (void)state;
    pfg_str_init(&text, 0);
    report->n_footnotes = 1;
    assert_int_equal(read_report(&out, write_report(&text, report), &err), -1);
    assert_string_equal(err.message,
                        "'footnotes' refers to 1, but there are only 1");
    pfg_arena_free(report->arena);
    pfg_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_reads_back_byte_for_byte),
        cmocka_unit_test(what_is_read_is_what_was_written),
        cmocka_unit_test(what_is_wrong_is_told_with_its_place),
        cmocka_unit_test(a_footnote_that_is_not_there_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
