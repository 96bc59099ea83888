#ifndef PFG_RENDER_SHARED_PARAMETERS_H
#define PFG_RENDER_SHARED_PARAMETERS_H

#include "base/arena.h"
#include "model/report.h"

/*
 * Parameters that all rows of a section share, "cpus=2": shown once instead of
 * in every label. A section with one benchmark has none.
 */
struct pfg_shared {
    const char *words; /* "cpus=2 gc=off", or "" */
    const char *const *parts;
    size_t n;
};

struct pfg_shared pfg_shared_of(const struct pfg_report_section *section,
                                struct pfg_arena *arena);

/* A row's label without the shared parameters. */
const char *pfg_shared_label(const struct pfg_shared *shared,
                             const struct pfg_report_row *row,
                             struct pfg_arena *arena);

#endif
