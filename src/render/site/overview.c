#include <math.h>
#include <string.h>

#include "render/history/history_formats.h"
#include "render/history/trend_formats.h"
#include "render/plot/svg.h"
#include "render/site/site.h"
#include "render/words/words.h"

enum {
    SPARK_POINTS = 60,
    SPARK_WIDTH = 120,
    SPARK_HEIGHT = 24,
    MOST_OPEN = 50
};

/* The last values as a sparkline over a range of at least 5 %. */
static void put_spark(struct pfg_str *out, const struct pfg_history_series *s)
{
    const size_t from =
        s->n_values > SPARK_POINTS ? s->n_values - SPARK_POINTS : 0;
    struct pfg_svg_axis y = {INFINITY, -INFINITY, SPARK_HEIGHT - 2, 2};
    double room;

    for (size_t i = from; i < s->n_values; i++) {
        y.low = fmin(y.low, s->values[i].value);
        y.high = fmax(y.high, s->values[i].value);
    }
    room = fmax(0, 0.05 * fmax(fabs(y.low), fabs(y.high)) - (y.high - y.low));
    y.low -= room / 2;
    y.high += room > 0 || y.high > y.low ? room / 2 : 1;
    if (s->n_values - from < 2) {
        return;
    }
    pfg_str_printf(out,
                   "<svg class=\"spark\" viewBox=\"0 0 %d %d\" "
                   "aria-hidden=\"true\"><path class=\"trend\" d=\"",
                   SPARK_WIDTH, SPARK_HEIGHT);
    for (size_t i = from; i < s->n_values; i++) {
        const double x = (double)(i - from) * (SPARK_WIDTH - 4) /
                         (double)(s->n_values - from - 1);

        pfg_str_putc(out, i > from ? 'L' : 'M');
        pfg_svg_number(out, x + 2);
        pfg_str_putc(out, ' ');
        pfg_svg_number(out, pfg_svg_place(&y, s->values[i].value));
    }
    pfg_str_puts(out, "\"/></svg>");
}

/* Its largest shift, and whether that is for the worse. */
static const struct pfg_history_shift *biggest(
    const struct pfg_history_series *s)
{
    const struct pfg_history_shift *best = NULL;

    for (size_t i = 0; i < s->n_shifts; i++) {
        if (!best ||
            fabs(log1p(s->shifts[i].change)) > fabs(log1p(best->change))) {
            best = &s->shifts[i];
        }
    }
    return best;
}

/* The last value, and its version. */
static void put_verdict(struct pfg_str *out, const struct pfg_site *site,
                        const struct pfg_history *history,
                        const struct pfg_history_series *s)
{
    const struct pfg_history_value *value = pfg_history_judged(history, s);

    pfg_str_printf(out, "</td><td%s>",
                   value && value->verdict->fails ? " class=\"worse\"" : "");
    if (value) {
        pfg_site_text(out, pfg_history_verdict(s, value, site->arena));
        pfg_str_putc(out, ' ');
        pfg_site_commit(out, site, &history->commits[value->commit]);
    }
}

static void put_row(struct pfg_str *out, const struct pfg_site *site,
                    const struct pfg_history *history,
                    const struct pfg_site_benchmark *b,
                    const struct pfg_history_series *s)
{
    const struct pfg_history_shift *shift = biggest(s);
    struct pfg_scale scale = pfg_history_scale(s);
    char text[PFG_SCALE_TEXT];

    pfg_str_printf(out, "<tr><th scope=\"row\"><a href=\"b/%s.html\">",
                   b->name);
    pfg_site_text(out, b->label);
    pfg_str_puts(out, "</a></th><td>");
    pfg_site_text(out, s->series->metric);
    pfg_str_puts(out, "</td><td class=\"n\">");
    pfg_site_text(
        out, pfg_scale_print(text, s->values[s->n_values - 1].value, &scale));
    pfg_str_printf(out, "</td><td class=\"n %s\">",
                   !shift || s->series->better == PFG_NEUTRAL ? ""
                   : shift->worse                             ? "worse"
                                                              : "better");
    pfg_site_text(out, shift ? pfg_arena_printf(
                                   site->arena, "%s%s",
                                   pfg_words_change(site->arena, shift->change),
                                   shift->drift ? " drift" : "")
                             : "");
    pfg_str_puts(out, "</td><td>");
    put_spark(out, s);
    put_verdict(out, site, history, s);
    pfg_str_puts(out, "</td></tr>\n");
}

