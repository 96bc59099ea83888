#ifndef PFG_GROUP_SERIES_INDEX_H
#define PFG_GROUP_SERIES_INDEX_H

#include "base/arena.h"
#include "base/map.h"
#include "model/measurement.h"

/*
 * Finds the series of a measurement by the bytes of its suite, benchmark,
 * parameters and metric as the ingester gives them, so that the text of a key
 * is made once a series. The unit is left out: a series that changes its unit
 * is found. Two spellings of one series (parameters in another order) are two
 * entries. Internal to the collector.
 */
struct pfg_series_index {
    struct pfg_map numbers; /* bytes -> number of the series, + 1 */
    PFG_VEC(char) bytes;    /* of the measurement that was looked for last */
    size_t next; /* the entry after the last one found: tools print the same
                    benchmarks in the same order again */
};

/* Everything lives in the arena. */
void pfg_series_index_begin(struct pfg_series_index *index,
                            struct pfg_arena *arena);

/* The series' number; SIZE_MAX where it is not known. */
size_t pfg_series_index_find(struct pfg_series_index *index,
                             const struct pfg_measurement *m);
/* Adds what was looked for last and not found. */
void pfg_series_index_add(struct pfg_series_index *index, size_t series);

#endif
