#include "render/render.h"

#include <math.h>

#include "base/arena.h"
#include "render/bar.h"
#include "render/fill.h"
#include "render/suites.h"
#include "render/template.h"
#include "render/words.h"

/* The report as one page that needs nothing else: no network, no scripts. */
struct page {
    struct pfg_fill fill;
    bool all; /* no rows are folded away */
};

/* What evidence there was, in words for who has not read the manual. */
static const char *const meanings[PFG_N_EVIDENCES] = {
    [PFG_EXACT] = "the same value every time: any difference is real",
    [PFG_REPLICATED] = "several processes a side, measured in turn",
    [PFG_SINGLE] = "samples of one process: the noise between runs is assumed",
    [PFG_HISTORY] = "one value against those of earlier runs",
    [PFG_SUMMARY] = "an aggregate of the tool with its own error",
    [PFG_POINT] = "fewer than four numbers: the noise is assumed",
    [PFG_NO_EVIDENCE] = "a side is missing",
};

static void put_bar(struct page *p, struct pfg_template *t,
                    const struct pfg_report_row *row, double range)
{
    struct pfg_bar bar = pfg_bar_of(row, range, p->fill.arena);
    struct pfg_template *svg;

    if (!bar.drawn) {
        return;
    }
    svg = pfg_template_section(t, "BAR");
    pfg_fill_set(&p->fill, svg, "BAR_TEXT", bar.text);
    pfg_fill_set(&p->fill, svg, "ZONE_X", bar.zone_x);
    pfg_fill_set(&p->fill, svg, "ZONE_WIDTH", bar.zone_width);
    pfg_fill_set(&p->fill, svg, "SPAN_FROM", bar.from);
    pfg_fill_set(&p->fill, svg, "SPAN_TO", bar.to);
    pfg_fill_set(&p->fill, svg, "DOT_X", bar.dot);
}

static bool is_folded(const struct page *p, const struct pfg_report_row *row)
{
    return !p->all && !row->listed && !row->fails;
}

static size_t count_rows(const struct page *p, const struct pfg_suite *suite,
                         bool folded)
{
    size_t n = 0;

    for (size_t i = 0; i < suite->n; i++) {
        n += is_folded(p, suite->rows[i]) == folded;
    }
    return n;
}

/* The rows of a suite that are folded away, or those that are not. */
static void put_table(struct page *p, struct pfg_template *t,
                      const struct pfg_suite *suite, bool folded, double range)
{
    size_t n = count_rows(p, suite, folded);
    struct pfg_template *table;

    if (!n) {
        return;
    }
    table = pfg_template_section(t, "TABLE");
    pfg_fill_set(&p->fill, table, "CAPTION",
                 *suite->name ? suite->name : "all benchmarks");
    if (folded) {
        pfg_fill_set(&p->fill, pfg_template_section(table, "FOLD"), "N_FOLDED",
                     pfg_arena_printf(p->fill.arena, "%zu", n));
        pfg_template_show(table, "FOLD_END");
    }
    for (size_t i = 0; i < suite->n; i++) {
        if (is_folded(p, suite->rows[i]) == folded) {
            struct pfg_template *row = pfg_template_section(table, "ROW");

            pfg_fill_row(&p->fill, row, suite->rows[i]);
            put_bar(p, row, suite->rows[i], range);
        }
    }
    /* Under the last table of the suite. */
    for (size_t i = 0; i < suite->n_geomeans; i++) {
        if (folded || !count_rows(p, suite, true)) {
            pfg_fill_geomean(&p->fill, pfg_template_section(table, "GEOMEAN"),
                             suite->geomeans[i]);
        }
    }
}

static void put_suites(struct page *p, struct pfg_template *t,
                       const struct pfg_report_section *section)
{
    struct pfg_suites suites = pfg_suites_of(section, p->fill.arena);
    double range = pfg_bar_range(section);

    for (size_t i = 0; i < suites.n; i++) {
        struct pfg_template *suite = pfg_template_section(t, "SUITE_TABLES");

        if (suites.n > 1) {
            pfg_fill_set(&p->fill, pfg_template_section(suite, "SUITE_NAMED"),
                         "SUITE_NAME",
                         *suites.at[i].name ? suites.at[i].name : "(no suite)");
        }
        put_table(p, suite, &suites.at[i], false, range);
        put_table(p, suite, &suites.at[i], true, range);
    }
    pfg_fill_set(&p->fill, t, "RANGE", pfg_words_percent(p->fill.arena, range));
}

