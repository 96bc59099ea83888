#ifndef PFG_INGEST_CORE_CSV_H
#define PFG_INGEST_CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/str.h"

/*
 * Comma-separated values (RFC 4180), read one line of text at a time, so that
 * tables of gigabytes can be streamed and a table may stand inside a log. A
 * quote is special only at the start of a cell; after the closing quote all
 * characters are ordinary. Blanks are kept, except those before an opening
 * quote.
 *
 * No library is used, because cells of an unquoted line are borrowed from it
 * and no more than one record is ever held.
 */

/* The largest record, in bytes. A longer one must lack its closing quote. */
#define PFG_CSV_RECORD_MAX ((size_t)1 << 20)
#define PFG_CSV_CELLS_MAX  ((size_t)16 << 10)

/* A record. Everything is borrowed and valid until the next line is read. */
struct pfg_csv_row {
    const struct pfg_slice *cells; /* without their quotes */
    size_t n;                      /* at least 1 */
    long line;                     /* the first, if there are several */
    bool cut;                      /* the text ends inside a quoted cell */
};

/* Cell `i`, or an empty one if the row is shorter. */
struct pfg_slice pfg_csv_cell(const struct pfg_csv_row *row, size_t i);

/* The index of the first cell that is `text`, not counting blanks around it, or
 * row->n if there is none. */
size_t pfg_csv_find(const struct pfg_csv_row *row, const char *text);

/*
 * Turns a number written for people by a program or a spreadsheet into plain
 * digits: "12,5" becomes "12.5", and both "1.234,5" and "1,234.5" become
 * "1234.5", made in `arena`. "1,234" may mean 1.234 or 1234, so it is returned
 * unchanged, like all other cells, without the blanks around it.
 */
struct pfg_slice pfg_csv_number(struct pfg_slice cell, struct pfg_arena *arena);

/* Whether the number is ambiguous, like "1,234". */
bool pfg_csv_is_either(struct pfg_slice cell);

/* A reader of records, for the dispatcher (dispatch_text.c). */
struct pfg_csv {
    char separator;
    bool open;           /* the record continues on the next line */
    long line;           /* first line of the record */
    struct pfg_str text; /* contents of the quoted cells */
    struct pfg_str raw;  /* the original lines of a record that spans several */
    PFG_VEC(struct pfg_slice) cells;
    PFG_VEC(size_t) offsets; /* of each cell in `text` if any is quoted */
};

void pfg_csv_begin(struct pfg_csv *csv, char separator);
void pfg_csv_end(struct pfg_csv *csv); /* may be begun again */

enum pfg_csv_status {
    PFG_CSV_ROW,     /* *out is a record */
    PFG_CSV_MORE,    /* the line ends inside quotes */
    PFG_CSV_REFUSED, /* too long; csv->raw holds the record so far */
};

/* Reads a line without its newline. */
enum pfg_csv_status pfg_csv_line(struct pfg_csv *csv, struct pfg_csv_row *out,
                                 struct pfg_slice line, long number);

/* Returns the record that is still open at the end of the text; false if there
 * is none. */
bool pfg_csv_rest(struct pfg_csv *csv, struct pfg_csv_row *out);

#endif
