#include "app/measure/confirm/confirm.h"

#include <string.h>

#include "app/measure/tool/tool.h"
#include "base/arena.h"
#include "base/map.h"
#include "render/words.h"
#include "term/table.h"

static const char *visible(const char *text, struct pfg_arena *arena)
{
    struct pfg_str shown = pfg_str_in(arena);

    pfg_text_visible(&shown, pfg_slice_of(text));
    return shown.ptr;
}

static void put_own_filters(struct pfg_str *out, const char *const *names,
                            size_t n)
{
    pfg_str_puts(out, "all, and of the results only");
    for (size_t i = 0; i < n; i++) {
        pfg_str_puts(out, " --filter ");
        pfg_word_quote(out, names[i]);
    }
}

/* The command of the tool behind an ingester that runs these benchmarks only;
 * where it cannot choose, the filters of perfgate itself. */
static void put_command(struct pfg_str *out, const char *ingester,
                        const char *const *names, size_t n)
{
    const struct pfg_tool *tool = pfg_tool_of_results(ingester);
    const struct pfg_tool_choice only = {.keep = names, .n_keep = n};
    const char *words[2] = {tool ? tool->first : NULL,
                            tool ? tool->second : NULL};
    struct pfg_command_words command = {words, 0};
    struct pfg_arena *arena = pfg_arena_new();

    command.n = !words[0] ? 0 : words[1] ? 2 : 1;
    if (tool && tool->whole &&
        pfg_tool_narrow(tool, &command, &command, &only, arena)) {
        pfg_words_quote(out, &command);
    } else {
        put_own_filters(out, names, n);
    }
    pfg_arena_free(arena);
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
    put_command(out, section->head.tool, names, n);
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
