#ifndef PFG_RENDER_METRICS_H
#define PFG_RENDER_METRICS_H

#include "base/str.h"

/* OpenMetrics text, which is valid in the format of Prometheus, too. */

/* Begins a family of gauges. */
void pfg_metrics_begin(struct pfg_str *out, const char *name, const char *help);
/* name="value"; begin the name with a comma after the first. */
void pfg_metrics_label(struct pfg_str *out, const char *name,
                       const char *value);
/* The end of the line. */
void pfg_metrics_number(struct pfg_str *out, double value);

#endif
