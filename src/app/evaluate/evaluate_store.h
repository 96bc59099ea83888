#ifndef PFG_APP_EVALUATE_EVALUATE_STORE_H
#define PFG_APP_EVALUATE_EVALUATE_STORE_H

#include "app/evaluate/evaluate.h"

/* Compares what the store holds of the head with its base, or with a
 * baseline file: a section for each hardware profile of the head. */
int pfg_evaluate_store(struct pfg_evaluation *out,
                       const struct pfg_context *context,
                       const struct pfg_evaluate_options *options,
                       struct pfg_error *err);

#endif
