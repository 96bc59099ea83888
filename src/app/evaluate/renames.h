#ifndef PFG_APP_EVALUATE_RENAMES_H
#define PFG_APP_EVALUATE_RENAMES_H

#include "config/config.h"
#include "model/run.h"

/* Calls what has another name now by that, so that a renamed benchmark keeps
 * its past. Where a run has both, each keeps its own. */
void pfg_renames_apply(const struct pfg_config *config,
                       struct pfg_run *const *runs, size_t n);

#endif
