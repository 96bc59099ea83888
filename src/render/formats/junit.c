#include "render/render.h"

#include <math.h>

#include "base/arena.h"
#include "render/escape.h"
#include "render/suites.h"
#include "render/words/facts.h"
#include "render/words/words.h"

/* JUnit XML, which CI servers show: suites are test suites, series are test
 * cases. A case fails if it fails the gate, and is skipped if it is not judged.
 */
struct page {
    struct pfg_str *out;
    const struct pfg_report *report;
    struct pfg_arena *arena;
};

static void put_attribute(struct page *p, const char *name, const char *value)
{
    pfg_str_printf(p->out, " %s=\"", name);
    pfg_escape_xml(p->out, pfg_slice_of(value));
    pfg_str_putc(p->out, '"');
}

static bool is_skipped(const struct pfg_report_row *row)
{
    return !row->fails &&
           (!row->gated || !row->base.present || !row->head.present);
}

static const char *in_short(struct page *p, const struct pfg_report_row *row)
{
    struct pfg_row_words words = pfg_words_row(row, p->arena);

    return pfg_arena_printf(p->arena, "%s: %s -> %s%s%s %s%s%s", words.verdict,
                            words.base, words.head, *words.change ? ", " : "",
                            words.change, words.interval,
                            *words.note ? "; " : "", words.note);
}

/* One line each, readable in a log. */
static void put_facts(struct page *p, const struct pfg_report_row *row)
{
    struct pfg_row_facts lines = pfg_facts_of_row(p->report, row, p->arena);

    for (size_t i = 0; i < lines.n; i++) {
        pfg_escape_xml(p->out, pfg_slice_of(lines.at[i].term));
        pfg_str_puts(p->out, ": ");
        pfg_escape_xml(p->out, pfg_slice_of(lines.at[i].text));
        pfg_str_putc(p->out, '\n');
    }
}

static void put_outcome(struct page *p, const struct pfg_report_row *row)
{
    const char *element = row->verdict == PFG_ERRORED ? "error" : "failure";

    if (is_skipped(row)) {
        pfg_str_puts(p->out, "<skipped");
        put_attribute(p, "message",
                      *row->not_gated ? row->not_gated
                                      : pfg_verdict_name(row->verdict));
        pfg_str_puts(p->out, "/>");
    }
    if (row->fails) {
        pfg_str_printf(p->out, "<%s", element);
        put_attribute(p, "type", pfg_verdict_name(row->verdict));
        put_attribute(p, "message", in_short(p, row));
        pfg_str_putc(p->out, '>');
        put_facts(p, row);
        pfg_str_printf(p->out, "</%s>", element);
    } else if (row->listed) {
        pfg_str_puts(p->out, "<system-out>");
        pfg_escape_xml(p->out, pfg_slice_of(in_short(p, row)));
        pfg_str_puts(p->out, "</system-out>");
    }
}

static void put_row(struct page *p, const struct pfg_report_row *row)
{
    pfg_str_puts(p->out, "<testcase");
    put_attribute(p, "classname", *row->suite ? row->suite : "benchmarks");
    put_attribute(p, "name",
                  pfg_arena_printf(p->arena, "%s %s", row->label, row->metric));
    pfg_str_putc(p->out, '>');
    put_outcome(p, row);
    pfg_str_puts(p->out, "</testcase>\n");
}

struct tally {
    size_t tests, failures, errors, skipped;
};

static void count_row(struct tally *tally, const struct pfg_report_row *row)
{
    bool errored = row->fails && row->verdict == PFG_ERRORED;

    tally->tests++;
    tally->errors += errored;
    tally->failures += row->fails && !errored;
    tally->skipped += is_skipped(row);
}

static void put_tally(struct page *p, const struct tally *tally)
{
    pfg_str_printf(p->out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\"",
                   tally->tests, tally->failures, tally->errors);
}

/* In each suite, because the report as a whole cannot have properties. */
static void put_policy(struct page *p)
{
    const char *headline = p->report->policy.headline;

    if (*headline) {
        pfg_str_puts(p->out, "<properties><property name=\"policy\"");
        put_attribute(p, "value", headline);
        pfg_str_puts(p->out, "/></properties>\n");
    }
}

static void put_suite(struct page *p, const struct pfg_report_section *section,
                      const struct pfg_suite *suite)
{
    const char *hardware = section->has_profile ? section->profile.name : NULL;
    const char *name = *suite->name ? suite->name : "benchmarks";
    char time[PFG_TIME_TEXT];
    struct tally tally = {0};

    for (size_t i = 0; i < suite->n; i++) {
        count_row(&tally, suite->rows[i]);
    }
    pfg_str_puts(p->out, "<testsuite");
    put_attribute(p, "name",
                  hardware
                      ? pfg_arena_printf(p->arena, "%s on %s", name, hardware)
                      : name);
    put_tally(p, &tally);
    pfg_str_printf(p->out, " skipped=\"%zu\"", tally.skipped);
    if (p->report->time) {
        pfg_time_iso(time, p->report->time);
        time[19] = '\0'; /* the schema has no Z at the end */
        put_attribute(p, "timestamp", time);
    }
    pfg_str_puts(p->out, ">\n");
    put_policy(p);
    for (size_t i = 0; i < suite->n; i++) {
        put_row(p, suite->rows[i]);
    }
    pfg_str_puts(p->out, "</testsuite>\n");
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct page page = {out, report, pfg_arena_new()};
    struct tally tally = {0};
    struct pfg_report_cursor at = {.report = report};

    (void)options;
    (void)err;
    while (pfg_report_next(&at)) {
        count_row(&tally, at.row);
    }
    pfg_str_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    pfg_str_puts(out, "<testsuites name=\"perfgate\"");
    put_tally(&page, &tally);
    pfg_str_puts(out, ">\n");
    for (size_t s = 0; s < report->n_sections; s++) {
        struct pfg_suites suites =
            pfg_suites_of(&report->sections[s], page.arena);

        for (size_t i = 0; i < suites.n; i++) {
            put_suite(&page, &report->sections[s], &suites.at[i]);
        }
    }
    pfg_str_puts(out, "</testsuites>\n");
    pfg_arena_free(page.arena);
    return 0;
}

const struct pfg_renderer pfg_renderer_junit = {
    .name = "junit",
    .title = "JUnit XML, for CI servers",
    .render = render,
};
