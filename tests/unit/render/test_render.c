#include "render/render.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "render/escape.h"
#include "render/template/template.h"
#include "render/words/words.h"
#include "report_fixture.h"
#include "json/json.h"

struct fixture {
    struct pfg_report *report;
    struct pfg_str out;
    struct pfg_error err;
    char folder[32];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    f->report = fixture_report();
    pfg_str_init(&f->out, 0);
    snprintf(f->folder, sizeof f->folder, "/tmp/pfg-render-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char path[64];

    snprintf(path, sizeof path, "%s/report.html", f->folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/report.md", f->folder);
    unlink(path);
    rmdir(f->folder);
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

/* The position of a part, which must be present. */
static size_t at(const char *text, const char *part)
{
    const char *hit = strstr(text, part);

    assert_non_null(hit);
    return (size_t)(hit - text);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;

    for (; (text = strstr(text, part)); text += strlen(part)) {
        n++;
    }
    return n;
}

static void every_format_is_found_by_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; pfg_renderers[i]; i++) {
        assert_ptr_equal(pfg_renderer_find(pfg_renderers[i]->name),
                         pfg_renderers[i]);
        assert_true(*pfg_renderers[i]->title);
    }
    assert_non_null(pfg_renderer_find("html"));
    assert_null(pfg_renderer_find("HTML"));
}

static void the_same_report_gives_the_same_bytes(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; pfg_renderers[i]; i++) {
        char *first = strdup(render(f, pfg_renderers[i]->name, PLAIN));

        assert_string_equal(render(f, pfg_renderers[i]->name, PLAIN), first);
        assert_true(strlen(first) == f->out.len);
        free(first);
    }
}

static void every_verdict_is_said_in_words_in_formats_that_list_rows(
    void **state)
{
    static const char *const formats[] = {"text", "markdown", "html",
                                          "json", "csv",      "openmetrics"};
    struct fixture *f = *state;

    for (size_t i = 0; i < PFG_COUNT(formats); i++) {
        const char *text = render(f, formats[i], PLAIN);

        for (int v = 0; v < PFG_N_VERDICTS; v++) {
            /* Formats for programs use the words of --fail-on. */
            assert_has(text, i < 3 ? pfg_verdict_word((enum pfg_verdict)v, true)
                                   : pfg_verdict_name((enum pfg_verdict)v));
        }
    }
}

static void the_text_ends_with_the_outcome(void **state)
{
    struct fixture *f = *state;
    const char *text = render(f, "text", PLAIN);
    static const char last[] =
        "\n\u2717 14 benchmarks slower than allowed, 1 over budget\n";

    assert_string_equal(text + strlen(text) - strlen(last), last);
    assert_true(at(text, "14 slower, 1 over budget") <
                at(text, "\n\u2717 14 benchmarks"));
    f->report->gate = false;
    f->report->status = 0;
    assert_has(render(f, "text", PLAIN), "1 over budget (reported only)\n");
}

static void only_a_plain_pass_is_a_green_tick(void **state)
{
    static const char *const signs[PFG_N_TONES] = {
        [PFG_TONE_PASS] = "\n\u2713 ", [PFG_TONE_NOISY] = "\n! ",
        [PFG_TONE_DOUBT] = "\n! ",     [PFG_TONE_FAIL] = "\n\u2717 ",
        [PFG_TONE_NOTHING] = "\n! ",
    };
    struct fixture *f = *state;

    for (int tone = 0; tone < PFG_N_TONES; tone++) {
        char line[128];

        f->report->tone = (enum pfg_tone)tone;
        snprintf(line, sizeof line, "%s%s\n", signs[tone], f->report->headline);
        assert_has(render(f, "text", PLAIN), line);
    }
}

