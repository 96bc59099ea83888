#ifndef PFG_APP_EVALUATE_FILES_H
#define PFG_APP_EVALUATE_FILES_H

#include "app/evaluate.h"
#include "compare/compare.h"

/* Compares paths with paths. */
int pfg_evaluate_files(struct pfg_evaluation *out,
                       const struct pfg_context *context,
                       const struct pfg_evaluate_options *options,
                       struct pfg_error *err);

/* Hands runs over to the evaluation, which then frees them; returns where
 * they are now, until the next call. */
struct pfg_run **pfg_evaluation_keep(struct pfg_evaluation *evaluation,
                                     struct pfg_run *const *runs, size_t n);

/* Compares, which adds a section to the report, and keeps what was compared. */
void pfg_evaluation_compare(struct pfg_evaluation *evaluation,
                            const struct pfg_comparison *comparison);

#endif
