#ifndef PFG_INGEST_FRAMEWORKS_GOOGLE_BENCHMARK_H
#define PFG_INGEST_FRAMEWORKS_GOOGLE_BENCHMARK_H

#include <stdbool.h>

#include "base/slice.h"

/* What google-benchmark's own counters mean, ended by a row without name,
 * which is what stands for a user's counter. */
struct pfg_google_benchmark_counter {
    const char *name, *metric, *unit;
    bool derived; /* from the time */
};

extern const struct pfg_google_benchmark_counter
    pfg_google_benchmark_counters[];

/* The row of a counter, or the last one. */
const struct pfg_google_benchmark_counter *pfg_google_benchmark_counter(
    struct pfg_slice name);

#endif
