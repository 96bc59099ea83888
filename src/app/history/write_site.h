#ifndef PFG_APP_HISTORY_WRITE_SITE_H
#define PFG_APP_HISTORY_WRITE_SITE_H

#include "app/history/histories.h"

struct pfg_site_options {
    const char *folder;     /* created if it does not exist */
    const char *title;      /* NULL: "Performance" */
    const char *url;        /* where the site will be served; NULL */
    const char *commit_url; /* NULL: as the CI's variables say */
    const char *report;     /* an HTML report to copy into the site; NULL */
};

/* Writes a static site of histories with their trends; for several projects one
 * site each, in a folder of its own, and a list of them. Files whose content
 * would not change are left alone, and pages of benchmarks that no longer exist
 * are removed. A summary goes to the context's err. */
int pfg_site_write(const struct pfg_context *context,
                   const struct pfg_histories *histories,
                   const struct pfg_site_options *options,
                   struct pfg_error *err);

#endif
