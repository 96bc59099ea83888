#ifndef PFG_STORE_SQL_POSTGRES_H
#define PFG_STORE_SQL_POSTGRES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct pfg_arena;
struct pfg_store;

/* Databases of PostgreSQL's. */

/*
 * Connects. What is not said in the string, libpq takes from where it always
 * does: PGHOST, PGPASSWORD, service files, ~/.pgpass. What follows a '#' is the
 * project, which is the name of the schema that the tables are in ("perfgate"
 * where there is none); with `create` it is made where it is not there. No
 * password is in any message, nor in the store's name. Not a connection string:
 * PFG_USAGE; else PFG_SYSTEM with the words of the server or of libpq.
 */
int pfg_postgres_open(struct pfg_store **out, const char *path, bool create,
                      struct pfg_error *err);

/* As pfg_store_projects(). */
int pfg_postgres_projects(const char *path, const char ***out, size_t *n,
                          struct pfg_arena *arena, struct pfg_error *err);

#endif
