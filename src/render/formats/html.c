#include "render/render.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "render/embedded.h"
#include "render/plot/plot.h"
#include "render/suites.h"
#include "render/template/fill.h"
#include "render/template/targets.h"
#include "render/template/template.h"
#include "render/versions.h"
#include "render/words/facts.h"
#include "render/words/words.h"

/* The report as a self-contained page: it needs no network, and its content
 * security policy allows only the scripts inside, by their hashes. */
enum {
    MOST_BARS = 800,    /* change plots, so that a page stays below 10 MB */
    MOST_DETAILS = 250, /* rows with details to unfold */
    MOST_FINDINGS = 100,
    MOST_TARGETS = 500,
};

struct page {
    struct pfg_fill fill;
    struct pfg_str svg;                       /* the current drawing */
    const struct pfg_report_section *section; /* the current one */
    bool all;                                 /* no rows are folded away */
    bool flames; /* there is a flame graph, which needs its script */
    size_t n_bars, n_details, n_tables, n_suites;
};

/* Not escaped again: the drawing is ours. */
static void set_svg(struct page *p, struct pfg_template *t, const char *marker)
{
    pfg_template_set(t, marker, p->svg.ptr);
    pfg_str_clear(&p->svg);
}

static void put_bar(struct page *p, struct pfg_template *t,
                    const struct pfg_report_row *row)
{
    if (p->n_bars < MOST_BARS && pfg_plot_change(&p->svg, row)) {
        p->n_bars++;
        set_svg(p, pfg_template_section(t, "BAR"), "BAR_SVG");
    }
}

static void put_facts(struct page *p, struct pfg_template *t,
                      const struct pfg_report_row *row)
{
    struct pfg_row_facts lines =
        pfg_facts_of_row(p->fill.report, row, p->fill.arena);

    for (size_t i = 0; i < lines.n; i++) {
        struct pfg_template *line = pfg_template_section(t, "FACT_LINE");

        pfg_fill_set(&p->fill, line, "TERM", lines.at[i].term);
        pfg_fill_set(&p->fill, line, "TERM_TEXT", lines.at[i].text);
    }
}

/* What unfolds under a row: plots, and the numbers behind the verdict. */
static void put_details(struct page *p, struct pfg_template *t,
                        const struct pfg_report_row *row)
{
    static bool (*const plots[])(struct pfg_str *,
                                 const struct pfg_report_row *) = {
        pfg_plot_samples, pfg_plot_trace, pfg_plot_history};
    struct pfg_template *more, *holder = NULL;

    if (p->n_details >= MOST_DETAILS) {
        return;
    }
    p->n_details++;
    more = pfg_template_section(t, "MORE");
    for (size_t i = 0; i < PFG_COUNT(plots); i++) {
        if (plots[i](&p->svg, row)) {
            holder = holder ? holder : pfg_template_section(more, "PLOTS");
            set_svg(p, pfg_template_section(holder, "PLOT"), "PLOT_SVG");
        }
    }
    if (row->why && pfg_plot_flame(&p->svg, row->why)) {
        p->flames = true;
        set_svg(p, pfg_template_section(more, "FLAME"), "FLAME_SVG");
    }
    put_facts(p, more, row);
}

static void set_raw(struct pfg_template *t, const char *marker, double value)
{
    char text[PFG_NUMBER_TEXT];

    pfg_template_set(
        t, marker,
        isfinite(value) ? pfg_number_general(text, sizeof text, value, 6) : "");
}

/* The change as the page sorts it: larger is worse. */
static double badness(const struct pfg_report_row *row)
{
    return row->better == PFG_HIGHER ? -row->change : row->change;
}

