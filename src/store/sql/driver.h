#ifndef PFG_STORE_SQL_DRIVER_H
#define PFG_STORE_SQL_DRIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

struct pfg_store;
struct pfg_statement;

/*
 * The interface to what SQLite and PostgreSQL do differently. Everything else
 * in this folder uses one SQL text for both: parameters are ":name" or "?",
 * integers are INTEGER and have 64 bits. Each driver has its own functions to
 * open a database (sqlite.h, postgres.h); the object that they return begins
 * with a `struct pfg_store`.
 */

/* A value to bind. A null value still has its kind. */
struct pfg_value {
    enum pfg_value_kind {
        PFG_VALUE_INTEGER,
        PFG_VALUE_REAL,
        PFG_VALUE_TEXT,
        PFG_VALUE_BYTES,
    } kind;
    bool null;
    int64_t integer;
    double real;
    struct pfg_slice text; /* or bytes; borrowed */
};

/* Marks a file as a perfgate database: 'pfgt'. */
#define PFG_SCHEMA_APPLICATION 0x70666774

/* What a database says about itself: the program it belongs to
 * (PFG_SCHEMA_APPLICATION), its version, and its number of tables; all 0 if it
 * is empty. */
struct pfg_schema_state {
    int64_t application, version, tables;
    bool stale; /* derived objects such as views are out of date, and this role
                   may recreate them */
};

struct pfg_driver {
    /* The database is an SQLite file, so file maintenance (PRAGMA, VACUUM,
     * copies) applies to it. A server maintains its own files. */
    bool is_file;
    const char *size; /* a query that returns the size in bytes */
    void (*close)(struct pfg_store *store);
    /* As pfg_sql_run(); `begin` serves pfg_sql_look() and pfg_sql_begin(),
     * `end` serves pfg_sql_commit() and pfg_sql_rollback(). */
    int (*run)(struct pfg_store *store, const char *sql, struct pfg_error *err);
    int (*begin)(struct pfg_store *store, struct pfg_error *err);
    int (*end)(struct pfg_store *store, bool commit, struct pfg_error *err);
    int (*prepare)(struct pfg_statement **out, struct pfg_store *store,
                   const char *sql, struct pfg_error *err);
    void (*discard)(struct pfg_statement *statement);
    /* The number of a named parameter; the first is 1. */
    int (*place)(struct pfg_statement *statement, const char *name);
    void (*bind)(struct pfg_statement *statement, int place,
                 const struct pfg_value *value);
    /* 1: a row; 0: no more rows, ready to run again; -1: failed. */
    int (*step)(struct pfg_statement *statement, struct pfg_error *err);
    void (*reset)(struct pfg_statement *statement);
    /* As pfg_statement_flush(); NULL if rows are written when they are added.
     */
    int (*flush)(struct pfg_statement *statement, struct pfg_error *err);
    /* The row's column; null is 0, NAN or no bytes. */
    int64_t (*integer)(struct pfg_statement *statement, int column);
    double (*real)(struct pfg_statement *statement, int column);
    struct pfg_slice (*bytes)(struct pfg_statement *statement, int column,
                              bool *is_null);
    /* Whether the last error says that the database cannot be written here, or
     * cannot be locked for reading. */
    bool (*is_forbidden)(const struct pfg_store *store);
    /* Whether the transaction that just failed was undone for a passing reason,
     * and can be repeated; NULL: never. */
    bool (*may_repeat)(const struct pfg_store *store);
    /* As pfg_sql_readable(). */
    int (*readable)(const struct pfg_store *store, struct pfg_error *err);
    int (*state)(struct pfg_store *store, struct pfg_schema_state *out,
                 struct pfg_error *err);
    /* Inside a transaction: marks the database as perfgate's, with this
     * version. */
    int (*mark)(struct pfg_store *store, int64_t version,
                struct pfg_error *err);
};

struct pfg_store {
    const struct pfg_driver *driver;
    char *name;   /* the name that errors use */
    bool writing; /* inside a transaction that may write */
};

struct pfg_statement {
    struct pfg_store *store;
    int column;    /* the next one to read */
    int parameter; /* the last one bound in order */
    bool in_bulk;  /* see pfg_statement_new_bulk() */
};

#endif