static void put_profile(struct page *p, struct pfg_template *t,
                        const struct pfg_report_section *section)
{
    for (size_t i = 0; section->has_profile && i < section->profile.n_notes;
         i++) {
        const struct pfg_profile_note *note = &section->profile.notes[i];
        struct pfg_template *fact;

        if (i == 0) {
            pfg_template_show(t, "RECORDED");
        }
        fact = pfg_template_section(t, "FACT");
        pfg_fill_set(&p->fill, fact, "FACT_KEY", note->key);
        pfg_fill_set(&p->fill, fact, "FACT_VALUE", note->value);
    }
}

/* Limits on values, kept and crossed. */
static void put_budgets(struct page *p, struct pfg_template *root)
{
    const struct pfg_report *report = p->fill.report;
    struct pfg_template *budgets = NULL;

    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_rows; i++) {
            const struct pfg_report_row *row = &report->sections[s].rows[i];
            struct pfg_template *t;

            if (!*row->budget) {
                continue;
            }
            budgets = budgets ? budgets : pfg_template_section(root, "BUDGETS");
            t = pfg_template_section(budgets, "BUDGET_ROW");
            pfg_fill_row(&p->fill, t, row);
            pfg_fill_set(&p->fill, t, "BUDGET", row->budget);
            pfg_fill_set(&p->fill, t, "BUDGET_STATE",
                         row->budget_crossed ? "crossed" : "kept");
        }
    }
}

static void put_evidence(struct page *p, struct pfg_template *root)
{
    const struct pfg_report *report = p->fill.report;
    size_t counts[PFG_N_EVIDENCES] = {0};

    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_rows; i++) {
            counts[report->sections[s].rows[i].evidence]++;
        }
    }
    for (int e = 0; e < PFG_N_EVIDENCES; e++) {
        struct pfg_template *t;

        if (!counts[e]) {
            continue;
        }
        t = pfg_template_section(root, "EVIDENCE_ROW");
        pfg_fill_set(&p->fill, t, "EVIDENCE",
                     pfg_evidence_name((enum pfg_evidence)e));
        pfg_fill_set(&p->fill, t, "EVIDENCE_MEANING", meanings[e]);
        pfg_fill_set(&p->fill, t, "N_EVIDENCE",
                     pfg_arena_printf(p->fill.arena, "%zu", counts[e]));
    }
}

static void put_counts(struct page *p, struct pfg_template *root)
{
    for (int v = 0; v < PFG_N_VERDICTS; v++) {
        size_t count = p->fill.report->counts[v];
        struct pfg_template *t;

        if (!count) {
            continue;
        }
        t = pfg_template_section(root, "COUNT");
        pfg_fill_set(&p->fill, t, "COUNT_VERDICT",
                     pfg_verdict_name((enum pfg_verdict)v));
        pfg_fill_set(&p->fill, t, "COUNT_OF",
                     pfg_arena_printf(p->fill.arena, "%zu", count));
    }
}

static void fill_page(struct page *p, struct pfg_template *root)
{
    const struct pfg_report *report = p->fill.report;

    pfg_fill_report(&p->fill, root);
    put_counts(p, root);
    for (size_t i = 0; i < report->n_sections; i++) {
        struct pfg_template *t = pfg_template_section(root, "SECTION");

        pfg_fill_section(&p->fill, t, &report->sections[i]);
        pfg_fill_notes(&p->fill, t, &report->sections[i]);
        put_profile(p, t, &report->sections[i]);
        put_suites(p, t, &report->sections[i]);
    }
    put_budgets(p, root);
    put_evidence(p, root);
    pfg_fill_footnotes(&p->fill, root);
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct pfg_template *root = pfg_template_new("report.html");
    struct page page = {
        .fill = {.report = report,
                 .options = options,
                 .arena = pfg_arena_new()},
        .all = options->all || report->n_rows <= PFG_MANY_ROWS,
    };
    int result;

    fill_page(&page, root);
    result = pfg_template_expand(out, root, options->templates, err);
    pfg_template_free(root);
    pfg_arena_free(page.fill.arena);
    return result;
}

const struct pfg_renderer pfg_renderer_html = {
    .name = "html",
    .title = "one page that needs nothing else",
    .render = render,
};
