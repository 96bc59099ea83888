#ifndef PFG_COMPARE_REPORT_ASSEMBLE_REPORT_H
#define PFG_COMPARE_REPORT_ASSEMBLE_REPORT_H

#include "base/error.h"
#include "model/gate.h"
#include "model/report.h"

/* An empty report in an arena of its own, for sections to be added to. */
struct pfg_report *pfg_report_new(const struct pfg_policy *policy);
void pfg_report_free(struct pfg_report *report); /* NULL is fine */

/* Adds a warning for the report to show; the same text is added once. */
void pfg_report_warn(struct pfg_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Adds a failing row to the first section for every pattern that matches no
 * suite and no benchmark ("suite/benchmark") of the head in any section.
 */
void pfg_report_expect(struct pfg_report *report,
                       const struct pfg_named_patterns *expected,
                       const struct pfg_policy *policy);

/* When all sections are in: counts, headline, exit status, tone. */
void pfg_report_finish(struct pfg_report *report, bool gate,
                       bool allow_no_baseline);

/* PFG_DATA if the counts or the exit status of a report that was read are not
 * what its rows imply: it was changed after perfgate wrote it. */
int pfg_report_verify(const struct pfg_report *report, struct pfg_error *err);

#endif
