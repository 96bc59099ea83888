#ifndef PFG_INGEST_DISPATCH_CSV_TABLE_H
#define PFG_INGEST_DISPATCH_CSV_TABLE_H

#include "ingest/core/csv.h"
#include "ingest/dispatch/session.h"

/*
 * Tables of comma-separated values inside a text. The ingester that claims a
 * header gets the records that follow. Internal to the dispatcher
 * (dispatch_text.c).
 */

/* An ingester and its state for the current text, which is NULL until it is
 * asked. */
struct pfg_listener {
    const struct pfg_ingester *ingester;
    void *state;
};

struct pfg_csv_table {
    struct pfg_session *session;
    const struct pfg_listener *owner; /* NULL: no table is open */
    struct pfg_csv csv;
};

void pfg_csv_table_begin(struct pfg_csv_table *table,
                         struct pfg_session *session);
void pfg_csv_table_end(struct pfg_csv_table *table);

/*
 * Offers a line as the header of a table, for which none may be open. Returns
 * -1 if two ingesters claim it and stores both in `rivals`; the caller reports
 * the error.
 */
int pfg_csv_table_offer(struct pfg_csv_table *table,
                        const struct pfg_listener *listeners, size_t n,
                        struct pfg_slice line,
                        const struct pfg_ingester *rivals[2]);

/*
 * Reads a line of the open table. PFG_NOT_MINE: the line ends the table and is
 * offered to all like any other; if table->csv.raw is not empty, so are the
 * lines in it, from csv.line on.
 */
enum pfg_claim pfg_csv_table_line(struct pfg_csv_table *table,
                                  struct pfg_slice line);

/* The text has ended. */
void pfg_csv_table_finish(struct pfg_csv_table *table);

#endif
