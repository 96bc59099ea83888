#ifndef PFG_STORE_SQL_SQLITE_H
#define PFG_STORE_SQL_SQLITE_H

#include "store/sql/sql.h"

/* Databases of SQLite's. Errors: PFG_SYSTEM. */

/* Opens a file that is there (or, with `create`, one that is not). */
int pfg_sqlite_open(struct pfg_store **out, const char *path, bool create,
                    struct pfg_error *err);
/* The same for reading a file that nobody changes, on media where locking
 * cannot work. */
int pfg_sqlite_open_frozen(struct pfg_store **out, const char *path,
                           struct pfg_error *err);
/* An empty one in memory, called `name` in errors. */
int pfg_sqlite_open_memory(struct pfg_store **out, const char *name,
                           struct pfg_error *err);
/* The same with everything that `from` holds, and its name. */
int pfg_sqlite_copy(struct pfg_store **out, struct pfg_store *from,
                    struct pfg_error *err);
/* The other way: everything that it holds, into a file that is not there, and
 * that no part of stays on failure. */
int pfg_sqlite_copy_to(struct pfg_store *store, const char *path,
                       struct pfg_error *err);

#endif
