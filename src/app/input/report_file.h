#ifndef PFG_APP_INPUT_REPORT_FILE_H
#define PFG_APP_INPUT_REPORT_FILE_H

#include "base/error.h"
#include "model/report.h"

/* Reads a report that --report json wrote; "-" is stdin. The report is in an
 * arena of its own, that frees it. PFG_DATA with a place where it is no report,
 * or one of another version. */
int pfg_report_file_read(struct pfg_report **out, const char *path,
                         struct pfg_error *err);

#endif
