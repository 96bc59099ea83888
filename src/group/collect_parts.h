#ifndef PFG_GROUP_COLLECT_PARTS_H
#define PFG_GROUP_COLLECT_PARTS_H

#include "group/collect.h"

/* What the files of the collector share: collect_sink.c, collect_series.c,
 * which finds the series of a measurement, and collect_values.c, which adds to
 * it. */

/* A copy in which every NUL is a '?': it would cut a name short, and make two
 * series one. */
const char *pfg_collect_text(struct pfg_arena *arena, struct pfg_slice text);

/* Keeps a warning, copied; the same one twice in a row is kept once. */
void pfg_collect_remark(struct pfg_collector *c, struct pfg_pos pos,
                        const char *message);

/* Begins the current run's next process. */
void pfg_collect_process(struct pfg_collector *c, struct pfg_process start);

/* Whether the user says which way `metric` is better, into *better. */
bool pfg_collect_direct_one(enum pfg_direction *better,
                            const struct pfg_collect_options *options,
                            const char *metric);

/* The number of the measurement's series in the run, made where it is new;
 * PFG_COLLECT_FULL: there are as many as there may be. */
#define PFG_COLLECT_FULL SIZE_MAX
size_t pfg_collect_find(struct pfg_collector *c,
                        const struct pfg_measurement *m);

/* Whether the series is of what takes some time whatever it is, so that zero
 * was not measured: unless the tool rounds to hundredths of seconds or tenths
 * of milliseconds, which `resolution` tells (NAN: not known). */
bool pfg_collect_cannot_be_zero(const struct pfg_series *series,
                                double resolution);

/* The sink's `measurement`. */
void pfg_collect_measurement(void *self, const struct pfg_measurement *m);

#endif
