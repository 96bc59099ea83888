#include "render/formats/markdown_rows.h"

#include <string.h>

#include "render/escape.h"
#include "render/words/why_words.h"
#include "render/words/words.h"
#include "term/table.h"

enum {
    LONGEST_NAME = 60,
    TOP = 12,
    MOST_NAMES = 2400, /* bytes, of rows that need no attention */
};

static enum pfg_markdown_part part_of(const struct pfg_report_row *row)
{
    return row->fails    ? PFG_MARKDOWN_FAILING
           : row->listed ? PFG_MARKDOWN_LISTED
                         : PFG_MARKDOWN_REST;
}

/* Among rows that need no attention a benchmark occurs once, and not at all
 * where another of its rows is shown. */
static bool is_in(const struct pfg_report_section *section, size_t i,
                  enum pfg_markdown_part part)
{
    const struct pfg_report_row *row = &section->rows[i];

    return part_of(row) == part && !row->repeats &&
           (part != PFG_MARKDOWN_REST || i == 0 ||
            !pfg_report_is_same_benchmark(row, row - 1));
}

static struct pfg_markdown_section survey(
    const struct pfg_report_section *section, struct pfg_arena *arena)
{
    struct pfg_markdown_section facts = {
        .shared = pfg_shared_of(section, arena),
    };

    for (size_t i = 0; i < section->n_rows; i++) {
        enum pfg_markdown_part part = part_of(&section->rows[i]);

        facts.n_rows[part] += is_in(section, i, part);
        facts.suites = facts.suites || strcmp(section->rows[i].suite,
                                              section->rows[0].suite) != 0;
    }
    return facts;
}

void pfg_markdown_survey(struct pfg_markdown *s, struct pfg_arena *arena)
{
    const struct pfg_report *report = s->fill.report;

    s->findings = pfg_findings_of(report, arena);
    s->sections = pfg_arena_new_array(arena, struct pfg_markdown_section,
                                      report->n_sections);
    for (size_t i = 0; i < report->n_sections; i++) {
        s->sections[i] = survey(&report->sections[i], arena);
    }
}

void pfg_markdown_enter(struct pfg_markdown *s,
                        const struct pfg_report_section *section)
{
    s->section = section;
    s->facts = &s->sections[section - s->fill.report->sections];
    s->above = NULL;
}

/* How many rows of a section's part are shown: failing rows of all sections
 * come before other rows of any section. */
static size_t allowance(const struct pfg_markdown *s, size_t index,
                        enum pfg_markdown_part part)
{
    size_t before = 0;

    for (int p = PFG_MARKDOWN_FAILING; p <= (int)part; p++) {
        size_t end = p == (int)part ? index : s->measure.sections;

        for (size_t i = 0; i < end; i++) {
            before += s->sections[i].n_rows[p];
        }
    }
    return s->measure.rows > before ? s->measure.rows - before : 0;
}

/* At most `room` rows of a part, after the first `skip`. */
struct window {
    enum pfg_markdown_part part;
    size_t skip, room;
};

/* The name without Go's "Benchmark", shortened in its middle. */
static const char *short_name(struct pfg_markdown *s,
                              const struct pfg_report_row *row)
{
    const char *label = pfg_shared_label(&s->facts->shared, row, s->fill.arena);
    struct pfg_slice name = pfg_slice_of(label);
    struct pfg_str line, cut;
    const char *kept;

    if (name.len > 9 && pfg_take(&name, "Benchmark") &&
        !(name.ptr[0] >= 'A' && name.ptr[0] <= 'Z')) {
        name = pfg_slice_of(label);
    }
    pfg_str_init(&line, 0);
    pfg_str_init(&cut, 0);
    pfg_escape_line(&line, name);
    pfg_text_cut(&cut, pfg_str_slice(&line), LONGEST_NAME);
    kept = pfg_arena_slice(s->fill.arena, pfg_str_slice(&cut));
    pfg_str_free(&line);
    pfg_str_free(&cut);
    return *kept ? kept : "(no name)";
}

const char *pfg_markdown_name(struct pfg_markdown *s,
                              const struct pfg_report_row *row)
{
    bool below = s->above && pfg_report_is_same_benchmark(s->above, row);
    bool plain = !strcmp(row->metric, "time") || row->repeats;

    return below   ? pfg_arena_printf(s->fill.arena, "\u21b3 %s", row->metric)
           : plain ? short_name(s, row)
                   : pfg_arena_printf(s->fill.arena, "%s %s",
                                      short_name(s, row), row->metric);
}

