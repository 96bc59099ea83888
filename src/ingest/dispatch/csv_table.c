#include "ingest/dispatch/csv_table.h"

#include <string.h>

#define HEADER_MAX ((size_t)64 << 10)

static const char separators[] = {',', '\t', ';'};

void pfg_csv_table_begin(struct pfg_csv_table *table,
                         struct pfg_session *session)
{
    *table = (struct pfg_csv_table){.session = session};
    pfg_csv_begin(&table->csv, ',');
}

void pfg_csv_table_end(struct pfg_csv_table *table)
{
    pfg_csv_end(&table->csv);
}

static int offer_row(struct pfg_csv_table *table,
                     const struct pfg_listener *listeners, size_t n,
                     const struct pfg_csv_row *row,
                     const struct pfg_ingester *rivals[2])
{
    struct pfg_session *session = table->session;

    for (size_t i = 0; i < n; i++) {
        const struct pfg_ingester *ingester = listeners[i].ingester;

        session->reader.ingester = ingester;
        if (!ingester->header || (table->owner && ingester->last) ||
            ingester->header(&session->reader, listeners[i].state, row) !=
                PFG_MINE) {
            continue;
        }
        if (table->owner) {
            rivals[0] = table->owner->ingester;
            rivals[1] = ingester;
            return -1;
        }
        table->owner = &listeners[i];
    }
    return 0;
}

int pfg_csv_table_offer(struct pfg_csv_table *table,
                        const struct pfg_listener *listeners, size_t n,
                        struct pfg_slice line,
                        const struct pfg_ingester *rivals[2])
{
    bool alone = table->session->forced != NULL;
    struct pfg_csv_row row;

    if (!line.len || line.len > HEADER_MAX) {
        return 0;
    }
    for (size_t i = 0; i < sizeof separators && !table->owner; i++) {
        if (!memchr(line.ptr, separators[i], line.len) && !(alone && i == 0)) {
            continue;
        }
        table->csv.separator = separators[i];
        if (pfg_csv_line(&table->csv, &row, line,
                         table->session->reader.pos.line) == PFG_CSV_ROW &&
            offer_row(table, listeners, n, &row, rivals)) {
            return -1;
        }
        table->csv.open = false; /* a header must be on one line */
    }
    return 0;
}

static enum pfg_claim offer_record(struct pfg_csv_table *table,
                                   const struct pfg_csv_row *row)
{
    struct pfg_session *session = table->session;
    const struct pfg_listener *owner = table->owner;
    long before = session->reader.pos.line;
    enum pfg_claim claim;

    session->reader.ingester = owner->ingester;
    session->reader.pos.line = row->line;
    claim = owner->ingester->row(&session->reader, owner->state, row);
    session->reader.pos.line = before;
    return claim;
}

enum pfg_claim pfg_csv_table_line(struct pfg_csv_table *table,
                                  struct pfg_slice line)
{
    struct pfg_csv_row row;
    enum pfg_claim claim = PFG_NOT_MINE;

    if (!line.len && !table->csv.open) {
        return PFG_MINE;
    }
    switch (pfg_csv_line(&table->csv, &row, line,
                         table->session->reader.pos.line)) {
    case PFG_CSV_MORE:
        return PFG_MINE;
    case PFG_CSV_ROW:
        claim = offer_record(table, &row);
        break;
    case PFG_CSV_REFUSED:
        pfg_reader_warn(&table->session->reader,
                        "the record that begins on line %ld does not end: the "
                        "table ends before it",
                        table->csv.line);
        break;
    }
    if (claim != PFG_MINE) {
        table->owner = NULL;
    }
    return claim;
}

void pfg_csv_table_finish(struct pfg_csv_table *table)
{
    struct pfg_csv_row row;

    if (table->owner && pfg_csv_rest(&table->csv, &row)) {
        offer_record(table, &row);
    }
    table->csv.open = false;
    table->owner = NULL;
}
