#include "render/plot/plot.h"

#include <math.h>

#include "base/arena.h"
#include "render/embedded.h"
#include "render/escape.h"
#include "render/plot/svg.h"
#include "render/words/words.h"
#include "unit/scale.h"

enum { MOST_MARKS = 150, SHORT_ID = 10, DATES = 5, MARGIN = 20, HEAD = 64 };

static const double WIDTH = 760, HEIGHT = 260;
static const double LEFT = 72, RIGHT = 744, TOP = 34, BOTTOM = 208;
static const double LABEL_WIDTH = 56;

struct plot {
    struct pfg_arena *arena;
    struct pfg_svg svg;
    struct pfg_svg_axis x, y;
    struct pfg_scale scale;
    const struct pfg_history *history;
    const struct pfg_plot_line *lines;
    size_t n;
};

/* False where there are too few values for a line. */
static bool set_scales(struct plot *plot)
{
    const struct pfg_history *history = plot->history;
    double ends[] = {INFINITY, -INFINITY};
    size_t first = history->n_commits, last = 0, n = 0;

    for (size_t l = 0; l < plot->n; l++) {
        const struct pfg_history_series *s = plot->lines[l].series;

        for (size_t i = pfg_history_from(history, s); i < s->n_values; i++) {
            ends[0] = fmin(ends[0], s->values[i].value);
            ends[1] = fmax(ends[1], s->values[i].value);
            first = s->values[i].commit < first ? s->values[i].commit : first;
            last = s->values[i].commit > last ? s->values[i].commit : last;
            n++;
        }
    }
    if (n < 2 || first == last) {
        return false;
    }
    plot->scale = pfg_scale_for(plot->lines[0].series->series->unit, ends, 2);
    plot->y = pfg_svg_axis_over(ends[0], ends[1], BOTTOM, TOP);
    plot->x =
        (struct pfg_svg_axis){(double)first, (double)last, LEFT + 8, RIGHT - 8};
    return true;
}

static double across(const struct plot *plot,
                     const struct pfg_history_value *value)
{
    return pfg_svg_place(&plot->x, (double)value->commit);
}

/* Dates of some versions, which have equal distances, whatever their times. */
static void put_dates(struct plot *plot)
{
    const double span = plot->x.high - plot->x.low;

    for (int i = 0; i < DATES && (i < span + 1); i++) {
        double at = round(plot->x.low + span * i / (DATES - 1));
        char text[PFG_TIME_TEXT];

        pfg_time_iso(text, plot->history->commits[(size_t)at].time);
        text[10] = '\0';
        pfg_svg_text(&plot->svg,
                     i == 0           ? PFG_ANCHOR_START
                     : i == DATES - 1 ? PFG_ANCHOR_END
                                      : PFG_ANCHOR_MIDDLE,
                     pfg_svg_place(&plot->x, at), BOTTOM + 18, text);
    }
}

/* The tooltip of a point: "3f2a1c9e21: 1.2 µs". */
static void put_mark(struct plot *plot, size_t which,
                     const struct pfg_history_value *value)
{
    const struct pfg_history_commit *commit =
        &plot->history->commits[value->commit];
    struct pfg_slice id = pfg_slice_first(
        pfg_slice_of(commit->revision.id),
        pfg_revision_is_commit(commit->revision.id) ? SHORT_ID : (size_t)-1);
    char text[PFG_SCALE_TEXT];

    pfg_str_puts(plot->svg.out, "<g><title>");
    pfg_escape_xml(plot->svg.out, id);
    pfg_str_puts(plot->svg.out, ": ");
    pfg_escape_xml(plot->svg.out, pfg_slice_of(pfg_scale_print(
                                      text, value->value, &plot->scale)));
    pfg_str_puts(plot->svg.out, "</title>");
    pfg_svg_mark(&plot->svg, which, across(plot, value),
                 pfg_svg_place(&plot->y, value->value));
    pfg_str_puts(plot->svg.out, "</g>");
}

static void put_line(struct plot *plot, size_t which)
{
    const struct pfg_history_series *s = plot->lines[which].series;
    const size_t from = pfg_history_from(plot->history, s);
    struct pfg_str *out = plot->svg.out;

    pfg_str_printf(out, "<path class=\"trend p%zu\" d=\"", which % 6);
    for (size_t i = from; i < s->n_values; i++) {
        pfg_str_putc(out, i > from ? 'L' : 'M');
        pfg_svg_number(out, across(plot, &s->values[i]));
        pfg_str_putc(out, ' ');
        pfg_svg_number(out, pfg_svg_place(&plot->y, s->values[i].value));
    }
    pfg_str_puts(out, "\"/>");
    for (size_t i = from; s->n_values - from <= MOST_MARKS && i < s->n_values;
         i++) {
        put_mark(plot, which, &s->values[i]);
    }
}

/* A line from the first to the last value of a level. */
static void put_level(struct plot *plot, const struct pfg_history_series *s,
                      size_t from, size_t to, double before, double after)
{
    const size_t first = pfg_history_from(plot->history, s);

    if (to > first && from < to) {
        pfg_svg_line(&plot->svg, "median",
                     across(plot, &s->values[from < first ? first : from]),
                     pfg_svg_place(&plot->y, before),
                     across(plot, &s->values[to]),
                     pfg_svg_place(&plot->y, after));
    }
}

