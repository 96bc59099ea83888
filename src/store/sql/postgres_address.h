#ifndef PFG_STORE_SQL_POSTGRES_ADDRESS_H
#define PFG_STORE_SQL_POSTGRES_ADDRESS_H

#include <stdbool.h>

#include "base/str.h"
#include "store/sql/libpq.h"

/* As in store.h. */
bool pfg_postgres_claims(const char *path);
const char *pfg_postgres_project(const char *path);

/*
 * Appends what a connection string is called in messages: without its project,
 * its password and its options. Not a connection string, or one whose password
 * would be taken for something else: PFG_USAGE, with nothing of it in the
 * message.
 */
int pfg_postgres_name(struct pfg_str *out, const struct pfg_libpq *pq,
                      const char *address, struct pfg_error *err);

#endif
