#ifndef PFG_RENDER_RENDER_H
#define PFG_RENDER_RENDER_H

#include <stdbool.h>

#include "base/error.h"
#include "base/str.h"
#include "model/report.h"

/*
 * To add a report format: one file here with one `const struct pfg_renderer`
 * and one line in renderers.h. A renderer prints and never decides.
 */
struct pfg_render_options {
    bool color;
    bool all;              /* every row, not only those worth a look */
    bool quiet;            /* only the headline */
    bool verbose;          /* the numbers behind the verdicts, too */
    int width;             /* of the terminal; 0: unlimited */
    const char *templates; /* a folder that overrides the built-in ones */
    const char *report_url;
};

struct pfg_renderer {
    const char *name;  /* "html", as in --report html=FILE */
    const char *title; /* for help */
    int (*render)(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err);
};

/* All of them, ended by NULL. */
extern const struct pfg_renderer *const pfg_renderers[];

const struct pfg_renderer *pfg_renderer_find(const char *name); /* or NULL */

#endif
