#include "store/store.h"

#include <stdlib.h>

#include "base/memory.h"
#include "store/backend.h"
#include "store/backends.h"

struct pfg_store {
    const struct pfg_store_backend *backend;
    void *self;
};

#define EXTERN(name) extern const struct pfg_store_backend pfg_store_##name;
PFG_STORE_LIST(EXTERN)
#undef EXTERN

#define ENTRY(name) &pfg_store_##name,
static const struct pfg_store_backend *const backends[] = {
    PFG_STORE_LIST(ENTRY)};
#undef ENTRY

static const struct pfg_store_backend *choose(const char *path)
{
    size_t i = 0;

    while (i + 1 < sizeof backends / sizeof *backends &&
           !backends[i]->claims(path)) {
        i++;
    }
    return backends[i];
}

static struct pfg_store *wrap(const struct pfg_store_backend *backend,
                              void *self)
{
    struct pfg_store *store = pfg_alloc(sizeof *store);

    store->backend = backend;
    store->self = self;
    return store;
}

int pfg_store_open(struct pfg_store **out, const char *path, bool create,
                   struct pfg_error *err)
{
    const struct pfg_store_backend *backend = choose(path);
    void *self;

    *out = NULL;
    if (backend->open(&self, path, create, err)) {
        return -1;
    }
    *out = wrap(backend, self);
    return 0;
}

int pfg_store_open_reading(struct pfg_store **out,
                           struct pfg_store_version *version, const char *path,
                           struct pfg_error *err)
{
    const struct pfg_store_backend *backend = choose(path);
    void *self;

    *out = NULL;
    if (backend->open_reading(&self, version, path, err)) {
        return -1;
    }
    *out = wrap(backend, self);
    return 0;
}

int pfg_store_open_scratch(struct pfg_store **out, struct pfg_error *err)
{
    const struct pfg_store_backend *backend = choose("");
    void *self;

    *out = NULL;
    if (backend->open_scratch(&self, err)) {
        return -1;
    }
    *out = wrap(backend, self);
    return 0;
}

void pfg_store_close(struct pfg_store *store)
{
    if (store) {
        store->backend->close(store->self);
        free(store);
    }
}

int pfg_store_add(struct pfg_store *store, enum pfg_stored *out,
                  struct pfg_run *const *runs, size_t n, struct pfg_error *err)
{
    return store->backend->add(store->self, out, runs, n, err);
}

int pfg_store_find(struct pfg_store *store, struct pfg_run_info **out,
                   size_t *n, const struct pfg_run_query *query,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->find(store->self, out, n, query, arena, err);
}

int pfg_store_load(struct pfg_store *store, struct pfg_run **out, long id,
                   struct pfg_error *err)
{
    return store->backend->load(store->self, out, id, err);
}

int pfg_store_revisions(struct pfg_store *store, const char ***out, size_t *n,
                        const char *fingerprint, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    return store->backend->revisions(store->self, out, n, fingerprint, arena,
                                     err);
}

int pfg_store_history(struct pfg_store *store, struct pfg_history_point **out,
                      size_t *n, const char *key, const char *fingerprint,
                      long limit, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    return store->backend->history(store->self, out, n, key, fingerprint, limit,
                                   arena, err);
}

int pfg_store_baseline_set(struct pfg_store *store, const char *name,
                           pfg_time saved, const char *how, const long *runs,
                           size_t n, struct pfg_error *err)
{
    return store->backend->baseline_set(store->self, name, saved, how, runs, n,
                                        err);
}

int pfg_store_baseline_get(struct pfg_store *store, long **out, size_t *n,
                           const char *name, const char *fingerprint,
                           struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->baseline_get(store->self, out, n, name, fingerprint,
                                        arena, err);
}

int pfg_store_baseline_list(struct pfg_store *store,
                            struct pfg_named_baseline **out, size_t *n,
                            struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->baseline_list(store->self, out, n, arena, err);
}

int pfg_store_baseline_changes(struct pfg_store *store,
                               struct pfg_baseline_change **out, size_t *n,
                               const char *name, struct pfg_arena *arena,
                               struct pfg_error *err)
{
    return store->backend->baseline_changes(store->self, out, n, name, arena,
                                            err);
}

int pfg_store_baseline_note(struct pfg_store *store,
                            const struct pfg_baseline_change *changes, size_t n,
                            struct pfg_error *err)
{
    return store->backend->baseline_note(store->self, changes, n, err);
}

int pfg_store_baseline_delete(struct pfg_store *store, size_t *out,
                              const char *name, const char *fingerprint,
                              pfg_time now, struct pfg_error *err)
{
    return store->backend->baseline_delete(store->self, out, name, fingerprint,
                                           now, err);
}

int pfg_store_content(struct pfg_store *store, char out[PFG_STORE_CONTENT],
                      long run, struct pfg_error *err)
{
    return store->backend->content(store->self, out, run, err);
}

int pfg_store_merge(struct pfg_store *store, struct pfg_merged *out,
                    struct pfg_store *const *sources, size_t n,
                    struct pfg_error *err)
{
    void **selves = pfg_alloc(pfg_array_size(n + 1, sizeof *selves));
    int failed = 0;

    for (size_t i = 0; i < n; i++) {
        selves[i] = sources[i]->self;
        if (sources[i]->backend != store->backend) {
            failed = pfg_fail(err, PFG_USAGE,
                              "a %s store cannot be merged into a %s one",
                              sources[i]->backend->name, store->backend->name);
        }
    }
    if (!failed) {
        failed = store->backend->merge(store->self, out, selves, n, err);
    }
    free(selves);
    return failed;
}

int pfg_store_remove(struct pfg_store *store, size_t *out, const long *runs,
                     size_t n, struct pfg_error *err)
{
    return store->backend->remove(store->self, out, runs, n, err);
}

int pfg_store_compact(struct pfg_store *store, struct pfg_error *err)
{
    return store->backend->compact(store->self, err);
}

int pfg_store_stats(struct pfg_store *store, struct pfg_store_stats *out,
                    struct pfg_error *err)
{
    return store->backend->stats(store->self, out, err);
}

int pfg_store_check(struct pfg_store *store, const char ***out, size_t *n,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->check(store->self, out, n, arena, err);
}
