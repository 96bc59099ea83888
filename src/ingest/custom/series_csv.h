#ifndef PFG_INGEST_CUSTOM_SERIES_CSV_H
#define PFG_INGEST_CUSTOM_SERIES_CSV_H

#include "base/arena.h"
#include "base/map.h"
#include "ingest/core/ingest.h"

/*
 * Columns of a CSV that is not ours. Either a time series: what a script logged
 * while a program ran, a row a moment, of which one statistic is wanted. Or a
 * table with a row a benchmark, which the first column of words names: where
 * there is one, no column of times, and no statistic was asked for; columns
 * such as "threads" and "size" are its parameters.
 *
 * Any header that holds one of options->csv_columns is taken. A cell may have
 * its unit behind the number ("812 MiB"), a title in brackets ("memory.used
 * [MiB]") or at its end ("rss_mb").
 */
struct pfg_series_name { /* of rows of a table */
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
    PFG_VEC(struct pfg_series_cell) cells; /* as many, or none */
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
/* Sends one measurement a column, of a table one a cell. */
void pfg_series_csv_finish(struct pfg_series_csv *series,
                           struct pfg_reader *reader);

/* Whether `name` is a statistic: mean, median, min, max, first, last, sum,
 * or p95 and the like. NULL is, too. */
bool pfg_series_csv_knows(const char *name);

#endif
