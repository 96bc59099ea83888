#include "render/plot/plot.h"

#include "base/arena.h"
#include "model/verdict.h"
#include "render/embedded.h"
#include "render/plot/svg.h"
#include "render/words/words.h"

/* A page with a head of three lines; the charts keep their proportions. */
enum { WIDTH = 560, MARGIN = 20, HEAD = 84 };

struct chart {
    bool (*draw)(struct pfg_str *out, const struct pfg_report_row *row);
    int width, height;
};

static const struct chart charts[] = {
    {pfg_plot_samples, 520, 150},
    {pfg_plot_history, 520, 200},
};

enum { N_CHARTS = PFG_COUNT(charts) };

static const char *verdict_line(const struct pfg_report_row *row,
                                struct pfg_arena *arena)
{
    struct pfg_row_words words = pfg_words_row(row, arena);

    return pfg_arena_printf(arena, "%s: %s%s%s%s%s%s%s", words.verdict,
                            row->base.present ? words.base : "",
                            row->base.present && row->head.present ? " → " : "",
                            row->head.present ? words.head : "",
                            *words.change ? ", " : "", words.change,
                            row->gated ? ", limit " : "",
                            row->gated ? words.limit : "");
}

static const char *sides_line(const struct pfg_report_section *section,
                              struct pfg_arena *arena)
{
    const char *base = section->has_base ? section->base.label : "no base";

    return pfg_arena_printf(arena, "%s → %s%s%s", base, section->head.label,
                            section->has_profile ? ", " : "",
                            section->has_profile
                                ? pfg_words_hardware(arena, &section->profile)
                                : "");
}

static void put_head(struct pfg_svg *svg,
                     const struct pfg_report_section *section,
                     const struct pfg_report_row *row, struct pfg_arena *arena)
{
    const char *name =
        pfg_arena_printf(arena, "%s  %s", row->label, row->metric);
    const char *verdict = verdict_line(row, arena);

    pfg_svg_begin_file(svg, pfg_verdict_name(row->verdict), name, verdict,
                       pfg_embedded_text("plot.css"));
    pfg_svg_heading(svg, "title", MARGIN, 28, name);
    pfg_svg_heading(svg, "verdict", MARGIN, 50, verdict);
    pfg_svg_heading(svg, "sides", MARGIN, 70, sides_line(section, arena));
}

bool pfg_plot_row(struct pfg_str *out, const struct pfg_report_section *section,
                  const struct pfg_report_row *row)
{
    struct pfg_svg svg = {out, WIDTH, HEAD};
    struct pfg_str drawn[N_CHARTS];
    bool any = false;
    int y = HEAD;

    for (size_t i = 0; i < N_CHARTS; i++) {
        pfg_str_init(&drawn[i], 0);
        if (charts[i].draw(&drawn[i], row)) {
            svg.height += charts[i].height + MARGIN;
            any = true;
        }
    }
    if (any) {
        struct pfg_arena *arena = pfg_arena_new();

        put_head(&svg, section, row, arena);
        pfg_arena_free(arena);
    }
    for (size_t i = 0; i < N_CHARTS; i++) {
        if (drawn[i].len) {
            pfg_str_printf(out,
                           "<svg x=\"%d\" y=\"%d\" width=\"%d\" "
                           "height=\"%d\">",
                           MARGIN, y, charts[i].width, charts[i].height);
            pfg_str_add(out, pfg_str_slice(&drawn[i]));
            pfg_str_puts(out, "</svg>");
            y += charts[i].height + MARGIN;
        }
        pfg_str_free(&drawn[i]);
    }
    pfg_str_puts(out, any ? "</svg>\n" : "");
    return any;
}
