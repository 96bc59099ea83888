#ifndef PFG_RENDER_FORMATS_WHY_REPORT_H
#define PFG_RENDER_FORMATS_WHY_REPORT_H

#include "base/str.h"
#include "model/why.h"
#include "render/render.h"

/* The reports of `perfgate profile`. Each is appended to `out`. */

/* A table of functions and their callers, and what could be named. */
void pfg_why_text(struct pfg_str *out, const struct pfg_why *why,
                  const struct pfg_render_options *options);

/* A document of its own. */
void pfg_why_json(struct pfg_str *out, const struct pfg_why *why);

/* "main;parse 100 112": two profiles for flamegraph.pl. */
void pfg_why_folded(struct pfg_str *out, const struct pfg_why *why);

#endif
