#include "render/render.h"

#include <string.h>

#include "base/arena.h"
#include "render/shared_parameters.h"
#include "render/suites.h"
#include "render/template/targets.h"
#include "render/versions.h"
#include "render/words/facts.h"
#include "render/words/next.h"
#include "render/words/why_words.h"
#include "render/words/words.h"
#include "term/table.h"

/* The report for a terminal or a CI log, in benchstat's manners. What matters
 * most stands last: that is where a log is left when the job ends. */

/* A label that would be cut shorter than this says too little. */
enum { SHORTEST_LABEL = 30 };

/* How much stands beside a label, from the most on. */
enum layout {
    WIDE,    /* everything */
    MEDIUM,  /* without what only wide columns have room for */
    TIGHT,   /* nor a limit that all rows have */
    STACKED, /* names stand on lines of their own, above their metrics */
    BARE,    /* the same, and nothing of the test */
};

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

/* A section's table as it is put together. */
struct sheet {
    struct pfg_table *table;
    struct pfg_suites suites;
    struct pfg_shared shared; /* what is left out of the labels */
    enum layout layout;
    const char *limit; /* that all gated rows have and none shows; "" */
    const char *above; /* the label of the row before, "" at first */
    const char *next;  /* what was last advised for a row */
    size_t widest_label;
    size_t shown;
};

struct page {
    struct pfg_str *out;
    const struct pfg_report *report;
    const struct pfg_render_options *options;
    struct pfg_arena *arena;
    bool all; /* every row is shown */
};

/* "label  text", with data made visible and broken between words where the
 * terminal is narrower; nothing where text is "". */
static void put_line(struct page *p, enum pfg_style style, const char *label,
                     const char *text)
{
    size_t indent = pfg_text_width(pfg_slice_of(label));
    size_t room =
        p->options->width < 40 ? SIZE_MAX : (size_t)p->options->width - indent;
    struct pfg_slice rest = pfg_slice_of(text), taken;
    struct pfg_str line;

    pfg_str_init(&line, 0);
    while ((taken = pfg_text_take_line(&rest, room)).len) {
        pfg_str_clear(&line);
        pfg_text_visible(&line, taken);
        pfg_str_puts(p->out, label);
        pfg_style_put(p->out, style, p->options->color, line.ptr);
        pfg_str_putc(p->out, '\n');
        label = pfg_arena_printf(p->arena, "%*s", (int)indent, "");
    }
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
    return pfg_versions_show(row, p->all);
}

static const char *sign(const struct pfg_report_row *row)
{
    bool good = row->verdict == PFG_IMPROVED || row->verdict == PFG_FASTER ||
                row->verdict == PFG_NEW;

    return row->fails ? "\u2717" : row->listed && !good ? "!" : "";
}

static void put_cells(struct sheet *sheet, const char *const cells[N_COLUMNS],
                      const enum pfg_style cell_styles[N_COLUMNS])
{
    pfg_table_row(sheet->table);
    for (int i = 0; i < N_COLUMNS; i++) {
        bool left_out = (sheet->layout > WIDE && columns[i].roomy) ||
                        (sheet->layout >= STACKED && i == BENCHMARK) ||
                        (sheet->layout == BARE && i == TEST) ||
                        (*sheet->limit && i == LIMIT);
        const char *text = left_out ? "" : cells[i];

        pfg_table_cell(sheet->table, cell_styles[i], "%s", text ? text : "");
    }
}

