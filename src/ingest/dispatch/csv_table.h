#ifndef PFG_INGEST_DISPATCH_CSV_TABLE_H
#define PFG_INGEST_DISPATCH_CSV_TABLE_H

#include "ingest/core/csv.h"
#include "ingest/dispatch/session.h"

/*
 * Tables of comma-separated values inside a text: who claims a header gets the
 * records that follow it. Internal to the dispatcher (dispatch_text.c).
 */

/* An ingester and what it remembers of the text so far. */
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
 * Offers a line as the header of a table. An open table is nobody else's; two
 * that claim one are -1, with both in `rivals` and the error left to the
 * caller.
 */
int pfg_csv_table_offer(struct pfg_csv_table *table,
                        const struct pfg_listener *listeners, size_t n,
                        struct pfg_slice line,
                        const struct pfg_ingester *rivals[2]);

/*
 * A line of an open table. PFG_NOT_MINE where it ends the table: the line, or
 * where table->csv.raw is not empty the lines of that, from csv.line on, are
 * then like any other.
 */
enum pfg_claim pfg_csv_table_line(struct pfg_csv_table *table,
                                  struct pfg_slice line);

/* The text ends. */
void pfg_csv_table_finish(struct pfg_csv_table *table);

#endif
