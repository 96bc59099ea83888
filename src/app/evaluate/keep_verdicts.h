#ifndef PFG_APP_EVALUATE_KEEP_VERDICTS_H
#define PFG_APP_EVALUATE_KEEP_VERDICTS_H

#include "app/evaluate/evaluate.h"

/* Keeps what a report says beside the runs of its heads that are stored in
 * `database` (NULL: the usual one). What cannot be kept is warned of, and fails
 * nothing; where nothing may be written, nothing is said. */
void pfg_verdicts_keep(const struct pfg_context *context,
                       const struct pfg_evaluation *evaluation,
                       const char *database);

#endif