static void put_words(struct page *p, struct sheet *sheet,
                      const struct pfg_row_words *words,
                      const char *const labels[3], enum pfg_style style)
{
    bool repeated = !strcmp(labels[1], sheet->above);
    const char *verdict =
        *words->marks
            ? pfg_arena_printf(p->arena, "%s %s", words->verdict, words->marks)
            : words->verdict;
    const char *const cells[N_COLUMNS] = {
        [SIGN] = labels[0],
        [BENCHMARK] = repeated ? "" : labels[1],
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

    if (sheet->layout >= STACKED && !repeated) {
        pfg_table_line(sheet->table, PFG_PLAIN, 0, labels[1]);
    }
    sheet->above = labels[1];
    put_cells(sheet, cells, cell_styles);
}

static void put_facts(struct page *p, struct sheet *sheet,
                      const struct pfg_report_row *row)
{
    struct pfg_row_facts lines = pfg_facts_of_row(p->report, row, p->arena);

    for (size_t i = 0; i < lines.n; i++) {
        if (!strcmp(lines.at[i].term, "next")) {
            if (!strcmp(lines.at[i].text, sheet->next)) {
                continue;
            }
            sheet->next = lines.at[i].text;
        }
        pfg_table_line(sheet->table, PFG_DIM, 15,
                       pfg_arena_printf(p->arena, "     %-9s %s",
                                        lines.at[i].term, lines.at[i].text));
    }
}

/* The metric has no column of its own where all rows have the same. */
static const char *metric_of(const struct sheet *sheet, const char *metric)
{
    return sheet->suites.one_metric && sheet->layout < STACKED ? "" : metric;
}

static void put_row(struct page *p, struct sheet *sheet,
                    const struct pfg_report_row *row)
{
    struct pfg_row_words words = pfg_words_row(row, p->arena);
    const char *label = pfg_shared_label(&sheet->shared, row, p->arena);
    const char *const labels[] = {sign(row), label,
                                  metric_of(sheet, row->metric)};
    bool wants_look = row->listed || row->fails || p->options->all;
    struct pfg_why_lines where = pfg_why_of_row(row, p->arena);
    size_t width = pfg_text_width(pfg_slice_of(label));

    if (width > sheet->widest_label) {
        sheet->widest_label = width;
    }
    put_words(p, sheet, &words, labels, styles[row->verdict]);
    if (wants_look && p->options->verbose) {
        put_facts(p, sheet, row);
    } else if (wants_look && *words.note) {
        pfg_table_line(sheet->table, PFG_DIM, 5,
                       pfg_arena_printf(p->arena, "     %s", words.note));
    }
    for (size_t i = 0; i < where.n && !p->options->verbose; i++) {
        pfg_table_line(
            sheet->table, PFG_PLAIN, 12,
            pfg_arena_printf(p->arena, "     where: %s", where.at[i]));
    }
}

/* Of all rows, shown or not: a row a unit, at the end. */
static void put_geomeans(struct page *p, struct sheet *sheet,
                         const struct pfg_report_section *section)
{
    sheet->above = "";
    for (size_t i = 0; i < section->n_geomeans && sheet->shown; i++) {
        const struct pfg_report_geomean *geomean = &section->geomeans[i];
        struct pfg_row_words words = pfg_words_geomean(geomean, p->arena);
        const char *const labels[] = {
            "", sheet->suites.n > 1 ? "geomean of all" : "geomean",
            metric_of(sheet, geomean->metric)};

        put_words(p, sheet, &words, labels, PFG_PLAIN);
    }
}

static void put_suite(struct page *p, struct sheet *sheet,
                      const struct pfg_suite *suite)
{
    size_t before = sheet->shown;

    sheet->above = "";
    for (size_t i = 0; i < suite->n; i++) {
        if (!is_shown(p, suite->rows[i])) {
            continue;
        }
        if (sheet->shown++ == before && sheet->suites.n > 1) {
            pfg_table_line(sheet->table, PFG_BOLD, 0,
                           *suite->name ? suite->name : "(no suite)");
        }
        put_row(p, sheet, suite->rows[i]);
    }
}

static void put_headings(struct page *p, struct sheet *sheet)
{
    const char *headings[N_COLUMNS];
    enum pfg_style bold[N_COLUMNS];

    sheet->table = pfg_table_new(p->arena, N_COLUMNS);
    for (int i = 0; i < N_COLUMNS; i++) {
        pfg_table_align(sheet->table, (size_t)i, columns[i].align);
        pfg_table_limit(sheet->table, (size_t)i, columns[i].widest);
        headings[i] = columns[i].heading;
        bold[i] = PFG_BOLD;
    }
    headings[METRIC] = metric_of(sheet, headings[METRIC]);
    put_cells(sheet, headings, bold);
    pfg_table_rule(sheet->table);
}

/* The limit of all gated rows that are shown, or "". */
static const char *common_limit(struct page *p,
                                const struct pfg_report_section *section)
{
    const char *limit = "";

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        const char *own;

        if (!is_shown(p, row) || !row->gated) {
            continue;
        }
        own = pfg_words_row(row, p->arena).limit;
        if (*limit && strcmp(own, limit)) {
            return "";
        }
        limit = own;
    }
    return limit;
}

