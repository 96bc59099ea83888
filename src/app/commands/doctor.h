#ifndef PFG_APP_COMMANDS_DOCTOR_H
#define PFG_APP_COMMANDS_DOCTOR_H

#include "app/evaluate/evaluate.h"

/*
 * Would this gate fire, and would it keep quiet? Judges data in which nothing
 * changed, and the same data made worse by a known size, by the rules that
 * `options` set. *status is 1 where not one row fails the gate at +20 %.
 * PFG_DATA where there is nothing to split.
 */
int pfg_doctor(int *status, const struct pfg_context *context,
               const struct pfg_evaluate_options *options,
               struct pfg_error *err);

#endif
