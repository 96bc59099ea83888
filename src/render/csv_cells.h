#ifndef PFG_RENDER_CSV_CELLS_H
#define PFG_RENDER_CSV_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Cells of CSV (RFC 4180), for spreadsheets and data frames: numbers with all
 * their digits, unknown ones as empty cells. */
enum pfg_csv_kind {
    PFG_CSV_IS_TEXT,
    PFG_CSV_IS_NUMBER,
    PFG_CSV_IS_COUNT,
};

struct pfg_csv_cell {
    enum pfg_csv_kind kind;
    const char *text;
    double number;
    size_t count;
};

#define PFG_CSV_TEXT(t)                                                        \
    ((struct pfg_csv_cell){.kind = PFG_CSV_IS_TEXT, .text = (t)})
#define PFG_CSV_NUMBER(x)                                                      \
    ((struct pfg_csv_cell){.kind = PFG_CSV_IS_NUMBER, .number = (x)})
#define PFG_CSV_COUNT(n)                                                       \
    ((struct pfg_csv_cell){.kind = PFG_CSV_IS_COUNT, .count = (n)})

/* Appends them, separated by commas, without a line end. */
void pfg_csv_put(struct pfg_str *out, const struct pfg_csv_cell *cells,
                 size_t n);

#endif