static struct sheet lay_out(struct page *p,
                            const struct pfg_report_section *section,
                            enum layout layout)
{
    struct sheet sheet = {
        .suites = pfg_suites_of(section, p->arena),
        .shared = pfg_shared_of(section, p->arena),
        .layout = layout,
        .limit = layout >= TIGHT ? common_limit(p, section) : "",
        .above = "",
        .next = "",
    };

    put_headings(p, &sheet);
    for (size_t i = 0; i < sheet.suites.n; i++) {
        put_suite(p, &sheet, &sheet.suites.at[i]);
    }
    put_geomeans(p, &sheet, section);
    return sheet;
}

/* Whether a table fits without cutting its labels too short. */
static bool fits(const struct page *p, const struct sheet *sheet)
{
    size_t width = pfg_table_width(sheet->table);
    size_t room = p->options->width > 0 ? (size_t)p->options->width : width;
    size_t label = sheet->widest_label > columns[BENCHMARK].widest
                       ? columns[BENCHMARK].widest
                       : sheet->widest_label;

    return width <= room ||
           (sheet->layout < STACKED && label >= width - room + SHORTEST_LABEL);
}

/* "112 unchanged, 3 inconclusive (--all shows them)" */
static void put_hidden(struct page *p, const struct pfg_report_section *section)
{
    size_t counts[PFG_N_VERDICTS] = {0};
    const char *words;

    for (size_t i = 0; i < section->n_rows; i++) {
        counts[section->rows[i].verdict] +=
            !section->rows[i].repeats && !is_shown(p, &section->rows[i]);
    }
    words = pfg_words_counts(p->arena, counts);
    if (*words) {
        put_line(p, PFG_DIM, "",
                 pfg_arena_printf(p->arena, "%s (--all)", words));
    }
}

/* "all with cpus=2, limit 5%" */
static void put_shared(struct page *p, const struct sheet *sheet)
{
    const char *words = sheet->shared.words, *limit = sheet->limit;

    if (*words || *limit) {
        put_line(p, PFG_DIM, "all with ",
                 pfg_arena_printf(p->arena, "%s%s%s%s", words,
                                  *words && *limit ? ", " : "",
                                  *limit ? "limit " : "", limit));
    }
}

static void put_table(struct page *p, const struct pfg_report_section *section)
{
    struct sheet sheet = lay_out(p, section, WIDE);

    for (enum layout l = MEDIUM; l <= BARE && !fits(p, &sheet); l++) {
        sheet = lay_out(p, section, l);
    }
    put_shared(p, &sheet);
    if (sheet.suites.one_metric && section->n_rows && sheet.layout < STACKED) {
        put_line(p, PFG_BOLD, "", section->rows[0].metric);
    }
    if (sheet.shown) {
        pfg_table_print(p->out, sheet.table, p->options->width,
                        p->options->color);
    }
    put_hidden(p, section);
}

static void put_target(struct page *p, struct pfg_table *table,
                       const struct pfg_report_target *target, bool roomy)
{
    struct pfg_target_words words = pfg_words_target(target, p->arena);
    enum pfg_style style = target->fails                      ? PFG_RED
                           : target->status == PFG_TARGET_MET ? PFG_GREEN
                                                              : PFG_YELLOW;

    pfg_table_row(table);
    pfg_table_cell(table, style, "%s", words.sign);
    pfg_table_cell(table, PFG_PLAIN, "%s", words.name);
    pfg_table_cell(table, PFG_PLAIN, "%s", words.current);
    pfg_table_cell(table, PFG_PLAIN, "%s", roomy ? words.interval : "");
    pfg_table_cell(table, PFG_PLAIN, "%s", words.limit);
    pfg_table_cell(table, style, "%s", words.status);
    if (*words.note) {
        pfg_table_line(table, PFG_DIM, 5,
                       pfg_arena_printf(p->arena, "     %s", words.note));
    }
}

