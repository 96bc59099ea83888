#ifndef PFG_COMPARE_COMPARE_H
#define PFG_COMPARE_COMPARE_H

#include "compare/comparison.h"

/*
 * Decides. Two sides of runs and a policy go in, a section of a report comes
 * out; nothing here prints, reads a file, or knows where the runs came from.
 */

/* An empty report in an arena of its own, for sections to be added to. */
struct pfg_report *pfg_report_new(const struct pfg_policy *policy);
void pfg_report_free(struct pfg_report *report); /* NULL is fine */

/* Compares, and adds a section to the report. The runs are borrowed and must
 * outlive it. */
void pfg_compare(struct pfg_report *report,
                 const struct pfg_comparison *comparison);

/* Adds a warning that the report shows, once. */
void pfg_report_warn(struct pfg_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Adds a row that fails to the first section for every pattern that no suite
 * and no benchmark ("suite/benchmark") of the head in any section matches.
 */
void pfg_report_expect(struct pfg_report *report,
                       const struct pfg_named_patterns *expected,
                       const struct pfg_policy *policy);

/* When all sections are in: counts, headline, exit status. */
void pfg_report_finish(struct pfg_report *report, bool gate,
                       bool allow_no_baseline);

/* PFG_DATA where the counts or the exit status of a report that was read are
 * not what its rows mean: it was not perfgate that wrote it so. */
int pfg_report_verify(const struct pfg_report *report, struct pfg_error *err);

#endif
