#ifndef PFG_INGEST_CUSTOM_SERIES_CSV_H
#define PFG_INGEST_CUSTOM_SERIES_CSV_H

#include "base/vec.h"
#include "ingest/core/ingest.h"

/*
 * A time series in CSV: what a script logged while a program ran, a row a
 * moment, of which one statistic is wanted. Any header that holds one of
 * options->csv_columns is taken. A cell may have its unit behind the number
 * ("812 MiB"), a title in brackets ("memory.used [MiB]") or at its end
 * ("rss_mb").
 */
struct pfg_series_column {
    const char *title;
    size_t index; /* in the row */
    const char *unit;
    PFG_VEC(double) values; /* in base units */
    size_t n_bad;
};

struct pfg_series_csv {
    struct pfg_series_column *columns;
    size_t n;
    long line; /* of the header */
};

enum pfg_claim pfg_series_csv_header(struct pfg_series_csv *series,
                                     struct pfg_reader *reader,
                                     const struct pfg_csv_row *header);
enum pfg_claim pfg_series_csv_row(struct pfg_series_csv *series,
                                  struct pfg_reader *reader,
                                  const struct pfg_csv_row *row);
/* Sends one measurement a column. */
void pfg_series_csv_finish(struct pfg_series_csv *series,
                           struct pfg_reader *reader);

/* Whether `name` is a statistic: mean, median, min, max, first, last, sum,
 * or p95 and the like. NULL is, too. */
bool pfg_series_csv_knows(const char *name);

#endif
