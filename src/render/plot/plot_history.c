#include "render/plot/plot.h"

#include <math.h>

#include "base/arena.h"
#include "render/escape.h"
#include "render/plot/svg.h"
#include "render/words/words.h"
#include "unit/scale.h"

enum { MOST_POINTS = 100, SHORT_ID = 9, DATE = 10 };

static const double WIDTH = 520, HEIGHT = 200;
static const double LEFT = 64, RIGHT = 500, TOP = 30, BOTTOM = 152;
/* The size of the words at a change of level, and their distance to its line.
 */
static const double LABEL_WIDTH = 142, GAP = 4;

struct plot {
    struct pfg_arena *arena;
    struct pfg_svg svg;
    struct pfg_svg_axis x, y;
    struct pfg_scale scale;
    const struct pfg_report_row *row;
    double *values; /* earlier ones, the base, the head; NAN: not known */
    size_t n;
    size_t base;    /* which is the base's */
    size_t skipped; /* older points that are not drawn */
};

static bool has_head(const struct pfg_report_row *row)
{
    return row->head.present && isfinite(row->head.value);
}

/* The last points, of which the base is the last, and the head. False where
 * there are too few for a line. */
static bool gather(struct plot *plot)
{
    const struct pfg_report_working *working = &plot->row->working;
    size_t known = 0;

    plot->skipped =
        working->n_points > MOST_POINTS ? working->n_points - MOST_POINTS : 0;
    plot->values = pfg_arena_new_array(plot->arena, double, MOST_POINTS + 1);
    for (size_t i = plot->skipped; i < working->n_points; i++) {
        plot->values[plot->n++] = working->points[i].value;
    }
    plot->base = plot->n - 1;
    if (has_head(plot->row)) {
        plot->values[plot->n++] = plot->row->head.value;
    }
    for (size_t i = 0; i < plot->n; i++) {
        known += isfinite(plot->values[i]);
    }
    return known > 2;
}

/* The worst value that the limit allows the head; NAN without a limit. */
static double limit_of(const struct plot *plot)
{
    const struct pfg_report_row *row = plot->row;
    double base = plot->values[plot->base];

    return row->gated && row->threshold > 0 && isfinite(row->threshold)
               ? base * (row->better == PFG_HIGHER ? 1 - row->threshold
                                                   : 1 + row->threshold)
               : NAN;
}

static void set_scales(struct plot *plot)
{
    double ends[] = {INFINITY, -INFINITY};

    for (size_t i = 0; i < plot->n; i++) {
        if (isfinite(plot->values[i])) {
            ends[0] = fmin(ends[0], plot->values[i]);
            ends[1] = fmax(ends[1], plot->values[i]);
        }
    }
    plot->scale = pfg_scale_for(pfg_words_unit(plot->row), ends, 2);
    if (isfinite(limit_of(plot))) {
        ends[0] = fmin(ends[0], limit_of(plot));
        ends[1] = fmax(ends[1], limit_of(plot));
    }
    plot->y = pfg_svg_axis_over(ends[0], ends[1], BOTTOM, TOP);
    plot->x =
        (struct pfg_svg_axis){0, (double)(plot->n - 1), LEFT + 8, RIGHT - 8};
}

/* The first of the drawn points that is in the baseline window. */
static size_t window(const struct plot *plot)
{
    size_t from = pfg_report_window(&plot->row->working);

    return from > plot->skipped ? from - plot->skipped : 0;
}

static const char *in_words(const struct plot *plot)
{
    const struct pfg_report_working *working = &plot->row->working;
    char first[PFG_SCALE_TEXT], base[PFG_SCALE_TEXT], head[PFG_SCALE_TEXT];
    const char *text = pfg_arena_printf(
        plot->arena, "%zu earlier results, the oldest %s; base %s; head %s",
        plot->base, pfg_scale_print(first, plot->values[0], &plot->scale),
        pfg_scale_print(base, plot->values[plot->base], &plot->scale),
        pfg_scale_print(head, has_head(plot->row) ? plot->row->head.value : NAN,
                        &plot->scale));

    if (window(plot)) {
        text = pfg_arena_printf(
            plot->arena, "%s; the baseline is the last %zu, including the base",
            text, plot->base - window(plot) + 1);
    }
    for (size_t i = 0; i < working->n_jumps; i++) {
        text = pfg_arena_printf(
            plot->arena, "%s; level changed %s", text,
            pfg_words_jump(plot->arena, plot->row, &working->jumps[i]));
    }
    return text;
}

