#include "app/baseline/search.h"

#include <stdlib.h>
#include <string.h>

#include "app/input/workspace.h"
#include "base/map.h"

/* A pull request's test merge stands for its head, whichever of the two is
 * named. */
static int look_up_merge(const struct pfg_search *search,
                         struct pfg_revision *out, const char *spec)
{
    struct pfg_vcs_hint hint;

    *out = (struct pfg_revision){.merge = ""};
    if (search->vcs) {
        hint = pfg_workspace_hint(search->context, search->arena);
        if (hint.head && !pfg_vcs_resolve(search->vcs, out, spec, &hint,
                                          search->arena, NULL)) {
            out->dirty = false;
        }
    }
    return *out->merge ? 0 : -1;
}

int pfg_search_revision(const struct pfg_search *search,
                        struct pfg_revision *out, const char *spec,
                        struct pfg_error *err)
{
    struct pfg_run_query query = {.revision = spec, .limit = 1};
    struct pfg_run_info *infos;
    size_t n = 0;

    if (!look_up_merge(search, out, spec)) {
        return 0;
    }
    if (search->store &&
        pfg_store_find(search->store, &infos, &n, &query, search->arena, err)) {
        return -1;
    }
    if (n) {
        *out = infos[0].revision;
        out->dirty = false;
        return 0;
    }
    if (search->vcs) {
        return pfg_vcs_resolve(search->vcs, out, spec, NULL, search->arena,
                               err);
    }
    pfg_fail(err, PFG_USAGE, "unknown version '%s'", spec);
    return pfg_hint(err, "the database has no results with that name, and this "
                         "is not a git repository");
}

/* Whether `info` is of the state to keep on its hardware: the wanted tree, or
 * the last measured one if that has no results. */
static bool is_of_state(const struct pfg_found *found,
                        const struct pfg_run_info *info, const char *wanted)
{
    const char *tree = info->revision.tree;
    bool any = false;

    for (size_t i = 0; i < found->n; i++) {
        const struct pfg_run_info *other = &found->infos[i];

        if (strcmp(other->fingerprint, info->fingerprint) != 0) {
            continue;
        }
        if (!strcmp(other->revision.tree, wanted)) {
            tree = wanted;
            break;
        }
        tree = any ? tree : other->revision.tree;
        any = true;
    }
    return !*tree || !*info->revision.tree ||
           !strcmp(info->revision.tree, tree);
}

/* Keeps the runs of one state of the code. A commit with changes in the work
 * tree is other code, and so is a pull request's head merged with another
 * version of its base. */
static void filter_state(struct pfg_found *found,
                         const struct pfg_revision *wanted,
                         struct pfg_arena *arena)
{
    struct pfg_run_info *kept =
        pfg_arena_new_array(arena, struct pfg_run_info, found->n);
    bool any = false;
    size_t n = 0;

    for (size_t i = 0; i < found->n; i++) {
        any = any || found->infos[i].revision.dirty == wanted->dirty;
    }
    for (size_t i = 0; i < found->n; i++) {
        if (!any || found->infos[i].revision.dirty == wanted->dirty) {
            found->infos[n++] = found->infos[i];
        }
    }
    found->n = n;
    n = 0;
    for (size_t i = 0; i < found->n; i++) {
        if (is_of_state(found, &found->infos[i], wanted->tree)) {
            kept[n++] = found->infos[i];
        }
    }
    found->infos = kept;
    found->n = n;
}

static int by_age(const void *left, const void *right)
{
    const struct pfg_run_info *a = left, *b = right;

    return a->time != b->time ? (a->time < b->time) - (a->time > b->time)
                              : (a->id < b->id) - (a->id > b->id);
}

