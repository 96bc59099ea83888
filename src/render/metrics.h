#ifndef PFG_RENDER_METRICS_H
#define PFG_RENDER_METRICS_H

#include "base/str.h"

/* The text of OpenMetrics, which Prometheus' own reads as well. */

/* A family of gauges begins. */
void pfg_metrics_begin(struct pfg_str *out, const char *name, const char *help);
/* name="value"; of further ones the name begins with a comma. */
void pfg_metrics_label(struct pfg_str *out, const char *name,
                       const char *value);
/* What ends the line. */
void pfg_metrics_number(struct pfg_str *out, double value);

#endif
