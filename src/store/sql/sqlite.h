#ifndef PFG_STORE_SQL_SQLITE_H
#define PFG_STORE_SQL_SQLITE_H

#include "store/sql/sql.h"

/* SQLite databases. Errors are PFG_SYSTEM. */

/* Opens a file, which must exist unless `create` is set. */
int pfg_sqlite_open(struct pfg_store **out, const char *path, bool create,
                    struct pfg_error *err);
/* Opens a file that nobody changes for reading, on media where locking cannot
 * work. */
int pfg_sqlite_open_frozen(struct pfg_store **out, const char *path,
                           struct pfg_error *err);
/* Opens an empty database in memory, called `name` in errors. */
int pfg_sqlite_open_memory(struct pfg_store **out, const char *name,
                           struct pfg_error *err);
/* Opens a copy of `from` in memory, with the same name in errors. */
int pfg_sqlite_copy(struct pfg_store **out, struct pfg_store *from,
                    struct pfg_error *err);
/* Copies a database to a file that must not exist yet; on failure no part of
 * the file remains. */
int pfg_sqlite_copy_to(struct pfg_store *store, const char *path,
                       struct pfg_error *err);

#endif
