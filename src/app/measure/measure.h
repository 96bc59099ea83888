#ifndef PFG_APP_MEASURE_MEASURE_H
#define PFG_APP_MEASURE_MEASURE_H

#include "app/measure/measure_options.h"

/* Measuring: runs a benchmark command, alone or for base and head in turn, and
 * reads its results. */

/* Whether base and head are given. */
bool pfg_measure_is_pair(const struct pfg_measure_options *options);

/*
 * Measures base and head in turn, process by process, and compares them, until
 * every gated benchmark is decided, `most` rounds are complete, the budget is
 * spent, or the user ends it. It stops early by stats/test/sequential.h; if the
 * tool can choose, only undecided benchmarks are measured on. The results are
 * stored if there is a database, or if `keep` is set.
 *
 * A base that cannot be built or measured is PFG_NOBASE, or with
 * `allow_no_baseline` a report without a base; a head that cannot is PFG_DATA.
 * An interrupt is PFG_SIGNAL plus the signal, and nothing is judged. The work
 * trees are removed in any case.
 */
int pfg_measure_pair(struct pfg_evaluation *out,
                     const struct pfg_context *context,
                     const struct pfg_measure_options *options,
                     struct pfg_error *err);

/* Measures one version with `rounds` processes, stores the results, and says so
 * on err. Results from before a failure are stored, too, marked as failed; the
 * failure is then returned. */
int pfg_measure_alone(const struct pfg_context *context,
                      const struct pfg_measure_options *options,
                      struct pfg_error *err);

#endif
