#ifndef PFG_APP_MEASURE_UNNEEDED_H
#define PFG_APP_MEASURE_UNNEEDED_H

#include "app/measure/measure_side.h"

/*
 * Why two commits need not be measured, as a headline, or NULL: what is not
 * known to be the same is measured. One commit on both sides is, and so are
 * changes that are not committed.
 */

/* Before anything is checked out: no changed file is among the `paths` of the
 * configuration. */
int pfg_unneeded_by_paths(const char **out, const struct pfg_sides *sides,
                          const char *config, struct pfg_error *err);

/* When both sides are built: the programs, and all others and libraries that
 * are in the work trees, are the same, and what changed otherwise are sources
 * and documents. */
const char *pfg_unneeded_by_build(const struct pfg_sides *sides);

#endif
