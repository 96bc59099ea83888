#include "render/formats/text_table.h"

#include <string.h>

#include "render/shared_parameters.h"
#include "render/suites.h"
#include "render/versions.h"
#include "render/words/facts.h"
#include "render/words/why_words.h"
#include "render/words/words.h"

const enum pfg_style pfg_text_styles[PFG_N_VERDICTS] = {
    [PFG_REGRESSED] = PFG_RED,      [PFG_OVER_BUDGET] = PFG_RED,
    [PFG_ERRORED] = PFG_RED,        [PFG_MISSING] = PFG_RED,
    [PFG_UNCONFIRMED] = PFG_YELLOW, [PFG_SLOWER] = PFG_YELLOW,
    [PFG_ACCEPTED] = PFG_CYAN,      [PFG_IMPROVED] = PFG_GREEN,
    [PFG_FASTER] = PFG_GREEN,       [PFG_NEW] = PFG_CYAN,
    [PFG_INCONCLUSIVE] = PFG_PLAIN, [PFG_NOT_COMPARABLE] = PFG_YELLOW,
    [PFG_UNCHANGED] = PFG_DIM,
};

void pfg_text_line(struct pfg_text_page *p, enum pfg_style style,
                   const char *label, const char *text)
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

/* A label cut shorter than this is not recognised. */
enum { SHORTEST_LABEL = 30 };

/* What is shown beside a label, from most to least. */
enum layout {
    WIDE,    /* everything */
    MEDIUM,  /* no roomy columns */
    TIGHT,   /* nor a limit that all rows have */
    STACKED, /* names on lines of their own, above their metrics */
    BARE,    /* the same without the test */
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

/* A section's table under construction. */
struct sheet {
    struct pfg_table *table;
    const struct pfg_report_section *section;
    const struct pfg_row_words *words; /* of its rows that are shown */
    struct pfg_suites suites;
    struct pfg_shared shared; /* parameters that labels leave out */
    enum layout layout;
    const char *limit; /* shared by all gated rows, not shown in them; "" */
    const char *above; /* the label of the row before, "" at first */
    const char *next;  /* the last advice for a row */
    size_t widest_label;
    size_t shown;
};

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

        pfg_table_text(sheet->table, cell_styles[i], text ? text : "");
    }
}

