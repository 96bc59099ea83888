#include <string.h>

#include "render/history/history_formats.h"
#include "render/plot/plot.h"
#include "render/site/site.h"

enum { MOST_LINES = 6 };

static void put_shift(struct pfg_str *out, const struct pfg_site *site,
                      const struct pfg_history *history,
                      const struct pfg_history_series *s,
                      const struct pfg_history_shift *shift)
{
    const struct pfg_history_commit *bad =
        &history->commits[s->values[shift->bad].commit];
    const struct pfg_history_commit *good =
        &history->commits[s->values[shift->good].commit];
    char time[PFG_TIME_TEXT];

    pfg_str_printf(out, "<tr><td class=\"n %s\">",
                   s->series->better == PFG_NEUTRAL ? ""
                   : shift->worse                   ? "worse"
                                                    : "better");
    pfg_site_text(out, pfg_history_change(shift, site->arena));
    pfg_str_puts(out, "</td><td>");
    pfg_str_puts(out, shift->drift       ? "drift"
                      : shift->candidate ? "step, candidate"
                                         : "step");
    pfg_str_puts(out, "</td><td>");
    pfg_site_text(out, history->hardware);
    pfg_str_puts(out, "</td><td>");
    pfg_site_commit(out, site, good);
    pfg_str_puts(out, " → ");
    pfg_site_commit(out, site, bad);
    pfg_str_printf(out,
                   "</td><td class=\"date\">%.10s</td>"
                   "<td class=\"subject\">",
                   pfg_time_iso(time, bad->time));
    pfg_site_text(out, bad->author);
    pfg_str_puts(out, *bad->author ? ": " : "");
    pfg_site_text(out, bad->revision.subject);
    pfg_str_puts(out, "</td></tr>\n");
}

static void put_shifts(struct pfg_str *out, const struct pfg_site *site,
                       const struct pfg_site_series *series, size_t n)
{
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        const struct pfg_history_series *s = series[i].series;

        for (size_t j = s->n_shifts; j-- > 0;) {
            if (!any) {
                pfg_str_puts(
                    out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                         "aria-label=\"changes of ");
                pfg_site_text(out, s->series->metric);
                pfg_str_puts(out, "\"><table>\n<thead><tr>"
                                  "<th scope=\"col\" class=\"n\">change</th>"
                                  "<th scope=\"col\">kind</th>"
                                  "<th scope=\"col\">hardware</th>"
                                  "<th scope=\"col\">between</th>"
                                  "<th scope=\"col\">date</th>"
                                  "<th scope=\"col\">commit</th></tr></thead>\n"
                                  "<tbody>\n");
            }
            put_shift(out, site, site->histories[series[i].profile], s,
                      &s->shifts[j]);
            any = true;
        }
    }
    pfg_str_puts(out, any ? "</tbody></table></div>\n"
                          : "<p>No lasting change.</p>\n");
}

/* A metric on all profiles that have it in the same unit. */
static void put_metric(struct pfg_str *out, const struct pfg_site *site,
                       const struct pfg_site_series *series, size_t n)
{
    struct pfg_plot_line lines[MOST_LINES];
    size_t n_lines = 0;

    pfg_str_puts(out, "<h2>");
    pfg_site_text(out, series[0].series->series->metric);
    pfg_str_puts(out, "</h2>\n<figure class=\"history\">\n");
    for (size_t i = 0; i < n && n_lines < MOST_LINES; i++) {
        if (!strcmp(series[i].series->series->unit,
                    series[0].series->series->unit)) {
            lines[n_lines++] = (struct pfg_plot_line){
                series[i].series, site->histories[series[i].profile]->hardware};
        }
    }
    if (!pfg_plot_versions(out, site->histories[series[0].profile], lines,
                           n_lines)) {
        pfg_str_puts(out, "<p>Only one version so far.</p>");
    }
    pfg_str_puts(out, "\n</figure>\n");
    put_shifts(out, site, series, n);
}

void pfg_site_page(struct pfg_str *out, const struct pfg_site *site,
                   const struct pfg_site_benchmark *b)
{
    pfg_site_begin(out, site, "../",
                   pfg_arena_printf(site->arena, "%s%s%s", b->suite,
                                    *b->suite ? "/" : "", b->label));
    for (size_t i = 0, end; i < b->n; i = end) {
        for (end = i + 1;
             end < b->n && !strcmp(b->series[end].series->series->metric,
                                   b->series[i].series->series->metric);
             end++) {
        }
        put_metric(out, site, b->series + i, end - i);
    }
    pfg_str_puts(out, "<p>the numbers as JSON lines:");
    for (size_t i = 0; i < b->n; i++) {
        pfg_str_printf(out, "%s <a href=\"../%s\">", i ? "," : "",
                       b->series[i].file);
        pfg_site_text(out, b->series[i].series->series->metric);
        pfg_str_puts(out, " on ");
        pfg_site_text(out, site->histories[b->series[i].profile]->hardware);
        pfg_str_puts(out, "</a>");
    }
    pfg_str_puts(out, "</p>\n");
    pfg_site_end(out);
}