/* The limit where it is exceeded, else the verdict. */
static const char *about(const struct pfg_report_row *row,
                         const struct pfg_row_words *words,
                         struct pfg_arena *arena)
{
    return row->fails && row->verdict == PFG_REGRESSED
               ? pfg_arena_printf(arena, "limit %s", words->limit)
               : words->verdict;
}

/* As a link to its row, where the report has an address. */
static void put_name(struct pfg_markdown *s, struct pfg_template *row_template,
                     const struct pfg_report_row *row)
{
    const char *url = s->fill.options->report_url;
    bool linked = url && *url && !strchr(url, '#');
    struct pfg_template *t =
        pfg_template_section(row_template, linked ? "LINKED" : "UNLINKED");

    pfg_fill_set(&s->fill, t, "NAME", pfg_markdown_name(s, row));
    if (linked) {
        pfg_template_set(t, "URL", url);
        pfg_fill_anchor(&s->fill, t, s->section, row);
    }
}

static void put_row(struct pfg_markdown *s, struct pfg_template *table,
                    const struct pfg_report_row *row)
{
    struct pfg_template *t = pfg_template_section(table, "ROW");
    struct pfg_row_words words = pfg_words_row(row, s->fill.arena);
    struct pfg_why_lines where = pfg_why_of_row(row, s->fill.arena);

    pfg_fill_row(&s->fill, t, row);
    put_name(s, t, row);
    pfg_fill_set(&s->fill, t, "ABOUT", about(row, &words, s->fill.arena));
    pfg_fill_optional(&s->fill, t, "CHANGED", "CHANGE", words.change);
    pfg_fill_set(&s->fill, t, "VALUES",
                 pfg_words_values(s->fill.arena, &words));
    if (s->facts->suites &&
        !(s->above && pfg_report_is_same_benchmark(s->above, row))) {
        pfg_fill_optional(&s->fill, t, "IN_SUITE", "SUITE", row->suite);
    }
    s->above = row;
    for (size_t i = 0; i < where.n; i++) {
        pfg_fill_set(&s->fill, pfg_template_section(t, "WHERE"), "WHERE_TEXT",
                     where.at[i]);
    }
    pfg_fill_optional(&s->fill, t, "TREND", "SPARKLINE",
                      pfg_words_sparkline(s->fill.arena, row));
}

/* Adds the rows that it put to `counts`, by verdict. */
static void put_rows(struct pfg_markdown *s, struct pfg_template *table,
                     const struct pfg_report_section *section,
                     struct window window, size_t counts[PFG_N_VERDICTS])
{
    for (size_t i = 0; i < section->n_rows && window.room; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (!is_in(section, i, window.part)) {
            continue;
        }
        if (window.skip) {
            window.skip--;
            continue;
        }
        window.room--;
        counts[row->verdict]++;
        put_row(s, table, row);
    }
}

static void put_missed(struct pfg_markdown *s, struct pfg_template *t,
                       size_t missed)
{
    if (missed) {
        pfg_fill_count(&s->fill, pfg_template_section(t, "MORE"), "N_MORE",
                       missed);
    }
}

static void set_fold(struct pfg_markdown *s, struct pfg_template *table,
                     size_t n, const size_t counts[PFG_N_VERDICTS])
{
    struct pfg_template *fold = pfg_template_section(table, "FOLD");

    pfg_fill_count(&s->fill, fold, "N_FOLDED", n);
    pfg_fill_optional(&s->fill, fold, "FOLD_WHAT", "FOLD_COUNTS",
                      pfg_words_counts(s->fill.arena, counts));
    pfg_template_show(table, "FOLD_END");
}

