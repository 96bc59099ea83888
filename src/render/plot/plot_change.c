#include "render/plot/plot.h"

#include <math.h>

#include "base/arena.h"
#include "render/plot/svg.h"
#include "render/words.h"

static const double WIDTH = 140, HEIGHT = 18, MARGIN = 6;
/* The ranges that there are, so that pages of one project look alike. */
static const double ranges[] = {0.05, 0.1, 0.2, 0.5, 1};
enum { N_RANGES = sizeof ranges / sizeof *ranges };

/* The furthest end of a row's plot. */
static double reach_of(const struct pfg_report_row *row)
{
    double reach = fabs(row->change);

    return fmax(reach, fmax(fabs(row->change_lower), fabs(row->change_upper)));
}

double pfg_plot_range(const struct pfg_report *report)
{
    size_t within[N_RANGES] = {0}, n = 0, r = 0;
    double limit = 0;

    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_rows; i++) {
            const struct pfg_report_row *row = &report->sections[s].rows[i];

            if (row->gated && isfinite(row->effective_threshold)) {
                limit = fmax(limit, row->effective_threshold);
            }
            if ((row->listed || row->fails) && isfinite(row->change)) {
                n++;
                for (size_t k = 0; k < N_RANGES; k++) {
                    within[k] += reach_of(row) <= ranges[k];
                }
            }
        }
    }
    while (r + 1 < N_RANGES &&
           (ranges[r] < 2 * limit || within[r] * 10 < n * 9)) {
        r++;
    }
    return ranges[r];
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

static void put_zone(struct pfg_svg *svg, const struct pfg_svg_axis *axis,
                     const char *class, double limit)
{
    double left = pfg_svg_place(axis, -limit);

    pfg_svg_rect(svg, class, left, 0, pfg_svg_place(axis, limit) - left,
                 svg->height);
}

static void put_arrow(struct pfg_svg *svg, double x, double towards)
{
    pfg_svg_line(svg, "span", x - 4 * towards, 5, x, 9);
    pfg_svg_line(svg, "span", x - 4 * towards, 13, x, 9);
}

static void put_interval(struct pfg_svg *svg, const struct pfg_svg_axis *axis,
                         double lower, double upper)
{
    double middle = svg->height / 2;

    pfg_svg_line(svg, "span", pfg_svg_place(axis, lower), middle,
                 pfg_svg_place(axis, upper), middle);
    if (lower < axis->low) {
        put_arrow(svg, axis->from, -1);
    }
    if (upper > axis->high) {
        put_arrow(svg, axis->to, 1);
    }
}

bool pfg_plot_change(struct pfg_str *out, const struct pfg_report_row *row,
                     double range)
{
    struct pfg_svg svg = {out, WIDTH, HEIGHT};
    struct pfg_svg_axis axis = {-range, range, MARGIN, WIDTH - MARGIN};
    bool span = isfinite(row->change_lower) && isfinite(row->change_upper);
    struct pfg_arena *arena;

    if (!isfinite(row->change)) {
        return false;
    }
    arena = pfg_arena_new();
    pfg_svg_begin(&svg, "bar", in_words(row, arena), "");
    pfg_arena_free(arena);
    if (row->gated && row->effective_threshold > row->threshold) {
        put_zone(&svg, &axis, "pale", row->effective_threshold);
    }
    if (row->gated && isfinite(row->threshold)) {
        put_zone(&svg, &axis, "zone", row->threshold);
    }
    pfg_svg_line(&svg, "axis", WIDTH / 2, 0, WIDTH / 2, HEIGHT);
    put_interval(&svg, &axis, span ? row->change_lower : row->change,
                 span ? row->change_upper : row->change);
    if (fabs(row->change) <= range) {
        pfg_svg_rect(&svg, "dot", pfg_svg_place(&axis, row->change) - 3, 6, 6,
                     6);
    }
    pfg_svg_end(&svg);
    return true;
}
