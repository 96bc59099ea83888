#ifndef PFG_GROUP_SERIES_INDEX_H
#define PFG_GROUP_SERIES_INDEX_H

#include "base/arena.h"
#include "base/map.h"
#include "model/measurement.h"

/*
 * Finds the series of a measurement by its suite, benchmark, parameters and
 * metric, byte for byte as the ingester gives them. This way a key is built
 * only once per series. The unit is left out, so a change of unit does not make
 * a new series. Two spellings of one series (parameters in another order) get
 * two entries. Internal to the collector.
 */
struct pfg_series_index {
    struct pfg_map numbers; /* bytes -> index of the series + 1 */
    PFG_VEC(char) bytes;    /* of the last measurement looked up */
    size_t next; /* The entry after the last one found. Tools repeat the same
                    benchmarks in the same order. */
};

/* Everything is allocated in the arena. */
void pfg_series_index_begin(struct pfg_series_index *index,
                            struct pfg_arena *arena);

/* The index of the series, or SIZE_MAX if it is unknown. */
size_t pfg_series_index_find(struct pfg_series_index *index,
                             const struct pfg_measurement *m);
/* Adds the measurement that the last call did not find. */
void pfg_series_index_add(struct pfg_series_index *index, size_t series);

#endif
