#ifndef PFG_COMPARE_REPORT_TOTALS_H
#define PFG_COMPARE_REPORT_TOTALS_H

#include "model/report.h"

/*
 * What the rows of a section say together: by benchmark, by metric, and by
 * what they could have shown. People count benchmarks: one that failed is one
 * failure, however many metrics it has.
 */

/*
 * Sorts the rows: benchmarks with a row that fails come first, then those
 * with a listed row, then the rest; among equals the verdict and the change
 * of their worst row decide, then the order of measuring. The rows of a
 * benchmark stand together, in the same order. Marks rows that only repeat
 * another. `benchmark` has a number below n for each row, which only rows of
 * one benchmark share.
 */
void pfg_totals_sort(struct pfg_report_section *section,
                     const size_t *benchmark, size_t n);

/* Adds a sorted section to the report's counts by benchmark. */
void pfg_totals_count(struct pfg_report_benchmarks *counts,
                      const struct pfg_report_section *section);

/* A geometric mean per metric and unit, over the gated rows with two positive
 * values; from two rows on. */
void pfg_totals_geomeans(struct pfg_report_section *section,
                         struct pfg_arena *arena);

/*
 * Fills `sights` and `detectable`: what the gated rows could have shown, by
 * kind. Exact rows show any difference and tell nothing about how well the
 * timings were measured.
 */
void pfg_totals_sights(struct pfg_report_section *section,
                       struct pfg_arena *arena);

/* The kind of a row: "timings", "percentiles", "throughput", else its metric.
 */
const char *pfg_sight_kind(const struct pfg_report_row *row);

/* Most gated rows that have noise could not have shown a change of twice their
 * limit. */
bool pfg_sight_is_blind(const struct pfg_report *report);

#endif
