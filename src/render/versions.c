#include "render/versions.h"

#include <string.h>

#include "base/map.h"
#include "render/words.h"

/* One benchmark and metric: its row of each section, or NULL. */
struct line {
    const struct pfg_report_row **rows;
    const struct pfg_report_row *any;
    bool shown;
};

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

bool pfg_versions_are(const struct pfg_report *report)
{
    for (size_t i = 1; i < report->n_sections; i++) {
        if (!is_beside(&report->sections[0], &report->sections[i])) {
            return false;
        }
    }
    return report->n_sections > 1;
}

bool pfg_versions_show(const struct pfg_report_row *row, bool all)
{
    return !row->repeats && (all || row->listed || row->fails);
}

static struct line *line_of(struct pfg_map *lines, const char *key, size_t n,
                            struct pfg_arena *arena)
{
    void **place = pfg_map_at(lines, pfg_slice_of(key));

    if (!*place) {
        struct line *line = pfg_arena_alloc(arena, sizeof *line);

        *line = (struct line){.rows = pfg_arena_new_array(
                                  arena, const struct pfg_report_row *, n)};
        *place = line;
    }
    return *place;
}

/* By suite in order of appearance, each a map of its lines. */
static void collect(struct pfg_map *suites, const struct pfg_report *report,
                    bool all, struct pfg_arena *arena)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t k = 0; k < section->n_rows; k++) {
            const struct pfg_report_row *row = &section->rows[k];
            void **lines = pfg_map_at(suites, pfg_slice_of(row->suite));
            struct line *line;

            if (!*lines) {
                *lines = pfg_arena_alloc(arena, sizeof(struct pfg_map));
                pfg_map_init(*lines, arena);
            }
            line = line_of(*lines, row->key, report->n_sections, arena);
            line->rows[i] = row;
            line->any = row;
            line->shown |= pfg_versions_show(row, all);
        }
    }
}

static const char *change_of(const struct pfg_report_row *row,
                             const struct pfg_row_words *words,
                             struct pfg_arena *arena)
{
    bool good = row->verdict == PFG_IMPROVED || row->verdict == PFG_FASTER ||
                row->verdict == PFG_NEW;

    return pfg_arena_printf(arena, "%s%s",
                            *words->change && strcmp(words->change, "\u2013")
                                ? words->change
                                : words->verdict,
                            row->fails             ? " \u2717"
                            : row->listed && !good ? " !"
                                                   : "");
}

static void put_line(struct pfg_table *table, const struct line *line,
                     size_t n_heads, const enum pfg_style *styles,
                     struct pfg_arena *arena)
{
    const char *base = "";

    for (size_t i = 0; i < n_heads && !*base; i++) {
        if (line->rows[i] && line->rows[i]->base.present) {
            base = pfg_words_row(line->rows[i], arena).base;
        }
    }
    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "%s", line->any->label);
    pfg_table_cell(table, PFG_PLAIN, "%s", line->any->metric);
    pfg_table_cell(table, PFG_PLAIN, "%s", base);
    for (size_t i = 0; i < n_heads; i++) {
        const struct pfg_report_row *row = line->rows[i];
        struct pfg_row_words words = {.head = ""};

        if (row) {
            words = pfg_words_row(row, arena);
        }
        pfg_table_cell(table, PFG_PLAIN, "%s", words.head);
        pfg_table_cell(table, row ? styles[row->verdict] : PFG_PLAIN, "%s",
                       row ? change_of(row, &words, arena) : "");
    }
}

/* The first section's; the others add what they alone have. */
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
            const struct pfg_report_section *section = &report->sections[i];
            size_t k = 0;

            while (k < section->n_geomeans &&
                   (strcmp(section->geomeans[k].metric, mean->metric) ||
                    strcmp(section->geomeans[k].unit, mean->unit))) {
                k++;
            }
            pfg_table_cell(table, PFG_PLAIN, "%s", "");
            pfg_table_cell(
                table, PFG_PLAIN, "%s",
                k < section->n_geomeans
                    ? pfg_words_change(arena, section->geomeans[k].change)
                    : "");
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
    struct pfg_map suites;

    pfg_map_init(&suites, arena);
    collect(&suites, report, all, arena);
    for (size_t i = 0; i < suites.n; i++) {
        const struct pfg_map *lines = suites.entries[i].value;
        bool titled = suites.n == 1;

        for (size_t k = 0; k < lines->n; k++) {
            const struct line *line = lines->entries[k].value;

            if (line->shown && !titled) {
                const char *name = line->any->suite;

                pfg_table_line(table, PFG_BOLD, 0, *name ? name : "(no suite)");
                titled = true;
            }
            if (line->shown) {
                put_line(table, line, report->n_sections, styles, arena);
            }
        }
    }
    put_geomeans(table, report, arena);
    return table;
}
