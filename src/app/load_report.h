#ifndef PFG_APP_LOAD_REPORT_H
#define PFG_APP_LOAD_REPORT_H

#include "base/error.h"
#include "model/report.h"

/* Reads what `--report json=FILE` wrote ("-" is standard input). The caller
 * frees it with pfg_report_free(). PFG_DATA, with a place, where it cannot be
 * read. */
int pfg_report_load(struct pfg_report **out, const char *path,
                    struct pfg_error *err);

#endif
