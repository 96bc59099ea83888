#include "check.h"

#include "app/publish/combine.h"
#include "app/publish/comment_text.h"
#include "report_fixture.h"

/* A report with one row, a footnote of its own and one that all share. */
static struct pfg_report *make_report(const char *headline, int status,
                                      const char *note, const char *profile)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report *report = pfg_arena_alloc(arena, sizeof *report);
    size_t *marks = pfg_arena_new_array(arena, size_t, 2);

    *report = (struct pfg_report){
        .arena = arena,
        .version = "1",
        .status = status,
        .gate = true,
        .tone = status == PFG_GATE ? PFG_TONE_FAIL : PFG_TONE_PASS,
        .headline = headline,
        .command = "",
        .threshold = 0.05,
        .accept_label = "",
        .policy = {.base = "", .headline = "", .judged_by = ""},
    };
    report->sections = pfg_arena_new_array(arena, struct pfg_report_section, 1);
    report->n_sections = 1;
    report->sections[0].has_base = true;
    report->sections[0].shift = report->sections[0].no_base = "";
    report->sections[0].detectable = 0.04;
    report->sections[0].has_profile = profile != NULL;
    report->sections[0].profile.name = profile;
    report->sections[0].rows =
        pfg_arena_new_array(arena, struct pfg_report_row, 1);
    report->sections[0].n_rows = report->n_rows = report->n_gated = 1;
    report->sections[0].rows[0] =
        fixture_row("", "x", status ? PFG_REGRESSED : PFG_UNCHANGED, 1, 2);
    report->counts[status ? PFG_REGRESSED : PFG_UNCHANGED] = 1;
    report->n_fails = status == PFG_GATE;
    report->footnotes = pfg_arena_new_array(arena, const char *, 2);
    report->footnotes[0] = note;
    report->footnotes[1] = "of everybody";
    report->n_footnotes = 2;
    marks[0] = 0, marks[1] = 1;
    report->sections[0].rows[0].footnotes = marks;
    report->sections[0].rows[0].n_footnotes = 2;
    return report;
}

static const char *mark(const struct pfg_report *report, size_t section,
                        size_t i)
{
    return report->footnotes[report->sections[section].rows[0].footnotes[i]];
}

static void the_failing_report_comes_first_with_its_footnotes(void **state)
{
    struct pfg_report *good =
        make_report("gate passed: nothing", PFG_OK, "of the good", "arm");
    struct pfg_report *bad =
        make_report("1 benchmark slower than allowed", PFG_GATE, "of the bad", "x86");
    const struct pfg_named_report both[] = {{good, "a"}, {bad, "b"}};
    struct pfg_report *out = pfg_report_combine(both, 2);

    (void)state;
    assert_int_equal(out->status, PFG_GATE);
    assert_string_equal(out->headline, "gate failed in 1 of 2: b: 1 benchmark slower than allowed");
    assert_int_equal(out->n_sections, 2);
    assert_string_equal(out->sections[0].profile.name, "x86");
    assert_int_equal(out->n_footnotes, 3);
    assert_string_equal(mark(out, 0, 0), "of the bad");
    assert_string_equal(mark(out, 0, 1), "of everybody");
    assert_string_equal(mark(out, 1, 0), "of the good");
    assert_string_equal(mark(out, 1, 1), "of everybody");
    assert_int_equal(out->n_rows, 2);
    assert_int_equal(out->n_fails, 1);
    assert_int_equal(out->counts[PFG_REGRESSED], 1);
    pfg_arena_free(out->arena);
    pfg_arena_free(good->arena);
    pfg_arena_free(bad->arena);
}

static void sections_that_share_a_name_are_told_apart(void **state)
{
    struct pfg_report *one = make_report("gate passed", PFG_OK, "n", "x86");
    struct pfg_report *two = make_report("gate passed", PFG_OK, "n", "x86");
    struct pfg_report *none = make_report("gate passed", PFG_OK, "n", NULL);
    const struct pfg_named_report all[] = {
        {one, "go1.22"}, {two, "go1.23"}, {none, "files"}};
    struct pfg_report *out = pfg_report_combine(all, 3);

    (void)state;
    assert_string_equal(out->sections[0].profile.name, "x86, go1.22");
    assert_string_equal(out->sections[1].profile.name, "x86, go1.23");
    assert_string_equal(out->sections[2].profile.name, "files");
    assert_true(out->sections[2].has_profile);
    pfg_arena_free(out->arena);
    pfg_arena_free(one->arena);
    pfg_arena_free(two->arena);
    pfg_arena_free(none->arena);
}

