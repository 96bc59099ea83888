#ifndef PFG_INGEST_CUSTOM_SERIES_CSV_H
#define PFG_INGEST_CUSTOM_SERIES_CSV_H

#include "base/arena.h"
#include "base/map.h"
#include "ingest/core/ingest.h"

/*
 * Columns of a CSV of any other form. Either a time series, logged while a
 * program ran, with a row for each moment; one statistic of it is sent. Or a
 * table with a row for each benchmark, if there is a column of words, no column
 * of times, and no --csv-statistic. The first column of words names the
 * benchmarks; columns such as "threads" and "size" are parameters.
 *
 * Any header with one of options->csv_columns is claimed. The unit may follow
 * the number in a cell ("812 MiB"), or be part of the title, in brackets
 * ("memory.used [MiB]") or at the end ("rss_mb").
 */
struct pfg_series_name { /* of one or more rows of a table */
    const char *benchmark;
    struct pfg_param *params;
    size_t n_params;
};

struct pfg_series_cell { /* of a table */
    const struct pfg_series_name *of;
    const char *digits;
    long line;
};

struct pfg_series_column {
    const char *title;
    size_t index; /* in the row */
    const char *unit;
    PFG_VEC(double) values;                /* in base units */
    PFG_VEC(struct pfg_series_cell) cells; /* of a table: as many; else none */
    size_t n_bad;
};

struct pfg_series_csv {
    struct pfg_series_column *columns;
    size_t n;
    long line;     /* of the header */
    bool timed;    /* a row is a moment */
    size_t names;  /* the column that names the rows of a table */
    size_t n_rows; /* of a table */
    PFG_VEC(struct pfg_series_column) params;
    struct pfg_map benchmarks; /* -> struct pfg_series_name */
};

enum pfg_claim pfg_series_csv_header(struct pfg_series_csv *series,
                                     struct pfg_reader *reader,
                                     const struct pfg_csv_row *header);
enum pfg_claim pfg_series_csv_row(struct pfg_series_csv *series,
                                  struct pfg_reader *reader,
                                  const struct pfg_csv_row *row);
/* Sends a measurement for each column, or for each cell of a table. */
void pfg_series_csv_finish(struct pfg_series_csv *series,
                           struct pfg_reader *reader);

/* Whether `name` is a statistic: mean, median, min, max, first, last, sum, or a
 * percentile such as p95. Also true for NULL. */
bool pfg_series_csv_knows(const char *name);

#endif
