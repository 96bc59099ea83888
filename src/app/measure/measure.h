#ifndef PFG_APP_MEASURE_MEASURE_H
#define PFG_APP_MEASURE_MEASURE_H

#include "app/measure/measure_options.h"

/* Measuring: running a benchmark command, alone or for base and head in
 * turn, and reading what it prints. */

/* Base and head are told apart. */
bool pfg_measure_is_pair(const struct pfg_measure_options *options);

/*
 * Measures base and head in turn, process by process, and compares them: until
 * every gated benchmark is decided, or `most` rounds, the budget or the user
 * ends it. What is undecided is measured on alone where the tool can choose.
 * Stops early by stats/test/sequential.h. The results are stored where there is a
 * database, or `keep` is set.
 *
 * A base that cannot be built or measured is PFG_NOBASE, or with
 * `allow_no_baseline` a report without a base; a head that cannot is PFG_DATA.
 * Interrupted: PFG_SIGNAL plus the signal, and nothing is judged. The work
 * trees are removed whatever happens.
 */
int pfg_measure_pair(struct pfg_evaluation *out,
                     const struct pfg_context *context,
                     const struct pfg_measure_options *options,
                     struct pfg_error *err);

/* Measures one version, `rounds` processes, and stores the results; says on
 * err what became of them. What was measured before a failure is stored, too,
 * and marked; the failure is then returned. */
int pfg_measure_alone(const struct pfg_context *context,
                      const struct pfg_measure_options *options,
                      struct pfg_error *err);

#endif
