#ifndef PFG_STORE_INSERT_H
#define PFG_STORE_INSERT_H

#include "store/database.h"
#include "store/store.h"

/* Runs into rows: see pfg_store_add(). */
int pfg_insert_runs(struct pfg_database *database, enum pfg_stored *out,
                    struct pfg_run *const *runs, size_t n,
                    struct pfg_error *err);

/*
 * The same a run at a time, whatever is there, inside a transaction of the
 * caller's: for merging.
 */
struct pfg_inserter;
struct pfg_inserter *pfg_inserter_new(struct pfg_database *database);
int pfg_inserter_add(struct pfg_inserter *inserter, int64_t *id,
                     const struct pfg_run *run, struct pfg_error *err);
void pfg_inserter_free(struct pfg_inserter *inserter); /* NULL is fine */

#endif