static void text_is_plain_without_color_and_escapes_are_never_the_datas(
    void **state)
{
    struct fixture *f = *state;
    const char *text = render(f, "text", PLAIN);

    assert_lacks(text, "\033");
    assert_has(text, "\\x1b[31mred");
    assert_has(text, "\\u202eabc");
    assert_has(text, "two\\nlines");
    text = render(f, "text", (struct pfg_render_options){.color = true});
    assert_has(text, "\033[31mslower \u00b9 \u00b2\033[0m");
    assert_has(text, "\\x1b[31mred");
}

static void what_was_not_found_is_a_tilde(void **state)
{
    struct fixture *f = *state;
    struct pfg_arena *arena = f->report->arena;
    struct pfg_report_row row =
        fixture_row("s", "b", PFG_UNCHANGED, 1e-3, 1.04e-3);

    assert_string_equal(pfg_words_row(&row, arena).change, "~");
    assert_string_equal(pfg_words_row(&row, arena).interval, "");
    row.verdict = PFG_INCONCLUSIVE;
    assert_string_equal(pfg_words_row(&row, arena).change, "~");
    row.listed = true; /* over its limit, not proven */
    assert_string_equal(pfg_words_row(&row, arena).change, "+4.0%");
    assert_string_equal(pfg_words_row(&row, arena).interval, "[+2.0, +6.0]");
}

static void a_row_is_put_in_words(void **state)
{
    struct fixture *f = *state;
    const struct pfg_report_row *rows = f->report->sections[0].rows;
    struct pfg_arena *arena = f->report->arena;
    struct pfg_row_words words = pfg_words_row(&rows[PFG_REGRESSED], arena);

    assert_string_equal(words.base, "1.423 \u00b5s");
    assert_string_equal(words.base_spread, "\u00b12%");
    assert_string_equal(words.head, "1.630 \u00b5s");
    assert_string_equal(words.change, "+14.5%");
    assert_string_equal(words.interval, "[+12.5, +16.5]");
    assert_string_equal(words.test, "p<0.001 n=10");
    assert_string_equal(words.limit, "10%");
    assert_string_equal(words.detects, "4.2%");
    assert_string_equal(words.marks, "\u00b9 \u00b2");
    words = pfg_words_row(&rows[PFG_MISSING], arena);
    assert_string_equal(words.head, "\u2013");
    assert_string_equal(words.change, "");
    assert_string_equal(words.test, "n=10+0");
    words = pfg_words_row(&rows[PFG_SLOWER], arena);
    assert_string_equal(words.test, "p=0.012 n=5\u00d710");
    assert_string_equal(words.interval, "[-0.1, +3.9] at 90%");
    words = pfg_words_row(&rows[PFG_OVER_BUDGET], arena);
    assert_string_equal(words.limit, "< 8\u00b5s");
    words = pfg_words_row(&rows[PFG_N_VERDICTS + 1], arena);
    assert_string_equal(words.change, "0%");
    words = pfg_words_row(&rows[PFG_N_VERDICTS + 2], arena);
    assert_string_equal(words.change, "+48 B");
    words = pfg_words_row(&rows[PFG_N_VERDICTS + 3], arena);
    assert_string_equal(words.base, "748.9k/s");
    assert_string_equal(words.limit, "10% (17%)");
    assert_string_equal(words.note, "");
    words = pfg_words_row(&rows[PFG_N_VERDICTS + 4], arena);
    assert_string_equal(words.head, "0.1200%");
    assert_string_equal(words.note, "budget rate<0.01 kept");
    words = pfg_words_row(&rows[PFG_N_VERDICTS + 5], arena);
    assert_string_equal(words.limit, "\u2013");
}

