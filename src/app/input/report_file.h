#ifndef PFG_APP_INPUT_REPORT_FILE_H
#define PFG_APP_INPUT_REPORT_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "model/report.h"

/*
 * Reads a report that --report json wrote; "-" is stdin. The report is in an
 * arena of its own, that frees it. `trusted` false: it may be a stranger's, and
 * what reading it takes of memory is bounded as well. PFG_DATA with a place
 * where it is no report, one of another version, or too large.
 */
int pfg_report_file_read(struct pfg_report **out, const char *path,
                         bool trusted, struct pfg_error *err);

#endif
