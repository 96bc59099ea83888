#ifndef PFG_STORE_MAINTENANCE_H
#define PFG_STORE_MAINTENANCE_H

#include "store/database.h"
#include "store/store.h"

/* Looking after a database: see the functions of store.h with the same
 * names. */
int pfg_care_remove(struct pfg_database *database, size_t *out,
                    const long *runs, size_t n, struct pfg_error *err);
int pfg_care_compact(struct pfg_database *database, struct pfg_error *err);
int pfg_care_stats(struct pfg_database *database, struct pfg_store_stats *out,
                   struct pfg_error *err);
int pfg_care_check(struct pfg_database *database, const char ***out, size_t *n,
                   struct pfg_arena *arena, struct pfg_error *err);

#endif
