#ifndef PFG_STORE_SQL_POSTGRES_H
#define PFG_STORE_SQL_POSTGRES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct pfg_arena;
struct pfg_store;

/* PostgreSQL databases. */

/*
 * Connects. libpq takes what the string leaves out from its usual sources:
 * PGHOST, PGPASSWORD, service files, ~/.pgpass. The text after a '#' is the
 * project, which is the name of the schema with the tables ("perfgate" by
 * default); with `create` it is created if it does not exist. No password
 * appears in a message or in the store's name. PFG_USAGE if it is not a
 * connection string, else PFG_SYSTEM with the message of the server or of
 * libpq.
 */
int pfg_postgres_open(struct pfg_store **out, const char *path, bool create,
                      struct pfg_error *err);

/* As pfg_store_projects(). */
int pfg_postgres_projects(const char *path, const char ***out, size_t *n,
                          struct pfg_arena *arena, struct pfg_error *err);

#endif
