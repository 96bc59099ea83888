#include "render/plot/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "render/escape.h"
#include "term/table.h"

void pfg_svg_number(struct pfg_str *out, double value)
{
    enum { MOST = 1000000 };
    const double rounded = round(value * 10);
    char digits[16], *first = digits + sizeof digits;
    long tenths;

    if (!(fabs(rounded) < MOST)) {
        pfg_str_printf(out, "%.0f", value);
        return;
    }
    /* Without printf(), because a site has millions of them. */
    tenths = labs((long)rounded);
    if (tenths % 10) {
        *--first = (char)('0' + tenths % 10);
        *--first = '.';
    }
    do {
        tenths /= 10;
        *--first = (char)('0' + tenths % 10);
    } while (tenths >= 10);
    if (rounded < 0) {
        *--first = '-';
    }
    pfg_str_add(
        out, pfg_slice_make(first, (size_t)(digits + sizeof digits - first)));
}

static void put_attribute(struct pfg_svg *svg, const char *name, double value)
{
    pfg_str_putc(svg->out, ' ');
    pfg_str_puts(svg->out, name);
    pfg_str_puts(svg->out, "=\"");
    pfg_svg_number(svg->out, value);
    pfg_str_putc(svg->out, '"');
}

static void put_start(struct pfg_svg *svg, const char *element,
                      const char *class)
{
    pfg_str_puts(svg->out, element);
    pfg_str_puts(svg->out, " class=\"");
    pfg_str_puts(svg->out, class);
    pfg_str_putc(svg->out, '"');
}

static void put_element(struct pfg_svg *svg, const char *name, const char *text)
{
    if (*text) {
        pfg_str_printf(svg->out, "<%s>", name);
        pfg_escape_xml(svg->out, pfg_slice_of(text));
        pfg_str_printf(svg->out, "</%s>", name);
    }
}

void pfg_svg_begin(struct pfg_svg *svg, const char *class, const char *title,
                   const char *description)
{
    pfg_str_printf(svg->out, "<svg class=\"%s\" viewBox=\"0 0 ", class);
    pfg_svg_number(svg->out, svg->width);
    pfg_str_putc(svg->out, ' ');
    pfg_svg_number(svg->out, svg->height);
    pfg_str_puts(svg->out, "\" role=\"img\">");
    put_element(svg, "title", title);
    put_element(svg, "desc", description);
}

void pfg_svg_begin_file(struct pfg_svg *svg, const char *class,
                        const char *title, const char *description,
                        const char *style)
{
    pfg_str_printf(svg->out,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
                   "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
                   "class=\"%s\">",
                   svg->width, svg->height, svg->width, svg->height, class);
    put_element(svg, "title", title);
    put_element(svg, "desc", description);
    pfg_str_printf(svg->out, "<style>%s</style>", style);
    pfg_svg_rect(svg, "page", 0, 0, svg->width, svg->height);
}

void pfg_svg_heading(struct pfg_svg *svg, const char *class, double x, double y,
                     const char *text)
{
    enum { MOST_COLUMNS = 72 };
    struct pfg_str visible, cut;

    pfg_str_init(&visible, 0);
    pfg_str_init(&cut, 0);
    pfg_text_visible(&visible, pfg_slice_of(text));
    pfg_text_cut(&cut, pfg_str_slice(&visible), MOST_COLUMNS);
    pfg_str_printf(svg->out, "<g class=\"%s\">", class);
    pfg_svg_text(svg, PFG_ANCHOR_START, x, y, cut.ptr);
    pfg_str_puts(svg->out, "</g>");
    pfg_str_free(&visible);
    pfg_str_free(&cut);
}

void pfg_svg_end(struct pfg_svg *svg)
{
    pfg_str_puts(svg->out, "</svg>");
}

void pfg_svg_line(struct pfg_svg *svg, const char *class, double x1, double y1,
                  double x2, double y2)
{
    put_start(svg, "<line", class);
    put_attribute(svg, "x1", x1);
    put_attribute(svg, "y1", y1);
    put_attribute(svg, "x2", x2);
    put_attribute(svg, "y2", y2);
    pfg_str_puts(svg->out, "/>");
}

void pfg_svg_rect(struct pfg_svg *svg, const char *class, double x, double y,
                  double width, double height)
{
    put_start(svg, "<rect", class);
    put_attribute(svg, "x", x);
    put_attribute(svg, "y", y);
    put_attribute(svg, "width", width);
    put_attribute(svg, "height", height);
    pfg_str_puts(svg->out, "/>");
}

