#ifndef PFG_RENDER_PLOT_PLOT_H
#define PFG_RENDER_PLOT_PLOT_H

#include <stdbool.h>

#include "base/str.h"
#include "model/history.h"
#include "model/report.h"

/*
 * The charts of a report. Each appends SVG (see render/plot/svg.h), or nothing
 * and false where there is nothing that could be drawn. What a chart shows is
 * also said in its description.
 */

/* A row's change in units of its limit, so that plots of a page compare: the
 * limit as a zone around the middle, what noise leaves of it as a paler one,
 * marks at 1, 2, 5 and 10 times it, the interval as a line, the estimate as a
 * dot. Beyond the limit it is a logarithm; beyond 50 limits there is an
 * arrow. */
bool pfg_plot_change(struct pfg_str *out, const struct pfg_report_row *row);

/* A row's observations, base above head on one axis: a strip with a colour and
 * a shape for each process, over it a box from quarter to quarter with the
 * median and its interval. Beyond 150 a side, that many are drawn, evenly
 * chosen. */
bool pfg_plot_samples(struct pfg_str *out, const struct pfg_report_row *row);

/* What --watch saw in the last round, a line a side over the seconds that it
 * watched. */
bool pfg_plot_trace(struct pfg_str *out, const struct pfg_report_row *row);

/* A row as a file of its own: what it is, its verdict, and its samples and
 * history as far as there are any. It needs nothing around it, and follows
 * light and dark. */
bool pfg_plot_row(struct pfg_str *out, const struct pfg_report_section *section,
                  const struct pfg_report_row *row);

/* A row's medians over earlier runs, then base and head: where the level
 * changed, and from there on the baseline window, the results that were looked
 * at; the band is their spread around the base. At most the last 100. */
bool pfg_plot_history(struct pfg_str *out, const struct pfg_report_row *row);

/* A series on one hardware profile. */
struct pfg_plot_line {
    const struct pfg_history_series *series;
    const char *hardware;
};

/* Series over the versions of a branch, at most six, in one unit: the values,
 * the levels between the shifts of each, and a mark where it shifted. Up to
 * 150 values a line have marks that say their version. */
bool pfg_plot_versions(struct pfg_str *out, const struct pfg_history *history,
                       const struct pfg_plot_line *lines, size_t n);

/* Compared profiles as a differential flame graph: for a page that has
 * templates/flame.js, as an SVG file, and as a page of its own. */
bool pfg_plot_flame(struct pfg_str *out, const struct pfg_why *why);
bool pfg_plot_flame_file(struct pfg_str *out, const struct pfg_why *why);
bool pfg_plot_flame_page(struct pfg_str *out, const struct pfg_why *why);

/* One series as a file of its own. */
bool pfg_plot_versions_file(struct pfg_str *out,
                            const struct pfg_history *history,
                            const struct pfg_history_series *series);

#endif