static void put_words(struct pfg_text_page *p, struct sheet *sheet,
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

static void put_facts(struct pfg_text_page *p, struct sheet *sheet,
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

/* No column where all rows have the same metric. */
static const char *metric_of(const struct sheet *sheet, const char *metric)
{
    return sheet->suites.one_metric && sheet->layout < STACKED ? "" : metric;
}

static void put_row(struct pfg_text_page *p, struct sheet *sheet,
                    const struct pfg_report_row *row)
{
    struct pfg_row_words words = sheet->words[row - sheet->section->rows];
    const char *label = pfg_shared_label(&sheet->shared, row, p->arena);
    const char *const labels[] = {sign(row), label,
                                  metric_of(sheet, row->metric)};
    bool wants_look = row->listed || row->fails || p->options->all;
    struct pfg_why_lines where = pfg_why_of_row(row, p->arena);
    size_t width = pfg_text_width(pfg_slice_of(label));

    if (width > sheet->widest_label) {
        sheet->widest_label = width;
    }
    put_words(p, sheet, &words, labels, pfg_text_styles[row->verdict]);
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

/* Over all rows, shown or not: a line for each unit, at the end. */
static void put_geomeans(struct pfg_text_page *p, struct sheet *sheet)
{
    const struct pfg_report_section *section = sheet->section;

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

static void put_suite(struct pfg_text_page *p, struct sheet *sheet,
                      const struct pfg_suite *suite)
{
    size_t before = sheet->shown;

    sheet->above = "";
    for (size_t i = 0; i < suite->n; i++) {
        if (!pfg_versions_show(suite->rows[i], p->all)) {
            continue;
        }
        if (sheet->shown++ == before && sheet->suites.n > 1) {
            pfg_table_line(sheet->table, PFG_BOLD, 0,
                           *suite->name ? suite->name : "(no suite)");
        }
        put_row(p, sheet, suite->rows[i]);
    }
}

static void put_headings(struct pfg_text_page *p, struct sheet *sheet)
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
static const char *common_limit(const struct pfg_text_page *p,
                                const struct sheet *sheet)
{
    const struct pfg_report_section *section = sheet->section;
    const char *limit = "";

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        const char *own;

        if (!pfg_versions_show(row, p->all) || !row->gated) {
            continue;
        }
        own = sheet->words[i].limit;
        if (*limit && strcmp(own, limit)) {
            return "";
        }
        limit = own;
    }
    return limit;
}

static void lay_out(struct pfg_text_page *p, struct sheet *sheet,
                    enum layout layout)
{
    sheet->layout = layout;
    sheet->limit = layout >= TIGHT ? common_limit(p, sheet) : "";
    sheet->next = "";
    sheet->widest_label = sheet->shown = 0;
    put_headings(p, sheet);
    for (size_t i = 0; i < sheet->suites.n; i++) {
        put_suite(p, sheet, &sheet->suites.at[i]);
    }
    put_geomeans(p, sheet);
}

static const struct pfg_row_words *words_of(
    const struct pfg_text_page *p, const struct pfg_report_section *section)
{
    struct pfg_row_words *words =
        pfg_arena_new_array(p->arena, struct pfg_row_words, section->n_rows);

    for (size_t i = 0; i < section->n_rows; i++) {
        if (pfg_versions_show(&section->rows[i], p->all)) {
            words[i] = pfg_words_row(&section->rows[i], p->arena);
        }
    }
    return words;
}

/* Whether a table fits without cutting its labels too short. */
static bool fits(const struct pfg_text_page *p, const struct sheet *sheet)
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
static void put_hidden(struct pfg_text_page *p,
                       const struct pfg_report_section *section)
{
    size_t counts[PFG_N_VERDICTS] = {0};
    const char *words;

    for (size_t i = 0; i < section->n_rows; i++) {
        counts[section->rows[i].verdict] +=
            !section->rows[i].repeats &&
            !pfg_versions_show(&section->rows[i], p->all);
    }
    words = pfg_words_counts(p->arena, counts);
    if (*words) {
        pfg_text_line(p, PFG_DIM, "",
                      pfg_arena_printf(p->arena, "%s (--all)", words));
    }
}

/* "all with cpus=2, limit 5%" */
static void put_shared(struct pfg_text_page *p, const struct sheet *sheet)
{
    const char *words = sheet->shared.words, *limit = sheet->limit;

    if (*words || *limit) {
        pfg_text_line(p, PFG_DIM, "all with ",
                      pfg_arena_printf(p->arena, "%s%s%s%s", words,
                                       *words && *limit ? ", " : "",
                                       *limit ? "limit " : "", limit));
    }
}

void pfg_text_table(struct pfg_text_page *p,
                    const struct pfg_report_section *section)
{
    struct sheet sheet = {
        .section = section,
        .words = words_of(p, section),
        .suites = pfg_suites_of(section, p->arena),
        .shared = pfg_shared_of(section, p->arena),
    };

    lay_out(p, &sheet, WIDE);
    for (enum layout l = MEDIUM; l <= BARE && !fits(p, &sheet); l++) {
        lay_out(p, &sheet, l);
    }
    put_shared(p, &sheet);
    if (sheet.suites.one_metric && section->n_rows && sheet.layout < STACKED) {
        pfg_text_line(p, PFG_BOLD, "", section->rows[0].metric);
    }
    if (sheet.shown) {
        pfg_table_print(p->out, sheet.table, p->options->width,
                        p->options->color);
    }
    put_hidden(p, section);
}
