#include "render/versions.h"

#include <string.h>

#include "base/map.h"
#include "render/words/words.h"

static bool is_beside(const struct pfg_report_section *a,
                      const struct pfg_report_section *b)
{
    const char *one = a->has_profile ? a->profile.fingerprint : "";
    const char *other = b->has_profile ? b->profile.fingerprint : "";

    return a->has_base && b->has_base &&
           !strcmp(a->base.label, b->base.label) &&
           !strcmp(a->base.id, b->base.id) &&
           !strcmp(one ? one : "", other ? other : "");
}

/* As in the reports of two jobs, which may run different suites. */
static bool is_same_head(const struct pfg_report_section *a,
                         const struct pfg_report_section *b)
{
    return !strcmp(a->head.label, b->head.label) &&
           !strcmp(a->head.id, b->head.id);
}

bool pfg_versions_are(const struct pfg_report *report)
{
    const struct pfg_report_section *sections = report->sections;

    for (size_t i = 1; i < report->n_sections; i++) {
        if (!is_beside(&sections[0], &sections[i]) ||
            is_same_head(&sections[0], &sections[i]) ||
            is_same_head(&sections[i - 1], &sections[i])) {
            return false;
        }
    }
    return report->n_sections > 1;
}

bool pfg_versions_show(const struct pfg_report_row *row, bool all)
{
    return !row->repeats && (all || row->listed || row->fails);
}

static struct pfg_versions_line *line_of(struct pfg_map *lines, const char *key,
                                         size_t n, struct pfg_arena *arena)
{
    void **place = pfg_map_at(lines, pfg_slice_of(key));

    if (!*place) {
        struct pfg_versions_line *line = pfg_arena_alloc(arena, sizeof *line);

        *line = (struct pfg_versions_line){
            .rows =
                pfg_arena_new_array(arena, const struct pfg_report_row *, n)};
        *place = line;
    }
    return *place;
}

/* A map of lines for each suite, in order of appearance. */
static void collect(struct pfg_map *suites, const struct pfg_report *report,
                    bool all, struct pfg_arena *arena)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t k = 0; k < section->n_rows; k++) {
            const struct pfg_report_row *row = &section->rows[k];
            void **lines = pfg_map_at(suites, pfg_slice_of(row->suite));
            struct pfg_versions_line *line;

            if (!*lines) {
                *lines = pfg_arena_alloc(arena, sizeof(struct pfg_map));
                pfg_map_init(*lines, arena);
            }
            line = line_of(*lines, row->key, report->n_sections, arena);
            line->rows[i] = row;
            line->any = row;
            line->fails |= row->fails;
            line->shown |= pfg_versions_show(row, all);
        }
    }
}

struct pfg_versions_lines pfg_versions_lines(const struct pfg_report *report,
                                             bool all, struct pfg_arena *arena)
{
    struct pfg_versions_lines lines = {0};
    struct pfg_map suites;
    size_t n = 0;

    pfg_map_init(&suites, arena);
    collect(&suites, report, all, arena);
    lines.n_suites = suites.n;
    for (size_t i = 0; i < suites.n; i++) {
        n += ((const struct pfg_map *)suites.entries[i].value)->n;
    }
    lines.at = pfg_arena_new_array(arena, const struct pfg_versions_line *, n);
    for (size_t i = 0; i < suites.n; i++) {
        const struct pfg_map *suite = suites.entries[i].value;

        for (size_t k = 0; k < suite->n; k++) {
            const struct pfg_versions_line *line = suite->entries[k].value;

            if (line->shown) {
                lines.at[lines.n++] = line;
            }
        }
    }
    return lines;
}

const char *pfg_versions_base(const struct pfg_versions_line *line,
                              size_t n_heads, struct pfg_arena *arena)
{
    const char *base = "";

    for (size_t i = 0; i < n_heads && !*base; i++) {
        if (line->rows[i] && line->rows[i]->base.present) {
            base = pfg_words_row(line->rows[i], arena).base;
        }
    }
    return base;
}

const char *pfg_versions_counts(const struct pfg_report_section *section,
                                struct pfg_arena *arena)
{
    size_t counts[PFG_N_VERDICTS] = {0};

    for (size_t i = 0; i < section->n_rows; i++) {
        counts[section->rows[i].verdict] += !section->rows[i].repeats;
    }
    return pfg_arena_printf(arena, "%s: %s", section->head.label,
                            pfg_words_counts(arena, counts));
}

const char *pfg_versions_change(const struct pfg_report_row *row,
                                struct pfg_arena *arena)
{
    struct pfg_row_words words = pfg_words_row(row, arena);

