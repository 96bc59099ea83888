#ifndef PFG_APP_BISECT_BISECT_H
#define PFG_APP_BISECT_BISECT_H

#include "app/history/read_history.h"
#include "app/measure/measure_options.h"

struct pfg_bisect_options {
    struct pfg_history_options history; /* the benchmarks, and their database */
    const char *good, *bad;  /* revisions; NULL: use the steps in the history */
    const char *const *skip; /* revisions that cannot be measured */
    size_t n_skip;
    bool json;     /* print the result as JSON, not as text */
    bool measures; /* with the options below; false: say what to measure */
    struct pfg_measure_options measure; /* without revisions */
    const char *run; /* the options of `run` and "-- COMMAND" as shell text */
};

/*
 * Finds the commits that caused regressions: steps in the history, or one
 * between two revisions. The commit halfway between a good and a bad one is
 * measured in turn with the good one; it is bad if it is worse by more than
 * half of the step. At the end the commit found is measured against the one
 * before it. Earlier measurements in turn are used as well, which is also how
 * an interrupted search goes on.
 */
int pfg_bisect(int *status, const struct pfg_context *context,
               const struct pfg_bisect_options *options, struct pfg_error *err);

#endif
