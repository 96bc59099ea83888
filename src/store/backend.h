#ifndef PFG_STORE_BACKEND_H
#define PFG_STORE_BACKEND_H

#include "store/store.h"

/*
 * To add a store: one `const struct pfg_store_backend pfg_store_<name>` and a
 * line in backends.h. What each function does stands in store.h; `self` is what
 * `open` returned.
 */
struct pfg_store_backend {
    const char *name;
    bool (*claims)(const char *path); /* "postgres://..." */
    int (*open)(void **self, const char *path, bool create,
                struct pfg_error *err);
    void (*close)(void *self);
    int (*add)(void *self, enum pfg_stored *out, struct pfg_run *const *runs,
               size_t n, struct pfg_error *err);
    int (*find)(void *self, struct pfg_run_info **out, size_t *n,
                const struct pfg_run_query *query, struct pfg_arena *arena,
                struct pfg_error *err);
    int (*load)(void *self, struct pfg_run **out, long id,
                struct pfg_error *err);
    int (*revisions)(void *self, const char ***out, size_t *n,
                     const char *fingerprint, struct pfg_arena *arena,
                     struct pfg_error *err);
    int (*history)(void *self, struct pfg_history_point **out, size_t *n,
                   const char *key, const char *fingerprint, long limit,
                   struct pfg_arena *arena, struct pfg_error *err);
    int (*baseline_set)(void *self, const char *name, pfg_time saved,
                        const char *how, const long *runs, size_t n,
                        struct pfg_error *err);
    int (*baseline_get)(void *self, long **out, size_t *n, const char *name,
                        const char *fingerprint, struct pfg_arena *arena,
                        struct pfg_error *err);
    int (*baseline_list)(void *self, struct pfg_named_baseline **out, size_t *n,
                         struct pfg_arena *arena, struct pfg_error *err);
    int (*baseline_changes)(void *self, struct pfg_baseline_change **out,
                            size_t *n, const char *name,
                            struct pfg_arena *arena, struct pfg_error *err);
    int (*baseline_note)(void *self, const struct pfg_baseline_change *changes,
                         size_t n, struct pfg_error *err);
    int (*baseline_delete)(void *self, size_t *out, const char *name,
                           const char *fingerprint, pfg_time now,
                           struct pfg_error *err);
    int (*open_reading)(void **self, struct pfg_store_version *version,
                        const char *path, struct pfg_error *err);
    int (*open_scratch)(void **self, struct pfg_error *err);
    int (*content)(void *self, char *out, long run, struct pfg_error *err);
    int (*merge)(void *self, struct pfg_merged *out, void *const *sources,
                 size_t n, struct pfg_error *err); /* all of this backend */
    int (*remove)(void *self, size_t *out, const long *runs, size_t n,
                  struct pfg_error *err);
    int (*compact)(void *self, struct pfg_error *err);
    int (*stats)(void *self, struct pfg_store_stats *out,
                 struct pfg_error *err);
    int (*check)(void *self, const char ***out, size_t *n,
                 struct pfg_arena *arena, struct pfg_error *err);
};

#endif
