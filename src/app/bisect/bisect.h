#ifndef PFG_APP_BISECT_BISECT_H
#define PFG_APP_BISECT_BISECT_H

#include "app/history/read_history.h"
#include "app/measure/measure_options.h"

struct pfg_bisect_options {
    struct pfg_history_options history; /* the benchmarks, and their database */
    const char *good, *bad;  /* revisions; NULL: the steps of the history */
    const char *const *skip; /* revisions that cannot be measured */
    size_t n_skip;
    bool json;     /* what came of it is a document, not text */
    bool measures; /* by options below; false: says what to measure */
    struct pfg_measure_options measure; /* without revisions */
    const char *run; /* the options of `run` and "-- COMMAND", for a shell */
};

/*
 * From steps for the worse, those of the history or one between two revisions,
 * to the commits that they came with. Between a good and a bad commit the one
 * halfway is measured in turn with the good one: it has the step where it is
 * worse by more than half of it. At the end the commit found is measured
 * against the one before it. What was measured in turn before is used, which
 * is also how a search that was stopped goes on. What came of it goes to the
 * context's out, every measurement to its err.
 *
 * *status is PFG_DATA where a step was not traced to one commit. No step is
 * PFG_DATA, too.
 */
int pfg_bisect(int *status, const struct pfg_context *context,
               const struct pfg_bisect_options *options, struct pfg_error *err);

#endif