static void changes_keep_three_digits(void **state)
{
    struct fixture *f = *state;
    static const struct {
        double fraction;
        const char *text;
    } cases[] = {
        {0, "+0.00%"},        {0.001234, "+0.12%"}, {-0.0123, "-1.2%"},
        {0.1234, "+12.3%"},   {0.99949, "+99.9%"},  {0.9996, "+100%"},
        {12.3, "+1230%"},     {1e12, "+1.00e+14%"}, {NAN, "\u2013"},
        {INFINITY, "\u2013"}, {4e-6, "+0.0004%"},   {-1e-17, "+0.00%"},
    };

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        assert_string_equal(
            pfg_words_change(f->report->arena, cases[i].fraction),
            cases[i].text);
    }
    assert_string_equal(pfg_words_mark(f->report->arena, 11), "\u00b9\u00b2");
    assert_string_equal(pfg_words_percent(f->report->arena, 0.125), "12.5%");
    assert_string_equal(pfg_words_percent(f->report->arena, 12.34), "1234%");
}

/* `n` rows that need no attention, and a failing one at the end. */
static void many_rows(struct fixture *f, size_t n)
{
    struct pfg_arena *arena = f->report->arena;
    struct pfg_report_row *rows =
        pfg_arena_new_array(arena, struct pfg_report_row, n);

    for (size_t i = 0; i < n; i++) {
        rows[i] = fixture_row(
            "many", pfg_arena_printf(arena, "Benchmark_%zu_|`<@&>", i),
            i + 1 < n ? PFG_UNCHANGED : PFG_REGRESSED, 1e-3, 2e-3);
    }
    f->report->sections[0].rows = rows;
    f->report->sections[0].n_rows = n;
    f->report->n_sections = 1;
    memset(f->report->counts, 0, sizeof f->report->counts);
    f->report->n_rows = f->report->n_gated = f->report->n_fails = 0;
    fixture_count(f->report);
}

static void above_forty_rows_only_those_worth_a_look_are_shown(void **state)
{
    struct fixture *f = *state;

    many_rows(f, 113);
    render(f, "text", PLAIN);
    assert_has(f->out.ptr, "Benchmark_112_");
    assert_lacks(f->out.ptr, "Benchmark_111_");
    assert_has(f->out.ptr, "\n112 unchanged (--all)\n");
    render(f, "text", (struct pfg_render_options){.all = true});
    assert_has(f->out.ptr, "Benchmark_111_");
    assert_lacks(f->out.ptr, "(--all)");
    many_rows(f, 40);
    assert_has(render(f, "text", PLAIN), "Benchmark_0_");
}

static void a_narrow_terminal_gets_narrow_lines(void **state)
{
    struct fixture *f = *state;

    many_rows(f, 3);
    render(f, "text", (struct pfg_render_options){.width = 90});
    assert_lacks(f->out.ptr, "\u00b12%");
    assert_has(f->out.ptr, "Benchmark_0_|`<@&>");
    render(f, "text", (struct pfg_render_options){.width = 160});
    assert_has(f->out.ptr, "\u00b12%");
}

static void markdown_stays_within_its_budget_and_keeps_what_failed(void **state)
{
    struct fixture *f = *state;

    many_rows(f, 5000);
    render(f, "markdown",
           (struct pfg_render_options){.report_url = "https://ci.example/r)"});
    assert_true(f->out.len < 8000); /* rows that passed are a few names */
    assert_has(f->out.ptr,
               "Benchmark\\_<wbr>4999\\_\\|\\`&lt;@\u200b&amp;&gt;");
    assert_has(f->out.ptr, "Benchmark\\_0\\_");
    assert_lacks(f->out.ptr, "Benchmark\\_4998\\_");
    assert_has(f->out.ptr,
               " more in the [full report](https://ci.example/r%29)\n");
    assert_true(at(f->out.ptr, "Benchmark\\_<wbr>4999\\_") <
                at(f->out.ptr, "Benchmark\\_0\\_"));
    assert_int_equal(count(f->out.ptr, "<details>"),
                     count(f->out.ptr, "</details>"));
}