static void put_limit(struct plot *plot)
{
    double limit = limit_of(plot), y = pfg_svg_place(&plot->y, limit);

    if (isfinite(limit)) {
        pfg_svg_line(&plot->svg, "limits", LEFT, y, RIGHT, y);
    }
}

/* The legend. */
static void put_legend(struct plot *plot)
{
    static const struct {
        size_t shape;
        const char *text;
    } entries[] = {{0, "earlier"}, {1, "base"}, {3, "head"}};
    double x = LEFT, y = HEIGHT - 8;

    for (size_t i = 0; i < PFG_COUNT(entries); i++) {
        if (entries[i].shape < 3 || has_head(plot->row)) {
            pfg_svg_mark(&plot->svg, entries[i].shape, x + 6, y - 4);
            pfg_svg_text(&plot->svg, PFG_ANCHOR_START, x + 16, y,
                         entries[i].text);
            x += 80;
        }
    }
    if (isfinite(limit_of(plot))) {
        pfg_svg_line(&plot->svg, "limits", x, y - 4, x + 14, y - 4);
        pfg_svg_text(&plot->svg, PFG_ANCHOR_START, x + 20, y, "limit");
    }
}

/* Half a step before the baseline window. */
static double boundary(const struct plot *plot)
{
    return (double)window(plot) - 0.5;
}

/* The noise of earlier runs: a ratio around the base. */
static void put_band(struct plot *plot)
{
    double r = plot->row->working.history;
    double base = plot->values[plot->base];
    double left = window(plot) ? pfg_svg_place(&plot->x, boundary(plot)) : LEFT;
    double top, bottom;

    if (!(r > 0) || !isfinite(r) || !(base > 0)) {
        return;
    }
    top = pfg_svg_place(&plot->y, base * exp(r));
    bottom = pfg_svg_place(&plot->y, base * exp(-r));
    pfg_svg_rect(&plot->svg, "zone", left, top, RIGHT - left, bottom - top);
}

/* Shades the baseline window where there are older points. */
static void put_window(struct plot *plot)
{
    double left = pfg_svg_place(&plot->x, boundary(plot));
    double right = pfg_svg_place(&plot->x, (double)plot->base + 0.5);

    if (window(plot)) {
        pfg_svg_rect(&plot->svg, "pale", left, TOP, right - left, BOTTOM - TOP);
    }
}

/* The label of a line, on its right or left where there is room. Returns where
 * the next label on the left must end. */
static double put_jump_label(struct plot *plot, double x, double end,
                             const struct pfg_report_jump *jump)
{
    bool right = x + LABEL_WIDTH <= end;

    if (!right && (x > end || x - LABEL_WIDTH < LEFT)) {
        return fmin(x, end);
    }
    pfg_svg_text(&plot->svg, right ? PFG_ANCHOR_START : PFG_ANCHOR_END,
                 x + (right ? GAP : -GAP), TOP - 6,
                 pfg_words_jump(plot->arena, plot->row, jump));
    return right ? x : x - LABEL_WIDTH;
}

/* A line between the two levels; the newest are labelled first. */
static void put_jumps(struct plot *plot)
{
    const struct pfg_report_working *working = &plot->row->working;
    double end = WIDTH;

    for (size_t i = working->n_jumps; i-- > 0;) {
        const struct pfg_report_jump *jump = &working->jumps[i];

        if (jump->at > plot->skipped) {
            double x = pfg_svg_place(&plot->x,
                                     (double)(jump->at - plot->skipped) - 0.5);

            pfg_svg_line(&plot->svg, "jump", x, 2, x, BOTTOM);
            end = put_jump_label(plot, x, end, jump);
        }
    }
}

/* The result of a point; NULL for the head. */
static const struct pfg_report_point *point_at(const struct plot *plot,
                                               size_t i)
{
    const struct pfg_report_working *working = &plot->row->working;
    size_t at = plot->skipped + i;

    return at < working->n_points ? &working->points[at] : NULL;
}

/* "2026-11-02"; "" where it is not known. */
static const char *date_of(struct plot *plot, size_t i)
{
    const struct pfg_report_point *point = point_at(plot, i);
    char text[PFG_TIME_TEXT];

    return point && point->time
               ? pfg_arena_slice(
                     plot->arena,
                     pfg_slice_first(
                         pfg_slice_of(pfg_time_iso(text, point->time)), DATE))
               : "";
}