static struct pfg_table *lay_out_targets(
    struct page *p, const struct pfg_report_section *section, bool roomy)
{
    static const char *const headings[] = {"", "target", "current",
                                           "", "limit",  "status"};
    enum { N_TARGET_COLUMNS = PFG_COUNT(headings) };
    struct pfg_table *table = pfg_table_new(p->arena, N_TARGET_COLUMNS);

    pfg_table_align(table, 0, PFG_RIGHT); /* the names give way */
    pfg_table_align(table, 2, PFG_RIGHT);
    pfg_table_row(table);
    for (size_t i = 0; i < N_TARGET_COLUMNS; i++) {
        pfg_table_cell(table, PFG_BOLD, "%s", headings[i]);
    }
    pfg_table_rule(table);
    for (size_t i = 0; i < section->n_targets; i++) {
        put_target(p, table, &section->targets[i], roomy);
    }
    return table;
}

/* Absolute limits: what they are, what came, and whether they were kept. */
static void put_targets(struct page *p,
                        const struct pfg_report_section *section)
{
    struct pfg_table *table;
    int width = p->options->width;

    if (!section->n_targets) {
        return;
    }
    table = lay_out_targets(p, section, true);
    if (width > 0 && pfg_table_width(table) > (size_t)width) {
        table = lay_out_targets(p, section, false);
    }
    pfg_str_putc(p->out, '\n');
    pfg_table_print(p->out, table, width, p->options->color);
}

static void put_notes(struct page *p, const struct pfg_report_section *section)
{
    if (*section->shift) {
        put_line(p, section->shift_fails ? PFG_RED : PFG_YELLOW,
                 section->shift_fails ? "\u2717 " : "! ", section->shift);
    }
    put_line(p, PFG_DIM, "", pfg_words_detectable(p->arena, section));
    for (size_t i = 0; i < section->n_notes; i++) {
        put_line(p, PFG_DIM, "note: ", section->notes[i]);
    }
    put_targets(p, section);
    pfg_str_putc(p->out, '\n');
}

static void put_machines(struct page *p,
                         const struct pfg_report_section *section)
{
    if (*section->machines) {
        put_line(p, PFG_YELLOW, "! ", section->machines);
        pfg_str_putc(p->out, '\n');
    }
}

/* Several heads in one table, and below it what is of each. */
static void put_versions(struct page *p)
{
    const struct pfg_report *report = p->report;

    for (size_t i = 0; i < report->n_sections; i++) {
        put_machines(p, &report->sections[i]);
    }
    put_origin(p, "base      ", &report->sections[0].base);
    for (size_t i = 0; i < report->n_sections; i++) {
        put_origin(p, i ? "          " : "heads     ",
                   &report->sections[i].head);
    }
    put_hardware(p, &report->sections[0]);
    pfg_str_putc(p->out, '\n');
    pfg_table_print(p->out,
                    pfg_versions_table(report, p->all, styles, p->arena),
                    p->options->width, p->options->color);
    pfg_str_putc(p->out, '\n');
    for (size_t i = 0; i < report->n_sections; i++) {
        put_line(p, PFG_BOLD, "",
                 pfg_versions_counts(&report->sections[i], p->arena));
        put_notes(p, &report->sections[i]);
    }
}

static void put_section(struct page *p,
                        const struct pfg_report_section *section)
{
    put_machines(p, section);
    put_head_of(p, section);
    put_table(p, section);
    put_notes(p, section);
}

/* Which footnotes a row that is shown points at. */
static const bool *marked(const struct page *p)
{
    const struct pfg_report *report = p->report;
    bool *result = pfg_arena_new_array(p->arena, bool, report->n_footnotes);
    struct pfg_report_cursor at = {.report = report};

    while (pfg_report_next(&at)) {
        for (size_t k = 0; is_shown(p, at.row) && k < at.row->n_footnotes;
             k++) {
            result[at.row->footnotes[k]] = true;
        }
    }
    return result;
}

