#ifndef PFG_INGEST_FRAMEWORKS_GOOGLE_BENCHMARK_H
#define PFG_INGEST_FRAMEWORKS_GOOGLE_BENCHMARK_H

#include <stdbool.h>

#include "base/slice.h"

/* The meaning of a counter. */
struct pfg_google_benchmark_counter {
    const char *name, *metric, *unit; /* name and metric NULL: the user's own */
    bool derived;                     /* from the time */
};

/* The meaning of the counter with this name. */
const struct pfg_google_benchmark_counter *pfg_google_benchmark_counter(
    struct pfg_slice name);

#endif