/* The tooltip of a point: "3f2a1c9e2, Ada Lovelace, 2026-11-02: 1.2 µs". */
static void begin_point(struct plot *plot, size_t i)
{
    const struct pfg_report_point *point = point_at(plot, i);
    const char *const parts[] = {
        point ? pfg_arena_slice(
                    plot->arena,
                    pfg_slice_first(pfg_slice_of(point->revision), SHORT_ID))
              : "head",
        point ? point->author : "",
        date_of(plot, i),
    };
    const char *separator = "";
    char value[PFG_SCALE_TEXT];

    pfg_str_puts(plot->svg.out, "<g><title>");
    for (size_t k = 0; k < PFG_COUNT(parts); k++) {
        if (*parts[k]) {
            pfg_str_puts(plot->svg.out, separator);
            pfg_escape_xml(plot->svg.out, pfg_slice_of(parts[k]));
            separator = ", ";
        }
    }
    pfg_str_puts(plot->svg.out, *separator ? ": " : "");
    pfg_escape_xml(plot->svg.out, pfg_slice_of(pfg_scale_print(
                                      value, plot->values[i], &plot->scale)));
    pfg_str_puts(plot->svg.out, "</title>");
}

static void put_trend(struct plot *plot)
{
    struct pfg_str *out = plot->svg.out;
    bool drawn = false;

    pfg_str_puts(out, "<path class=\"trend\" d=\"");
    for (size_t i = 0; i < plot->n; i++) {
        if (isfinite(plot->values[i])) {
            pfg_str_putc(out, drawn ? 'L' : 'M');
            pfg_svg_number(out, pfg_svg_place(&plot->x, (double)i));
            pfg_str_putc(out, ' ');
            pfg_svg_number(out, pfg_svg_place(&plot->y, plot->values[i]));
            drawn = true;
        }
    }
    pfg_str_puts(out, "\"/>");
    for (size_t i = 0; i < plot->n; i++) {
        size_t shape = i < plot->base ? 0 : i == plot->base ? 1 : 3;

        if (isfinite(plot->values[i])) {
            begin_point(plot, i);
            pfg_svg_mark(&plot->svg, shape, pfg_svg_place(&plot->x, (double)i),
                         pfg_svg_place(&plot->y, plot->values[i]));
            pfg_str_puts(out, "</g>");
        }
    }
}

/* The date of a point where it is known, else its commit. */
static const char *axis_label(struct plot *plot, size_t i)
{
    const char *date = date_of(plot, i);

    return *date
               ? date
               : pfg_arena_slice(
                     plot->arena,
                     pfg_slice_first(pfg_slice_of(point_at(plot, i)->revision),
                                     SHORT_ID));
}

/* Dates of the oldest result, of one in the middle where there is room, and of
 * the base. Results have equal distances, whatever their times. */
static void put_results_axis(struct plot *plot)
{
    double base = fmin(pfg_svg_place(&plot->x, (double)plot->base) + 14,
                       has_head(plot->row) ? RIGHT - 40 : RIGHT);
    size_t middle = plot->base / 2;
    const char *newest = axis_label(plot, plot->base);
    double y = BOTTOM + 18;

    if (plot->base > 3) {
        pfg_svg_text(&plot->svg, PFG_ANCHOR_START, LEFT, y,
                     axis_label(plot, 0));
    }
    if (plot->base > 8) {
        pfg_svg_text(&plot->svg, PFG_ANCHOR_MIDDLE,
                     pfg_svg_place(&plot->x, (double)middle), y,
                     axis_label(plot, middle));
    }
    pfg_svg_text(&plot->svg, PFG_ANCHOR_END, base, y,
                 *newest ? newest : "base");
    if (has_head(plot->row)) {
        pfg_svg_text(&plot->svg, PFG_ANCHOR_END, RIGHT, y, "head");
    }
}

bool pfg_plot_history(struct pfg_str *out, const struct pfg_report_row *row)
{
    struct plot plot = {.row = row, .svg = {out, WIDTH, HEIGHT}};
    bool drawn;

    if (row->working.n_points < 2) {
        return false;
    }
    plot.arena = pfg_arena_new();
    drawn = gather(&plot);
    if (drawn) {
        set_scales(&plot);
        pfg_svg_begin(&plot.svg, "plot",
                      pfg_arena_printf(plot.arena, "history of %s %s",
                                       row->label, row->metric),
                      in_words(&plot));
        put_window(&plot);
        put_band(&plot);
        pfg_svg_values_axis(&plot.svg, &plot.y, &plot.scale, LEFT, RIGHT,
                            TOP - 10);
        put_limit(&plot);
        put_jumps(&plot);
        put_trend(&plot);
        put_results_axis(&plot);
        put_legend(&plot);
        pfg_svg_end(&plot.svg);
    }
    pfg_arena_free(plot.arena);
    return drawn;
}
