#ifndef PFG_APP_HISTORY_WRITE_SITE_H
#define PFG_APP_HISTORY_WRITE_SITE_H

#include "app/history/histories.h"

struct pfg_site_options {
    const char *folder;     /* is made where it is not there */
    const char *title;      /* NULL: "Performance" */
    const char *url;        /* where it will be served; NULL */
    const char *commit_url; /* NULL: what the CI says */
    const char *report;     /* an HTML report to be copied in; NULL */
};

/* Writes a static site of histories with their trends; of several projects one
 * for each, in a folder of its own, and a list of them. Files that hold already
 * what they would are left alone; pages of benchmarks that are gone are
 * removed. What was done goes to the context's err. */
int pfg_site_write(const struct pfg_context *context,
                   const struct pfg_histories *histories,
                   const struct pfg_site_options *options,
                   struct pfg_error *err);

#endif
