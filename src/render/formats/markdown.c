#include "render/render.h"

#include "base/arena.h"
#include "render/formats/markdown_rows.h"
#include "render/template/targets.h"
#include "render/template/template.h"
#include "render/versions.h"
#include "render/words/next.h"
#include "render/words/words.h"

/* The comment on a pull request. Forges refuse comments of more than 65,536
 * characters, so rows are left out where needed, the least important first. A
 * character takes at least a byte. */
enum {
    LONGEST_TEXT = 200,
    SHORTEST_ROW = 40,
};

/* The row furthest over its limit, and what to do. */
static void put_worst(struct pfg_markdown *s, struct pfg_template *root)
{
    struct pfg_steps steps =
        pfg_steps_of(s->fill.report, &s->findings, s->fill.arena);

    if (s->findings.n && pfg_excess(s->findings.at[0].row) > 0) {
        const struct pfg_report_row *worst = s->findings.at[0].row;
        struct pfg_row_words words = pfg_words_row(worst, s->fill.arena);
        struct pfg_template *t = pfg_template_section(root, "WORST");

        pfg_markdown_enter(s, s->findings.at[0].section);
        pfg_fill_set(&s->fill, t, "WORST_NAME", pfg_markdown_name(s, worst));
        pfg_fill_set(&s->fill, t, "WORST_CHANGE", words.change);
        pfg_fill_set(&s->fill, t, "WORST_VALUES",
                     pfg_words_values(s->fill.arena, &words));
        pfg_fill_set(&s->fill, t, "WORST_LIMIT", words.limit);
    }
    if (steps.n) {
        pfg_fill_steps(&s->fill, pfg_template_section(root, "NEXT"), &steps);
    }
}

static void put_section(struct pfg_markdown *s, struct pfg_template *root,
                        size_t index)
{
    const struct pfg_report_section *section = &s->fill.report->sections[index];
    struct pfg_template *t = pfg_template_section(root, "SECTION");

    pfg_markdown_enter(s, section);
    pfg_fill_section(&s->fill, t, section);
    pfg_fill_optional(&s->fill, t, "SHARED", "SHARED_WORDS",
                      s->facts->shared.words);
    if (!s->versions) {
        pfg_markdown_listed(s, t, index);
        pfg_markdown_rest(s, t, index);
    }
    pfg_fill_targets(&s->fill, t, section, s->measure.asides ? 50 : 5);
    if (s->measure.asides) {
        pfg_fill_notes(&s->fill, t, section);
    }
}

/* Replaces what is in `out`. */
static int expand(struct pfg_str *out, struct pfg_markdown *s,
                  struct pfg_markdown_measure measure)
{
    const struct pfg_report *report = s->fill.report;
    struct pfg_template *root = pfg_template_new("report.md");
    int result;

    s->measure = measure;
    s->fill.arena = pfg_arena_new();
    pfg_fill_report(&s->fill, root);
    put_worst(s, root);
    if (s->versions) {
        pfg_fill_versions(&s->fill, root, s->fill.options->all, measure.rows);
    }
    for (size_t i = 0; i < measure.sections; i++) {
        put_section(s, root, i);
    }
    if (measure.sections < report->n_sections) {
        pfg_fill_count(&s->fill, pfg_template_section(root, "MORE_SECTIONS"),
                       "N_SECTIONS", report->n_sections - measure.sections);
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

/* Finds the largest `*knob`, at most its present value, with which the sheet
 * fits, and writes it. 1 if there is one, 0 if even 0 does not fit, -1 on
 * errors. Because rows are about equally long, a few guesses are enough for
 * most sheets; others are bisected. */
static int shrink(struct pfg_str *out, struct pfg_markdown *s,
                  struct pfg_markdown_measure *m, size_t *knob)
{
    enum { FIRST = 128, GUESSES = 4 };
    const size_t most = *knob;
    size_t low = 0, high = 0, shortest = 0, longest = 0;

    while (longest <= PFG_MARKDOWN_BUDGET) {
        low = high;
        shortest = longest;
        *knob = high = pfg_markdown_least(high ? 2 * high : FIRST, most);
        if (expand(out, s, *m)) {
            return -1;
        }
        longest = out->len;
        if (longest <= PFG_MARKDOWN_BUDGET && high == most) {
            return 1;
        }
    }
    if (low == 0) {
        *knob = 0;
        if (expand(out, s, *m)) {
            return -1;
        }
        shortest = out->len;
        if (shortest > PFG_MARKDOWN_BUDGET) {
            return 0;
        }
    }
    for (size_t tries = 0; low + 1 < high; tries++) {
        size_t guess = low + (high - low) * (PFG_MARKDOWN_BUDGET - shortest) /
                                 (longest - shortest);

        *knob = tries >= GUESSES ? low + (high - low) / 2
                : guess > low    ? pfg_markdown_least(guess, high - 1)
                                 : low + 1;
        if (expand(out, s, *m)) {
            return -1;
        }
        if (out->len <= PFG_MARKDOWN_BUDGET) {
            low = *knob;
            shortest = out->len;
        } else {
            high = *knob;
            longest = out->len;
        }
    }
    if (*knob == low) {
        return 1; /* written last */
    }
    *knob = low;
    return expand(out, s, *m) ? -1 : 1;
}

/* Leaves out rows first, then notes, then sections from the end. */
static int fit(struct pfg_str *out, struct pfg_markdown *s,
               struct pfg_markdown_measure m)
{
    const size_t rows = m.rows;
    int fits = shrink(out, s, &m, &m.rows);

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

/* Counted here, because a report that was read may give a wrong number. */
static size_t count_rows(const struct pfg_report *report)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        n += report->sections[i].n_rows;
    }
    return n;
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct pfg_markdown sheet = {
        .fill = {.report = report,
                 .options = options,
                 .emoji = true,
                 .longest = LONGEST_TEXT},
        .versions = pfg_versions_are(report),
        .err = err,
    };
    struct pfg_markdown_measure all = {count_rows(report), 1,
                                       report->n_sections};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_str text;
    int result;

    /* More cannot fit. */
    all.rows = pfg_markdown_least(all.rows, PFG_MARKDOWN_BUDGET / SHORTEST_ROW);
    pfg_markdown_survey(&sheet, arena);
    pfg_str_init(&text, 0);
    result = fit(&text, &sheet, all);
    if (!result) {
        pfg_str_add(out, pfg_str_slice(&text));
    }
    pfg_str_free(&text);
    pfg_arena_free(arena);
    return result;
}

const struct pfg_renderer pfg_renderer_markdown = {
    .name = "markdown",
    .title = "a pull-request comment",
    .render = render,
};
