#include "render/render.h"

#include <string.h>

#include "base/arena.h"
#include "render/suites.h"
#include "render/words.h"
#include "term/table.h"

/* The report for a terminal or a CI log, in benchstat's manners. What matters
 * most stands last: that is where a log is left when the job ends. */

/* Below this width the intervals are left out. */
enum { NARROW = 100 };

enum column {
    SIGN,
    BENCHMARK,
    METRIC,
    BASE,
    BASE_SPREAD,
    HEAD,
    HEAD_SPREAD,
    CHANGE,
    INTERVAL,
    TEST,
    LIMIT,
    DETECTS,
    VERDICT,
    N_COLUMNS,
};

static const struct {
    const char *heading;
    enum pfg_align align;
    bool roomy;    /* shown only where there is room */
    size_t widest; /* 0: no limit */
} columns[N_COLUMNS] = {
    [SIGN] = {"", PFG_RIGHT, false, 0},
    [BENCHMARK] = {"benchmark", PFG_LEFT, false, 80},
    [METRIC] = {"metric", PFG_LEFT, false, 24},
    [BASE] = {"base", PFG_RIGHT, false, 24},
    [BASE_SPREAD] = {"", PFG_LEFT, true, 0},
    [HEAD] = {"head", PFG_RIGHT, false, 24},
    [HEAD_SPREAD] = {"", PFG_LEFT, true, 0},
    [CHANGE] = {"change", PFG_RIGHT, false, 0},
    [INTERVAL] = {"", PFG_LEFT, true, 0},
    [TEST] = {"p (n)", PFG_LEFT, false, 0},
    [LIMIT] = {"limit", PFG_RIGHT, false, 24},
    [DETECTS] = {"detects", PFG_RIGHT, true, 0},
    [VERDICT] = {"verdict", PFG_LEFT, false, 0},
};

static const enum pfg_style styles[PFG_N_VERDICTS] = {
    [PFG_REGRESSED] = PFG_RED,      [PFG_OVER_BUDGET] = PFG_RED,
    [PFG_ERRORED] = PFG_RED,        [PFG_MISSING] = PFG_RED,
    [PFG_UNCONFIRMED] = PFG_YELLOW, [PFG_SLOWER] = PFG_YELLOW,
    [PFG_ACCEPTED] = PFG_CYAN,      [PFG_IMPROVED] = PFG_GREEN,
    [PFG_FASTER] = PFG_GREEN,       [PFG_NEW] = PFG_CYAN,
    [PFG_INCONCLUSIVE] = PFG_PLAIN, [PFG_NOT_COMPARABLE] = PFG_YELLOW,
    [PFG_UNCHANGED] = PFG_DIM,
};

struct page {
    struct pfg_str *out;
    const struct pfg_report *report;
    const struct pfg_render_options *options;
    struct pfg_arena *arena;
    bool all; /* every row is shown */
};

/* A line of "label  text" with data made visible; nothing where text is "". */
static void put_line(struct page *p, enum pfg_style style, const char *label,
                     const char *text)
{
    struct pfg_str line;

    if (!*text) {
        return;
    }
    pfg_str_init(&line, 0);
    pfg_text_visible(&line, pfg_slice_of(text));
    pfg_str_puts(p->out, label);
    pfg_style_put(p->out, style, p->options->color, line.ptr);
    pfg_str_putc(p->out, '\n');
    pfg_str_free(&line);
}

static void put_origin(struct page *p, const char *label,
                       const struct pfg_report_origin *origin)
{
    const char *how = pfg_words_origin(p->arena, origin, p->report->time);
    const char *subject =
        *origin->subject
            ? pfg_arena_printf(p->arena, " \u201c%s\u201d", origin->subject)
            : "";

    put_line(p, PFG_PLAIN, label,
             pfg_arena_printf(p->arena, *how ? "%s%s (%s)" : "%s%s",
                              origin->label, subject, how));
}

static void put_hardware(struct page *p,
                         const struct pfg_report_section *section)
{
    const char *words = pfg_words_hardware(p->arena, &section->profile);
    const char *name = section->profile.name ? section->profile.name : "";

    if (section->has_profile) {
        put_line(
            p, PFG_PLAIN, "hardware  ",
            pfg_arena_printf(p->arena, *words ? "%s (%s)" : "%s", name, words));
    }
}

