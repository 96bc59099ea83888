#ifndef PFG_STORE_SQL_SQL_H
#define PFG_STORE_SQL_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

struct pfg_arena;

/*
 * A store is an SQL database, which the rest of store/ uses through these
 * functions: statements with named parameters, rows, transactions, and errors
 * that name the database. Every failure is PFG_SYSTEM. driver.h hides the
 * differences between SQLite and PostgreSQL.
 */
struct pfg_store;
struct pfg_statement;

/* PFG_SYSTEM if something could not be read for a reason other than the file's
 * content: memory ran out, or the disk failed, which SQLite reports as damage.
 */
int pfg_sql_readable(const struct pfg_store *store, struct pfg_error *err);

/* Whether the last error says that the database cannot be written here, or that
 * what reading needs is missing: a lock, or a file beside the database. */
bool pfg_sql_is_forbidden(const struct pfg_store *store);

/* Runs statements without rows and parameters, separated by semicolons. */
int pfg_sql_run(struct pfg_store *store, const char *sql,
                struct pfg_error *err);
/* The integer that a query without parameters returns. */
int pfg_sql_number(struct pfg_store *store, int64_t *out, const char *sql,
                   struct pfg_error *err);

/* Begins a transaction that only reads: all its queries see the same database.
 * pfg_sql_rollback() ends it. */
int pfg_sql_look(struct pfg_store *store, struct pfg_error *err);

/* Begins a transaction that may write: it waits here for other writers, and
 * fails here if the database cannot be written. */
int pfg_sql_begin(struct pfg_store *store, struct pfg_error *err);
int pfg_sql_commit(struct pfg_store *store, struct pfg_error *err);
void pfg_sql_rollback(struct pfg_store *store);
/* Commits, or rolls back if something has failed: 0, or -1. */
int pfg_sql_end(struct pfg_store *store, int failed, struct pfg_error *err);

/* Whether to repeat the transaction that just failed, possibly at its end,
 * after *attempts earlier failures (counted here; 0 at first). True if the
 * connection was lost or another transaction interfered, and nothing can have
 * been committed. */
bool pfg_sql_again(const struct pfg_store *store, int *attempts);

int pfg_statement_new(struct pfg_statement **out, struct pfg_store *store,
                      const char *sql, struct pfg_error *err);
void pfg_statement_free(struct pfg_statement *statement); /* NULL is fine */

/* Prepares "INSERT INTO table (columns) VALUES (?, ...)" for many rows: they
 * are complete after pfg_statement_flush(). */
int pfg_statement_new_bulk(struct pfg_statement **out, struct pfg_store *store,
                           const char *sql, struct pfg_error *err);
int pfg_statement_flush(struct pfg_statement *statement, struct pfg_error *err);

/* Bind values to parameters by name (":run"), which must be in the SQL, or to
 * the next parameter (NULL); each step starts again at the first. Text and
 * bytes are borrowed until the statement has run for the last time, or until
 * the parameter is bound again: one that is not keeps its value. NULL text and
 * NAN are SQL's null. */
void pfg_bind_text(struct pfg_statement *statement, const char *name,
                   const char *text);
void pfg_bind_integer(struct pfg_statement *statement, const char *name,
                      int64_t value);
void pfg_bind_real(struct pfg_statement *statement, const char *name,
                   double value);
void pfg_bind_bytes(struct pfg_statement *statement, const char *name,
                    struct pfg_slice bytes);

/* 1: a row; 0: no more rows, ready to run again; -1: failed. */
int pfg_statement_step(struct pfg_statement *statement, struct pfg_error *err);
/* Runs a statement that returns no rows. */
int pfg_statement_run(struct pfg_statement *statement, struct pfg_error *err);
/* Runs a statement that returns at most one row with one integer: 1 if there
 * was a row, 0 if not, -1. */
int pfg_statement_number(struct pfg_statement *statement, int64_t *out,
                         struct pfg_error *err);

/* Read the row's columns in order. Text is copied and never NULL, bytes are
 * borrowed until the next step; null is "", 0, NAN or no bytes. */
const char *pfg_take_text(struct pfg_statement *statement,
                          struct pfg_arena *arena);
/* The same, but null becomes NULL. */
char *pfg_take_optional(struct pfg_statement *statement,
                        struct pfg_arena *arena);
/* The same, but returns `have` (which may be NULL) if the text is equal to it.
 */
const char *pfg_take_shared(struct pfg_statement *statement, const char *have,
                            struct pfg_arena *arena);
int64_t pfg_take_integer(struct pfg_statement *statement);
double pfg_take_real(struct pfg_statement *statement);
struct pfg_slice pfg_take_bytes(struct pfg_statement *statement);
/* Skips n columns. */
void pfg_take_none(struct pfg_statement *statement, size_t n);

#endif
