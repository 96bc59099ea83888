#ifndef PFG_RENDER_VERSIONS_H
#define PFG_RENDER_VERSIONS_H

#include "base/arena.h"
#include "model/report.h"
#include "term/table.h"

/* Whether the sections compare several heads with one base on one hardware. */
bool pfg_versions_are(const struct pfg_report *report);

/* Whether the row is shown: it needs attention, or `all` rows are. */
bool pfg_versions_show(const struct pfg_report_row *row, bool all);

/* A benchmark and metric: its row in each section, or NULL. */
struct pfg_versions_line {
    const struct pfg_report_row **rows;
    const struct pfg_report_row *any;
    bool shown; /* one of the rows is */
    bool fails; /* one of them does */
};

struct pfg_versions_lines {
    const struct pfg_versions_line **at;
    size_t n, n_suites; /* suites include those without shown lines */
};

/* The lines that are shown, suite by suite in order of appearance. */
struct pfg_versions_lines pfg_versions_lines(const struct pfg_report *report,
                                             bool all, struct pfg_arena *arena);

/* The value of the base, which is the same in all sections; "" for none. */
const char *pfg_versions_base(const struct pfg_versions_line *line,
                              size_t n_heads, struct pfg_arena *arena);

/* "+12%", or the verdict where there is no change to show. */
const char *pfg_versions_change(const struct pfg_report_row *row,
                                struct pfg_arena *arena);

/* A section's geomean of the same metric, or NULL. */
const struct pfg_report_geomean *pfg_versions_geomean(
    const struct pfg_report_section *section,
    const struct pfg_report_geomean *like);

/* "b.txt: 1 slower, 2 unchanged". */
const char *pfg_versions_counts(const struct pfg_report_section *section,
                                struct pfg_arena *arena);

/*
 * A table with a line for each benchmark and metric: the value of the base, and
 * value and change of each head. `styles` are those of the verdicts.
 */
struct pfg_table *pfg_versions_table(const struct pfg_report *report, bool all,
                                     const enum pfg_style *styles,
                                     struct pfg_arena *arena);

#endif
