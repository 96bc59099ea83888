#ifndef PFG_INGEST_HTTP_HEY_CSV_H
#define PFG_INGEST_HTTP_HEY_CSV_H

#include "ingest/http/request_log.h"

/*
 * hey -o csv, a row for each answered request:
 *
 *     response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,
 *     status-code,offset
 *
 * A struct of zeroes has no table yet.
 */
struct pfg_hey_csv {
    bool begun;
    bool short_row; /* the last row has too few cells */
    size_t n_columns, status, offset;
    struct pfg_pos pos, short_at;
    struct pfg_block_pool pool;
    struct pfg_request_log log;
};

/* `header` and `row` of the ingester. */
enum pfg_claim pfg_hey_csv_header(struct pfg_hey_csv *table,
                                  struct pfg_reader *reader,
                                  const struct pfg_csv_row *header);
enum pfg_claim pfg_hey_csv_row(struct pfg_hey_csv *table,
                               struct pfg_reader *reader,
                               const struct pfg_csv_row *row);

/* To be called with each other line of the text. If a line that is not empty
 * follows a short row, the row is not the cut-off end of the CSV. */
void pfg_hey_csv_other_line(struct pfg_hey_csv *table,
                            const struct pfg_reader *reader,
                            struct pfg_slice text);

/* Sends the table, if there is one. */
void pfg_hey_csv_finish(struct pfg_hey_csv *table, struct pfg_reader *reader);

#endif
