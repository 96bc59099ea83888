#ifndef PFG_INGEST_K6_K6_RESULTS_H
#define PFG_INGEST_K6_K6_RESULTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "ingest/core/ingest.h"
#include "ingest/k6/k6_names.h"

/*
 * What k6 reports at the end of a run, as JSON (k6.c) or as text (k6_text.c):
 * an entry for each metric and sub-metric, with its readings and thresholds.
 * The reader of a format fills the entries. The code here decides for both
 * which readings are sent, and how, and what happens to thresholds. Everything
 * lives in the reader's arena; slices are borrowed until it is sent.
 */

struct pfg_k6_reading {
    /* k6's statistic: "p(95)", "rate", "count", "value" */
    struct pfg_slice key;
    double value;                  /* in the base unit */
    double resolution;             /* see pfg_summary */
    struct pfg_slice digits, unit; /* as written; empty if computed */
    const char *error;             /* why the value is not a number, or NULL */

    const char *word; /* "p95"; NULL: only the metric's word */
    int order;
};

struct pfg_k6_threshold {
    struct pfg_pos pos;
    const char *expression; /* "p(95)<500"; NULL: unknown */
    bool crossed;
    bool met; /* it applies to a reading */
};

struct pfg_k6_entry {
    struct pfg_pos pos;
    struct pfg_slice name, tags; /* "http_req_duration", "name:items" */
    struct pfg_k6_metric metric;
    struct pfg_k6_target target;
    PFG_VEC(struct pfg_k6_reading) readings;
    PFG_VEC(struct pfg_k6_threshold) thresholds;
    double events, trials; /* of a rate; trials NAN: unknown */
    double count;          /* observations; NAN: unknown */
};

struct pfg_k6_results {
    struct pfg_reader *reader;
    PFG_VEC(struct pfg_k6_entry) entries;
};

/* An entry with this name, tags and position. The name gives its metric. */
struct pfg_k6_entry pfg_k6_entry_begin(struct pfg_reader *reader,
                                       struct pfg_pos pos,
                                       struct pfg_slice name,
                                       struct pfg_slice tags);

/* Adds a reading. The metric's type must be known, so call
 * pfg_k6_metric_declare() first. Returns false and warns at `pos` if a trend
 * has no such statistic. */
bool pfg_k6_entry_add(struct pfg_k6_entry *entry, struct pfg_reader *reader,
                      struct pfg_pos pos, const struct pfg_k6_reading *reading);

/* The reading with that key, or NULL. */
const struct pfg_k6_reading *pfg_k6_entry_find(const struct pfg_k6_entry *entry,
                                               const char *key);

/* Like pfg_reader_warn(), at another position. */
void pfg_k6_warn_at(struct pfg_reader *reader, struct pfg_pos pos,
                    const char *what, struct pfg_slice subject);

/* Sends all entries, those of the script first, and empties the list. */
void pfg_k6_results_send(struct pfg_k6_results *results);

#endif