static void begin_table(struct pfg_str *out, const char *suite,
                        const char *hardware)
{
    pfg_str_puts(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                      "aria-label=\"");
    pfg_site_text(out, *suite ? suite : "benchmarks");
    pfg_str_puts(out, " on ");
    pfg_site_text(out, hardware);
    pfg_str_puts(
        out,
        "\"><table>\n<thead><tr><th scope=\"col\">benchmark</th>"
        "<th scope=\"col\">metric</th><th scope=\"col\" "
        "class=\"n\">last</th>"
        "<th scope=\"col\" class=\"n\">"
        "biggest change</th><th scope=\"col\">last versions"
        "</th><th scope=\"col\">last verdict</th></tr></thead>\n<tbody>\n");
}

/* Open changes first. */
static void put_open(struct pfg_str *out, const struct pfg_site *site,
                     const struct pfg_trend *trend)
{
    size_t shown = 0;

    for (size_t i = 0; i < trend->n_changes && shown < MOST_OPEN; i++) {
        const struct pfg_trend_change *change = &trend->changes[i];

        if (pfg_trend_group_of(change) > PFG_TREND_SHARED) {
            continue;
        }
        pfg_str_puts(out, shown++ ? "" : "<ul class=\"open\">\n");
        pfg_str_puts(out, change->n_members ? "<li class=\"shared\">"
                                            : "<li class=\"worse\">");
        pfg_site_text(out, pfg_arena_printf(
                               site->arena, "%s %s: %s, ",
                               pfg_history_change(&change->shift, site->arena),
                               pfg_trend_subject(change, site->arena),
                               pfg_trend_kind(trend, change, site->arena)));
        pfg_site_commit(out, site, &trend->history->commits[change->bad]);
        pfg_str_puts(out, "</li>\n");
    }
    pfg_str_puts(out, shown ? "</ul>\n" : "");
}

static void put_profile(struct pfg_str *out, const struct pfg_site *site,
                        size_t profile)
{
    const char *suite = NULL;

    pfg_str_puts(out, "<h2>");
    pfg_site_text(out, site->histories[profile]->hardware);
    pfg_str_puts(out, "</h2>\n<p>");
    pfg_site_text(out, pfg_trend_headline(&site->trends[profile], site->arena));
    pfg_str_puts(out, "</p>\n");
    put_open(out, site, &site->trends[profile]);
    for (size_t i = 0; i < site->n_benchmarks; i++) {
        const struct pfg_site_benchmark *b = &site->benchmarks[i];

        for (size_t j = 0; j < b->n; j++) {
            if (b->series[j].profile != profile) {
                continue;
            }
            if (!suite || strcmp(suite, b->suite) != 0) {
                pfg_str_puts(out, suite ? "</tbody></table></div>\n" : "");
                suite = b->suite;
                if (*suite) {
                    pfg_str_puts(out, "<h3>");
                    pfg_site_text(out, suite);
                    pfg_str_puts(out, "</h3>\n");
                }
                begin_table(out, suite, site->histories[profile]->hardware);
            }
            put_row(out, site, site->histories[profile], b,
                    b->series[j].series);
        }
    }
    pfg_str_puts(out, suite ? "</tbody></table></div>\n" : "");
}

void pfg_site_overview(struct pfg_str *out, const struct pfg_site *site)
{
    pfg_site_begin(out, site, "", site->title);
    for (size_t i = 0; i < site->n_profiles; i++) {
        put_profile(out, site, i);
    }
    pfg_site_end(out);
}
