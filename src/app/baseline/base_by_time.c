#include "app/baseline/search.h"

#include <string.h>

#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/map.h"

const char *pfg_base_how_pooled(const struct pfg_found *found,
                                const struct pfg_revision *last, size_t asked,
                                struct pfg_arena *arena)
{
    size_t before = found->n_pooled - 1;

    if (!before) {
        return pfg_arena_printf(
            arena, "%s; no earlier version could be pooled with it",
            found->how);
    }
    return pfg_arena_printf(
        arena, "%s, pooled with %zu earlier versions, back to %s%s", found->how,
        before, pfg_workspace_short_id(last, arena),
        found->n_pooled < asked
            ? pfg_arena_printf(arena, "; %zu of %zu requested", found->n_pooled,
                               asked)
            : "");
}

const char *pfg_base_how_ignored(const struct pfg_revision *revision,
                                 struct pfg_arena *arena)
{
    return pfg_arena_printf(
        arena, "; ignored %.10s, which was measured with uncommitted changes",
        revision->id);
}

void pfg_base_set_history(struct pfg_found *out, struct pfg_run_info *infos,
                          size_t n, size_t n_pooled_runs)
{
    if (n + n_pooled_runs >= PFG_HISTORY_MIN) {
        out->history = infos;
        out->n_history = n;
    }
}

int pfg_base_earlier(const struct pfg_search *search, struct pfg_found *out,
                     const struct pfg_found *head, const char *fingerprint,
                     struct pfg_error *err)
{
    struct pfg_run_query query = {.fingerprint = fingerprint};
    struct pfg_run_info *infos;
    size_t n, kept = 0;

    if (pfg_store_find(search->store, &infos, &n, &query, search->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n && kept < PFG_HISTORY_MAX; i++) {
        if (infos[i].time < out->infos[out->n - 1].time &&
            strcmp(infos[i].revision.id, out->revision.id) &&
            !pfg_search_is_own(head, &infos[i])) {
            infos[kept++] = infos[i];
        }
    }
    pfg_base_set_history(out, infos, kept, 0);
    return 0;
}

/* By time, then in the order of storing. */
static bool is_before(const struct pfg_run_info *a,
                      const struct pfg_run_info *b)
{
    return a->time != b->time ? a->time < b->time : a->id < b->id;
}

/* The runs of the base's versions, and the earlier ones as history. */
struct split {
    struct pfg_map versions; /* ids with the tree that was built */
    PFG_VEC(struct pfg_run_info) base, history;
    const struct pfg_revision *last;
};

static void sort_run(struct split *split, const struct pfg_run_info *info,
                     size_t asked, struct pfg_arena *arena)
{
    struct pfg_slice id = pfg_slice_of(pfg_arena_printf(
        arena, "%s %s", info->revision.id, info->revision.tree));

    if (!pfg_map_find(&split->versions, id) && split->versions.n < asked) {
        *pfg_map_at(&split->versions, id) = split;
        split->last = &info->revision;
    }
    if (pfg_map_find(&split->versions, id)) {
        pfg_vec_push(&split->base, arena, *info);
    } else if (split->history.n < PFG_HISTORY_MAX) {
        pfg_vec_push(&split->history, arena, *info);
    }
}

static void set_base(struct pfg_found *out, const struct split *split,
                     size_t asked, struct pfg_arena *arena)
{
    *out = (struct pfg_found){
        .revision = split->base.at[0].revision,
        .infos = split->base.at,
        .n = split->base.n,
        .n_pooled = asked > 1 ? split->versions.n : 1,
        .how = "the latest measured before the head",
    };
    if (asked > 1) {
        out->how = pfg_base_how_pooled(out, split->last, asked, arena);
    }
    pfg_base_set_history(out, split->history.at, split->history.n,
                         asked > 1 ? split->base.n : 0);
}

/* A single version contributes all its runs, also those measured in turn with
 * the head. */
static int find_all_runs(const struct pfg_search *search, struct pfg_found *out,
                         const char *fingerprint, struct pfg_error *err)
{
    struct pfg_found all;

    if (pfg_search_runs(search, &all, &out->revision, fingerprint, err)) {
        return -1;
    }
    out->infos = all.infos;
    out->n = all.n;
    return 0;
}

int pfg_base_by_time(const struct pfg_search *search, struct pfg_found *out,
                     const struct pfg_found *head, const char *fingerprint,
                     struct pfg_error *err)
{
    struct pfg_run_query query = {.fingerprint = fingerprint};
    size_t asked = search->options->window ? search->options->window : 1;
    const struct pfg_run_info *first = &head->infos[head->n - 1];
    struct pfg_run_info *infos;
    struct split split = {.last = NULL};
    const char *passed = "";
    size_t n;

    if (pfg_store_find(search->store, &infos, &n, &query, search->arena, err)) {
        return -1;
    }
    pfg_map_init(&split.versions, search->arena);
    for (size_t i = 0; i < n; i++) {
        if (!is_before(&infos[i], first) ||
            pfg_search_is_own(head, &infos[i])) {
            continue;
        }
        if (!infos[i].revision.dirty) {
            sort_run(&split, &infos[i], asked, search->arena);
        } else if (!split.base.n && !*passed) {
            passed = pfg_base_how_ignored(&infos[i].revision, search->arena);
        }
    }
    if (!split.base.n) {
        *out = (struct pfg_found){
            .missing = pfg_arena_printf(
                search->arena,
                "no version was measured on this hardware before the head%s",
                passed)};
        return 0;
    }
    set_base(out, &split, asked, search->arena);
    out->how = pfg_arena_printf(search->arena, "%s%s", out->how, passed);
    return asked > 1 ? 0 : find_all_runs(search, out, fingerprint, err);
}