static void markdown_gives_up_notes_and_sections_when_rows_are_not_enough(
    void **state)
{
    struct fixture *f = *state;
    struct pfg_arena *arena = f->report->arena;
    const char **notes = pfg_arena_new_array(arena, const char *, 2000);
    struct pfg_report_section *sections =
        pfg_arena_new_array(arena, struct pfg_report_section, 300);

    for (size_t i = 0; i < 2000; i++) {
        notes[i] = "a note that takes some room, one of very many of its kind";
    }
    many_rows(f, 50);
    f->report->sections[0].notes = notes;
    f->report->sections[0].n_notes = 2000;
    render(f, "markdown", PLAIN);
    assert_true(f->out.len <= 65000);
    assert_has(f->out.ptr, "Benchmark\\_<wbr>49\\_");
    assert_lacks(f->out.ptr, "one of very many");

    for (size_t i = 0; i < 300; i++) {
        sections[i] = f->report->sections[0];
    }
    f->report->sections = sections;
    f->report->n_sections = 300;
    render(f, "markdown", PLAIN);
    assert_true(f->out.len <= 65000);
    assert_has(f->out.ptr, " more hardware profiles");
}

static void markdown_begins_with_its_marker_and_one_table_row_a_row(
    void **state)
{
    struct fixture *f = *state;
    const char *text = render(f, "markdown", PLAIN);
    size_t lines = 0, wanted = 0;

    assert_int_equal(at(text, "<!-- perfgate -->\n## "), 0);
    for (const char *line = text; line; line = strchr(line + 1, '\n')) {
        lines += line[0] == '\n' && line[1] == '|' && line[2] == ' ';
    }
    for (size_t s = 0; s < f->report->n_sections; s++) {
        const struct pfg_report_section *section = &f->report->sections[s];

        for (size_t i = 0; i < section->n_rows; i++) {
            wanted += section->rows[i].fails || section->rows[i].listed;
        }
    }
    /* rows that need attention, and a heading for each of two tables */
    assert_int_equal(lines, wanted + 2);
}

static void data_is_only_data_in_markdown(void **state)
{
    static const struct {
        const char *text, *escaped;
    } cases[] = {
        {"plain-1.5 (a=b)", "plain-1.5 (a=b)"},
        {"a|b\\c", "a\\|b\\\\c"},
        {"`*_~[]!", "\\`\\*\\_\\~\\[\\]\\!"},
        {"<b>&amp;", "&lt;b&gt;&amp;amp;"},
        {"a\nb\r\nc\td", "a b  c d"},
        {"@everyone", "@\u200beveryone"},
        {"#1", "#\u200b1"},
        {"gh-12 GH-7 gh-x", "gh-\u200b12 GH-\u200b7 gh-x"},
        {"https://x.example www.x", "https\\://x.example www\\.x"},
        {"$x$", "<span>$</span>x<span>$</span>"},
        {"\033\u202e\xff", "\\\\x1b\\\\u202e\\\\xff"},
        {"", ""},
    };
    struct pfg_str out;
    (void)state;

    pfg_str_init(&out, 0);
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        pfg_str_clear(&out);
        pfg_escape_markdown(&out, pfg_slice_of(cases[i].text));
        assert_string_equal(out.ptr, cases[i].escaped);
    }
    pfg_str_free(&out);
}

static void only_web_addresses_become_links(void **state)
{
    static const struct {
        const char *url, *escaped;
    } cases[] = {
        {"https://a.example/r?x=1&y=2#z", "https://a.example/r?x=1&amp;y=2#z"},
        {"http://a.example/(b) [c]<d>|`", "http://a.example/%28b%29%20%5Bc%5D"
                                          "%3Cd%3E%7C%60"},
        {"javascript:alert(1)", "#"},
        {"//a.example", "#"},
        {"https://a\n\xff", "https://a%0A%FF"},
    };
    struct pfg_str out;
    (void)state;

    pfg_str_init(&out, 0);
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        pfg_str_clear(&out);
        pfg_escape_url(&out, pfg_slice_of(cases[i].url));
        assert_string_equal(out.ptr, cases[i].escaped);
    }
    pfg_str_free(&out);
}

