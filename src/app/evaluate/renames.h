#ifndef PFG_APP_EVALUATE_RENAMES_H
#define PFG_APP_EVALUATE_RENAMES_H

#include "config/config.h"
#include "model/run.h"

/* Gives renamed benchmarks their new names, so that they keep their past. If a
 * run has both names, each stays. */
void pfg_renames_apply(const struct pfg_config *config,
                       struct pfg_run *const *runs, size_t n);

#endif
