#ifndef PFG_APP_PUBLISH_COMBINE_H
#define PFG_APP_PUBLISH_COMBINE_H

#include <stddef.h>

#include "model/report.h"

/* A report and its name among others: "linux.json". */
struct pfg_named_report {
    const struct pfg_report *report;
    const char *name;
};

/*
 * Combines several reports, such as those of a matrix of hardware, the failing
 * ones first. Sections get the report's name if nothing else tells them apart.
 * The result failed if one report failed, and has no base if none has one. It
 * has its own arena and borrows from the reports.
 */
struct pfg_report *pfg_report_combine(const struct pfg_named_report *reports,
                                      size_t n);

#endif
