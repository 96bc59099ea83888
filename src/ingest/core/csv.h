#ifndef PFG_INGEST_CORE_CSV_H
#define PFG_INGEST_CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/str.h"

/*
 * Comma-separated values (RFC 4180), a line of text at a time, so that tables
 * of gigabytes stream and one may stand inside a log. A quote that is not at
 * the front of a cell is an ordinary character, as is what follows a closing
 * one. Blanks are kept except for those in front of an opening quote.
 *
 * Its own code rather than a library's: cells are borrowed from the line where
 * nothing is quoted, and a line is all that is ever held.
 */

/* A record of more bytes is given up: its quote does not end. */
#define PFG_CSV_RECORD_MAX ((size_t)1 << 20)
#define PFG_CSV_CELLS_MAX  ((size_t)16 << 10)

/* A record. Everything is borrowed, and valid until the next line is read. */
struct pfg_csv_row {
    const struct pfg_slice *cells; /* without their quotes */
    size_t n;                      /* at least 1 */
    long line;                     /* its first one */
    bool cut;                      /* the text ends inside a quoted cell */
};

/* A cell by its index, empty where the row is shorter. */
struct pfg_slice pfg_csv_cell(const struct pfg_csv_row *row, size_t i);

/* The index of the cell that holds exactly `text` except for blanks around it,
 * or row->n where none does. */
size_t pfg_csv_find(const struct pfg_csv_row *row, const char *text);

/*
 * A cell that begins with a number, as a program or a spreadsheet writes it for
 * people: "12,5", "1.234,5" and "1,234.5" are "12.5" and twice "1234.5", made
 * in `arena`. "1,234" may be 1.234 or 1234: it is returned as it is, like
 * everything else, without the blanks around it.
 */
struct pfg_slice pfg_csv_number(struct pfg_slice cell, struct pfg_arena *arena);

/* Whether a cell is of the kind of "1,234". */
bool pfg_csv_is_either(struct pfg_slice cell);

/* A reader of records, for the dispatcher (dispatch_text.c). */
struct pfg_csv {
    char separator;
    bool open;           /* the record goes on with the next line */
    long line;           /* where the record began */
    struct pfg_str text; /* cells with quotes, unquoted */
    struct pfg_str raw;  /* the lines of a record of several, as they were */
    PFG_VEC(struct pfg_slice) cells;
    PFG_VEC(size_t) offsets; /* of the cells in `text`, where quoted */
};

void pfg_csv_begin(struct pfg_csv *csv, char separator);
void pfg_csv_end(struct pfg_csv *csv); /* usable again after begin */

enum pfg_csv_status {
    PFG_CSV_ROW,     /* *out is a record */
    PFG_CSV_MORE,    /* the line ends inside quotes */
    PFG_CSV_REFUSED, /* too long: the record so far stands in csv->raw */
};

/* Adds a line, which has no newline at its end. */
enum pfg_csv_status pfg_csv_line(struct pfg_csv *csv, struct pfg_csv_row *out,
                                 struct pfg_slice line, long number);

/* The record that is open where the text ends; false: none is. */
bool pfg_csv_rest(struct pfg_csv *csv, struct pfg_csv_row *out);

#endif
