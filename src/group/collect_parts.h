#ifndef PFG_GROUP_COLLECT_PARTS_H
#define PFG_GROUP_COLLECT_PARTS_H

#include "group/collect.h"

/* Shared by the files of the collector: collect_sink.c; collect_series.c, which
 * finds the series of a measurement; and collect_values.c, which adds to it. */

/* A copy of `text` with each NUL replaced by '?'. A NUL would cut the name
 * short and could make two series one. */
const char *pfg_collect_text(struct pfg_arena *arena, struct pfg_slice text);

/* Keeps a copy of a warning. A repetition of the last one is dropped. */
void pfg_collect_remark(struct pfg_collector *c, struct pfg_pos pos,
                        const char *message);

/* Begins the next process of the current run. */
void pfg_collect_process(struct pfg_collector *c, struct pfg_process start);

/* Stores the direction that the user set for `metric` in *better. Returns false
 * if there is none. */
bool pfg_collect_direct_one(enum pfg_direction *better,
                            const struct pfg_collect_options *options,
                            const char *metric);

/* Returns the index of the measurement's series in the run and adds the series
 * if it is new. PFG_COLLECT_FULL: the run already has the most series allowed.
 */
#define PFG_COLLECT_FULL SIZE_MAX
size_t pfg_collect_find(struct pfg_collector *c,
                        const struct pfg_measurement *m);

/* Whether a value of zero cannot be a measurement of this series, because what
 * it measures always takes some time. Zero is accepted from a tool that rounds
 * to hundredths of a second or tenths of a millisecond; `resolution` is half of
 * the last printed digit in base units, NAN if unknown. */
bool pfg_collect_cannot_be_zero(const struct pfg_series *series,
                                double resolution);

/* The sink's `measurement` and `again`. */
void pfg_collect_measurement(void *self, const struct pfg_measurement *m);
bool pfg_collect_again(void *self, size_t place, double value, double trials);

#endif
