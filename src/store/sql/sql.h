#ifndef PFG_STORE_SQL_SQL_H
#define PFG_STORE_SQL_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

struct pfg_arena;

/*
 * A store is an SQL database, and the rest of this folder sees it as that:
 * statements with named parameters, rows, transactions, and errors with the
 * database's name in them. Everything that fails is PFG_SYSTEM. What SQLite and
 * PostgreSQL differ in is behind driver.h.
 */
struct pfg_store;
struct pfg_statement;

/* PFG_SYSTEM where not all could be read, but not because of what is in the
 * file: memory ran out, or the disk failed, which SQLite takes for damage. */
int pfg_sql_readable(const struct pfg_store *store, struct pfg_error *err);

/* Whether the last error says that this place forbids to write, or what reading
 * needs: a lock, or a file beside the database. */
bool pfg_sql_is_forbidden(const struct pfg_store *store);

/* Statements without rows and parameters, separated by semicolons. */
int pfg_sql_run(struct pfg_store *store, const char *sql,
                struct pfg_error *err);
/* The whole number that a query without parameters returns. */
int pfg_sql_number(struct pfg_store *store, int64_t *out, const char *sql,
                   struct pfg_error *err);

/* A transaction that only reads: all its queries see the same database. Ends
 * with pfg_database_rollback(). */
int pfg_sql_look(struct pfg_store *store, struct pfg_error *err);

/* A transaction that may write from its start: it waits here for other
 * writers, and fails here where nothing may be written. */
int pfg_sql_begin(struct pfg_store *store, struct pfg_error *err);
int pfg_sql_commit(struct pfg_store *store, struct pfg_error *err);
void pfg_sql_rollback(struct pfg_store *store);
/* Commits, or where something has failed rolls back: 0, or -1. */
int pfg_sql_end(struct pfg_store *store, int failed, struct pfg_error *err);

/* Whether the transaction that just failed, at its end as well, is to be done
 * again, having failed *attempts times before (counted here; 0 at first): the
 * connection was lost, or somebody was in the way. Only where nothing of it can
 * have been kept. */
bool pfg_sql_again(const struct pfg_store *store, int *attempts);

int pfg_statement_new(struct pfg_statement **out, struct pfg_store *store,
                      const char *sql, struct pfg_error *err);
void pfg_statement_free(struct pfg_statement *statement); /* NULL is fine */

/* "INSERT INTO table (columns) VALUES (?, ...)" of many rows: those that were
 * run are there after pfg_statement_flush(). */
int pfg_statement_new_bulk(struct pfg_statement **out, struct pfg_store *store,
                           const char *sql, struct pfg_error *err);
int pfg_statement_flush(struct pfg_statement *statement, struct pfg_error *err);

/* Values for the parameters, by name (":run"), which must be in the SQL, or for
 * the next one (NULL); from the first again after each step. Text and bytes are
 * borrowed until the statement has run. NULL text, and NAN, are SQL's null. */
void pfg_bind_text(struct pfg_statement *statement, const char *name,
                   const char *text);
void pfg_bind_integer(struct pfg_statement *statement, const char *name,
                      int64_t value);
void pfg_bind_real(struct pfg_statement *statement, const char *name,
                   double value);
void pfg_bind_bytes(struct pfg_statement *statement, const char *name,
                    struct pfg_slice bytes);

/* 1: a row; 0: no more, and ready to run again; -1: failed. */
int pfg_statement_step(struct pfg_statement *statement, struct pfg_error *err);
/* Runs one that has no rows. */
int pfg_statement_run(struct pfg_statement *statement, struct pfg_error *err);
/* Runs one that has at most one row of one whole number: 1 when there was a
 * row, 0, -1. */
int pfg_statement_number(struct pfg_statement *statement, int64_t *out,
                         struct pfg_error *err);

/* The row's columns, one after the other. Text is copied and never NULL,
 * bytes are borrowed until the next step; null is "", 0, NAN, no bytes. */
const char *pfg_take_text(struct pfg_statement *statement,
                          struct pfg_arena *arena);
/* The same, but null is NULL. */
char *pfg_take_optional(struct pfg_statement *statement,
                        struct pfg_arena *arena);
/* The same, and `have` where the text is equal to it; `have` may be NULL. */
const char *pfg_take_shared(struct pfg_statement *statement, const char *have,
                            struct pfg_arena *arena);
int64_t pfg_take_integer(struct pfg_statement *statement);
double pfg_take_real(struct pfg_statement *statement);
struct pfg_slice pfg_take_bytes(struct pfg_statement *statement);
/* Passes over so many. */
void pfg_take_none(struct pfg_statement *statement, size_t n);

#endif
