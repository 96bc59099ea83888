#ifndef PFG_RENDER_PLOT_PLOT_H
#define PFG_RENDER_PLOT_PLOT_H

#include <stdbool.h>

#include "base/str.h"
#include "model/history.h"
#include "model/report.h"

/*
 * The charts of a report. Each appends SVG (see render/plot/svg.h), or returns
 * false where there is nothing to draw. Its description tells what it shows.
 */

/* A row's change in units of its limit, so that the plots of a page can be
 * compared: a zone for the limit, a paler one for the limit that noise allows,
 * marks at 1, 2, 5 and 10 times the limit, a line for the interval, a dot for
 * the estimate. Logarithmic beyond the limit, with an arrow beyond 50. */
bool pfg_plot_change(struct pfg_str *out, const struct pfg_report_row *row);

/* A row's observations, base above head on one axis: a strip with a colour and
 * a shape for each process, and above it a box from quartile to quartile with
 * the median and its interval. At most 150 a side, evenly chosen. */
bool pfg_plot_samples(struct pfg_str *out, const struct pfg_report_row *row);

/* What --watch saw in the last round: a line for each side, over seconds. */
bool pfg_plot_trace(struct pfg_str *out, const struct pfg_report_row *row);

/* A row as an SVG file: its name, its verdict, and its samples and history
 * where there are any. Self-contained, for light and dark backgrounds. */
bool pfg_plot_row(struct pfg_str *out, const struct pfg_report_section *section,
                  const struct pfg_report_row *row);

/* A row's medians in earlier runs, at most the last 100, then base and head,
 * with changes of the level. The baseline window is the results since the last
 * such change; the band is their spread around the base. */
bool pfg_plot_history(struct pfg_str *out, const struct pfg_report_row *row);

/* A series on one hardware profile. */
struct pfg_plot_line {
    const struct pfg_history_series *series;
    const char *hardware;
};

/* At most six series of one unit over the versions of a branch: values, levels
 * between shifts, and a mark at each shift. Lines of at most 150 values have
 * points with tooltips. */
bool pfg_plot_versions(struct pfg_str *out, const struct pfg_history *history,
                       const struct pfg_plot_line *lines, size_t n);

/* Compared profiles as a differential flame graph: for a page with
 * templates/flame.js, as an SVG file, and as a page. */
bool pfg_plot_flame(struct pfg_str *out, const struct pfg_why *why);
bool pfg_plot_flame_file(struct pfg_str *out, const struct pfg_why *why);
bool pfg_plot_flame_page(struct pfg_str *out, const struct pfg_why *why);

/* One series as an SVG file. */
bool pfg_plot_versions_file(struct pfg_str *out,
                            const struct pfg_history *history,
                            const struct pfg_history_series *series);

#endif