static void put_footnotes(struct page *p)
{
    const struct pfg_report *report = p->report;
    const struct pfg_advice advice = pfg_advice_of(report);
    const bool *shown = marked(p);
    size_t before = p->out->len;

    for (size_t i = 0; i < report->n_footnotes; i++) {
        if (shown[i]) {
            put_line(
                p, PFG_DIM,
                pfg_arena_printf(p->arena, "%s ", pfg_words_mark(p->arena, i)),
                report->footnotes[i]);
        }
    }
    for (size_t i = 0; i < report->n_warnings; i++) {
        put_line(p, PFG_YELLOW, "warning: ", report->warnings[i]);
    }
    for (size_t i = 0; i < advice.n; i++) {
        put_line(p, PFG_PLAIN, "advice: ", advice.at[i]);
    }
    if (p->out->len > before) {
        pfg_str_putc(p->out, '\n');
    }
}

static const struct {
    const char *sign;
    enum pfg_style style;
} tones[] = {
    [PFG_TONE_PASS] = {"\u2713 ", PFG_GREEN},
    [PFG_TONE_FAIL] = {"\u2717 ", PFG_RED},
    [PFG_TONE_NOISY] = {"! ", PFG_YELLOW},
    [PFG_TONE_DOUBT] = {"! ", PFG_YELLOW},
    [PFG_TONE_NOTHING] = {"! ", PFG_YELLOW},
};

static void put_counts(struct page *p)
{
    const struct pfg_report *report = p->report;

    if (*report->command) { /* in one piece, to be copied */
        pfg_str_puts(p->out, "repeat: ");
        pfg_text_visible(p->out, pfg_slice_of(report->command));
        pfg_str_putc(p->out, '\n');
    }
    if (report->n_rows) {
        put_line(p, PFG_PLAIN, "",
                 pfg_arena_printf(
                     p->arena, "%zu benchmark%s: %s", report->benchmarks.n,
                     report->benchmarks.n == 1 ? "" : "s",
                     pfg_words_counts(p->arena, report->benchmarks.counts)));
    }
    put_line(p, PFG_PLAIN, "", pfg_words_times(p->arena, report));
}

static void put_outcome(struct page *p)
{
    const struct pfg_report *report = p->report;
    enum pfg_tone tone = report->tone;

    put_line(p, tones[tone].style, tones[tone].sign,
             report->gate ? report->headline
                          : pfg_arena_printf(p->arena, "%s (reported only)",
                                             report->headline));
}

/* First, and said even quietly: what judges was altered by what is judged. */
static void put_policy(struct page *p)
{
    const struct pfg_report_policy *policy = &p->report->policy;

    if (!*policy->headline) {
        return;
    }
    if (!policy->n_changes) {
        put_line(p, PFG_PLAIN, "", policy->headline); /* the first policy */
    } else {
        put_line(p, policy->effect == PFG_POLICY_LOOSER ? PFG_RED : PFG_YELLOW,
                 "! ", policy->headline);
    }
    if (p->options->quiet) {
        return;
    }
    for (size_t i = 0; i < pfg_words_policy_shown(policy); i++) {
        put_line(p, PFG_PLAIN, "  ",
                 pfg_words_policy_change(p->arena, &policy->changes[i]));
    }
    put_line(p, PFG_PLAIN, "  ", pfg_words_policy_rest(p->arena, policy));
    put_line(p, PFG_PLAIN, "  ", pfg_words_policy_rows(p->arena, policy));
    pfg_str_putc(p->out, '\n');
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
    put_policy(&page);
    if (!options->quiet && !options->verbose && pfg_versions_are(report)) {
        put_versions(&page);
    } else {
        for (size_t i = 0; i < report->n_sections && !options->quiet; i++) {
            put_section(&page, &report->sections[i]);
        }
    }
    if (!options->quiet) {
        put_footnotes(&page);
        put_counts(&page);
    }
    put_outcome(&page);
    pfg_arena_free(page.arena);
    return 0;
}

const struct pfg_renderer pfg_renderer_text = {
    .name = "text",
    .title = "a table for terminals and CI logs",
    .render = render,
};