static void the_page_needs_nothing_and_runs_its_own_script_only(void **state)
{
    struct fixture *f = *state;
    const char *page = render(f, "html", PLAIN);

    assert_int_equal(at(page, "<!DOCTYPE html>\n<html lang=\"en\">"), 0);
    assert_has(page, "Content-Security-Policy");
    assert_has(page, "default-src 'none'");
    assert_has(page, "name=\"viewport\"");
    assert_has(page, "script-src 'sha256-");
    assert_int_equal(count(page, "<script"), 1);
    assert_has(page, "<script>\"use strict\";");
    assert_lacks(page, "onclick");
    assert_lacks(page, "src=");
    assert_int_equal(count(page, "href="),
                     count(page, "href=\"#")); /* links within the page */
    assert_lacks(page, "url(");
    assert_lacks(page, "@import");
    assert_lacks(page, "{{%");
    assert_lacks(page, "style=\"");
    assert_has(page, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    assert_has(page, "&lt;!-- perfgate --&gt;");
    assert_has(page, "{{MARKER}}");
    assert_lacks(page, "\u202e");
    assert_lacks(page, "\033");
}

static void details_and_plots_stand_under_rows_worth_a_look(void **state)
{
    struct fixture *f = *state;
    const char *page;
    size_t looked = 0;

    for (size_t i = 0; i < f->report->sections[0].n_rows; i++) {
        looked += f->report->sections[0].rows[i].listed;
    }
    f->report->n_sections = 1;
    f->report->sections[0].rows[0].base =
        fixture_side(1.4e-6, 3, 3, 0.02); /* has samples */
    page = render(f, "html", PLAIN);
    assert_int_equal(count(page, "<tr class=\"more "),
                     f->report->sections[0].n_rows);
    assert_int_equal(count(page, "<svg class=\"plot\""), 1);
    assert_has(page, "<title>samples of BenchmarkJoin/n=8 cpus=2 time</title>"
                     "<desc>base: 3, median 1.400 \u00b5s,");
    assert_has(page, "class=\"p p2\"");
    many_rows(f, 100);
    page = render(f, "html", PLAIN);
    assert_int_equal(count(page, "<tr class=\"more "), 1);
    /* each row, and the failing one once more above them */
    assert_int_equal(count(page, "<svg class=\"bar\""), 101);
    assert_true(looked > 1);
}

static void history_is_drawn_where_there_is_one(void **state)
{
    static const struct pfg_report_point points[] = {
        {1.40e-6, NAN, "1111111111111111", "", 0},
        {1.41e-6, NAN, "22", "", 0},
        {1.39e-6, NAN, "33", "", 0},
        {1.42e-6, NAN, "44", "", 0},
        {1.423e-6, NAN, "55", "", 0},
    };
    struct fixture *f = *state;
    struct pfg_report_row *row = &f->report->sections[0].rows[0];

    assert_lacks(render(f, "html", PLAIN), "history of");
    row->working.points = points;
    row->working.n_points = 5;
    row->working.earlier = 4;
    row->working.history = 0.01;
    assert_has(render(f, "html", PLAIN),
               "<title>history of BenchmarkJoin/n=8 cpus=2 time</title><desc>4 "
               "earlier results, the oldest 1.400 \u00b5s; base 1.423 "
               "\u00b5s; head 1.630 \u00b5s</desc>");
    assert_has(f->out.ptr, ">111111111</text>");
    assert_int_equal(count(f->out.ptr, "class=\"trend\""), 1);
}

static void a_change_of_level_and_the_baseline_after_it_are_drawn(void **state)
{
    static const struct pfg_report_point points[] = {
        {1.00e-6, NAN, "1111111111111111", "", 0},
        {1.01e-6, NAN, "2222222222222222", "", 0},
        {1.25e-6, NAN, "3333333333333333", "", 0},
        {1.26e-6, NAN, "4444444444444444", "", 0},
    };
    static const struct pfg_report_jump jump = {2, 1.00e-6, 1.25e-6};
    struct fixture *f = *state;
    struct pfg_report_row *row = &f->report->sections[0].rows[0];

    row->working.points = points;
    row->working.n_points = 4;
    row->working.earlier = 1;
    row->working.jumps = &jump;
    row->working.n_jumps = 1;
    assert_has(render(f, "html", PLAIN),
               "the baseline is the last 2, including the base; level changed "
               "+25.0% at 333333333</desc>");
    assert_int_equal(count(f->out.ptr, "class=\"jump\""), 1);
    assert_has(f->out.ptr, ">+25.0% at 333333333</text>");
}

static void the_page_links_to_web_addresses_only(void **state)
{
    struct fixture *f = *state;

    assert_has(render(f, "html",
                      (struct pfg_render_options){
                          .report_url = "https://ci.example/?a=1&b=\"2"}),
               "href=\"https://ci.example/?a=1&amp;b=&quot;2\"");
    assert_lacks(render(f, "html",
                        (struct pfg_render_options){.report_url =
                                                        "javascript:alert(1)"}),
                 "javascript");
}

static void every_table_of_the_page_has_caption_and_headings(void **state)
{
    struct fixture *f = *state;
    const char *page = render(f, "html", PLAIN);
    size_t tables = count(page, "<table");

    assert_true(tables > 3);
    assert_int_equal(count(page, "<caption>"), tables);
    assert_int_equal(count(page, "<thead>"), tables);
    assert_int_equal(count(page, "</table>"), tables);
    /* a table that is too wide becomes cards, or scrolls */
    assert_int_equal(
        count(page, "<div class=\"scroll\"") + count(page, "cards\">"), tables);
    assert_int_equal(count(page, "<section"), count(page, "</section>"));
    assert_int_equal(count(page, "<th scope=\"row\""),
                     count(page, "<tr class=") -
                         count(page, "<tr class=\"more ") + PFG_N_EVIDENCES);
    assert_int_equal(count(page, "<tr class=\"row "), f->report->n_rows);
}

static void the_json_holds_every_digit(void **state)
{
    struct fixture *f = *state;
    struct pfg_json_document *document;
    const struct pfg_json_value *root, *row;

    render(f, "json", PLAIN);
    assert_int_equal(
        pfg_json_parse(&document, pfg_str_slice(&f->out), "x", 0, &f->err), 0);
    root = pfg_json_root(document);
    assert_string_equal(pfg_json_string(pfg_json_get(root, "perfgate")),
                        "report");
    assert_near(pfg_json_number(document, pfg_json_get(root, "version")), 1, 0);
    assert_near(pfg_json_number(document, pfg_json_get(root, "status")), 1, 0);
    row = pfg_json_first(
        pfg_json_get(pfg_json_first(pfg_json_get(root, "sections")), "rows"));
    for (size_t i = 0; i < f->report->sections[0].n_rows; i++) {
        const struct pfg_report_row *expected = &f->report->sections[0].rows[i];

        assert_string_equal(pfg_json_string(pfg_json_get(row, "label")),
                            expected->label);
        assert_string_equal(pfg_json_string(pfg_json_get(row, "verdict")),
                            pfg_verdict_name(expected->verdict));
        assert_string_equal(pfg_json_string(pfg_json_get(row, "evidence")),
                            pfg_evidence_name(expected->evidence));
        assert_near(pfg_json_number(document,
                                    pfg_json_path(row, "head/value")),
                    expected->head.value, 0);
        assert_near(pfg_json_number(document, pfg_json_get(row, "change")),
                    expected->change, 0);
        row = pfg_json_next(row);
    }
    assert_null(row);
    pfg_json_free(document);
}

static void put_template(struct fixture *f, const char *name, const char *text)
{
    char path[64];

    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    assert_int_equal(pfg_file_write(path, pfg_slice_of(text), &f->err), 0);
}

/* The change under test altered the policy that judges it: readers must not
 * miss that. */
static void an_altered_policy_is_told_before_anything_else(void **state)
{
    struct fixture *f = *state;
    struct pfg_report_policy_change changes[25];
    struct pfg_report_policy *policy = &f->report->policy;
    const char *text;

    for (size_t i = 0; i < 25; i++) {
        changes[i] = (struct pfg_report_policy_change){
            .what = "<b>*x* threshold",
            .text = "<b>*x* threshold 5% to 50%",
            .from = "5%",
            .to = "50%",
            .effect = PFG_POLICY_LOOSER,
            .source = "perfgate.json:3",
        };
    }
    *policy = (struct pfg_report_policy){
        .base = "0123456789",
        .headline = "this change loosens the policy: <b>*x* @all",
        .judged_by = "head",
        .effect = PFG_POLICY_LOOSER,
        .changes = changes,
        .n_changes = 25,
        .n_looser = 1,
        .n_tighter = 2,
    };
    text = render(f, "text", PLAIN);
    assert_ptr_equal(strstr(text, "! this change loosens the policy: <b>*x*"),
                     text);
    assert_has(text,
               "  looser: <b>*x* threshold 5% to 50% (perfgate.json:3)\n"
               "  5 more changes\n"
               "  of the measured benchmarks, 1 limit is looser, 2 limits "
               "are tighter\n");
    text = render(f, "markdown", PLAIN);
    assert_has(text, "this change loosens the policy: &lt;b&gt;\\*x\\*");
    assert_null(strstr(text, "@all"));
    assert_true(strstr(text, "loosens") < strstr(text, "benchmarks:"));
    text = render(f, "html", PLAIN);
    assert_has(text, "this change loosens the policy: &lt;b&gt;*x*");
    assert_true(strstr(text, "loosens the policy") <
                strstr(text, "role=\"search\""));
    assert_has(render(f, "junit", PLAIN),
               "<property name=\"policy\" value=\"this change loosens the "
               "policy: &lt;b&gt;*x* @all\"/>");
    text = render(f, "github", PLAIN);
    assert_ptr_equal(
        strstr(text, "::warning title=perfgate::this change loosens"), text);
}

static void a_folder_overrides_the_templates_it_holds(void **state)
{
    struct fixture *f = *state;
    struct pfg_render_options options = {.templates = f->folder};

    put_template(f, "report.html",
                 "{{%AUTOESCAPE context=\"HTML\"}}<p>{{HEADLINE}}"
                 "{{#SECTION}}{{#TABLE}}{{#ROW}}{{LABEL}},{{/ROW}}{{/TABLE}}"
                 "{{/SECTION}}</p>");
    f->report->headline = "<b>";
    assert_has(render(f, "html", options), "<p>&lt;b&gt;");
    assert_has(render(f, "markdown", options), "<!-- perfgate -->");
}

static void a_broken_template_is_an_error_with_its_place(void **state)
{
    static const struct {
        const char *name, *text, *message;
        long line;
    } cases[] = {
        {"html", "<p>{{HEADLINE}}</p>", "does not begin with its escaping", 1},
        {"html",
         "{{%AUTOESCAPE context=\"HTML\"}}\n<p>\n{{#A}}\n<b>{{/B}}\n</p>",
         "different section", 4},
        {"html", "{{%AUTOESCAPE context=\"HTML\"}}\n{{#A}}\nx\n",
         "before all sections were closed", 3},
        {"html", "{{%AUTOESCAPE context=\"HTML\"}}\n<p>\n{{A-B}}\n",
         "Illegal name", 3},
        {"html", "{{%AUTOESCAPE context=\"HTML\"}}\n<p>\n\n{{AB\n", "ending",
         4},
        {"html",
         "{{%AUTOESCAPE context=\"HTML\"}}\n<p>\n<p \n{{A}} = \"{{A}}\n</p>",
         "Failed parsing", 4},
        {"html", "", "does not begin with its escaping", 1},
        {"md", "x\n{{HEADLINE}}\n", "'HEADLINE' is not escaped", 2},
        {"md", "x\n\n{{%BAD}}\n", "pragma", 3},
    };
    struct fixture *f = *state;
    struct pfg_render_options options = {.templates = f->folder};

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        bool html = !strcmp(cases[i].name, "html");
        const struct pfg_renderer *renderer =
            pfg_renderer_find(html ? "html" : "markdown");

        put_template(f, html ? "report.html" : "report.md", cases[i].text);
        pfg_str_clear(&f->out);
        assert_int_equal(
            renderer->render(&f->out, f->report, &options, &f->err), -1);
        assert_int_equal(f->err.code, PFG_USAGE);
        assert_has(f->err.message, cases[i].message);
        assert_has(f->err.file, "/report.");
        assert_int_equal(f->err.line, cases[i].line);
        assert_int_equal(f->out.len, 0);
    }
}

