#ifndef PFG_INGEST_HTTP_LOAD_REPORT_H
#define PFG_INGEST_HTTP_LOAD_REPORT_H

#include "ingest/core/load_block.h"

/*
 * The JSON report of a load generator: numbers at known paths. A tool has a
 * table of its fields; what all tools share is here.
 */
struct pfg_load_field {
    const char *path;          /* from the root: "latency/mean" */
    const char *metric, *unit; /* common vocabulary; as written */
    enum pfg_direction better;
};

struct pfg_load_report {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    const struct pfg_json_value *root;
    struct pfg_load_block block;
    /* Answers take less time than the tool can show, so a latency of 0 was
     * rounded; otherwise it means that nothing was measured. */
    bool too_short;
};

/* The number at a path; NAN if there is none. */
double pfg_load_report_number(const struct pfg_load_report *report,
                              const char *path);

/* Adds as a parameter the number or text at a path, if there is one. */
void pfg_load_report_param(struct pfg_load_report *report, const char *key,
                           const char *path);

/*
 * Adds the fields of a table that are in the report. A field that is not a
 * number makes a failed series. If no request was answered (n_requests 0), so
 * do latencies.
 */
void pfg_load_report_add(struct pfg_load_report *report,
                         const struct pfg_load_field *fields, size_t n);

/* Adds the members of an object that are named like percentiles ("p99",
 * "p97_5", "99", "99th"), as "<stem> p97.5". */
void pfg_load_report_percentiles(struct pfg_load_report *report,
                                 const struct pfg_json_value *object,
                                 const char *stem, const char *unit,
                                 enum pfg_direction better);

/* Adds a count of events, see pfg_load_block_add_events(). `written` is where
 * the count stands, NULL if it is a sum. */
void pfg_load_report_events(struct pfg_load_report *report, const char *metric,
                            const struct pfg_json_value *written, double events,
                            double trials);

#endif
