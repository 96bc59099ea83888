#include "render/render.h"

#include "base/arena.h"
#include "render/fill.h"
#include "render/template.h"

/* The comment on a pull request. It is cut, when it must be, by rows: those
 * that matter come first and stay. Forges refuse what is longer than 65,536
 * characters; a byte is at least a character. */
enum { BUDGET = 65000, LONGEST_TEXT = 200, SHORTEST_ROW = 40 };

/* How much of everything goes in. */
struct measure {
    size_t rows;   /* of all sections together */
    size_t asides; /* notes, footnotes, warnings: 0 or all */
    size_t sections;
};

struct sheet {
    struct pfg_fill fill;
    struct measure measure;
    struct pfg_error *err;
};

enum part { FAILING, LISTED, REST };

static enum part part_of(const struct pfg_report_row *row)
{
    return row->fails ? FAILING : row->listed ? LISTED : REST;
}

static size_t count_part(const struct pfg_report_section *section,
                         enum part part)
{
    size_t n = 0;

    for (size_t i = 0; i < section->n_rows; i++) {
        n += part_of(&section->rows[i]) == part;
    }
    return n;
}

/* What to show of a section's part: all sections' failing rows come before
 * any section's other rows. */
static size_t allowance(const struct sheet *s, size_t index, enum part part)
{
    const struct pfg_report *report = s->fill.report;
    size_t before = 0;

    for (int p = FAILING; p <= (int)part; p++) {
        size_t end = p == (int)part ? index : s->measure.sections;

        for (size_t i = 0; i < end; i++) {
            before += count_part(&report->sections[i], (enum part)p);
        }
    }
    return s->measure.rows > before ? s->measure.rows - before : 0;
}

/* Suites are named where there is more than one. */
static bool has_suites(const struct pfg_report_section *section)
{
    for (size_t i = 1; i < section->n_rows; i++) {
        if (!pfg_slice_is(pfg_slice_of(section->rows[i].suite),
                          section->rows[0].suite)) {
            return true;
        }
    }
    return false;
}

/* Puts rows of a part into `table`; returns how many did not fit. */
static size_t put_rows(struct sheet *s, struct pfg_template *table,
                       const struct pfg_report_section *section, enum part part,
                       size_t room)
{
    bool suites = has_suites(section);
    size_t missed = 0;

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        struct pfg_template *t;

        if (part_of(row) != part) {
            continue;
        }
        if (!room) {
            missed++;
            continue;
        }
        room--;
        t = pfg_template_section(table, "ROW");
        pfg_fill_row(&s->fill, t, row);
        pfg_fill_optional(&s->fill, t, "IN_SUITE", "SUITE",
                          suites ? row->suite : "");
    }
    return missed;
}

static void put_missed(struct sheet *s, struct pfg_template *t, size_t missed)
{
    if (missed) {
        pfg_fill_set(&s->fill, pfg_template_section(t, "MORE"), "N_MORE",
                     pfg_arena_printf(s->fill.arena, "%zu", missed));
    }
}

static void put_listed(struct sheet *s, struct pfg_template *t, size_t index)
{
    const struct pfg_report_section *section = &s->fill.report->sections[index];
    size_t failing = allowance(s, index, FAILING);
    size_t listed = allowance(s, index, LISTED);
    struct pfg_template *table;
    size_t missed;

    if (!count_part(section, FAILING) && !count_part(section, LISTED)) {
        return;
    }
    table = pfg_template_section(t, "TABLE");
    missed = put_rows(s, table, section, FAILING, failing);
    missed += put_rows(s, table, section, LISTED, listed);
    put_missed(s, table, missed);
}

static void put_rest(struct sheet *s, struct pfg_template *t, size_t index)
{
    const struct pfg_report_section *section = &s->fill.report->sections[index];
    size_t n = count_part(section, REST);
    struct pfg_template *table;

    if (!n) {
        return;
    }
    table = pfg_template_section(t, "TABLE");
    pfg_fill_set(&s->fill, pfg_template_section(table, "FOLD"), "N_FOLDED",
                 pfg_arena_printf(s->fill.arena, "%zu", n));
    pfg_template_show(table, "FOLD_END");
    put_missed(s, table,
               put_rows(s, table, section, REST, allowance(s, index, REST)));
    for (size_t i = 0; i < section->n_geomeans && s->measure.asides; i++) {
        struct pfg_template *geomean = pfg_template_section(table, "GEOMEAN");

        pfg_fill_geomean(&s->fill, geomean, &section->geomeans[i]);
        pfg_fill_optional(&s->fill, geomean, "IN_SUITE", "SUITE",
                          has_suites(section) ? section->geomeans[i].suite
                                              : "");
    }
}

