#ifndef PFG_STORE_QUERY_H
#define PFG_STORE_QUERY_H

#include "store/database.h"
#include "store/store.h"

/* Rows into answers: see the functions of store.h with the same names. */
int pfg_query_find(struct pfg_database *database, struct pfg_run_info **out,
                   size_t *n, const struct pfg_run_query *query,
                   struct pfg_arena *arena, struct pfg_error *err);
int pfg_query_revisions(struct pfg_database *database, const char ***out,
                        size_t *n, const char *fingerprint,
                        struct pfg_arena *arena, struct pfg_error *err);
int pfg_query_history(struct pfg_database *database,
                      struct pfg_history_point **out, size_t *n,
                      const char *key, const char *fingerprint, long limit,
                      struct pfg_arena *arena, struct pfg_error *err);

#endif
