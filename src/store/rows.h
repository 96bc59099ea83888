#ifndef PFG_STORE_ROWS_H
#define PFG_STORE_ROWS_H

#include "store/parts.h"

/*
 * Adds rows to the tables that hold runs, inside the caller's transaction. The
 * caller first binds the columns that `first` in rows.c lists, one by one;
 * pfg_rows_bind() then binds the other columns from the struct (columns.h).
 */
enum pfg_row {
    PFG_ROW_REVISION,
    PFG_ROW_HARDWARE,
    PFG_ROW_BENCHMARK,
    PFG_ROW_SERIES,
    PFG_ROW_RUN,
    PFG_ROW_PROCESS,
    PFG_N_ROWS,
};

struct pfg_rows {
    struct pfg_store *store;
    /* Prepared on first use. They add one row, add many rows, and find an equal
     * row. */
    struct pfg_statement *adders[PFG_N_ROWS], *bulks[PFG_N_ROWS];
    struct pfg_statement *finders[PFG_N_ROWS];
    struct pfg_columns columns[PFG_N_ROWS];
    struct pfg_arena *arena; /* for texts while they are bound */
    struct pfg_error *err;
};

/* "INSERT INTO ... RETURNING id"; NULL if preparing it failed. */
struct pfg_statement *pfg_rows_adder(struct pfg_rows *rows, enum pfg_row row);
/* The same for many rows, without their ids: pfg_statement_new_bulk(). */
struct pfg_statement *pfg_rows_bulk(struct pfg_rows *rows, enum pfg_row row);
/* Binds the columns of the struct. Texts that are made for this are allocated
 * in the arena. */
void pfg_rows_bind(struct pfg_rows *rows, enum pfg_row row,
                   struct pfg_statement *to, const void *object);
/* Writes the rows that were added in bulk. */
int pfg_rows_flush(struct pfg_rows *rows);

/* The id of a row with these values, which is added if there is none. Only for
 * tables without a `first`. */
int pfg_rows_intern(struct pfg_rows *rows, enum pfg_row row, const void *object,
                    int64_t *id);

/* Frees everything but the arena. */
void pfg_rows_free(struct pfg_rows *rows);

/* ---- insert_series.c ---- */

/* Finds and adds series. */
struct pfg_series_ids;
struct pfg_series_ids *pfg_series_ids_new(struct pfg_rows *rows);
void pfg_series_ids_free(struct pfg_series_ids *ids); /* NULL is fine */

/* Call it before asking for the series of a run: it looks them up together and,
 * if many are new, adds them together. */
int pfg_series_ids_prepare(struct pfg_series_ids *ids,
                           const struct pfg_run *run);
/* The id of one of the run's series, which is added if it is new. */
int pfg_series_ids_find(struct pfg_series_ids *ids,
                        const struct pfg_series *series, int64_t *id);

#endif