static void put_levels(struct plot *plot, const struct pfg_history_series *s)
{
    size_t from = 0;

    for (size_t i = 0; i < s->n_shifts; i++) {
        const struct pfg_history_shift *shift = &s->shifts[i];

        put_level(plot, s, from, shift->good, shift->before, shift->before);
        if (shift->drift) {
            put_level(plot, s, shift->good, shift->bad, shift->before,
                      shift->after);
        }
        from = shift->bad;
    }
    if (s->n_shifts) {
        put_level(plot, s, from, s->n_values - 1,
                  s->shifts[s->n_shifts - 1].after,
                  s->shifts[s->n_shifts - 1].after);
    }
}

/* A line where a level begins, with the change where there is room; the newest
 * first. */
static void put_shifts(struct plot *plot, const struct pfg_history_series *s)
{
    const size_t first = pfg_history_from(plot->history, s);
    double end = WIDTH;

    for (size_t i = s->n_shifts; i-- > 0;) {
        const struct pfg_history_shift *shift = &s->shifts[i];
        double x;

        if (shift->bad < first || shift->drift || shift->bad == 0) {
            continue;
        }
        x = (across(plot, &s->values[shift->bad]) +
             across(plot, &s->values[shift->good])) /
            2;
        pfg_svg_line(&plot->svg, shift->worse ? "jump" : "jump better", x,
                     TOP - 8, x, BOTTOM);
        if (x + LABEL_WIDTH / 2 <= end) {
            pfg_svg_text(&plot->svg, PFG_ANCHOR_MIDDLE, x, TOP - 14,
                         pfg_words_change(plot->arena, shift->change));
            end = x - LABEL_WIDTH / 2;
        }
    }
}

static void put_legend(struct plot *plot)
{
    double x = LEFT;

    for (size_t i = 0; i < plot->n && plot->n > 1; i++) {
        pfg_svg_mark(&plot->svg, i, x + 6, HEIGHT - 14);
        pfg_svg_text(&plot->svg, PFG_ANCHOR_START, x + 16, HEIGHT - 10,
                     plot->lines[i].hardware);
        x += 220;
    }
}

static const char *in_words(const struct plot *plot)
{
    const struct pfg_history_series *s = plot->lines[0].series;
    const size_t from = pfg_history_from(plot->history, s);
    char first[PFG_SCALE_TEXT], last[PFG_SCALE_TEXT];
    const char *text = pfg_arena_printf(
        plot->arena, "%s, the oldest %s, the newest %s",
        pfg_arena_counted(plot->arena, s->n_values - from, "version"),
        pfg_scale_print(first, s->values[from].value, &plot->scale),
        pfg_scale_print(last, s->values[s->n_values - 1].value, &plot->scale));

    for (size_t i = 0; i < s->n_shifts; i++) {
        const struct pfg_history_shift *shift = &s->shifts[i];
        const char *id =
            plot->history->commits[s->values[shift->bad].commit].revision.id;

        text = pfg_arena_printf(plot->arena, "%s; %s %s %s %.*s", text,
                                shift->drift ? "drift of" : "step of",
                                pfg_words_change(plot->arena, shift->change),
                                shift->drift ? "up to" : "at",
                                pfg_revision_is_commit(id) ? SHORT_ID : 64, id);
    }
    return text;
}

bool pfg_plot_versions(struct pfg_str *out, const struct pfg_history *history,
                       const struct pfg_plot_line *lines, size_t n)
{
    struct plot plot = {
        .svg = {out, WIDTH, HEIGHT},
        .history = history,
        .lines = lines,
        .n = n,
    };

    if (!n || !set_scales(&plot)) {
        return false;
    }
    plot.arena = pfg_arena_new();
    pfg_svg_begin(&plot.svg, "plot",
                  pfg_arena_printf(plot.arena, "history of %s %s",
                                   lines[0].series->label,
                                   lines[0].series->series->metric),
                  in_words(&plot));
    pfg_svg_values_axis(&plot.svg, &plot.y, &plot.scale, LEFT, RIGHT, TOP - 14);
    put_dates(&plot);
    put_shifts(&plot, lines[0].series);
    for (size_t i = 0; i < n; i++) {
        put_line(&plot, i);
    }
    for (size_t i = 0; i < n; i++) {
        put_levels(&plot, lines[i].series);
    }
    put_legend(&plot);
    pfg_svg_end(&plot.svg);
    pfg_arena_free(plot.arena);
    return true;
}

bool pfg_plot_versions_file(struct pfg_str *out,
                            const struct pfg_history *history,
                            const struct pfg_history_series *series)
{
    const struct pfg_plot_line line = {series, history->hardware};
    struct pfg_svg svg = {out, WIDTH + 2 * MARGIN, HEAD + HEIGHT + MARGIN};
    struct pfg_arena *arena;
    struct pfg_str drawn;
    bool any;

    pfg_str_init(&drawn, 0);
    any = pfg_plot_versions(&drawn, history, &line, 1);
    if (any) {
        arena = pfg_arena_new();
        pfg_svg_begin_file(&svg, "history", series->label, "",
                           pfg_embedded_text("plot.css"));
        pfg_svg_heading(&svg, "title", MARGIN, 28,
                        pfg_arena_printf(arena, "%s  %s", series->label,
                                         series->series->metric));
        pfg_svg_heading(&svg, "sides", MARGIN, 50,
                        pfg_arena_printf(arena, "%s%s%s", history->branch,
                                         *history->branch ? " on " : "",
                                         history->hardware));
        pfg_str_printf(out,
                       "<svg x=\"%d\" y=\"%d\" width=\"%.0f\" "
                       "height=\"%.0f\">",
                       MARGIN, HEAD, WIDTH, HEIGHT);
        pfg_str_add(out, pfg_str_slice(&drawn));
        pfg_str_puts(out, "</svg></svg>\n");
        pfg_arena_free(arena);
    }
    pfg_str_free(&drawn);
    return any;
}
