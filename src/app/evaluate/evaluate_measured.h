#ifndef PFG_APP_EVALUATE_EVALUATE_MEASURED_H
#define PFG_APP_EVALUATE_EVALUATE_MEASURED_H

#include "app/evaluate/evaluate.h"

/* Compares what has just been measured. */
int pfg_evaluate_measured(struct pfg_evaluation *out,
                          const struct pfg_context *context,
                          const struct pfg_evaluate_options *options,
                          struct pfg_error *err);

#endif
