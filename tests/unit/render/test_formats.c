#include "render/render.h"

#include "base/arena.h"
#include "check.h"
#include "render/plot/plot.h"
#include "render/plot/svg.h"
#include "render/shared_parameters.h"
#include "render/template/markers.h"
#include "render/words/facts.h"
#include "render/words/words.h"
#include "report_fixture.h"

/* The formats for programs, and the parts of pages. */
struct fixture {
    struct pfg_report *report;
    struct pfg_arena *arena;
    struct pfg_str out;
    struct pfg_error err;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    f->report = fixture_report();
    f->arena = f->report->arena;
    pfg_str_init(&f->out, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    pfg_str_free(&f->out);
    pfg_arena_free(f->report->arena);
    free(f);
    return 0;
}

static const char *render(struct fixture *f, const char *format,
                          struct pfg_render_options options)
{
    pfg_str_clear(&f->out);
    assert_int_equal(pfg_renderer_find(format)->render(&f->out, f->report,
                                                       &options, &f->err),
                     0);
    return f->out.ptr;
}

#define PLAIN                    ((struct pfg_render_options){.width = 0})
#define assert_has(text, part)   assert_non_null(strstr((text), (part)))
#define assert_lacks(text, part) assert_null(strstr((text), (part)))

static size_t count(const char *text, const char *part)
{
    size_t n = 0;

    for (; (text = strstr(text, part)); text += strlen(part)) {
        n++;
    }
    return n;
}

static void a_workflow_command_cannot_be_injected(void **state)
{
    struct fixture *f = *state;
    struct pfg_report_row *row = &f->report->sections[0].rows[0];
    const char *text;

    f->report->n_sections = 1;
    f->report->sections[0].n_rows = 1;
    row->label = "a%0A\n::error::b\r,c:d";
    row->metric = "m:n,o";
    row->head.source = "C:\\x,y.txt:7";
    f->report->headline = "100% sure\n::stop-commands::x";
    text = render(f, "github", PLAIN);
    assert_string_equal(
        text,
        "::error file=C%3A\\x%2Cy.txt,line=7,title=slower m%3An%2Co::"
        "example.org/core a%250A ::error::b ,c:d: 1.423 \u00b5s \u2192 1.630 "
        "\u00b5s, +14.5%25 [+12.5, +16.5] (p<0.001 n=10; limit 10%25)\n"
        "::notice title=perfgate::100%25 sure ::stop-commands::x\n");
}

static void github_shows_nine_of_a_kind_and_says_how_many_more(void **state)
{
    struct fixture *f = *state;
    const char *text = render(f, "github", PLAIN);

    assert_int_equal(count(text, "\n::error "), 9); /* the first has no \n */
    assert_has(text, "::error title=perfgate::9 more: see the report\n");
    f->report->sections[0].rows[0].head.source = "";
    f->report->sections[0].rows[0].base.source = "";
    assert_has(render(f, "github", PLAIN), "::error title=slower time::");
}

static void csv_quotes_what_needs_it_and_disarms_formulas(void **state)
{
    struct fixture *f = *state;
    struct pfg_report_row *row = &f->report->sections[0].rows[0];
    const char *text;

    row->label = "a \"b\", c";
    row->reason = "=HYPERLINK(\"x\")";
    row->suite = "-1+2";
    text = render(f, "csv", PLAIN);
    assert_has(text, ",\"a \"\"b\"\", c\",");
    assert_has(text, "\"'=HYPERLINK(\"\"x\"\")\"");
    assert_has(text, "\"'-1+2\"");
    assert_int_equal(strncmp(text, "hardware,suite,benchmark,", 25), 0);
    /* with all significant digits */
    assert_has(text, ",1.63e-06,");
}

static void junit_tells_failures_errors_and_skips_apart(void **state)
{
    struct fixture *f = *state;
    const char *text = render(f, "junit", PLAIN);

    assert_has(text, "<testsuites name=\"perfgate\" tests=\"33\" "
                     "failures=\"16\" errors=\"2\">");
    assert_int_equal(count(text, "<testcase "), 33);
    assert_int_equal(count(text, "<failure "), 16);
    assert_int_equal(count(text, "<error "), 2);
    assert_int_equal(count(text, "<skipped "), 2);
    assert_has(text, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    assert_lacks(text, "\033");
    assert_has(text, "timestamp=\"2026-11-21T07:49:48\"");
}

static void openmetrics_has_each_family_once_and_an_end(void **state)
{
    struct fixture *f = *state;
    const char *text;

    f->report->sections[0].rows[0].label = "a\"b\\c\nd";
    text = render(f, "openmetrics", PLAIN);
    assert_int_equal(count(text, "# TYPE perfgate_value gauge\n"), 1);
    assert_has(text, ",benchmark=\"a\\\"b\\\\c d\",metric=\"time\",");
    assert_has(text, "perfgate_failing_rows 18\n");
    assert_lacks(text, "} NaN");
    assert_string_equal(text + f->out.len - 6, "# EOF\n");
}

static void badges_say_the_outcome_in_words(void **state)
{
    struct fixture *f = *state;
    struct pfg_report *report = f->report;

    assert_has(render(f, "badge", PLAIN), "<title>performance: 18 failing<");
    assert_has(render(f, "shields", PLAIN),
               "\"message\":\"18 failing\",\"color\":\"red\"");
    report->benchmarks.n_fails = 2;
    report->benchmarks.failing[PFG_REGRESSED] = 2;
    assert_has(render(f, "badge", PLAIN), ">2 slower</text>");
    report->benchmarks.n_fails = 0;
    report->status = 0;
    report->benchmarks.counts[PFG_UNCONFIRMED] = 0;
    report->tone = PFG_TONE_PASS;
    assert_has(render(f, "shields", PLAIN),
               "\"message\":\"passing\",\"color\":\"brightgreen\"");
    report->status = PFG_NOBASE;
    report->tone = PFG_TONE_NOTHING;
    assert_has(render(f, "shields", PLAIN),
               "\"message\":\"no baseline\",\"color\":\"yellow\"");
}

static void quiet_is_the_last_line_alone(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(
        render(f, "text", (struct pfg_render_options){.quiet = true}),
        "\u2717 14 benchmarks slower than allowed, 1 over budget\n");
}

static void verbose_shows_the_numbers_behind_a_verdict(void **state)
{
    struct fixture *f = *state;
    const char *text =
        render(f, "text", (struct pfg_render_options){.verbose = true});

    assert_has(text, "     limit     10% (--threshold)\n");
    assert_has(text, "     evidence  single: one process per side");
    assert_has(text, "     base      1.423 \u00b5s, between ");
    assert_lacks(render(f, "text", PLAIN), "evidence  single");
}

static void facts_leave_out_what_is_not_known(void **state)
{
    struct fixture *f = *state;
    struct pfg_report_row row = fixture_row("s", "b", PFG_MISSING, 1e-3, 1e-3);
    struct pfg_row_facts facts;

    fixture_one_sided(&row, true);
    facts = pfg_facts_of_row(f->report, &row, f->arena);
    for (size_t i = 0; i < facts.n; i++) {
        assert_true(*facts.at[i].text);
        assert_lacks(facts.at[i].text, "nan");
        assert_false(!strcmp(facts.at[i].term, "change"));
        assert_false(!strcmp(facts.at[i].term, "chance"));
    }
    for (int e = 0; e < PFG_N_EVIDENCES; e++) {
        assert_true(*pfg_evidence_meaning((enum pfg_evidence)e));
    }
}

static void shared_parameters_are_said_once(void **state)
{
    static const struct {
        const char *labels[3]; /* of the benchmarks a, b, c */
        const char *words, *first;
    } cases[] = {
        {{"a cpus=2", "b cpus=2", "c cpus=2"}, "cpus=2", "a"},
        {{"a cpus=2 k=1", "b k=2 cpus=2", "c cpus=2"}, "cpus=2", "a k=1"},
        {{"a cpus=2", "b cpus=4", "c cpus=2"}, "", "a cpus=2"},
        {{"a cpus=2", "b", "c cpus=2"}, "", "a cpus=2"},
        {{"a cpus=2 k=x y", "b cpus=2 k=x z", "c cpus=2"},
         "",
         "a cpus=2 k=x y"},
        {{"a", "b", "c"}, "", "a"},
    };
    static const char *const names[] = {"a", "b", "c"};
    struct fixture *f = *state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_report_row rows[3];
        struct pfg_report_section section = fixture_section(rows, 3);
        struct pfg_shared shared;

        for (size_t k = 0; k < 3; k++) {
            rows[k] = fixture_row("s", cases[i].labels[k], PFG_UNCHANGED, 1, 1);
            rows[k].benchmark = names[k];
        }
        shared = pfg_shared_of(&section, f->arena);
        assert_string_equal(shared.words, cases[i].words);
        assert_string_equal(pfg_shared_label(&shared, &rows[0], f->arena),
                            cases[i].first);
        section.n_rows = 1;
        assert_string_equal(pfg_shared_of(&section, f->arena).words, "");
    }
}

static void axes_are_marked_at_round_numbers(void **state)
{
    static const struct {
        double low, high, first;
        size_t n;
    } cases[] = {
        {0, 10, 0, 6},
        {387, 1160, 400, 4},
        {1.39e-6, 1.64e-6, 1.4e-6, 5},
        {-1, 1, -1, 5},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_svg_axis axis = {cases[i].low, cases[i].high, 0, 100};
        double ticks[PFG_SVG_TICKS];
        size_t n = pfg_svg_ticks(ticks, &axis);

        assert_int_equal(n, cases[i].n);
        assert_near(ticks[0], cases[i].first, 1e-9 * fabs(cases[i].high));
        assert_true(ticks[n - 1] <= cases[i].high);
    }
}

static void charts_bear_any_values(void **state)
{
    static const double values[] = {0, -1, 1e-300, 1e300, NAN, INFINITY, 5};
    static const size_t processes[] = {0, 1, 2, 3, 4, 5, 6};
    static const struct pfg_report_point points[] = {{1e-300, NAN, "", "", 0},
                                                     {0, NAN, "", "", 0},
                                                     {NAN, NAN, "", "", 0},
                                                     {1e300, NAN, "", "", 0}};
    struct fixture *f = *state;
    struct pfg_report_row row = fixture_row("<&\">", "\n", PFG_SLOWER, 0, 1);

    row.base.values = row.head.values = values;
    row.base.processes = row.head.processes = processes;
    row.base.n = row.head.n = 7;
    row.working.points = points;
    row.working.n_points = 4;
    pfg_str_clear(&f->out);
    assert_true(pfg_plot_samples(&f->out, &row));
    assert_true(pfg_plot_history(&f->out, &row));
    row.change = row.change_lower = -1e9;
    row.change_upper = 1e9;
    assert_true(pfg_plot_change(&f->out, &row));
    assert_lacks(f->out.ptr, "nan\"");
    assert_lacks(f->out.ptr, "inf\"");
    assert_lacks(f->out.ptr, "<&");
    assert_int_equal(count(f->out.ptr, "<svg "), 3);
    assert_int_equal(count(f->out.ptr, "</svg>"), 3);
    row.change = NAN;
    assert_false(pfg_plot_change(&f->out, &row));
    row.base.values = row.head.values = NULL;
    assert_false(pfg_plot_samples(&f->out, &row));
}

static void a_change_is_drawn_in_units_of_its_limit(void **state)
{
    static const double limits[] = {0.05, 0.5};
    struct fixture *f = *state;
    char *first = NULL;

    for (size_t i = 0; i < 2; i++) {
        struct pfg_report_row row =
            fixture_row("s", "b", PFG_REGRESSED, 1, 1 + 3 * limits[i]);

        row.threshold = row.effective_threshold = limits[i];
        row.change_lower = 2 * limits[i];
        row.change_upper = 4 * limits[i];
        pfg_str_clear(&f->out);
        assert_true(pfg_plot_change(&f->out, &row));
        assert_non_null(strstr(f->out.ptr, "</title>"));
        if (first) {
            assert_string_equal(strstr(f->out.ptr, "</title>"), first);
        } else {
            first = strdup(strstr(f->out.ptr, "</title>"));
        }
    }
    free(first);
}

static void a_sparkline_keeps_noise_flat_and_shows_jumps(void **state)
{
    static const struct pfg_report_point flat[] = {
        {1.0, NAN, "", "", 0}, {1.001, NAN, "", "", 0}, {1.0, NAN, "", "", 0}};
    struct fixture *f = *state;
    struct pfg_report_row row = fixture_row("s", "b", PFG_REGRESSED, 1, 1.5);

    assert_string_equal(pfg_words_sparkline(f->arena, &row), "");
    row.working.points = flat;
    row.working.n_points = 3;
    assert_string_equal(pfg_words_sparkline(f->arena, &row),
                        "\u2581\u2581\u2581\u2588");
    row.head.value = 1.002;
    assert_string_equal(pfg_words_sparkline(f->arena, &row),
                        "\u2581\u2581\u2581\u2581");
}

static void unknown_markers_are_named_with_their_line(void **state)
{
    static const char text[] = "{{%AUTOESCAPE context=\"HTML\"}}\n{{HEADLINE}}"
                               "\n{{HEADLIN}}\n{{#SECTON}}\n{{/SECTON}}"
                               "{{LABEL:x-mdd}}{{! a comment }}\n{{BAR_SVG}}";
    struct fixture *f = *state;
    struct pfg_marker_problem *problems;

    assert_int_equal(pfg_markers_check(&problems, "report.html",
                                       pfg_slice_of(text), f->arena),
                     3);
    assert_int_equal(problems[0].line, 3);
    assert_string_equal(problems[0].text, "unknown marker 'HEADLIN'");
    assert_string_equal(problems[0].hint, "did you mean 'HEADLINE'?");
    assert_int_equal(problems[1].line, 4);
    assert_string_equal(problems[1].hint, "did you mean 'SECTION'?");
    assert_string_equal(problems[2].text, "unknown modifier 'x-mdd'");
    assert_int_equal(pfg_markers_check(&problems, "report.md",
                                       pfg_slice_of("{{BAR_SVG:x-md}}{{"),
                                       f->arena),
                     1);
    assert_string_equal(problems[0].text, "'BAR_SVG' works only in HTML");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_workflow_command_cannot_be_injected),
        T(github_shows_nine_of_a_kind_and_says_how_many_more),
        T(csv_quotes_what_needs_it_and_disarms_formulas),
        T(junit_tells_failures_errors_and_skips_apart),
        T(openmetrics_has_each_family_once_and_an_end),
        T(badges_say_the_outcome_in_words),
        T(quiet_is_the_last_line_alone),
        T(verbose_shows_the_numbers_behind_a_verdict),
        T(facts_leave_out_what_is_not_known),
        T(shared_parameters_are_said_once),
        cmocka_unit_test(axes_are_marked_at_round_numbers),
        T(charts_bear_any_values),
        T(a_change_is_drawn_in_units_of_its_limit),
        T(a_sparkline_keeps_noise_flat_and_shows_jumps),
        T(unknown_markers_are_named_with_their_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
