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
 * What k6's words mean, for both of its ingesters: metrics and statistics in
 * the common vocabulary, directions, units, and which tags name a benchmark.
 */

enum pfg_k6_contains {
    PFG_K6_PLAIN = 0, /* "default" */
    PFG_K6_TIME,      /* milliseconds */
    PFG_K6_DATA,      /* bytes */
};

/* By k6's word; PFG_STREAM_UNKNOWN, or PFG_K6_PLAIN, for any other. */
enum pfg_stream_kind pfg_k6_type_find(struct pfg_slice word);
enum pfg_k6_contains pfg_k6_contains_find(struct pfg_slice word);

struct pfg_k6_metric {
    struct pfg_slice name; /* k6's, "http_req_duration" */
    const char *word;      /* ours, "latency" */
    enum pfg_stream_kind type;
    enum pfg_k6_contains contains;
    enum pfg_direction better;
    bool builtin;
    bool duration; /* of something that happened: never all zero */
    bool split;    /* worth a series for each endpoint */
    bool answered; /* k6 has it for answers as expected, too */
    int order;     /* its place in a report */
};

/*
 * What is known of a metric by its name alone; what a file says of type and
 * contents goes to pfg_k6_metric_declare(). `name` is kept, not copied, but
 * for a metric of the script's own, whose word belongs to the arena.
 */
struct pfg_k6_metric pfg_k6_metric_find(struct pfg_slice name,
                                        struct pfg_arena *arena);
void pfg_k6_metric_declare(struct pfg_k6_metric *metric,
                           enum pfg_stream_kind type,
                           enum pfg_k6_contains contains);

/* The unit of a metric's values, and of its values a second. */
struct pfg_k6_unit {
    const char *base, *written;
    int exp10; /* what turns written into base */
};

struct pfg_k6_unit pfg_k6_unit_of(enum pfg_k6_contains contains, bool a_second);

/* "avg" is "mean", "med" is "p50", "p(99.90)" is "p99.9"; NULL for what is no
 * statistic of a trend. `order` sorts them for a report. */
const char *pfg_k6_statistic(struct pfg_slice k6, int *order,
                             struct pfg_arena *arena);

/*
 * What numbers are about: the whole script (benchmark "k6": no file of k6's
 * carries the script's name), or the endpoint that its tags name. The first
 * of the tags name, group, scenario that is there is the benchmark; all other
 * tags are parameters.
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

/* "name", "group", "scenario": what a tag of that name is, else 0. */
enum pfg_k6_rank pfg_k6_rank_find(struct pfg_slice tag);

/* "::api" is "api": k6 joins the names of nested groups with "::". */
struct pfg_slice pfg_k6_group_name(struct pfg_slice group);

/* Of what stands in the braces of "http_req_duration{name:items,status:200}",
 * or of an empty slice. Borrows from `tags`; parameters are in the arena. */
void pfg_k6_target_parse(struct pfg_k6_target *out, struct pfg_slice tags,
                         struct pfg_arena *arena);

/*
 * Two tags may hold one name: group "items" and request name "items". All
 * targets of an input are shown to `seen` first; settling one then leaves the
 * name to the tag that comes first (name, group, scenario) and gives the
 * others their tag as a parameter, whatever the order of the input.
 */
void pfg_k6_target_see(struct pfg_map *seen,
                       const struct pfg_k6_target *target);
void pfg_k6_target_finish(struct pfg_k6_target *target,
                          const struct pfg_map *seen, struct pfg_arena *arena);

/* For sorting: the whole script first, then by name and parameters. */
int pfg_k6_target_compare(const struct pfg_k6_target *a,
                          const struct pfg_k6_target *b);
int pfg_k6_metric_compare(const struct pfg_k6_metric *a,
                          const struct pfg_k6_metric *b);

/* A measurement of that metric with names, unit and direction filled in.
 * `statistic` ("p95", "count") is appended to the metric's word; NULL: none. */
struct pfg_measurement pfg_k6_measurement(const struct pfg_k6_metric *metric,
                                          const struct pfg_k6_target *target,
                                          const char *statistic,
                                          const struct pfg_k6_unit *unit,
                                          struct pfg_arena *arena);

#endif
