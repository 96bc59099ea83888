#ifndef PFG_INGEST_K6_K6_TEXT_LINE_H
#define PFG_INGEST_K6_K6_TEXT_LINE_H

#include <stdbool.h>

#include "ingest/core/printed_number.h"
#include "ingest/k6/k6_names.h"

/*
 * The lines of k6's end-of-test text (internal/js/summary.js, since 1.0
 * internal/js/summary.ts):
 *
 *     http_req_duration...: avg=142.57ms min=80.65ms p(90)=1m2.5s count=20
 *     http_reqs...........: 300    42.910579/s
 *     data_received.......: 482 kB 69 kB/s
 *     vus.................: 50     min=50       max=50
 *   ✓ http_req_failed.....: 4.95%  ✓ 10         ✗ 192     (before 1.0)
 *     http_req_failed.....: 0.00%  0 out of 300           (since)
 *       { name:items }....: ...                           (a sub-metric)
 *
 * A mark before the name shows whether its thresholds hold. Windows consoles
 * and redirections mangle marks and micro signs, so their bytes in the code
 * pages 437, 850 and 1252 are read, too.
 */

#define PFG_K6_TEXT_VALUES 24

/* "p(95)=1m2.5s": a key and its value. */
struct pfg_k6_text_value {
    struct pfg_slice key; /* "p(95)"; else "rate", "count" or "value" */
    struct pfg_printed printed;
    enum pfg_k6_contains contains;
};

struct pfg_k6_text_line {
    bool crossed;          /* a mark says so */
    struct pfg_slice name; /* empty: a sub-metric of the metric above */
    struct pfg_slice tags; /* "name:items" */
    enum pfg_stream_kind type;
    enum pfg_k6_contains contains;
    struct pfg_k6_text_value values[PFG_K6_TEXT_VALUES];
    size_t n;
    double events, trials; /* of a rate; trials -1: unknown */
    double count;          /* observations; -1: unknown */
};

/* Whether the trimmed `text` is such a line. Borrows. */
bool pfg_k6_text_read(struct pfg_k6_text_line *out, struct pfg_slice text);

/* Removes a leading mark. Returns 1 for a tick, -1 for a cross, 0 for none. */
int pfg_k6_text_mark(struct pfg_slice *text);

/* The heading after the block in "█ TOTAL RESULTS"; false if there is none. */
bool pfg_k6_text_heading(struct pfg_slice *out, struct pfg_slice text);

#endif
