#ifndef PFG_STORE_SQL_CONNECTION_H
#define PFG_STORE_SQL_CONNECTION_H

#include <stdbool.h>

#include "base/str.h"
#include "store/sql/driver.h"
#include "store/sql/libpq.h"

struct pfg_arena;

/* A connection to PostgreSQL, shared by postgres.c, postgres_schema.c and
 * postgres_statement.c. */
struct postgres {
    struct pfg_store store; /* first, so that the pointers convert */
    struct pfg_libpq pq;
    PGconn *connection;
    char *address; /* the connection string, which may contain a password */
    char *project; /* the name of the schema */
    char *schema;  /* the same, quoted */
    bool in_transaction;
    /* Statements are prepared for one transaction only, because a pooler may
     * hand the next one to another server process. The prefix makes their names
     * unique. */
    unsigned long transaction; /* counts transactions */
    unsigned long n_prepared;
    char prefix[32];
    struct pfg_str prepared; /* "DEALLOCATE x;" of each */
    char state[6];           /* SQLSTATE of the last error, or "" */
    bool lost;               /* the last error was a lost connection */
    bool unsure;             /* lost while committing: the outcome is unknown */
    /* The first error since the last transaction began; code PFG_OK if none. */
    struct pfg_error failure;
};

static inline struct postgres *pfg_postgres_of(struct pfg_store *store)
{
    return (struct postgres *)store;
}

/* Fails with the message of `result` or, if it has none, of the connection, and
 * frees `result`. Returns -1. */
int pfg_postgres_fail(struct postgres *pg, PGresult *result,
                      struct pfg_error *err);

/* Begins a transaction around a single statement, which is needed because
 * search_path is set for a transaction only. pfg_postgres_end() ends it. */
int pfg_postgres_begin(struct postgres *pg, bool writing,
                       struct pfg_error *err);
int pfg_postgres_end(struct postgres *pg, bool commit, struct pfg_error *err);

/* Appends an SQL text translated for PostgreSQL: its type names, operators and
 * functions. */
void pfg_postgres_words(struct pfg_str *out, const char *sql);

/* Runs statements without parameters as they are, and ignores their rows. */
int pfg_postgres_execute(struct postgres *pg, const char *sql,
                         struct pfg_error *err);

/* ---- postgres_schema.c: first two members of struct pfg_driver ---- */

int pfg_postgres_state(struct pfg_store *store, struct pfg_schema_state *out,
                       struct pfg_error *err);
int pfg_postgres_mark(struct pfg_store *store, int64_t version,
                      struct pfg_error *err);
/* Looks for the project's schema. If this role sees none it is created with
 * `create`, which needs the right to create schemas even if it exists; without
 * `create` the error lists other projects. */
int pfg_postgres_find_schema(struct postgres *pg, bool create,
                             struct pfg_error *err);

/* As pfg_store_projects(). */
int pfg_postgres_list_schemas(struct pfg_store *store, const char ***out,
                              size_t *n, struct pfg_arena *arena,
                              struct pfg_error *err);

/* ---- postgres_statement.c: members of struct pfg_driver ---- */

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
