#ifndef PFG_STORE_SCHEMA_H
#define PFG_STORE_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "store/database.h"

/* Marks a file as ours: 'pfgt'. */
#define PFG_SCHEMA_APPLICATION 0x70666774

/* The newest version, which is the number of migrations. */
int64_t pfg_schema_version(void);

/*
 * Brings a database to the newest version, in one transaction. An empty one
 * becomes ours where `create` is set; anybody else's is refused, as is one of
 * a version that this program does not know. PFG_SYSTEM.
 */
int pfg_schema_prepare(struct pfg_database *database, bool create,
                       struct pfg_error *err);

/* The same up to version `to` of an empty database or one of ours: for tests
 * of the migrations. */
int pfg_schema_migrate(struct pfg_database *database, int64_t to,
                       struct pfg_error *err);

/*
 * Opens one of ours to read it, and leaves the file as it is: what is of an
 * older version is brought to the newest in memory. *version, where it is
 * wanted, is the file's own. PFG_SYSTEM.
 */
int pfg_schema_open_reading(struct pfg_database **out, int64_t *version,
                            const char *path, struct pfg_error *err);

#endif
