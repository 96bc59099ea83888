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

#endif
