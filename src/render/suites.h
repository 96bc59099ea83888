#ifndef PFG_RENDER_SUITES_H
#define PFG_RENDER_SUITES_H

#include "base/arena.h"
#include "model/report.h"

/*
 * A section's rows by suite. Rows keep their order, so the suite with the worst
 * row comes first. Means over rows of all suites are in the last.
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
    bool one_metric; /* all rows have the same metric */
};

struct pfg_suites pfg_suites_of(const struct pfg_report_section *section,
                                struct pfg_arena *arena);

/* A report of more rows shows only those that need attention. */
#define PFG_MANY_ROWS 40

#endif