static void put_row(struct page *p, struct pfg_template *table,
                    const struct pfg_report_row *row)
{
    struct pfg_template *t = pfg_template_section(table, "ROW");

    pfg_fill_row(&p->fill, t, row);
    set_raw(t, "BASE_RAW", row->base.present ? row->base.value : NAN);
    set_raw(t, "HEAD_RAW", row->head.present ? row->head.value : NAN);
    pfg_fill_anchor(&p->fill, t, p->section, row);
    set_raw(t, "CHANGE_RAW", badness(row));
    set_raw(t, "LIMIT_RAW", row->gated ? row->threshold : NAN);
    put_bar(p, t, row);
    if (p->all || row->listed || row->fails || row->why) {
        put_details(p, t, row);
    }
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

/* "3 slower, 112 unchanged": counts the folded rows, or all. */
static const char *count_words(struct page *p, const struct pfg_suite *suite,
                               bool folded_only)
{
    size_t counts[PFG_N_VERDICTS] = {0};

    for (size_t i = 0; i < suite->n; i++) {
        counts[suite->rows[i]->verdict] +=
            !folded_only || is_folded(p, suite->rows[i]);
    }
    return pfg_words_counts(p->fill.arena, counts);
}

/* A table of the rows of a suite that are folded, or of those that are not. */
static void put_table(struct page *p, struct pfg_template *t,
                      const struct pfg_suite *suite, bool folded)
{
    size_t n = count_rows(p, suite, folded);
    struct pfg_template *table;

    if (!n) {
        return;
    }
    table = pfg_template_section(t, "TABLE");
    pfg_fill_set(&p->fill, table, "CAPTION",
                 *suite->name ? suite->name : "all benchmarks");
    pfg_fill_count(&p->fill, table, "TABLE_NUMBER", ++p->n_tables);
    if (folded && n < suite->n) {
        pfg_fill_set(&p->fill, pfg_template_section(table, "FOLD"),
                     "FOLD_COUNTS", count_words(p, suite, true));
        pfg_template_show(table, "FOLD_END");
    }
    for (size_t i = 0; i < suite->n; i++) {
        if (is_folded(p, suite->rows[i]) == folded) {
            put_row(p, table, suite->rows[i]);
        }
    }
    /* Below the last table of the suite. */
    for (size_t i = 0; i < suite->n_geomeans; i++) {
        if (folded || !count_rows(p, suite, true)) {
            struct pfg_template *mean = pfg_template_section(table, "GEOMEAN");

            pfg_fill_geomean(&p->fill, mean, suite->geomeans[i]);
            if (strcmp(suite->geomeans[i]->suite, suite->name) != 0 &&
                p->n_suites > 1) {
                pfg_template_show(mean, "ALL_SUITES");
            }
        }
    }
}

static void put_suites(struct page *p, struct pfg_template *t,
                       const struct pfg_report_section *section)
{
    struct pfg_suites suites = pfg_suites_of(section, p->fill.arena);

    p->section = section;
    p->n_suites = suites.n;
    for (size_t i = 0; i < suites.n; i++) {
        struct pfg_template *suite = pfg_template_section(t, "SUITE_TABLES");
        const char *name = suites.at[i].name;

        pfg_fill_set(&p->fill, suite, "SUITE_NAME",
                     *name           ? name
                     : suites.n == 1 ? "all benchmarks"
                                     : "(no suite)");
        pfg_fill_set(&p->fill, suite, "SUITE_COUNTS",
                     count_words(p, &suites.at[i], false));
        if (suites.n == 1 || count_rows(p, &suites.at[i], false)) {
            pfg_template_show(suite, "SUITE_OPEN");
        }
        put_table(p, suite, &suites.at[i], false);
        put_table(p, suite, &suites.at[i], true);
    }
}

static void put_profile(struct page *p, struct pfg_template *t,
                        const struct pfg_report_section *section)
{
    for (size_t i = 0; section->has_profile && i < section->profile.n_notes;
         i++) {
        const struct pfg_fact *note = &section->profile.notes[i];
        struct pfg_template *fact;

        if (i == 0) {
            pfg_template_show(t, "RECORDED");
        }
        fact = pfg_template_section(t, "FACT");
        pfg_fill_set(&p->fill, fact, "FACT_KEY", note->key);
        pfg_fill_set(&p->fill, fact, "FACT_VALUE", note->value);
    }
}

static bool is_target(const struct pfg_report_section *section,
                      const struct pfg_report_row *row)
{
    for (size_t i = 0; i < section->n_targets; i++) {
        if (!strcmp(section->targets[i].row, row->key)) {
            return true;
        }
    }
    return false;
}

/* Limits that the tools themselves set, kept and crossed. */
static void put_budgets(struct page *p, struct pfg_template *root)
{
    const struct pfg_report *report = p->fill.report;
    struct pfg_template *budgets = NULL;

    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_rows; i++) {
            const struct pfg_report_row *row = &report->sections[s].rows[i];
            struct pfg_template *t;

            if (!*row->budget || is_target(&report->sections[s], row)) {
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

/* Of all suites and machines, the worst first, with links to their rows. */
static void put_findings(struct page *p, struct pfg_template *root,
                         const struct pfg_findings *findings)
{
    struct pfg_template *t;

    if (!findings->n) {
        return;
    }
    t = pfg_template_section(root, "FINDINGS");
    pfg_fill_set(&p->fill, t, "FINDINGS_TITLE",
                 !findings->n_failing ? "Needs attention"
                 : findings->n > findings->n_failing
                     ? "Failures and other changes"
                     : "What failed");
    for (size_t i = 0; i < findings->n && i < MOST_FINDINGS; i++) {
        const struct pfg_finding *finding = &findings->at[i];
        struct pfg_template *line = pfg_template_section(t, "FINDING");
        struct pfg_row_words words = pfg_words_row(finding->row, p->fill.arena);

        pfg_fill_row(&p->fill, line, finding->row);
        pfg_fill_optional(&p->fill, line, "IN_SUITE", "SUITE",
                          finding->row->suite);
        pfg_fill_set(&p->fill, line, "VALUES",
                     pfg_words_values(p->fill.arena, &words));
        pfg_fill_anchor(&p->fill, line, finding->section, finding->row);
        put_bar(p, line, finding->row);
    }
    if (findings->n > MOST_FINDINGS) {
        pfg_fill_count(&p->fill, pfg_template_section(t, "FINDINGS_MORE"),
                       "N_FINDINGS", findings->n - MOST_FINDINGS);
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
        pfg_fill_set(&p->fill, t, "EVIDENCE_MEANING",
                     pfg_evidence_meaning((enum pfg_evidence)e));
        pfg_fill_count(&p->fill, t, "N_EVIDENCE", counts[e]);
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
        pfg_fill_set(&p->fill, t, "COUNT_WORD",
                     pfg_verdict_word((enum pfg_verdict)v, true));
        pfg_fill_count(&p->fill, t, "COUNT_OF", count);
    }
}

/* The smallest change that the gate detects, of the section where that is
 * largest; in the banner, where nobody can miss it. */
static void put_seen(struct page *p, struct pfg_template *root)
{
    const struct pfg_report *report = p->fill.report;
    const struct pfg_report_section *worst = NULL;

    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        if (isfinite(section->detectable) &&
            (!worst || section->detectable > worst->detectable)) {
            worst = section;
        }
    }
    if (worst) {
        pfg_fill_optional(&p->fill, root, "SEEN", "SEEN_TEXT",
                          pfg_words_detectable(p->fill.arena, worst));
    }
}

/* What failed, and what to do about it. */
static void put_first(struct page *p, struct pfg_template *root)
{
    struct pfg_findings findings =
        pfg_findings_of(p->fill.report, p->fill.arena);
    struct pfg_steps steps =
        pfg_steps_of(p->fill.report, &findings, p->fill.arena);

    put_findings(p, root, &findings);
    if (steps.n) {
        pfg_fill_steps(&p->fill, pfg_template_section(root, "NEXT"), &steps);
    }
}

static void fill_page(struct page *p, struct pfg_template *root)
{
    const struct pfg_report *report = p->fill.report;
    bool versions = pfg_versions_are(report);

    pfg_fill_report(&p->fill, root);
    pfg_template_set(root, "PLOT_STYLE", pfg_embedded_text("plot.css"));
    pfg_template_set(root, "SCRIPT", pfg_embedded_text("report.js"));
    pfg_template_set(root, "SCRIPT_HASH",
                     pfg_embedded_text("report.js.sha256"));
    pfg_template_set(root, "FLAME_HASH", pfg_embedded_text("flame.js.sha256"));
    put_counts(p, root);
    put_seen(p, root);
    put_first(p, root);
    if (versions) {
        pfg_fill_versions(&p->fill, root, p->all, MOST_BARS);
    }
    for (size_t i = 0; i < report->n_sections; i++) {
        struct pfg_template *t = pfg_template_section(root, "SECTION");

        put_suites(p, t, &report->sections[i]);
        pfg_fill_optional(&p->fill, t, "OF_VERSION", "HEAD_LABEL",
                          versions ? report->sections[i].head.label : "");
        pfg_fill_section(&p->fill, t, &report->sections[i]);
        pfg_fill_targets(&p->fill, t, &report->sections[i], MOST_TARGETS);
        t = pfg_template_section(root, "METHOD");
        pfg_fill_section(&p->fill, t, &report->sections[i]);
        pfg_fill_notes(&p->fill, t, &report->sections[i]);
        put_profile(p, t, &report->sections[i]);
    }
    if (p->flames) {
        pfg_template_set(pfg_template_section(root, "FLAMES"), "FLAME_SCRIPT",
                         pfg_embedded_text("flame.js"));
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
                 .arena = pfg_arena_new(),
                 .seen_above = report->n_sections == 1},
        .all = options->all || report->n_rows <= PFG_MANY_ROWS,
    };
    int result;

    pfg_str_init(&page.svg, 0);
    fill_page(&page, root);
    result = pfg_template_expand(out, root, options->templates, err);
    pfg_template_free(root);
    pfg_str_free(&page.svg);
    pfg_arena_free(page.fill.arena);
    return result;
}

const struct pfg_renderer pfg_renderer_html = {
    .name = "html",
    .title = "a self-contained page",
    .render = render,
};
