#ifndef PFG_STORE_SQL_DRIVER_H
#define PFG_STORE_SQL_DRIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

struct pfg_store;
struct pfg_statement;

/*
 * What makes a database one of SQLite or of PostgreSQL. Everything else in this
 * folder is one SQL text for both: parameters are ":name" or "?", whole numbers
 * are INTEGER of 64 bits. A driver opens databases by functions of its own
 * (sqlite.h, postgres.h); what it opens begins with a `struct pfg_store`.
 */

/* A value to bind. One that is null still has its kind. */
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

/* Marks a file as ours: 'pfgt'. */
#define PFG_SCHEMA_APPLICATION 0x70666774

/* What a database says about itself: whose it is (PFG_SCHEMA_APPLICATION), of
 * which version, and how many tables there are; all 0: it is empty. */
struct pfg_schema_state {
    int64_t application, version, tables;
    bool stale; /* what follows from the tables, such as views, is to be made
                   again, and this role may */
};

struct pfg_driver {
    /* The database is a file of SQLite's: what looks after files (PRAGMA,
     * VACUUM, copies) applies to it. A server looks after its own. */
    bool is_file;
    const char *size; /* a query of the bytes that it takes */
    void (*close)(struct pfg_store *store);
    /* As pfg_sql_run(), pfg_sql_look() and pfg_sql_begin(), ... */
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
    /* 1: a row; 0: no more, and ready to run again; -1. */
    int (*step)(struct pfg_statement *statement, struct pfg_error *err);
    void (*reset)(struct pfg_statement *statement);
    /* As pfg_statement_flush(); NULL: each row is there when it is added. */
    int (*flush)(struct pfg_statement *statement, struct pfg_error *err);
    /* The row's column: null is 0, NAN and no bytes. */
    int64_t (*integer)(struct pfg_statement *statement, int column);
    double (*real)(struct pfg_statement *statement, int column);
    struct pfg_slice (*bytes)(struct pfg_statement *statement, int column,
                              bool *is_null);
    /* Whether the last error says that this place forbids to write, or to lock
     * for reading. */
    bool (*is_forbidden)(const struct pfg_store *store);
    /* Whether the transaction that just failed was undone for a reason that
     * passes, so that it can be done again; NULL: there is none. */
    bool (*may_repeat)(const struct pfg_store *store);
    /* As pfg_sql_readable(). */
    int (*readable)(const struct pfg_store *store, struct pfg_error *err);
    int (*state)(struct pfg_store *store, struct pfg_schema_state *out,
                 struct pfg_error *err);
    /* Inside a transaction: it is ours, and of this version. */
    int (*mark)(struct pfg_store *store, int64_t version,
                struct pfg_error *err);
};

struct pfg_store {
    const struct pfg_driver *driver;
    char *name;   /* as errors call it */
    bool writing; /* inside a transaction that may */
};

struct pfg_statement {
    struct pfg_store *store;
    int column;    /* the next one to be taken */
    int parameter; /* the last one that was bound in order */
    bool in_bulk;  /* see pfg_statement_new_bulk() */
};

#endif