    return *words.change && strcmp(words.change, "\u2013") ? words.change
                                                           : words.verdict;
}

const struct pfg_report_geomean *pfg_versions_geomean(
    const struct pfg_report_section *section,
    const struct pfg_report_geomean *like)
{
    for (size_t i = 0; i < section->n_geomeans; i++) {
        if (!strcmp(section->geomeans[i].metric, like->metric) &&
            !strcmp(section->geomeans[i].unit, like->unit)) {
            return &section->geomeans[i];
        }
    }
    return NULL;
}

static const char *change_of(const struct pfg_report_row *row,
                             struct pfg_arena *arena)
{
    bool good = row->verdict == PFG_IMPROVED || row->verdict == PFG_FASTER ||
                row->verdict == PFG_NEW;

    return pfg_arena_printf(arena, "%s%s", pfg_versions_change(row, arena),
                            row->fails             ? " \u2717"
                            : row->listed && !good ? " !"
                                                   : "");
}

static void put_line(struct pfg_table *table,
                     const struct pfg_versions_line *line, size_t n_heads,
                     const enum pfg_style *styles, struct pfg_arena *arena)
{
    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "%s", line->any->label);
    pfg_table_cell(table, PFG_PLAIN, "%s", line->any->metric);
    pfg_table_cell(table, PFG_PLAIN, "%s",
                   pfg_versions_base(line, n_heads, arena));
    for (size_t i = 0; i < n_heads; i++) {
        const struct pfg_report_row *row = line->rows[i];

        pfg_table_cell(table, PFG_PLAIN, "%s",
                       row ? pfg_words_row(row, arena).head : "");
        pfg_table_cell(table, row ? styles[row->verdict] : PFG_PLAIN, "%s",
                       row ? change_of(row, arena) : "");
    }
}

/* A line for each geomean of the first section. */
static void put_geomeans(struct pfg_table *table,
                         const struct pfg_report *report,
                         struct pfg_arena *arena)
{
    const struct pfg_report_section *first = &report->sections[0];

    for (size_t g = 0; g < first->n_geomeans; g++) {
        const struct pfg_report_geomean *mean = &first->geomeans[g];

        pfg_table_row(table);
        pfg_table_cell(table, PFG_PLAIN, "geomean");
        pfg_table_cell(table, PFG_PLAIN, "%s", mean->metric);
        pfg_table_cell(table, PFG_PLAIN, "%s", "");
        for (size_t i = 0; i < report->n_sections; i++) {
            const struct pfg_report_geomean *own =
                pfg_versions_geomean(&report->sections[i], mean);

            pfg_table_cell(table, PFG_PLAIN, "%s", "");
            pfg_table_cell(table, PFG_PLAIN, "%s",
                           own ? pfg_words_change(arena, own->change) : "");
        }
    }
}

static struct pfg_table *begin(const struct pfg_report *report,
                               struct pfg_arena *arena)
{
    struct pfg_table *table = pfg_table_new(arena, 3 + 2 * report->n_sections);

    pfg_table_row(table);
    pfg_table_cell(table, PFG_BOLD, "benchmark");
    pfg_table_cell(table, PFG_BOLD, "metric");
    pfg_table_cell(table, PFG_BOLD, "%s", report->sections[0].base.label);
    for (size_t i = 0; i < 1 + 2 * report->n_sections; i++) {
        pfg_table_align(table, 2 + i, i % 2 ? PFG_RIGHT : PFG_LEFT);
        pfg_table_limit(table, 2 + i, 24);
    }
    pfg_table_align(table, 2, PFG_RIGHT);
    for (size_t i = 0; i < report->n_sections; i++) {
        pfg_table_cell(table, PFG_BOLD, "%s", report->sections[i].head.label);
        pfg_table_cell(table, PFG_BOLD, "%s", "");
    }
    pfg_table_rule(table);
    return table;
}

struct pfg_table *pfg_versions_table(const struct pfg_report *report, bool all,
                                     const enum pfg_style *styles,
                                     struct pfg_arena *arena)
{
    struct pfg_table *table = begin(report, arena);
    struct pfg_versions_lines lines = pfg_versions_lines(report, all, arena);
    const char *suite = NULL;

    for (size_t i = 0; i < lines.n; i++) {
        const char *name = lines.at[i]->any->suite;

        if (lines.n_suites > 1 && (!suite || strcmp(suite, name))) {
            pfg_table_line(table, PFG_BOLD, 0, *name ? name : "(no suite)");
        }
        suite = name;
        put_line(table, lines.at[i], report->n_sections, styles, arena);
    }
    put_geomeans(table, report, arena);
    return table;
}
