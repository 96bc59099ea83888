#ifndef PFG_STORE_INSERT_H
#define PFG_STORE_INSERT_H

#include "store/database.h"
#include "store/store.h"

/* Runs into rows: see pfg_store_add(). */
int pfg_insert_runs(struct pfg_database *database, enum pfg_stored *out,
                    struct pfg_run *const *runs, size_t n,
                    struct pfg_error *err);

#endif
