#ifndef PFG_STORE_MERGE_H
#define PFG_STORE_MERGE_H

#include "store/database.h"
#include "store/store.h"

/* Several databases into one: see pfg_store_merge(). All of the newest
 * version. */
int pfg_merge_databases(struct pfg_database *into, struct pfg_merged *out,
                        void *const *sources, size_t n, struct pfg_error *err);

#endif
