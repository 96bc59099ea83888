#ifndef PFG_STORE_SQL_POSTGRES_ADDRESS_H
#define PFG_STORE_SQL_POSTGRES_ADDRESS_H

#include <stdbool.h>

#include "base/str.h"
#include "store/sql/libpq.h"

/* As in store.h. */
bool pfg_postgres_claims(const char *path);
const char *pfg_postgres_project(const char *path);

/*
 * Appends the name of a connection in messages: the string without project,
 * password and options. PFG_USAGE if it is not a connection string, or if a
 * part of its password could be read as something else; that message quotes
 * nothing of it.
 */
int pfg_postgres_name(struct pfg_str *out, const struct pfg_libpq *pq,
                      const char *address, struct pfg_error *err);

#endif
