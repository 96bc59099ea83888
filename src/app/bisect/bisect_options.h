#ifndef PFG_APP_BISECT_BISECT_OPTIONS_H
#define PFG_APP_BISECT_BISECT_OPTIONS_H

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

#endif
