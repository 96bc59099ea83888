#include "render/plot/plot.h"

#include <math.h>

#include "base/arena.h"
#include "render/plot/svg.h"
#include "render/words/words.h"

static const double WIDTH = 140, HEIGHT = 18, MARGIN = 6;
/* In units of the limit: changes within it take a third of either side, larger
 * ones are logarithmic, up to MOST times the limit. */
static const double WITHIN = 1.0 / 3, MOST = 50;
static const double marks[] = {1, 2, 5, 10};

static double place(double times)
{
    double size = fabs(times);
    double share = size <= 1 ? size * WITHIN
                             : WITHIN + (1 - WITHIN) * log(size) / log(MOST);

    return WIDTH / 2 + copysign(fmin(share, 1) * (WIDTH / 2 - MARGIN), times);
}

static const char *in_words(const struct pfg_report_row *row,
                            struct pfg_arena *arena)
{
    const char *change = pfg_words_change(arena, row->change);
    const char *limit =
        row->gated && isfinite(row->threshold)
            ? pfg_arena_printf(arena, ", limit %s",
                               pfg_words_percent(arena, row->threshold))
            : "";

    if (!isfinite(row->change_lower) || !isfinite(row->change_upper)) {
        return pfg_arena_printf(arena, "change %s%s", change, limit);
    }
    return pfg_arena_printf(arena, "change %s, from %s to %s%s", change,
                            pfg_words_change(arena, row->change_lower),
                            pfg_words_change(arena, row->change_upper), limit);
}

static void put_zone(struct pfg_svg *svg, const char *class, double times)
{
    double left = place(-times);

    pfg_svg_rect(svg, class, left, 0, place(times) - left, svg->height);
}

/* One path for all, because a page has thousands. */
static void put_marks(struct pfg_svg *svg)
{
    pfg_str_printf(svg->out, "<path class=\"axis\" d=\"M%.0f 0v18", WIDTH / 2);
    for (size_t i = 0; i < PFG_COUNT(marks); i++) {
        double x = place(marks[i]);

        pfg_str_printf(svg->out, "M%.0f 15v3M%.0f 15v3", x, WIDTH - x);
    }
    pfg_str_puts(svg->out, "\"/>");
}

static void put_arrow(struct pfg_svg *svg, double times)
{
    double x = place(times), back = x - copysign(4, times);

    if (fabs(times) > MOST) {
        pfg_svg_line(svg, "span", back, 5, x, 9);
        pfg_svg_line(svg, "span", back, 13, x, 9);
    }
}

bool pfg_plot_change(struct pfg_str *out, const struct pfg_report_row *row)
{
    struct pfg_svg svg = {out, WIDTH, HEIGHT};
    bool span = isfinite(row->change_lower) && isfinite(row->change_upper);
    double limit = row->threshold, lower, upper;
    struct pfg_arena *arena;

    if (!isfinite(row->change) || !(limit > 0) || !isfinite(limit)) {
        return false;
    }
    lower = (span ? row->change_lower : row->change) / limit;
    upper = (span ? row->change_upper : row->change) / limit;
    arena = pfg_arena_new();
    pfg_svg_begin(&svg, "bar", in_words(row, arena), "");
    pfg_arena_free(arena);
    if (row->gated && row->effective_threshold > limit) {
        put_zone(&svg, "pale", row->effective_threshold / limit);
    }
    if (row->gated) {
        put_zone(&svg, "zone", 1);
    }
    put_marks(&svg);
    pfg_svg_line(&svg, "span", place(lower), HEIGHT / 2, place(upper),
                 HEIGHT / 2);
    put_arrow(&svg, lower);
    put_arrow(&svg, upper);
    pfg_svg_rect(&svg, "dot", place(row->change / limit) - 3, 6, 6, 6);
    pfg_svg_end(&svg);
    return true;
}