static void put_head_of(struct page *p,
                        const struct pfg_report_section *section)
{
    if (section->has_base) {
        put_origin(p, "base      ", &section->base);
    } else {
        put_line(p, PFG_YELLOW, "base      ",
                 pfg_arena_printf(p->arena, "none: %s", section->no_base));
    }
    put_origin(p, "head      ", &section->head);
    put_hardware(p, section);
    for (size_t i = 0; i < section->n_other_profiles; i++) {
        put_line(p, PFG_DIM, i ? "          " : "data on   ",
                 section->other_profiles[i]);
    }
    pfg_str_putc(p->out, '\n');
}

static bool is_shown(const struct page *p, const struct pfg_report_row *row)
{
    return p->all || row->listed || row->fails;
}

static const char *sign(const struct pfg_report_row *row)
{
    return row->fails ? "\u2717" : row->listed ? "!" : "";
}

static void put_cells(struct page *p, struct pfg_table *table,
                      const char *const cells[N_COLUMNS],
                      const enum pfg_style cell_styles[N_COLUMNS])
{
    bool narrow = p->options->width > 0 && p->options->width < NARROW;

    pfg_table_row(table);
    for (int i = 0; i < N_COLUMNS; i++) {
        const char *text = narrow && columns[i].roomy ? "" : cells[i];

        pfg_table_cell(table, cell_styles[i], "%s", text ? text : "");
    }
}

static void put_words(struct page *p, struct pfg_table *table,
                      const struct pfg_row_words *words,
                      const char *const labels[3], enum pfg_style style)
{
    const char *verdict =
        *words->marks
            ? pfg_arena_printf(p->arena, "%s %s", words->verdict, words->marks)
            : words->verdict;
    const char *const cells[N_COLUMNS] = {
        [SIGN] = labels[0],
        [BENCHMARK] = labels[1],
        [METRIC] = labels[2],
        [BASE] = words->base,
        [BASE_SPREAD] = words->base_spread,
        [HEAD] = words->head,
        [HEAD_SPREAD] = words->head_spread,
        [CHANGE] = words->change,
        [INTERVAL] = words->interval,
        [TEST] = words->test,
        [LIMIT] = words->limit,
        [DETECTS] = words->detects,
        [VERDICT] = verdict,
    };
    const enum pfg_style cell_styles[N_COLUMNS] = {
        [SIGN] = style,
        [CHANGE] = style,
        [VERDICT] = style,
        [DETECTS] = PFG_DIM,
    };

    put_cells(p, table, cells, cell_styles);
}

static void put_row(struct page *p, struct pfg_table *table,
                    const struct pfg_report_row *row, bool one_metric)
{
    struct pfg_row_words words = pfg_words_row(row, p->arena);
    const char *const labels[] = {sign(row), row->label,
                                  one_metric ? "" : row->metric};

    put_words(p, table, &words, labels, styles[row->verdict]);
    if (*words.note && (row->listed || row->fails || p->options->all)) {
        pfg_table_line(table, PFG_DIM,
                       pfg_arena_printf(p->arena, "     %s", words.note));
    }
}

static void put_geomeans(struct page *p, struct pfg_table *table,
                         const struct pfg_suite *suite, bool one_metric)
{
    for (size_t i = 0; i < suite->n_geomeans; i++) {
        struct pfg_row_words words =
            pfg_words_geomean(suite->geomeans[i], p->arena);
        const char *const labels[] = {
            "", "geomean", one_metric ? "" : suite->geomeans[i]->metric};

        put_words(p, table, &words, labels, PFG_PLAIN);
    }
}

/* Returns how many of its rows are shown. */
static size_t put_suite(struct page *p, struct pfg_table *table,
                        const struct pfg_suite *suite,
                        const struct pfg_suites *suites)
{
    size_t shown = 0;

    for (size_t i = 0; i < suite->n; i++) {
        if (!is_shown(p, suite->rows[i])) {
            continue;
        }
        if (!shown++ && suites->n > 1) {
            pfg_table_line(table, PFG_BOLD,
                           *suite->name ? suite->name : "(no suite)");
        }
        put_row(p, table, suite->rows[i], suites->one_metric);
    }
    if (shown) {
        put_geomeans(p, table, suite, suites->one_metric);
    }
    return shown;
}

static struct pfg_table *new_table(struct page *p, const char *metric)
{
    struct pfg_table *table = pfg_table_new(p->arena, N_COLUMNS);
    const char *headings[N_COLUMNS];
    enum pfg_style bold[N_COLUMNS];

