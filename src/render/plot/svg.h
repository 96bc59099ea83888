#ifndef PFG_RENDER_PLOT_SVG_H
#define PFG_RENDER_PLOT_SVG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "unit/scale.h"

/*
 * Draws charts. A chart is a string of SVG without scripts, links, ids or
 * colours: the style sheet of the page (templates/plot.css) has rules for its
 * classes, for light, dark and print. It has a title and a description, for
 * people who cannot see it. The same numbers give the same bytes.
 */
struct pfg_svg {
    struct pfg_str *out;
    double width, height;
};

/* Escapes title and description. */
void pfg_svg_begin(struct pfg_svg *svg, const char *class, const char *title,
                   const char *description);
/* The same as a file, with style and background. */
void pfg_svg_begin_file(struct pfg_svg *svg, const char *class,
                        const char *title, const char *description,
                        const char *style);
/* A line of its head, shortened in the middle, because an image cannot wrap. */
void pfg_svg_heading(struct pfg_svg *svg, const char *class, double x, double y,
                     const char *text);
void pfg_svg_end(struct pfg_svg *svg);

/* Coordinates keep one decimal. */
void pfg_svg_line(struct pfg_svg *svg, const char *class, double x1, double y1,
                  double x2, double y2);
void pfg_svg_rect(struct pfg_svg *svg, const char *class, double x, double y,
                  double width, double height);

/* The alignment of a text to its x. */
enum pfg_anchor {
    PFG_ANCHOR_START,
    PFG_ANCHOR_MIDDLE,
    PFG_ANCHOR_END,
};
void pfg_svg_text(struct pfg_svg *svg, enum pfg_anchor anchor, double x,
                  double y, const char *text);

/* A sign around a point, eight units wide: the `which`-th of six shapes, with
 * the class "p<which>"; the seventh is the first again. */
void pfg_svg_mark(struct pfg_svg *svg, size_t which, double x, double y);

/* A number in a chart, "12.5", "3". */
void pfg_svg_number(struct pfg_str *out, double value);

/*
 * An axis from `low` to `high` of values, laid over pixels.
 */
struct pfg_svg_axis {
    double low, high; /* values; low < high */
    double from, to;  /* pixels; may go down */
};

/* An axis for all values seen, with a little room at both ends. */
struct pfg_svg_axis pfg_svg_axis_over(double low, double high, double from,
                                      double to);
double pfg_svg_place(const struct pfg_svg_axis *axis, double value);

/* The round values on an axis, at most `PFG_SVG_TICKS`. */
#define PFG_SVG_TICKS 8
size_t pfg_svg_ticks(double out[PFG_SVG_TICKS],
                     const struct pfg_svg_axis *axis);

/* A vertical axis: round values in the scale's unit on the left, a line through
 * the chart at each, and the unit at `unit`. */
void pfg_svg_values_axis(struct pfg_svg *svg, const struct pfg_svg_axis *axis,
                         const struct pfg_scale *scale, double left,
                         double right, double unit);

#endif
