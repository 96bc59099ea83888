#ifndef PFG_APP_HISTORY_WRITE_SITE_H
#define PFG_APP_HISTORY_WRITE_SITE_H

#include "app/history/read_history.h"

struct pfg_site_options {
    const char *folder;     /* is made where it is not there */
    const char *title;      /* NULL: "Performance" */
    const char *url;        /* where it will be served; NULL */
    const char *commit_url; /* NULL: what the CI says */
    const char *report;     /* an HTML report to be copied in; NULL */
    const char *config;     /* NULL: found */
};

/* Writes a static site of all that the reader has: of one profile where
 * options->hardware says so, else of all. Files that hold already what they
 * would are left alone; pages of benchmarks that are gone are removed. What
 * was done goes to the context's err. */
int pfg_site_write(const struct pfg_history_reader *reader,
                   const struct pfg_site_options *options,
                   struct pfg_error *err);

#endif