void pfg_markdown_listed(struct pfg_markdown *s, struct pfg_template *t,
                         size_t index)
{
    const struct pfg_report_section *section = &s->fill.report->sections[index];
    const size_t *n_rows = s->facts->n_rows;
    size_t all = n_rows[PFG_MARKDOWN_FAILING] + n_rows[PFG_MARKDOWN_LISTED];
    size_t failing =
        pfg_markdown_least(n_rows[PFG_MARKDOWN_FAILING],
                           allowance(s, index, PFG_MARKDOWN_FAILING));
    size_t listed = pfg_markdown_least(
        n_rows[PFG_MARKDOWN_LISTED], allowance(s, index, PFG_MARKDOWN_LISTED));
    size_t most = s->fill.options->all ? all : TOP;
    size_t top = pfg_markdown_least(failing, most),
           beside = pfg_markdown_least(listed, most - top);
    size_t folded = failing + listed - top - beside;
    size_t counts[PFG_N_VERDICTS] = {0};
    struct pfg_template *table;

    if (!all) {
        return;
    }
    table = pfg_template_section(t, "TABLE");
    s->above = NULL;
    put_rows(s, table, section, (struct window){PFG_MARKDOWN_FAILING, 0, top},
             counts);
    put_rows(s, table, section, (struct window){PFG_MARKDOWN_LISTED, 0, beside},
             counts);
    if (folded) {
        memset(counts, 0, sizeof counts);
        table = pfg_template_section(t, "TABLE");
        s->above = NULL;
        put_rows(s, table, section,
                 (struct window){PFG_MARKDOWN_FAILING, top, failing - top},
                 counts);
        put_rows(s, table, section,
                 (struct window){PFG_MARKDOWN_LISTED, beside, listed - beside},
                 counts);
        set_fold(s, table, folded, counts);
    }
    put_missed(s, table, all - failing - listed);
}

static void put_geomeans(struct pfg_markdown *s, struct pfg_template *t,
                         const struct pfg_report_section *section)
{
    for (size_t i = 0; i < section->n_geomeans && s->measure.asides; i++) {
        struct pfg_template *geomean = pfg_template_section(t, "GEOMEAN");

        pfg_fill_geomean(&s->fill, geomean, &section->geomeans[i]);
        pfg_fill_optional(&s->fill, geomean, "IN_SUITE", "SUITE",
                          s->facts->suites ? section->geomeans[i].suite : "");
    }
}

/* The names of a verdict's benchmarks, suite by suite, in at most `room` bytes.
 * Returns how many. */
static size_t put_names(struct pfg_markdown *s, struct pfg_template *names,
                        enum pfg_verdict verdict, size_t *room, size_t most)
{
    const struct pfg_report_section *section = s->section;
    const struct pfg_report_row *last = NULL;
    struct pfg_template *part = NULL, *named;
    size_t n = 0;

    for (size_t i = 0; i < section->n_rows && n < most; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        bool goes_on = last && !strcmp(last->suite, row->suite);
        const char *name;

        if (row->verdict != verdict || !is_in(section, i, PFG_MARKDOWN_REST)) {
            continue;
        }
        name = short_name(s, row);
        if (strlen(name) > *room) {
            *room = 0;
            break;
        }
        *room -= strlen(name);
        if (!goes_on) {
            part = pfg_template_section(names, "NAMED_PART");
            if (!last) {
                pfg_fill_set(&s->fill, pfg_template_section(part, "NAMED_WORD"),
                             "NAMED_VERDICT", pfg_verdict_word(verdict, true));
            }
            pfg_fill_optional(&s->fill, part, "NAMED_SUITE", "SUITE",
                              s->facts->suites ? row->suite : "");
        }
        named = pfg_template_section(part, "NAMED");
        pfg_fill_set(&s->fill, named, "NAMED_LABEL", name);
        if (goes_on) {
            pfg_template_show(named, "NAMED_GAP");
        }
        last = row;
        n++;
    }
    return n;
}

void pfg_markdown_rest(struct pfg_markdown *s, struct pfg_template *t,
                       size_t index)
{
    const struct pfg_report_section *section = s->section;
    size_t all = s->facts->n_rows[PFG_MARKDOWN_REST], shown = 0;
    size_t most = allowance(s, index, PFG_MARKDOWN_REST);
    size_t room = s->fill.options->all ? PFG_MARKDOWN_BUDGET : MOST_NAMES;
    size_t counts[PFG_N_VERDICTS] = {0};
    struct pfg_template *names;

    if (!all) {
        return;
    }
    for (size_t i = 0; i < section->n_rows; i++) {
        counts[section->rows[i].verdict] +=
            is_in(section, i, PFG_MARKDOWN_REST);
    }
    names = pfg_template_section(t, "NAMES");
    for (int v = 0; v < PFG_N_VERDICTS; v++) {
        shown += put_names(s, names, (enum pfg_verdict)v, &room, most - shown);
    }
    pfg_fill_set(&s->fill, names, "FOLD_COUNTS",
                 pfg_words_counts(s->fill.arena, counts));
    if (shown < all) {
        pfg_fill_count(&s->fill, pfg_template_section(names, "NAMED_MORE"),
                       "N_NAMED_MORE", all - shown);
    }
    put_geomeans(s, names, section);
}
