#include "app/measure/screen.h"

#include <string.h>

#include "app/measure/plan.h"
#include "base/arena.h"
#include "base/map.h"
#include "render/words.h"
#include "term/table.h"

static const char *visible(const char *text, struct pfg_arena *arena)
{
    struct pfg_str shown;
    const char *kept;

    pfg_str_init(&shown, 0);
    pfg_text_visible(&shown, pfg_slice_of(text));
    kept = pfg_arena_slice(arena, pfg_str_slice(&shown));
    pfg_str_free(&shown);
    return kept;
}

static void put_section(struct pfg_str *out,
                        const struct pfg_report_section *section,
                        struct pfg_arena *arena)
{
    struct pfg_table *table = pfg_table_new(arena, 3);
    const char **names;
    struct pfg_map seen;
    size_t n = 0;

    pfg_map_init(&seen, arena);
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (!pfg_report_is_candidate(row)) {
            continue;
        }
        *pfg_map_at(&seen, pfg_slice_of(row->benchmark)) = table;
        pfg_table_row(table);
        pfg_table_cell(table, PFG_PLAIN, "  %s", row->label);
        pfg_table_cell(table, PFG_PLAIN, "%s", row->metric);
        pfg_table_cell(table, PFG_PLAIN, "%s",
                       pfg_words_row(row, arena).change);
    }
    if (!seen.n) {
        return;
    }
    names = pfg_arena_new_array(arena, const char *, seen.n);
    for (; n < seen.n; n++) {
        names[n] = visible(seen.entries[n].key.ptr, arena);
    }
    pfg_str_puts(out, "\ncandidates\n");
    pfg_table_print(out, table, 0, false);
    pfg_str_puts(out, "again: ");
    pfg_plan_filter_for(out, section->head.tool, names, n);
    pfg_str_putc(out, '\n');
}

void pfg_screen_write(struct pfg_str *out, const struct pfg_report *report)
{
    struct pfg_arena *arena = pfg_arena_new();

    for (size_t i = 0; i < report->n_sections; i++) {
        put_section(out, &report->sections[i], arena);
    }
    pfg_arena_free(arena);
}
