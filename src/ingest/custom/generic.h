#ifndef PFG_INGEST_CUSTOM_GENERIC_H
#define PFG_INGEST_CUSTOM_GENERIC_H

#include "ingest/core/ingest.h"

/*
 * What home-made results have in common, whatever they are written in: a name,
 * a number, a unit, and perhaps a metric and a direction.
 */

/* A metric as its author calls it, or what the unit alone says. `metric` is
 * empty where nothing was said; it may then become "time", "requests",
 * "memory", "size", or "value". */
struct pfg_generic_meaning {
    struct pfg_slice metric;
    struct pfg_unit unit;
    enum pfg_direction better;
    bool has_better;   /* somebody said it, or metric or unit do */
    const char *error; /* metric and unit contradict one another; else NULL */
};

/*
 * `better` is "lower", "higher", "neutral" or empty; anything else is told as
 * a warning. Who says it goes first: `better`, the metric's word, the unit,
 * words in `name` (success, throughput; errors, latency, memory, cpu). A
 * throughput in milliseconds could be read either way, and is an error where
 * `better` does not tell.
 */
struct pfg_generic_meaning pfg_generic_find(struct pfg_reader *reader,
                                            struct pfg_slice name,
                                            struct pfg_slice metric,
                                            struct pfg_slice unit,
                                            struct pfg_slice better);

/* Warns that nobody knows which way a metric is better, unless --direction
 * will. Once for each metric and file: `told` is zeroed memory of whoever
 * asks, in the reader's arena. */
struct pfg_map;
void pfg_generic_warn(struct pfg_reader *reader, struct pfg_map *told,
                      struct pfg_slice metric);

/* The name of a file without its folder and its last ending: what results are
 * called that have no name. "results" where nothing is left of it. */
struct pfg_slice pfg_generic_stem(const char *file);

/*
 * NAME=NUMBER[UNIT], as `ingest --value` takes it, into the sink: one
 * observation of the benchmark NAME. -1 where it is none: PFG_USAGE.
 */
int pfg_generic_value(const char *text,
                      const struct pfg_ingest_options *options,
                      const struct pfg_sink *sink, struct pfg_error *err);

#endif
