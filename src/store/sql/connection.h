#ifndef PFG_STORE_SQL_CONNECTION_H
#define PFG_STORE_SQL_CONNECTION_H

#include <stdbool.h>

#include "base/str.h"
#include "store/sql/driver.h"
#include "store/sql/libpq.h"

struct pfg_arena;

/* A connection to PostgreSQL, as postgres.c and its statements share it. */
struct postgres {
    struct pfg_store store; /* first: one is the other */
    struct pfg_libpq pq;
    PGconn *connection;
    char *address; /* the connection string: it may hold a password */
    char *project; /* a schema */
    char *schema;  /* the same, quoted */
    bool in_transaction;
    /* Statements are prepared for one transaction only: a pooler may give the
     * next one to another server process. Their names are nobody else's. */
    unsigned long transaction; /* counts them */
    unsigned long n_prepared;
    char prefix[32];
    struct pfg_str prepared; /* "DEALLOCATE x;" of each */
    char state[6];           /* SQLSTATE of the last error, or "" */
    bool lost;               /* in the last error */
    bool unsure;             /* it was lost while committing */
    /* The first one since the last transaction began; code PFG_OK: none. */
    struct pfg_error failure;
};

static inline struct postgres *pfg_postgres_of(struct pfg_store *store)
{
    return (struct postgres *)store;
}

/* Fails with the words of `result` or, where that has none, of the connection;
 * `result` is freed. -1. */
int pfg_postgres_fail(struct postgres *pg, PGresult *result,
                      struct pfg_error *err);

/* A transaction around one statement outside of any: the schema that tables are
 * looked for in holds for a transaction only. Ends it with
 * pfg_postgres_end(). */
int pfg_postgres_begin(struct postgres *pg, bool writing,
                       struct pfg_error *err);
int pfg_postgres_end(struct postgres *pg, bool commit, struct pfg_error *err);

/* A text in PostgreSQL's words: its names of types, and the like. */
void pfg_postgres_words(struct pfg_str *out, const char *sql);

/* Statements without parameters and, for us, without rows; as they are. */
int pfg_postgres_execute(struct postgres *pg, const char *sql,
                         struct pfg_error *err);

/* ---- postgres_schema.c: two as in struct pfg_driver ---- */

int pfg_postgres_state(struct pfg_store *store, struct pfg_schema_state *out,
                       struct pfg_error *err);
int pfg_postgres_mark(struct pfg_store *store, int64_t version,
                      struct pfg_error *err);
/* Where there is no such project it is made with `create`, which takes a right,
 * even where it is there. */
int pfg_postgres_find_schema(struct postgres *pg, bool create,
                             struct pfg_error *err);

/* As pfg_store_projects(). */
int pfg_postgres_list_schemas(struct pfg_store *store, const char ***out,
                              size_t *n, struct pfg_arena *arena,
                              struct pfg_error *err);

/* ---- postgres_statement.c: as in struct pfg_driver ---- */

int pfg_postgres_prepare(struct pfg_statement **out, struct pfg_store *store,
                         const char *sql, struct pfg_error *err);
void pfg_postgres_discard(struct pfg_statement *statement);
int pfg_postgres_place(struct pfg_statement *statement, const char *name);
void pfg_postgres_bind(struct pfg_statement *statement, int place,
                       const struct pfg_value *value);
int pfg_postgres_step(struct pfg_statement *statement, struct pfg_error *err);
void pfg_postgres_reset(struct pfg_statement *statement);
int pfg_postgres_flush(struct pfg_statement *statement, struct pfg_error *err);
int64_t pfg_postgres_integer(struct pfg_statement *statement, int column);
double pfg_postgres_real(struct pfg_statement *statement, int column);
struct pfg_slice pfg_postgres_bytes(struct pfg_statement *statement, int column,
                                    bool *is_null);

#endif