void pfg_svg_text(struct pfg_svg *svg, enum pfg_anchor anchor, double x,
                  double y, const char *text)
{
    static const char *const anchors[] = {
        [PFG_ANCHOR_START] = "",
        [PFG_ANCHOR_MIDDLE] = " text-anchor=\"middle\"",
        [PFG_ANCHOR_END] = " text-anchor=\"end\"",
    };

    pfg_str_puts(svg->out, "<text");
    pfg_str_puts(svg->out, anchors[anchor]);
    put_attribute(svg, "x", x);
    put_attribute(svg, "y", y);
    pfg_str_putc(svg->out, '>');
    pfg_escape_xml(svg->out, pfg_slice_of(text));
    pfg_str_puts(svg->out, "</text>");
}

void pfg_svg_mark(struct pfg_svg *svg, size_t which, double x, double y)
{
    /* Where the path begins, from the point, and the path: circle, square,
     * triangle, diamond, cross, star of three lines. */
    static const struct {
        double dx, dy;
        const char *class, *path;
    } shapes[] = {
        {-3.5, 0, "p p0", "a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0"},
        {-3, -3, "p p1", "h6v6h-6z"},
        {0, -4, "p p2", "l4 7h-8z"},
        {0, -4.5, "p p3", "l4.5 4.5l-4.5 4.5l-4.5-4.5z"},
        {-3.5, -3.5, "p p4", "l7 7m0-7l-7 7"},
        {-4, 0, "p p5", "h8m-4-4v8"},
    };
    size_t shape = which % PFG_COUNT(shapes);

    put_start(svg, "<path", shapes[shape].class);
    pfg_str_puts(svg->out, " d=\"M");
    pfg_svg_number(svg->out, x + shapes[shape].dx);
    pfg_str_putc(svg->out, ' ');
    pfg_svg_number(svg->out, y + shapes[shape].dy);
    pfg_str_puts(svg->out, shapes[shape].path);
    pfg_str_puts(svg->out, "\"/>");
}

struct pfg_svg_axis pfg_svg_axis_over(double low, double high, double from,
                                      double to)
{
    double room = (high - low) * 0.04;

    /* A single value is in the middle. */
    if (!(room > 0)) {
        room = fabs(high) > 0 ? fabs(high) * 0.01 : 1;
    }
    return (struct pfg_svg_axis){low - room, high + room, from, to};
}

double pfg_svg_place(const struct pfg_svg_axis *axis, double value)
{
    double share = (value - axis->low) / (axis->high - axis->low);

    return axis->from + (axis->to - axis->from) * fmax(0, fmin(1, share));
}

/* The round number that divides a range into four to eight steps. */
static double round_step(double range)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double rough = range / 5;
    double power = pow(10, floor(log10(rough)));
    size_t i = 0;

    while (i + 1 < PFG_COUNT(steps) && steps[i] * power < rough * (1 - 1e-9)) {
        i++;
    }
    return steps[i] * power;
}

size_t pfg_svg_ticks(double out[PFG_SVG_TICKS], const struct pfg_svg_axis *axis)
{
    double step = round_step(axis->high - axis->low);
    double first = ceil(axis->low / step);
    size_t n = 0;

    if (!isfinite(step) || !(step > 0) || !isfinite(first)) {
        return 0;
    }
    while (n < PFG_SVG_TICKS && (first + (double)n) * step <= axis->high) {
        out[n] = (first + (double)n) * step;
        n++;
    }
    return n;
}

void pfg_svg_values_axis(struct pfg_svg *svg, const struct pfg_svg_axis *axis,
                         const struct pfg_scale *scale, double left,
                         double right, double unit)
{
    double ticks[PFG_SVG_TICKS];
    size_t n = pfg_svg_ticks(ticks, axis);

    for (size_t i = 0; i < n; i++) {
        double y = pfg_svg_place(axis, ticks[i]);
        char text[PFG_NUMBER_TEXT];

        pfg_number_general(text, sizeof text, ticks[i] / scale->factor, 6);
        pfg_svg_line(svg, "grid", left, y, right, y);
        pfg_svg_text(svg, PFG_ANCHOR_END, left - 6, y + 4, text);
    }
    pfg_svg_text(svg, PFG_ANCHOR_END, left - 6, unit,
                 pfg_slice_trim_left(pfg_slice_of(scale->suffix)).ptr);
}