static void put_section(struct sheet *s, struct pfg_template *root,
                        size_t index)
{
    const struct pfg_report_section *section = &s->fill.report->sections[index];
    struct pfg_template *t = pfg_template_section(root, "SECTION");

    pfg_fill_section(&s->fill, t, section);
    put_listed(s, t, index);
    put_rest(s, t, index);
    if (s->measure.asides) {
        pfg_fill_notes(&s->fill, t, section);
    }
}

/* Replaces what is in `out`. */
static int expand(struct pfg_str *out, struct sheet *s, struct measure measure)
{
    const struct pfg_report *report = s->fill.report;
    struct pfg_template *root = pfg_template_new("report.md");
    int result;

    s->measure = measure;
    s->fill.arena = pfg_arena_new();
    pfg_fill_report(&s->fill, root);
    for (size_t i = 0; i < measure.sections; i++) {
        put_section(s, root, i);
    }
    if (measure.sections < report->n_sections) {
        pfg_fill_set(&s->fill, pfg_template_section(root, "MORE_SECTIONS"),
                     "N_SECTIONS",
                     pfg_arena_printf(s->fill.arena, "%zu",
                                      report->n_sections - measure.sections));
    }
    if (measure.asides) {
        pfg_fill_footnotes(&s->fill, root);
    }
    pfg_str_clear(out);
    result = pfg_template_expand(out, root, s->fill.options->templates, s->err);
    pfg_template_free(root);
    pfg_arena_free(s->fill.arena);
    return result;
}

/* Finds the largest `*knob` up to its present value with which the sheet fits,
 * by halving. 1 when it fits, 0 when it does not even with none. */
static int shrink(struct pfg_str *out, struct sheet *s, struct measure *m,
                  size_t *knob)
{
    size_t low = 0, high = *knob;

    *knob = 0;
    if (expand(out, s, *m)) {
        return -1;
    }
    if (out->len > BUDGET) {
        return 0;
    }
    while (low + 1 < high) {
        *knob = low + (high - low) / 2;
        if (expand(out, s, *m)) {
            return -1;
        }
        *(out->len <= BUDGET ? &low : &high) = *knob;
    }
    *knob = low;
    return expand(out, s, *m) ? -1 : 1;
}

/* Gives up rows first, then notes, then whole sections from the end. */
static int fit(struct pfg_str *out, struct sheet *s, struct measure m)
{
    const size_t rows = m.rows;
    int fits = expand(out, s, m) ? -1 : out->len <= BUDGET;

    if (fits == 0) {
        fits = shrink(out, s, &m, &m.rows);
    }
    if (fits == 0) {
        m.asides = 0;
        m.rows = rows;
        fits = shrink(out, s, &m, &m.rows);
    }
    if (fits == 0) {
        fits = shrink(out, s, &m, &m.sections);
    }
    return fits < 0 ? -1 : 0;
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct sheet sheet = {
        .fill = {.report = report,
                 .options = options,
                 .emoji = true,
                 .longest = LONGEST_TEXT},
        .err = err,
    };
    struct measure all = {report->n_rows, 1, report->n_sections};
    struct pfg_str text;
    int result;

    /* More cannot fit, and need not be tried. */
    if (all.rows > BUDGET / SHORTEST_ROW) {
        all.rows = BUDGET / SHORTEST_ROW;
    }
    pfg_str_init(&text, 0);
    result = fit(&text, &sheet, all);
    if (!result) {
        pfg_str_add(out, pfg_str_slice(&text));
    }
    pfg_str_free(&text);
    return result;
}

const struct pfg_renderer pfg_renderer_markdown = {
    .name = "markdown",
    .title = "a comment for a pull request",
    .render = render,
};
