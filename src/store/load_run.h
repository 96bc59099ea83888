#ifndef PFG_STORE_LOAD_RUN_H
#define PFG_STORE_LOAD_RUN_H

#include "store/database.h"
#include "store/store.h"

/* A run out of its rows: see pfg_store_load(). */
int pfg_load_run(struct pfg_database *database, struct pfg_run **out, long id,
                 struct pfg_error *err);

#endif
