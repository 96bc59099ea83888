#ifndef PFG_APP_INPUT_REPORT_FILE_H
#define PFG_APP_INPUT_REPORT_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "model/report.h"

/*
 * Reads a report written by --report json; "-" is stdin. The report frees its
 * own arena. Unless `trusted`, the memory for reading it is bounded as well.
 * PFG_DATA with a position if it is not a report, has another version, or is
 * too large.
 */
int pfg_report_file_read(struct pfg_report **out, const char *path,
                         bool trusted, struct pfg_error *err);

#endif
