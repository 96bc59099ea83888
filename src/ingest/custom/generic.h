#ifndef PFG_INGEST_CUSTOM_GENERIC_H
#define PFG_INGEST_CUSTOM_GENERIC_H

#include "ingest/core/ingest.h"

/*
 * What home-made results of all formats have in common: a name, a number, a
 * unit, and perhaps a metric and a direction.
 */

/* The meaning of a result. A metric that its author has not named is "time",
 * "requests", "memory", "size" or "value", according to the unit. */
struct pfg_generic_meaning {
    struct pfg_slice metric;
    struct pfg_unit unit;
    enum pfg_direction better;
    bool has_better;   /* the direction is known */
    const char *error; /* metric and unit contradict each other; else NULL */
};

/*
 * Finds the meaning. `metric`, `unit` and `better` may be empty. `better` is
 * "lower", "higher" or "neutral"; anything else is a warning. The direction is
 * that of `better`, or else of the metric, of the unit, or of words in `name`
 * (success, throughput; errors, latency, memory, cpu). A throughput in
 * milliseconds could mean either direction, so it is an error without `better`.
 */
struct pfg_generic_meaning pfg_generic_find(struct pfg_reader *reader,
                                            struct pfg_slice name,
                                            struct pfg_slice metric,
                                            struct pfg_slice unit,
                                            struct pfg_slice better);

/* Warns that the direction of a metric is not known, unless --direction gives
 * it; once for each metric. `warned` is the caller's memory of the metrics, at
 * first zeroed; it grows in the reader's arena. */
struct pfg_map;
void pfg_generic_warn(struct pfg_reader *reader, struct pfg_map *warned,
                      struct pfg_slice metric);

/* Whether the text contains one of the words, which are separated by blanks and
 * in small letters. Ignores case. */
bool pfg_generic_has_word(struct pfg_slice text, const char *words);

/* The name for results without one: that of the file without its folder and
 * extension, or "results" if that is empty. Borrows. */
struct pfg_slice pfg_generic_stem(const char *file);

/* Sends NAME=NUMBER[UNIT], the argument of `ingest --value`, as an observation
 * of the benchmark NAME. PFG_USAGE if the text is not of that form. */
int pfg_generic_value(const char *text,
                      const struct pfg_ingest_options *options,
                      const struct pfg_sink *sink, struct pfg_error *err);

#endif
