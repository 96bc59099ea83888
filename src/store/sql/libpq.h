#ifndef PFG_STORE_SQL_LIBPQ_H
#define PFG_STORE_SQL_LIBPQ_H

#include <stddef.h>

#include "base/error.h"

/*
 * The part of libpq (10 or later) that perfgate uses. It is loaded on first
 * use, so that perfgate can be built and run without PostgreSQL. Types and
 * numbers are from PostgreSQL's documentation ("libpq - C Library"), and are
 * part of its ABI.
 */
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef unsigned Oid;
struct pg_option { /* PQconninfoOption */
    char *keyword, *envvar, *compiled, *val, *label, *dispchar;
    int dispsize;
};

enum { CONNECTION_OK = 0 };
enum { PGRES_COMMAND_OK = 1, PGRES_TUPLES_OK = 2, PGRES_COPY_IN = 4 };
enum { PG_FIELD_STATE = 'C', PG_FIELD_MESSAGE = 'M', PG_FIELD_HINT = 'H' };
enum {
    PG_BOOL = 16,
    PG_BYTEA = 17,
    PG_INT8 = 20,
    PG_INT4 = 23,
    PG_TEXT = 25,
    PG_FLOAT8 = 701,
};

#define PFG_LIBPQ(X)                                                           \
    X(PGconn *, PQconnectdbParams,                                             \
      (const char *const *names, const char *const *values, int expand))       \
    X(void, PQfinish, (PGconn *))                                              \
    X(int, PQstatus, (const PGconn *))                                         \
    X(char *, PQerrorMessage, (const PGconn *))                                \
    X(void *, PQsetNoticeReceiver,                                             \
      (PGconn *, void (*)(void *, const PGresult *), void *))                  \
    X(PGresult *, PQexec, (PGconn *, const char *))                            \
    X(PGresult *, PQexecParams,                                                \
      (PGconn *, const char *, int, const Oid *, const char *const *,          \
       const int *, const int *, int))                                         \
    X(PGresult *, PQprepare,                                                   \
      (PGconn *, const char *, const char *, int, const Oid *))                \
    X(PGresult *, PQexecPrepared,                                              \
      (PGconn *, const char *, int, const char *const *, const int *,          \
       const int *, int))                                                      \
    X(int, PQputCopyData, (PGconn *, const char *, int))                       \
    X(int, PQputCopyEnd, (PGconn *, const char *))                             \
    X(PGresult *, PQgetResult, (PGconn *))                                     \
    X(int, PQresultStatus, (const PGresult *))                                 \
    X(char *, PQresultErrorField, (const PGresult *, int))                     \
    X(void, PQclear, (PGresult *))                                             \
    X(int, PQntuples, (const PGresult *))                                      \
    X(Oid, PQftype, (const PGresult *, int))                                   \
    X(int, PQgetisnull, (const PGresult *, int, int))                          \
    X(char *, PQgetvalue, (const PGresult *, int, int))                        \
    X(int, PQgetlength, (const PGresult *, int, int))                          \
    X(struct pg_option *, PQconninfoParse, (const char *, char **))            \
    X(void, PQconninfoFree, (struct pg_option *))                              \
    X(void, PQfreemem, (void *))

struct pfg_libpq {
    void *library; /* never unloaded */
#define POINTER(type, name, parameters) type(*name) parameters;
    PFG_LIBPQ(POINTER)
#undef POINTER
};

/* Loads libpq and never unloads it. PFG_SYSTEM if it is not installed. */
int pfg_libpq_load(struct pfg_libpq *out, struct pfg_error *err);

#endif