    for (int i = 0; i < N_COLUMNS; i++) {
        pfg_table_align(table, (size_t)i, columns[i].align);
        pfg_table_limit(table, (size_t)i, columns[i].widest);
        headings[i] = columns[i].heading;
        bold[i] = PFG_BOLD;
    }
    headings[METRIC] = metric;
    put_cells(p, table, headings, bold);
    pfg_table_rule(table);
    return table;
}

/* "112 unchanged, 3 inconclusive (--all shows them)" */
static void put_hidden(struct page *p, const struct pfg_report_section *section)
{
    size_t counts[PFG_N_VERDICTS] = {0};
    const char *words;

    for (size_t i = 0; i < section->n_rows; i++) {
        counts[section->rows[i].verdict] += !is_shown(p, &section->rows[i]);
    }
    words = pfg_words_counts(p->arena, counts);
    if (*words) {
        put_line(p, PFG_DIM, "",
                 pfg_arena_printf(p->arena, "%s (--all)", words));
    }
}

static void put_table(struct page *p, const struct pfg_report_section *section)
{
    struct pfg_suites suites = pfg_suites_of(section, p->arena);
    struct pfg_table *table =
        new_table(p, suites.one_metric ? "" : columns[METRIC].heading);
    size_t shown = 0;

    if (suites.one_metric && section->n_rows) {
        put_line(p, PFG_BOLD, "", section->rows[0].metric);
    }
    for (size_t i = 0; i < suites.n; i++) {
        shown += put_suite(p, table, &suites.at[i], &suites);
    }
    if (shown) {
        pfg_table_print(p->out, table, p->options->width, p->options->color);
    }
    put_hidden(p, section);
}

static void put_section(struct page *p,
                        const struct pfg_report_section *section)
{
    const char *detectable = pfg_words_detectable(p->arena, section);

    put_head_of(p, section);
    put_table(p, section);
    if (*section->shift) {
        put_line(p, section->shift_fails ? PFG_RED : PFG_YELLOW,
                 section->shift_fails ? "\u2717 " : "! ", section->shift);
    }
    put_line(p, PFG_DIM, "", detectable);
    for (size_t i = 0; i < section->n_notes; i++) {
        put_line(p, PFG_DIM, "note: ", section->notes[i]);
    }
    pfg_str_putc(p->out, '\n');
}

static void put_footnotes(struct page *p)
{
    const struct pfg_report *report = p->report;

    for (size_t i = 0; i < report->n_footnotes; i++) {
        put_line(p, PFG_DIM,
                 pfg_arena_printf(p->arena, "%s ", pfg_words_mark(p->arena, i)),
                 report->footnotes[i]);
    }
    for (size_t i = 0; i < report->n_warnings; i++) {
        put_line(p, PFG_YELLOW, "warning: ", report->warnings[i]);
    }
    if (report->n_footnotes + report->n_warnings) {
        pfg_str_putc(p->out, '\n');
    }
}

static const struct {
    const char *sign;
    enum pfg_style style;
} tones[] = {
    [PFG_TONE_GOOD] = {"\u2713 ", PFG_GREEN},
    [PFG_TONE_BAD] = {"\u2717 ", PFG_RED},
    [PFG_TONE_MIXED] = {"! ", PFG_YELLOW},
};

static void put_outcome(struct page *p)
{
    const struct pfg_report *report = p->report;
    enum pfg_tone tone = pfg_words_tone(report);

    put_line(p, PFG_DIM, "repeat: ", report->command);
    if (report->n_rows) {
        put_line(p, PFG_PLAIN, "",
                 pfg_arena_printf(p->arena, "%s; %zu of %zu gated, %zu failing",
                                  pfg_words_counts(p->arena, report->counts),
                                  report->n_gated, report->n_rows,
                                  report->n_fails));
    }
    put_line(p, tones[tone].style, tones[tone].sign,
             report->gate ? report->headline
                          : pfg_arena_printf(p->arena, "%s (reported only)",
                                             report->headline));
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct page page = {
        .out = out,
        .report = report,
        .options = options,
        .arena = pfg_arena_new(),
        .all = options->all || report->n_rows <= PFG_MANY_ROWS,
    };

    (void)err;
    for (size_t i = 0; i < report->n_sections; i++) {
        put_section(&page, &report->sections[i]);
    }
    put_footnotes(&page);
    put_outcome(&page);
    pfg_arena_free(page.arena);
    return 0;
}

const struct pfg_renderer pfg_renderer_text = {
    .name = "text",
    .title = "a table for terminals and CI logs",
    .render = render,
};
