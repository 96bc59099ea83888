#include "render/plot/plot.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "render/plot/svg.h"
#include "render/words/words.h"
#include "stats/sample.h"
#include "unit/scale.h"

/* A lane holds a box and a strip under it. */
enum { MOST_MARKS = 150, JITTERS = 5 };

static const double WIDTH = 520, HEIGHT = 150;
static const double LEFT = 48, RIGHT = 508, LANE = 54, BOX = 14;

struct lane {
    const char *name;
    const struct pfg_report_side *side;
    double *sorted; /* the finite observations */
    size_t n;
};

struct plot {
    struct pfg_arena *arena;
    struct pfg_svg svg;
    struct pfg_svg_axis axis;
    struct pfg_scale scale;
};

static struct lane lane_of(const char *name, const struct pfg_report_side *side,
                           struct pfg_arena *arena)
{
    struct lane lane = {name, side, NULL, 0};
    size_t n = side->present && side->values ? side->n : 0;

    lane.sorted = pfg_arena_new_array(arena, double, n);
    for (size_t i = 0; i < n; i++) {
        if (isfinite(side->values[i])) {
            lane.sorted[lane.n++] = side->values[i];
        }
    }
    pfg_sort(lane.sorted, lane.n);
    return lane;
}

static const char *scaled(const struct plot *plot, double value)
{
    char text[PFG_SCALE_TEXT];

    return pfg_arena_strdup(plot->arena,
                            pfg_scale_print(text, value, &plot->scale));
}

static const char *lane_in_words(const struct plot *plot,
                                 const struct lane *lane)
{
    if (!lane->n) {
        return pfg_arena_printf(plot->arena, "%s: none", lane->name);
    }
    return pfg_arena_printf(
        plot->arena, "%s: %zu, median %s, middle half %s to %s, all %s to %s",
        lane->name, lane->n,
        scaled(plot, pfg_median_sorted(lane->sorted, lane->n)),
        scaled(plot, pfg_quantile_sorted(lane->sorted, lane->n, 0.25)),
        scaled(plot, pfg_quantile_sorted(lane->sorted, lane->n, 0.75)),
        scaled(plot, lane->sorted[0]), scaled(plot, lane->sorted[lane->n - 1]));
}

static double place(const struct plot *plot, double value)
{
    return pfg_svg_place(&plot->axis, value);
}

/* From quartile to quartile, with the median, and whiskers to both ends. */
static void put_box(struct plot *plot, const struct lane *lane, double top)
{
    const struct pfg_interval *interval = &lane->side->interval;
    double left = place(plot, pfg_quantile_sorted(lane->sorted, lane->n, 0.25));
    double right =
        place(plot, pfg_quantile_sorted(lane->sorted, lane->n, 0.75));
    double median = place(plot, pfg_median_sorted(lane->sorted, lane->n));
    double middle = top + BOX / 2;

    pfg_svg_line(&plot->svg, "axis", place(plot, lane->sorted[0]), middle, left,
                 middle);
    pfg_svg_line(&plot->svg, "axis", right, middle,
                 place(plot, lane->sorted[lane->n - 1]), middle);
    pfg_svg_rect(&plot->svg, "box", left, top, right - left, BOX);
    if (isfinite(interval->lower) && isfinite(interval->upper)) {
        pfg_svg_line(&plot->svg, "span", place(plot, interval->lower), middle,
                     place(plot, interval->upper), middle);
    }
    pfg_svg_line(&plot->svg, "median", median, top - 2, median, top + BOX + 2);
}

/* Shifts neighbours in time, so that they do not cover each other. */
static void put_strip(struct plot *plot, const struct lane *lane, double top)
{
    const struct pfg_report_side *side = lane->side;
    size_t marks = side->n < MOST_MARKS ? side->n : MOST_MARKS;

    for (size_t m = 0; m < marks; m++) {
        size_t i = m * side->n / marks;
        size_t process = side->processes ? side->processes[i] : 0;

        if (isfinite(side->values[i])) {
            pfg_svg_mark(&plot->svg, process, place(plot, side->values[i]),
                         top + (double)(m % JITTERS) * 4);
        }
    }
}

static void put_lane(struct plot *plot, const struct lane *lane, double top)
{
    pfg_svg_text(&plot->svg, PFG_ANCHOR_START, 2, top + BOX, lane->name);
    if (!lane->n) {
        pfg_svg_text(&plot->svg, PFG_ANCHOR_START, LEFT, top + BOX,
                     "no observations");
        return;
    }
    put_box(plot, lane, top);
    put_strip(plot, lane, top + BOX + 9);
}

static void put_axis(struct plot *plot)
{
    double ticks[PFG_SVG_TICKS], bottom = HEIGHT - 26;
    size_t n = pfg_svg_ticks(ticks, &plot->axis);

    pfg_svg_line(&plot->svg, "axis", LEFT, bottom, RIGHT, bottom);
    for (size_t i = 0; i < n; i++) {
        double x = place(plot, ticks[i]);
        enum pfg_anchor anchor =
            x > RIGHT - 40 ? PFG_ANCHOR_END : PFG_ANCHOR_MIDDLE;
        char text[PFG_NUMBER_TEXT];

        pfg_number_general(text, sizeof text, ticks[i] / plot->scale.factor, 6);
        pfg_svg_line(&plot->svg, "grid", x, 4, x, bottom);
        pfg_svg_text(&plot->svg, anchor, x, HEIGHT - 10, text);
    }
    pfg_svg_text(&plot->svg, PFG_ANCHOR_START, 2, HEIGHT - 10,
                 pfg_slice_trim(pfg_slice_of(plot->scale.suffix)).ptr);
}

static void put_plot(struct plot *plot, const struct pfg_report_row *row,
                     const struct lane *base, const struct lane *head)
{
    const char *title = pfg_arena_printf(plot->arena, "samples of %s %s",
                                         row->label, row->metric);
    const char *description =
        pfg_arena_printf(plot->arena, "%s; %s", lane_in_words(plot, base),
                         lane_in_words(plot, head));

    pfg_svg_begin(&plot->svg, "plot", title, description);
    put_axis(plot);
    put_lane(plot, base, 12);
    put_lane(plot, head, 12 + LANE);
    pfg_svg_end(&plot->svg);
}

bool pfg_plot_samples(struct pfg_str *out, const struct pfg_report_row *row)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct lane base = lane_of("base", &row->base, arena);
    struct lane head = lane_of("head", &row->head, arena);
    struct plot plot = {.arena = arena, .svg = {out, WIDTH, HEIGHT}};
    bool drawn = base.n + head.n > 1;

    if (drawn) {
        const struct lane *first = base.n ? &base : &head;
        const struct lane *second = head.n ? &head : &base;
        double low = fmin(first->sorted[0], second->sorted[0]);
        double high =
            fmax(first->sorted[first->n - 1], second->sorted[second->n - 1]);

        plot.axis = pfg_svg_axis_over(low, high, LEFT, RIGHT);
        plot.scale =
            pfg_scale_for(pfg_words_unit(row), (const double[]){low, high}, 2);
        put_plot(&plot, row, &base, &head);
    }
    pfg_arena_free(arena);
    return drawn;
}
