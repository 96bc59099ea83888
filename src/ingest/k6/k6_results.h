#ifndef PFG_INGEST_K6_K6_RESULTS_H
#define PFG_INGEST_K6_K6_RESULTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "ingest/core/ingest.h"
#include "ingest/k6/k6_names.h"

/*
 * What k6 says at the end of a run, whether as JSON (k6.c) or as text
 * (k6_text.c): an entry for each metric and sub-metric, with its readings and
 * the thresholds on it. A reader fills it; which readings are sent, as what,
 * and what becomes of thresholds, is said here for both. All of it is the
 * reader's arena's, and slices are borrowed until it is sent.
 */

struct pfg_k6_reading {
    struct pfg_slice
        key;           /* k6's statistic: "p(95)", "rate", "count", "value" */
    double value;      /* in the base unit */
    double resolution; /* see pfg_summary */
    struct pfg_slice digits, unit; /* as written; no digits: computed */
    const char *error;             /* why it is not a number; NULL: it is one */

    const char *word; /* "p95"; NULL: the metric's alone */
    int order;
};

struct pfg_k6_threshold {
    struct pfg_pos pos;
    const char *expression; /* "p(95)<500"; NULL: not said */
    bool crossed;
    bool met; /* there is a reading that it is on */
};

struct pfg_k6_entry {
    struct pfg_pos pos;
    struct pfg_slice name, tags; /* "http_req_duration", "name:items" */
    struct pfg_k6_metric metric;
    struct pfg_k6_target target;
    PFG_VEC(struct pfg_k6_reading) readings;
    PFG_VEC(struct pfg_k6_threshold) thresholds;
    double events, trials; /* of a rate; trials NAN: not said */
    double count;          /* observations; NAN: not said */
};

struct pfg_k6_results {
    struct pfg_reader *reader;
    PFG_VEC(struct pfg_k6_entry) entries;
};

/* An entry of that name, tags and place, its metric as its name tells. */
struct pfg_k6_entry pfg_k6_entry_begin(struct pfg_reader *reader,
                                       struct pfg_pos pos,
                                       struct pfg_slice name,
                                       struct pfg_slice tags);

/* A reading whose metric's type is known; pfg_k6_metric_declare() comes first.
 * false, and a warning at `pos`: no statistic of a trend is called so. */
bool pfg_k6_entry_add(struct pfg_k6_entry *entry, struct pfg_reader *reader,
                      struct pfg_pos pos, const struct pfg_k6_reading *reading);

/* The reading with that key, NULL for none. */
const struct pfg_k6_reading *pfg_k6_entry_find(const struct pfg_k6_entry *entry,
                                               const char *key);

/* pfg_reader_warn() at another place. */
void pfg_k6_warn_at(struct pfg_reader *reader, struct pfg_pos pos,
                    const char *what, struct pfg_slice subject);

/* Sends all entries, the script's first, and forgets them. */
void pfg_k6_results_send(struct pfg_k6_results *results);

#endif
