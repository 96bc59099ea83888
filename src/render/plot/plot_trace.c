#include "render/plot/plot.h"

#include <math.h>

#include "base/arena.h"
#include "render/plot/svg.h"
#include "render/words/words.h"
#include "unit/scale.h"

static const double WIDTH = 520, HEIGHT = 150;
static const double LEFT = 64, RIGHT = 500, TOP = 22, BOTTOM = 112;

static void find_ends(double ends[2], double *seconds,
                      const struct pfg_report_side *side)
{
    for (size_t i = 0; i < side->n_trace; i++) {
        if (isfinite(side->trace[i])) {
            ends[0] = fmin(ends[0], side->trace[i]);
            ends[1] = fmax(ends[1], side->trace[i]);
        }
    }
    if (side->n_trace && side->trace_seconds > *seconds) {
        *seconds = side->trace_seconds;
    }
}

/* Each value in the middle of its interval; gaps are left out. */
static void put_line(struct pfg_str *out, const struct pfg_report_side *side,
                     const struct pfg_svg_axis *x, const struct pfg_svg_axis *y,
                     size_t which)
{
    const char *move = "M";

    pfg_str_printf(out, "<path class=\"trend p%zu\" d=\"", which);
    for (size_t i = 0; i < side->n_trace; i++) {
        double at = ((double)i + 0.5) / (double)side->n_trace;

        if (!isfinite(side->trace[i])) {
            move = "M";
            continue;
        }
        pfg_str_puts(out, move);
        pfg_svg_number(out, pfg_svg_place(x, at * side->trace_seconds));
        pfg_str_puts(out, " ");
        pfg_svg_number(out, pfg_svg_place(y, side->trace[i]));
        move = "L";
    }
    pfg_str_puts(out, "\"/>");
}

bool pfg_plot_trace(struct pfg_str *out, const struct pfg_report_row *row)
{
    const struct pfg_report_side *sides[] = {&row->base, &row->head};
    static const char *const names[] = {"base", "head"};
    struct pfg_arena *arena;
    struct pfg_svg svg = {out, WIDTH, HEIGHT};
    struct pfg_svg_axis x, y;
    struct pfg_scale scale;
    double ends[] = {INFINITY, -INFINITY}, seconds = 0, label = LEFT;

    find_ends(ends, &seconds, sides[0]);
    find_ends(ends, &seconds, sides[1]);
    if (!(seconds > 0) || ends[0] > ends[1]) {
        return false;
    }
    arena = pfg_arena_new();
    scale = pfg_scale_for(pfg_words_unit(row), ends, 2);
    x = (struct pfg_svg_axis){0, seconds, LEFT, RIGHT};
    y = pfg_svg_axis_over(fmin(0, ends[0]), ends[1], BOTTOM, TOP);
    pfg_svg_begin(&svg, "plot",
                  pfg_arena_printf(arena, "%s %s in the last round", row->label,
                                   row->metric),
                  pfg_arena_printf(arena, "over %.3g s", seconds));
    pfg_svg_values_axis(&svg, &y, &scale, LEFT, RIGHT, TOP - 10);
    for (size_t i = 0; i < 2; i++) {
        if (sides[i]->n_trace) {
            put_line(out, sides[i], &x, &y, i);
            pfg_svg_mark(&svg, i, label + 6, HEIGHT - 12);
            pfg_svg_text(&svg, PFG_ANCHOR_START, label + 16, HEIGHT - 8,
                         names[i]);
            label += 80;
        }
    }
    pfg_svg_text(&svg, PFG_ANCHOR_END, RIGHT, BOTTOM + 18,
                 pfg_arena_printf(arena, "%.3g s", seconds));
    pfg_svg_end(&svg);
    pfg_arena_free(arena);
    return true;
}
