#ifndef PFG_APP_PUBLISH_COMBINE_H
#define PFG_APP_PUBLISH_COMBINE_H

#include <stddef.h>

#include "model/report.h"

/* A report, and what it is called beside others: "linux.json". */
struct pfg_named_report {
    const struct pfg_report *report;
    const char *name;
};

/*
 * Several reports as one, the failing ones first: a matrix of hardware, say.
 * Its sections are theirs, and carry the report's name where nothing else
 * tells them apart. It failed where one of them did, and has no base where
 * none of them has one. In an arena of its own; it borrows from the reports.
 */
struct pfg_report *pfg_report_combine(const struct pfg_named_report *reports,
                                      size_t n);

#endif
