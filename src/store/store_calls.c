#include "store/store.h"

#include "store/backend.h"
#include "store/backends.h"

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

int pfg_store_open(struct pfg_store **out, const char *path, bool create,
                   struct pfg_error *err)
{
    return choose(path)->open(out, path, create, err);
}

int pfg_store_open_reading(struct pfg_store **out,
                           struct pfg_store_version *version, const char *path,
                           struct pfg_error *err)
{
    return choose(path)->open_reading(out, version, path, err);
}

int pfg_store_open_scratch(struct pfg_store **out, struct pfg_error *err)
{
    return choose("")->open_scratch(out, err);
}

void pfg_store_close(struct pfg_store *store)
{
    if (store) {
        store->backend->close(store);
    }
}

int pfg_store_add(struct pfg_store *store, enum pfg_stored *out,
                  struct pfg_run *const *runs, size_t n, struct pfg_error *err)
{
    return store->backend->add(store, out, runs, n, err);
}

int pfg_store_find(struct pfg_store *store, struct pfg_run_info **out,
                   size_t *n, const struct pfg_run_query *query,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->find(store, out, n, query, arena, err);
}

int pfg_store_load(struct pfg_store *store, struct pfg_run **out, long id,
                   struct pfg_error *err)
{
    return store->backend->load(store, out, id, err);
}

int pfg_store_revisions(struct pfg_store *store, const char ***out, size_t *n,
                        const char *fingerprint, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    return store->backend->revisions(store, out, n, fingerprint, arena, err);
}

int pfg_store_series(struct pfg_store *store, struct pfg_stored_series **out,
                     size_t *n, struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->series(store, out, n, arena, err);
}

int pfg_store_history(struct pfg_store *store, struct pfg_history_point **out,
                      size_t *n, long series, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    return store->backend->history(store, out, n, series, arena, err);
}

int pfg_store_verdicts_add(struct pfg_store *store,
                           const struct pfg_stored_verdict *verdicts, size_t n,
                           struct pfg_error *err)
{
    return store->backend->verdicts_add(store, verdicts, n, err);
}

int pfg_store_verdicts(struct pfg_store *store, struct pfg_stored_verdict **out,
                       size_t *n, long series, long run,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->verdicts(store, out, n, series, run, arena, err);
}

int pfg_store_baseline_set(struct pfg_store *store, const char *name,
                           pfg_time saved, const char *how, const long *runs,
                           size_t n, struct pfg_error *err)
{
    return store->backend->baseline_set(store, name, saved, how, runs, n, err);
}

int pfg_store_baseline_get(struct pfg_store *store, long **out, size_t *n,
                           const char *name, const char *fingerprint,
                           struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->baseline_get(store, out, n, name, fingerprint, arena,
                                        err);
}

int pfg_store_baseline_list(struct pfg_store *store,
                            struct pfg_named_baseline **out, size_t *n,
                            struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->baseline_list(store, out, n, arena, err);
}

int pfg_store_baseline_changes(struct pfg_store *store,
                               struct pfg_baseline_change **out, size_t *n,
                               const char *name, struct pfg_arena *arena,
                               struct pfg_error *err)
{
    return store->backend->baseline_changes(store, out, n, name, arena, err);
}

int pfg_store_baseline_note(struct pfg_store *store,
                            const struct pfg_baseline_change *changes, size_t n,
                            struct pfg_error *err)
{
    return store->backend->baseline_note(store, changes, n, err);
}

int pfg_store_baseline_delete(struct pfg_store *store, size_t *out,
                              const char *name, const char *fingerprint,
                              pfg_time now, struct pfg_error *err)
{
    return store->backend->baseline_delete(store, out, name, fingerprint, now,
                                           err);
}

int pfg_store_merge(struct pfg_store *store, struct pfg_merged *out,
                    struct pfg_store *const *sources, size_t n,
                    struct pfg_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (sources[i]->backend != store->backend) {
            return pfg_fail(err, PFG_USAGE,
                            "a %s store cannot be merged into a %s one",
                            sources[i]->backend->name, store->backend->name);
        }
    }
    return store->backend->merge(store, out, sources, n, err);
}

int pfg_store_remove(struct pfg_store *store, size_t *out, const long *runs,
                     size_t n, struct pfg_error *err)
{
    return store->backend->remove(store, out, runs, n, err);
}

int pfg_store_removed(struct pfg_store *store, const char ***out, size_t *n,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->removed(store, out, n, arena, err);
}

int pfg_store_compact(struct pfg_store *store, struct pfg_error *err)
{
    return store->backend->compact(store, err);
}

int pfg_store_stats(struct pfg_store *store, struct pfg_store_stats *out,
                    struct pfg_error *err)
{
    return store->backend->stats(store, out, err);
}

int pfg_store_check(struct pfg_store *store, const char ***out, size_t *n,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    return store->backend->check(store, out, n, arena, err);
}

int pfg_store_repair(struct pfg_store *store, const char *aside,
                     const char ***out, size_t *n, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    return store->backend->repair(store, aside, out, n, arena, err);
}
