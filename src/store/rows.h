#ifndef PFG_STORE_ROWS_H
#define PFG_STORE_ROWS_H

#include "store/parts.h"

/*
 * Adding rows to the tables that runs are kept in, inside a transaction of the
 * caller's. What is bound to a statement from here is, first and by hand, what
 * `first` says in rows.c, and then the table's columns of the struct
 * (columns.h).
 */
enum pfg_row {
    PFG_ROW_REVISION,
    PFG_ROW_HARDWARE,
    PFG_ROW_BENCHMARK,
    PFG_ROW_SERIES,
    PFG_ROW_RUN,
    PFG_ROW_PROCESS,
    PFG_ROW_MEASUREMENT,
    PFG_N_ROWS,
};

struct pfg_rows {
    struct pfg_store *store;
    /* Made when first wanted: what adds a row, what adds many, and what finds
     * one like it. */
    struct pfg_statement *adders[PFG_N_ROWS], *bulks[PFG_N_ROWS];
    struct pfg_statement *finders[PFG_N_ROWS];
    struct pfg_columns columns[PFG_N_ROWS];
    struct pfg_arena *arena; /* of what is being bound */
    struct pfg_error *err;
};

/* "INSERT INTO ... RETURNING id"; NULL: failed. */
struct pfg_statement *pfg_rows_adder(struct pfg_rows *rows, enum pfg_row row);
/* The same of many rows, without their ids: pfg_statement_new_bulk(). */
struct pfg_statement *pfg_rows_bulk(struct pfg_rows *rows, enum pfg_row row);
/* Binds the columns of the struct. Texts that have to be made for that are in
 * the arena. */
void pfg_rows_bind(struct pfg_rows *rows, enum pfg_row row,
                   struct pfg_statement *to, const void *object);
/* Those that were added in bulk are there. */
int pfg_rows_flush(struct pfg_rows *rows);

/* The id of a row with these values, which is made where there is none. Of a
 * table without a `first`. */
int pfg_rows_intern(struct pfg_rows *rows, enum pfg_row row, const void *object,
                    int64_t *id);

/* What is in it, but the arena. */
void pfg_rows_free(struct pfg_rows *rows);

/* ---- insert_series.c ---- */

/* The ids of series. */
struct pfg_series_ids;
struct pfg_series_ids *pfg_series_ids_new(struct pfg_rows *rows);
void pfg_series_ids_free(struct pfg_series_ids *ids); /* NULL is fine */

/* Before those of a run are asked for: they are looked up together and, where
 * many are new, added together. */
int pfg_series_ids_prepare(struct pfg_series_ids *ids,
                           const struct pfg_run *run);
/* That of one of its series, which is added where it is not there. */
int pfg_series_ids_find(struct pfg_series_ids *ids,
                        const struct pfg_series *series, int64_t *id);

#endif
