#ifndef PFG_COMPARE_BENCHMARKS_H
#define PFG_COMPARE_BENCHMARKS_H

#include "model/report.h"

/*
 * The rows of a section by benchmark. People count benchmarks: one that failed
 * is one failure, however many metrics it has.
 */

/* Sorts: benchmarks with a row that fails first, then those with one that
 * wants an eye, then the rest; within those by the verdict and the change of
 * their worst row, then by order of measuring. The rows of a benchmark stand
 * together, likewise sorted. Marks the rows that repeat another. */
void pfg_benchmarks_sort(struct pfg_report_section *section);

/* Adds a sorted section to the counts of a report. */
void pfg_benchmarks_count(struct pfg_report_benchmarks *counts,
                          const struct pfg_report_section *section);

#endif
