#ifndef PFG_RENDER_VERSIONS_H
#define PFG_RENDER_VERSIONS_H

#include "base/arena.h"
#include "model/report.h"
#include "term/table.h"

/* Whether the sections are several heads beside one base, on one hardware. */
bool pfg_versions_are(const struct pfg_report *report);

/* Whether a person is to see the row. */
bool pfg_versions_show(const struct pfg_report_row *row, bool all);

/*
 * These in one table: a line a benchmark and metric, with the value of the base
 * and value and change of each head. Shown is what a person is to see of any of
 * them; `styles` are those of the verdicts.
 */
struct pfg_table *pfg_versions_table(const struct pfg_report *report, bool all,
                                     const enum pfg_style *styles,
                                     struct pfg_arena *arena);

#endif
