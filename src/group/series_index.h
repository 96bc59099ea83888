#ifndef PFG_GROUP_SERIES_INDEX_H
#define PFG_GROUP_SERIES_INDEX_H

#include <stdint.h>

#include "base/arena.h"
#include "model/measurement.h"

/*
 * Which series a measurement is of, by the bytes of its suite, benchmark,
 * parameters and metric as the ingester says them: no text is made to find
 * it. The unit is left out, so that a series that changes its unit is found.
 * Two spellings of one series (parameters in another order) are two entries.
 * Internal to the collector.
 */
struct pfg_series_entry {
    uint64_t hash;
    const char *bytes;
    size_t series;
};

struct pfg_series_index {
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_series_entry) entries;
    uint32_t *slots; /* index + 1 into entries, 0 when free */
    size_t n_slots;
    size_t next; /* the entry after the last one found: tools print the same
                    benchmarks in the same order again */
};

void pfg_series_index_begin(struct pfg_series_index *index);
void pfg_series_index_end(struct pfg_series_index *index);

/* The place of the series' number; NULL where it is not known. */
const size_t *pfg_series_index_find(struct pfg_series_index *index,
                                    const struct pfg_measurement *m);
/* Adds what was not found. */
void pfg_series_index_add(struct pfg_series_index *index,
                          const struct pfg_measurement *m, size_t series);

#endif