/* The runs stored under the ids of a revision and of its merge. */
static int find_by_ids(const struct pfg_search *search, struct pfg_found *out,
                       const struct pfg_revision *revision,
                       const char *fingerprint, struct pfg_error *err)
{
    struct pfg_run_query query = {.revision = revision->id,
                                  .fingerprint = fingerprint};
    struct pfg_run_info *infos, *all;
    size_t n = 0;

    if (pfg_store_find(search->store, &out->infos, &out->n, &query,
                       search->arena, err)) {
        return -1;
    }
    if (!*revision->merge) {
        return 0;
    }
    query.revision = revision->merge;
    if (pfg_store_find(search->store, &infos, &n, &query, search->arena, err)) {
        return -1;
    }
    if (n) {
        all =
            pfg_arena_new_array(search->arena, struct pfg_run_info, out->n + n);
        if (out->n) {
            memcpy(all, out->infos, out->n * sizeof *all);
        }
        memcpy(all + out->n, infos, n * sizeof *all);
        qsort(all, out->n + n, sizeof *all, by_age);
        out->infos = all;
        out->n += n;
    }
    return 0;
}

int pfg_search_runs(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_revision *revision,
                    const char *fingerprint, struct pfg_error *err)
{
    struct pfg_run_query by_tree = {
        .tree = revision->tree,
        .fingerprint = fingerprint,
    };

    *out = (struct pfg_found){.revision = *revision, .how = ""};
    if (!search->store) {
        return 0;
    }
    if (find_by_ids(search, out, revision, fingerprint, err)) {
        return -1;
    }
    /* If the commit has no results, those of the same tree under another commit
     * (a rebase, a squash) will do. They are never pooled, or an empty commit
     * would be compared with itself. */
    if (!out->n && *revision->tree && !revision->dirty &&
        pfg_store_find(search->store, &out->infos, &out->n, &by_tree,
                       search->arena, err)) {
        return -1;
    }
    filter_state(out, revision, search->arena);
    for (size_t i = 0; i < out->n; i++) {
        if (!strcmp(out->infos[i].revision.id, revision->id)) {
            out->infos[i].revision.author = revision->author;
        }
    }
    return 0;
}

static bool is_among(const struct pfg_found *found, long id)
{
    for (size_t i = 0; i < found->n; i++) {
        if (found->infos[i].id == id) {
            return true;
        }
    }
    return false;
}

bool pfg_search_is_own(const struct pfg_found *head,
                       const struct pfg_run_info *info)
{
    const struct pfg_revision *own = &head->revision;
    const struct pfg_revision *other = &info->revision;

    if (is_among(head, info->id)) {
        return true;
    }
    /* With changes in the work tree the code is different. */
    if (own->dirty != other->dirty) {
        return false;
    }
    return !strcmp(other->id, own->id) ||
           (*own->merge && !strcmp(other->id, own->merge)) ||
           (!own->dirty && *own->tree && !strcmp(other->tree, own->tree));
}

void pfg_search_drop_own(struct pfg_found *found, const struct pfg_found *head)
{
    size_t kept = 0;

    for (size_t i = 0; i < found->n; i++) {
        if (!pfg_search_is_own(head, &found->infos[i])) {
            found->infos[kept++] = found->infos[i];
        }
    }
    found->n = kept;
}

int pfg_search_newest(const struct pfg_search *search, struct pfg_revision *out,
                      struct pfg_error *err)
{
    struct pfg_run_query query = {.limit = 1};
    struct pfg_run_info *infos;
    size_t n;

    if (pfg_store_find(search->store, &infos, &n, &query, search->arena, err)) {
        return -1;
    }
    if (!n) {
        pfg_fail(err, PFG_DATA, "the database has no results");
        return pfg_hint(err, "store some first: perfgate ingest PATH");
    }
    *out = infos[0].revision;
    return 0;
}

int pfg_search_profiles(const struct pfg_search *search, const char ***out,
                        size_t *n, struct pfg_error *err)
{
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    struct pfg_map names;
    size_t n_infos = 0;

    if (search->store && pfg_store_find(search->store, &infos, &n_infos, &query,
                                        search->arena, err)) {
        return -1;
    }
    pfg_map_init(&names, search->arena);
    for (size_t i = 0; i < n_infos; i++) {
        *pfg_map_at(&names, pfg_slice_of(infos[i].profile)) = out;
    }
    *out = pfg_arena_new_array(search->arena, const char *, names.n);
    *n = names.n;
    for (size_t i = 0; i < names.n; i++) {
        (*out)[i] = names.entries[i].key.ptr;
    }
    return 0;
}
