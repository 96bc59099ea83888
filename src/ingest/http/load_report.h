#ifndef PFG_INGEST_HTTP_LOAD_REPORT_H
#define PFG_INGEST_HTTP_LOAD_REPORT_H

#include <stddef.h>

#include "ingest/core/ingest.h"

/*
 * The JSON report that a load generator writes of one run: numbers at known
 * paths. What the tools have in common is here; each has a table of its own.
 */
struct pfg_load_field {
    const char *path[3];       /* members from the root on, ended by NULL */
    const char *metric, *unit; /* of the common vocabulary; as written */
    enum pfg_direction better;
};

struct pfg_load_report {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    const struct pfg_json_value *root;
    struct pfg_slice benchmark; /* borrowed, as is all below */
    struct pfg_param params[4];
    size_t n_params;
    double n_requests; /* that latencies are of; NAN where not said */
    /* Answers took less than the tool can show: a latency of 0 is rounded,
     * where it else was not measured. */
    bool too_short;
};

/* The number at a path of members ended by NULL, NAN where there is none. */
double pfg_load_report_number(const struct pfg_load_report *report,
                              const char *const path[3]);

/* Adds a parameter, the digits or text at a path; nothing where it is not
 * there. */
void pfg_load_report_param(struct pfg_load_report *report, const char *key,
                           const char *const path[3]);

/*
 * Sends the fields of a table that are in the report. What is there and no
 * number is a failed series. Where no request was answered (n_requests 0),
 * latencies are not data. The mean is given the deviation, minimum and maximum
 * that the table has for the same first word.
 */
void pfg_load_report_send(const struct pfg_load_report *report,
                          const struct pfg_load_field *fields, size_t n);

/* Sends members of an object that are named like percentiles ("p99", "p97_5",
 * "99", "99th"): "<stem> p97.5". */
void pfg_load_report_percentiles(const struct pfg_load_report *report,
                                 const struct pfg_json_value *object,
                                 const char *stem, const char *unit,
                                 enum pfg_direction better);

/*
 * Sends how many of `trials` were `events`: "errors", also where there were
 * none, as from none to some is what a gate has to see. `written` is where the
 * count stands, NULL where it is a sum. More events than trials means that
 * those never became one. Nothing is sent where `events` is NAN.
 */
void pfg_load_report_events(const struct pfg_load_report *report,
                            const char *metric, enum pfg_direction better,
                            const struct pfg_json_value *written, double events,
                            double trials);

#endif
