#ifndef PFG_INGEST_K6_K6_SUMMARY_H
#define PFG_INGEST_K6_K6_SUMMARY_H

#include "base/vec.h"
#include "ingest/core/ingest.h"
#include "ingest/k6/k6_names.h"

/*
 * What all of k6's JSON summaries say, once their shapes are read (k6.c): an
 * entry for each metric or sub-metric, to be sent as measurements and budgets.
 */

struct pfg_k6_entry {
    const struct pfg_json_value *member; /* for its place */
    const struct pfg_json_value *values;
    const struct pfg_json_value *thresholds;
    const char *key;
    struct pfg_k6_metric metric;
    struct pfg_k6_target target;
};

struct pfg_k6_summary {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_k6_entry) entries;
    double n_requests;           /* of http_reqs; NAN where there is none */
    double duration;             /* s; NAN where counters have their rate */
    PFG_VEC(const char *) empty; /* metrics without a sample */
};

/* A member of an object, NAN where it is no number. */
double pfg_k6_number(const struct pfg_k6_summary *s,
                     const struct pfg_json_value *values, const char *key);

/* Warns at the place of `member`: "<what> '<subject>'". */
void pfg_k6_warn_at(struct pfg_k6_summary *s,
                    const struct pfg_json_value *member, const char *what,
                    const char *subject);

/* Sends what an entry holds, or notes it in s->empty. */
void pfg_k6_send_entry(struct pfg_k6_summary *s,
                       const struct pfg_k6_entry *entry);

#endif
