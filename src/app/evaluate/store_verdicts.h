#ifndef PFG_APP_EVALUATE_STORE_VERDICTS_H
#define PFG_APP_EVALUATE_STORE_VERDICTS_H

#include "app/evaluate/evaluate.h"

/* Stores the verdicts of a report with the runs of its heads in `database`
 * (NULL: the default one). Failures are only warnings; a read-only database is
 * skipped silently. */
void pfg_verdicts_store(const struct pfg_context *context,
                        const struct pfg_evaluation *evaluation,
                        const char *database);

#endif
