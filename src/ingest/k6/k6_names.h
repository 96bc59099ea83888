#ifndef PFG_INGEST_K6_K6_NAMES_H
#define PFG_INGEST_K6_K6_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/slice.h"
#include "model/measurement.h"
#include "stats/stream/stream_series.h"

/*
 * The meaning of k6's words, for all of its ingesters: metrics and statistics
 * in the common vocabulary, directions, units, and the tags that name a
 * benchmark.
 */

enum pfg_k6_contains {
    PFG_K6_PLAIN = 0, /* "default" */
    PFG_K6_TIME,      /* milliseconds */
    PFG_K6_DATA,      /* bytes */
};

/* Looks up k6's word. Any other gives PFG_STREAM_UNKNOWN or PFG_K6_PLAIN. */
enum pfg_stream_kind pfg_k6_type_find(struct pfg_slice word);
enum pfg_k6_contains pfg_k6_contains_find(struct pfg_slice word);

struct pfg_k6_metric {
    struct pfg_slice name; /* k6's, "http_req_duration" */
    const char *word;      /* ours, "latency" */
    enum pfg_stream_kind type;
    enum pfg_k6_contains contains;
    enum pfg_direction better;
    bool builtin;
    bool duration; /* time that something took, so never all zero */
    bool split;    /* has a series for each endpoint */
    bool answered; /* also exists for expected responses only */
    int order;     /* in a report */
};

/*
 * What the name of a metric alone implies. A type and contents given by a file
 * are set with pfg_k6_metric_declare(). `name` is borrowed. The word of a
 * script's own metric is copied to the arena.
 */
struct pfg_k6_metric pfg_k6_metric_find(struct pfg_slice name,
                                        struct pfg_arena *arena);
void pfg_k6_metric_declare(struct pfg_k6_metric *metric,
                           enum pfg_stream_kind type,
                           enum pfg_k6_contains contains);

/* The unit of a metric's values, or of its values per second. */
struct pfg_k6_unit {
    const char *base, *written;
    int exp10; /* power of ten from written to base */
};

struct pfg_k6_unit pfg_k6_unit_of(enum pfg_k6_contains contains, bool a_second);

/* "avg" is "mean", "med" is "p50", "p(99.90)" is "p99.9"; NULL if it is not a
 * statistic of a trend. Reports are sorted by `order`. */
const char *pfg_k6_statistic(struct pfg_slice k6, int *order,
                             struct pfg_arena *arena);

/*
 * The subject of a value: the whole script (benchmark "k6", since no file of k6
 * has the script's name), or the endpoint named by its tags. The benchmark is
 * the first of the tags name, group and scenario that is set; all other tags
 * are parameters.
 */
enum pfg_k6_rank {
    PFG_K6_SCRIPT = 0,
    PFG_K6_NAME,
    PFG_K6_GROUP,
    PFG_K6_SCENARIO,
};

struct pfg_k6_target {
    enum pfg_k6_rank rank;
    struct pfg_slice benchmark;
    PFG_VEC(struct pfg_param) params;
};

/* The rank of a tag called "name", "group" or "scenario", else 0. */
enum pfg_k6_rank pfg_k6_rank_find(struct pfg_slice tag);

/* "::api" becomes "api": k6 joins the names of nested groups with "::". */
struct pfg_slice pfg_k6_group_name(struct pfg_slice group);

/* Parses the tags in the braces of "http_req_duration{name:items,status:200}";
 * may be empty. Borrows from `tags`; parameters are in the arena. */
void pfg_k6_target_parse(struct pfg_k6_target *out, struct pfg_slice tags,
                         struct pfg_arena *arena);

/*
 * Two tags may have the same value: group "items" and request name "items".
 * Call pfg_k6_target_see() for all targets of an input first. Then
 * pfg_k6_target_finish() leaves the value as it is for the tag that comes first
 * (name, group, scenario) and gives the others their tag as a parameter, in
 * whatever order the input has them.
 */
void pfg_k6_target_see(struct pfg_map *seen,
                       const struct pfg_k6_target *target);
void pfg_k6_target_finish(struct pfg_k6_target *target,
                          const struct pfg_map *seen, struct pfg_arena *arena);

/* For sorting: first the whole script, then by name and parameters. */
int pfg_k6_target_compare(const struct pfg_k6_target *a,
                          const struct pfg_k6_target *b);
int pfg_k6_metric_compare(const struct pfg_k6_metric *a,
                          const struct pfg_k6_metric *b);

/* A measurement of the metric with its names, unit and direction set.
 * `statistic` ("p95", "count") is appended to the metric's word; or NULL. */
struct pfg_measurement pfg_k6_measurement(const struct pfg_k6_metric *metric,
                                          const struct pfg_k6_target *target,
                                          const char *statistic,
                                          const struct pfg_k6_unit *unit,
                                          struct pfg_arena *arena);

#endif