static void an_unknown_template_is_an_error(void **state)
{
    struct fixture *f = *state;
    struct pfg_template *t = pfg_template_new("nothing.html");

    assert_int_equal(pfg_template_expand(&f->out, t, NULL, &f->err), -1);
    assert_int_equal(f->err.code, PFG_USAGE);
    pfg_template_free(t);
    pfg_template_free(NULL);
}

static void a_report_without_rows_is_still_a_report(void **state)
{
    struct fixture *f = *state;

    pfg_arena_free(f->report->arena);
    f->report = fixture_empty();
    f->report->headline = "nothing to compare with";
    f->report->status = 5;
    for (size_t i = 0; pfg_renderers[i]; i++) {
        const char *name = pfg_renderers[i]->name;

        render(f, name, PLAIN);
        if (!strcmp(name, "html") || !strcmp(name, "json") ||
            !strcmp(name, "text") || !strcmp(name, "markdown") ||
            !strcmp(name, "github")) {
            assert_has(f->out.ptr, "nothing to compare with");
        }
    }
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_found_by_its_name),
        T(the_same_report_gives_the_same_bytes),
        T(every_verdict_is_said_in_words_in_formats_that_list_rows),
        T(the_text_ends_with_the_outcome),
        T(only_a_plain_pass_is_a_green_tick),
        T(text_is_plain_without_color_and_escapes_are_never_the_datas),
        T(what_was_not_found_is_a_tilde),
        T(a_row_is_put_in_words),
        T(changes_keep_three_digits),
        T(above_forty_rows_only_those_worth_a_look_are_shown),
        T(a_narrow_terminal_gets_narrow_lines),
        T(markdown_stays_within_its_budget_and_keeps_what_failed),
        T(markdown_gives_up_notes_and_sections_when_rows_are_not_enough),
        T(markdown_begins_with_its_marker_and_one_table_row_a_row),
        cmocka_unit_test(data_is_only_data_in_markdown),
        cmocka_unit_test(only_web_addresses_become_links),
        T(the_page_needs_nothing_and_runs_its_own_script_only),
        T(details_and_plots_stand_under_rows_worth_a_look),
        T(history_is_drawn_where_there_is_one),
        T(a_change_of_level_and_the_baseline_after_it_are_drawn),
        T(the_page_links_to_web_addresses_only),
        T(every_table_of_the_page_has_caption_and_headings),
        T(the_json_holds_every_digit),
        T(an_altered_policy_is_told_before_anything_else),
        T(a_folder_overrides_the_templates_it_holds),
        T(a_broken_template_is_an_error_with_its_place),
        T(an_unknown_template_is_an_error),
        T(a_report_without_rows_is_still_a_report),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