/* The exit statuses of two reports, and of both combined. */
static void the_worst_status_is_that_of_all(void **state)
{
    static const int cases[][3] = {
        {PFG_OK, PFG_OK, PFG_OK},         {PFG_OK, PFG_GATE, PFG_GATE},
        {PFG_NOBASE, PFG_OK, PFG_OK},     {PFG_NOBASE, PFG_NOBASE, PFG_NOBASE},
        {PFG_DATA, PFG_OK, PFG_DATA},     {PFG_DATA, PFG_GATE, PFG_GATE},
        {PFG_NOBASE, PFG_GATE, PFG_GATE},
    };

    (void)state;
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_report *a = make_report("a", cases[i][0], "n", "p");
        struct pfg_report *b = make_report("b", cases[i][1], "n", "q");
        const struct pfg_named_report both[] = {{a, "a"}, {b, "b"}};
        struct pfg_report *out = pfg_report_combine(both, 2);

        assert_int_equal(out->status, cases[i][2]);
        pfg_arena_free(out->arena);
        pfg_arena_free(a->arena);
        pfg_arena_free(b->arena);
    }
}

static void a_loosened_policy_of_any_is_that_of_all(void **state)
{
    struct pfg_report *a = make_report("gate passed", PFG_OK, "n", "p");
    struct pfg_report *b = make_report("gate passed", PFG_OK, "n", "q");
    const struct pfg_named_report both[] = {{a, "a"}, {b, "b"}};
    struct pfg_report *out;

    (void)state;
    b->tone = PFG_TONE_DOUBT;
    b->policy.effect = PFG_POLICY_LOOSER;
    b->policy.headline = "this change loosens the policy";
    out = pfg_report_combine(both, 2);
    assert_int_equal(pfg_comment_conclusion(out, false), PFG_CONCLUDES_NEUTRAL);
    assert_string_equal(pfg_comment_title(out, false, out->arena),
                        "this change loosens the policy; gate passed in 2 of "
                        "2: a: gate passed; b: gate passed");
    assert_false(pfg_comment_is_clean(out));
    pfg_arena_free(out->arena);
    pfg_arena_free(a->arena);
    pfg_arena_free(b->arena);
}

static void what_untrusted_code_reports_can_fail_and_not_pass(void **state)
{
    struct pfg_report *good = make_report("gate passed", PFG_OK, "n", "p");
    struct pfg_report *bad = make_report("gate failed", PFG_GATE, "n", "p");

    (void)state;
    assert_int_equal(pfg_comment_conclusion(good, false),
                     PFG_CONCLUDES_SUCCESS);
    assert_int_equal(pfg_comment_conclusion(good, true), PFG_CONCLUDES_NEUTRAL);
    assert_int_equal(pfg_comment_conclusion(bad, true), PFG_CONCLUDES_FAILURE);
    good->gate = false;
    good->tone = PFG_TONE_DOUBT;
    assert_int_equal(pfg_comment_conclusion(good, false),
                     PFG_CONCLUDES_NEUTRAL);
    good->gate = true;
    good->status = PFG_NOBASE;
    good->tone = PFG_TONE_NOTHING;
    assert_int_equal(pfg_comment_conclusion(good, false),
                     PFG_CONCLUDES_NEUTRAL);
    good->status = PFG_DATA;
    assert_int_equal(pfg_comment_conclusion(good, false),
                     PFG_CONCLUDES_FAILURE);
    pfg_arena_free(good->arena);
    pfg_arena_free(bad->arena);
}

static void a_title_is_one_line_and_cut_between_characters(void **state)
{
    struct pfg_report *report = make_report("", PFG_OK, "n", "p");
    char text[700] = "a\nb";
    const char *title;

    (void)state;
    for (size_t i = 3; i + 3 < sizeof text; i += 3) {
        memcpy(text + i, "\u20ac", 4);
    }
    report->headline = text;
    title = pfg_comment_title(report, true, report->arena);
    assert_true(strlen(title) <= 250);
    assert_null(strchr(title, '\n'));
    assert_memory_equal(title, "unverified: a b", 15);
    assert_string_equal(title + strlen(title) - 6, "\u20ac...");
    pfg_arena_free(report->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_failing_report_comes_first_with_its_footnotes),
        cmocka_unit_test(sections_that_share_a_name_are_told_apart),
        cmocka_unit_test(the_worst_status_is_that_of_all),
        cmocka_unit_test(a_loosened_policy_of_any_is_that_of_all),
        cmocka_unit_test(what_untrusted_code_reports_can_fail_and_not_pass),
        cmocka_unit_test(a_title_is_one_line_and_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
