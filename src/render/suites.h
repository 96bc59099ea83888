#ifndef PFG_RENDER_SUITES_H
#define PFG_RENDER_SUITES_H

#include "base/arena.h"
#include "model/report.h"

/*
 * A section's rows by suite. The order of the rows is kept, so the suite with
 * the worst row comes first. Means over rows of all suites stand with the last.
 */
struct pfg_suite {
    const char *name;
    const struct pfg_report_row **rows;
    size_t n;
    const struct pfg_report_geomean **geomeans;
    size_t n_geomeans;
};

struct pfg_suites {
    struct pfg_suite *at;
    size_t n;
    bool one_metric; /* all rows are of the same */
};

struct pfg_suites pfg_suites_of(const struct pfg_report_section *section,
                                struct pfg_arena *arena);

/* Above this many rows a report shows only those that want a person's eye. */
#define PFG_MANY_ROWS 40

#endif
