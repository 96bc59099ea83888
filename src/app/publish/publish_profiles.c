#include <ctype.h>

#include "app/publish/publish.h"
#include "base/arena.h"
#include "base/file.h"
#include "render/plot/plot.h"
#include "render/why_words.h"

/* A label as a file's name, with a number for those that would be the same. */
static const char *name_of(const struct pfg_report_row *row, size_t number,
                           struct pfg_arena *arena)
{
    enum { LONGEST = 80 };
    char *name = pfg_arena_printf(arena, "%zu-%.*s", number, LONGEST,
                                  *row->label ? row->label : row->metric);

    for (char *c = name; *c; c++) {
        *c = isalnum((unsigned char)*c) || *c == '-' || *c == '.' ? *c : '_';
    }
    return name;
}

static int write_row(const struct pfg_report_row *row, const char *path,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_str text = pfg_str_in(arena);
    int failed;

    pfg_plot_flame_file(&text, row->why);
    failed = pfg_file_write(pfg_arena_printf(arena, "%s.svg", path),
                            pfg_str_slice(&text), err);
    pfg_str_clear(&text);
    pfg_why_folded(&text, row->why);
    failed =
        failed || pfg_file_write(pfg_arena_printf(arena, "%s.folded", path),
                                 pfg_str_slice(&text), err);
    return failed ? -1 : 0;
}

int pfg_publish_profiles(const struct pfg_report *report, const char *folder,
                         struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    int failed = 0;
    size_t number = 0;

    for (size_t s = 0; s < report->n_sections && !failed; s++) {
        for (size_t i = 0; i < report->sections[s].n_rows && !failed; i++) {
            const struct pfg_report_row *row = &report->sections[s].rows[i];

            if (row->why && row->why->n_frames) {
                failed = pfg_file_make_directories(folder, err) ||
                         write_row(row,
                                   pfg_path_join(arena, folder,
                                                 name_of(row, ++number, arena)),
                                   arena, err);
            }
        }
    }
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}
