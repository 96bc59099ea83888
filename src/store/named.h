#ifndef PFG_STORE_NAMED_H
#define PFG_STORE_NAMED_H

#include "store/database.h"
#include "store/store.h"

/* Named baselines: see the pfg_store_baseline_ functions of store.h. */
int pfg_named_set(struct pfg_database *database, const char *name,
                  pfg_time saved, const char *how, const long *runs, size_t n,
                  struct pfg_error *err);
int pfg_named_get(struct pfg_database *database, long **out, size_t *n,
                  const char *name, const char *fingerprint,
                  struct pfg_arena *arena, struct pfg_error *err);
int pfg_named_list(struct pfg_database *database,
                   struct pfg_named_baseline **out, size_t *n,
                   struct pfg_arena *arena, struct pfg_error *err);
int pfg_named_changes(struct pfg_database *database,
                      struct pfg_baseline_change **out, size_t *n,
                      const char *name, struct pfg_arena *arena,
                      struct pfg_error *err);
int pfg_named_delete(struct pfg_database *database, size_t *out,
                     const char *name, const char *fingerprint, pfg_time now,
                     struct pfg_error *err);

/* Adds one to what is known of a name; again is no error. Inside a
 * transaction, as the next. */
int pfg_named_note(struct pfg_database *database,
                   const struct pfg_baseline_change *change,
                   struct pfg_error *err);
/* Adds runs to what a name means. */
int pfg_named_add(struct pfg_database *database, const char *name,
                  pfg_time saved, const long *runs, size_t n,
                  struct pfg_error *err);

#endif
