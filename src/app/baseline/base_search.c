#include "app/baseline/search.h"

#include <stdint.h>
#include <string.h>

#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/map.h"

#define MAX_ANCESTORS 500

/* Ids with results on the profile, as a set. */
static int stored_ids(const struct pfg_search *search, struct pfg_map *out,
                      const char *fingerprint, struct pfg_error *err)
{
    const char **ids;
    size_t n = 0;

    pfg_map_init(out, search->arena);
    if (search->store && pfg_store_revisions(search->store, &ids, &n,
                                             fingerprint, search->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        *pfg_map_at(out, pfg_slice_of(ids[i])) = out;
    }
    return 0;
}

/* Where the way back begins, and what people call that place. */
struct start {
    const char *id, *name;
    bool of_head; /* the head itself, which is no base */
};

static int find_start(const struct pfg_search *search, struct start *out,
                      const struct pfg_revision *head, struct pfg_error *err)
{
    const char *tip, *branch, *fork = NULL;
    bool cut;

    *out = (struct start){head->id, "the previous commit", true};
    if (*head->merge) {
        *out = (struct start){head->merge, "the pull request's base", false};
        return 0;
    }
    if (pfg_vcs_base_branch(search->vcs, &tip, &branch,
                            search->options->base_branch, search->arena, err)) {
        return -1;
    }
    if (!tip) {
        return 0;
    }
    if (pfg_vcs_merge_base(search->vcs, &fork, &cut, head->id, tip,
                           search->arena, err)) {
        return -1;
    }
    if (fork && !strcmp(fork, head->id)) {
        return 0; /* the head is on the base branch itself */
    }
    out->of_head = false;
    out->id = fork ? fork : tip;
    out->name = pfg_arena_printf(search->arena, "%s %s",
                                 fork ? "merge-base with" : "tip of", branch);
    return 0;
}

static const char *describe_distance(const struct start *start, size_t distance,
                                     bool from_head, struct pfg_arena *arena)
{
    size_t back = from_head && distance ? distance - 1 : distance;

    if (!back) {
        return start->name;
    }
    return pfg_arena_printf(arena, "%s, %zu commit%s further back", start->name,
                            back, back == 1 ? "" : "s");
}

static const char *explain_none(const struct pfg_search *search,
                                const struct start *start,
                                const struct pfg_ancestry *ancestry)
{
    struct pfg_arena *arena = search->arena;
    size_t before = ancestry->n - 1;
    const char *cut = ancestry->cut
                          ? "; the clone is shallow: fetch the whole history "
                            "(fetch-depth: 0), or name the base"
                          : "";
    const char *start_too =
        start->of_head
            ? ""
            : pfg_arena_printf(arena, "%s (%.10s) or ", start->name, start->id);

    if (!before && start->of_head) {
        return pfg_arena_printf(arena, "%.10s has no earlier commit%s",
                                start->id, cut);
    }
    if (!before) {
        return pfg_arena_printf(arena,
                                "no results on this hardware for %s (%.10s), "
                                "which has no earlier commit%s",
                                start->name, start->id, cut);
    }
    return pfg_arena_printf(
        arena, "no results on this hardware for %s%s before %s%s", start_too,
        before == 1 ? "the commit"
                    : pfg_arena_printf(arena, "any of the %zu commits", before),
        start->of_head ? "the head" : "it", cut);
}

static bool is_stored(const struct pfg_map *stored, const char *id)
{
    void **place = pfg_map_find(stored, pfg_slice_of(id));

    return place && *place;
}

/* Runs along a way back, newest first. */
struct stretch {
    PFG_VEC(struct pfg_run_info) infos;
    size_t n; /* versions */
};

/* A way back through what was measured. */
struct way {
    const struct pfg_ancestry *ancestry;
    const struct pfg_map *stored;
    const struct pfg_found *head;
    const char *fingerprint;
    bool mainline; /* of the base's branch alone */
    size_t at;     /* the next one to look at */
};

static struct pfg_revision revision_of(const struct pfg_ancestor *ancestor)
{
    return (struct pfg_revision){.id = ancestor->id,
                                 .tree = ancestor->tree,
                                 .subject = "",
                                 .author = ancestor->author,
                                 .branch = "",
                                 .merge = ""};
}

/* The clean runs of the next version on the way that has some and is not the
 * head's own code; `found->n` is 0 at its end. */
static int next_measured(const struct pfg_search *search,
                         struct pfg_found *found, struct way *way,
                         struct pfg_error *err)
{
    *found = (struct pfg_found){.n = 0};
    while (way->at < way->ancestry->n) {
        const struct pfg_ancestor *ancestor = &way->ancestry->at[way->at++];
        struct pfg_revision revision = revision_of(ancestor);

        if (!is_stored(way->stored, ancestor->id) ||
            (way->mainline && !ancestor->mainline)) {
            continue;
        }
        if (pfg_search_runs(search, found, &revision, way->fingerprint, err)) {
            return -1;
        }
        pfg_search_drop_own(found, way->head);
        if (found->n && !found->infos[0].revision.dirty) {
            return 0;
        }
        found->n = 0;
    }
    return 0;
}

static void add_infos(struct stretch *stretch, const struct pfg_found *found,
                      size_t most, struct pfg_arena *arena)
{
    stretch->n++;
    for (size_t i = 0; i < found->n && stretch->infos.n < most; i++) {
        pfg_vec_push(&stretch->infos, arena, found->infos[i]);
    }
}

/* The versions behind the base that a window takes in. */
static int add_window(const struct pfg_search *search, struct pfg_found *out,
                      struct way *way, struct pfg_error *err)
{
    size_t asked = search->options->window;
    struct stretch stretch = {.n = 0};
    const struct pfg_revision *last = &out->infos[0].revision;
    struct pfg_found found;

    if (asked < 2) {
        return 0;
    }
    way->mainline = true;
    add_infos(&stretch, out, SIZE_MAX, search->arena);
    while (stretch.n < asked) {
        if (next_measured(search, &found, way, err)) {
            return -1;
        }
        if (!found.n) {
            break;
        }
        add_infos(&stretch, &found, SIZE_MAX, search->arena);
        last = &found.infos[0].revision;
    }
    out->infos = stretch.infos.at;
    out->n = stretch.infos.n;
    out->n_pooled = stretch.n;
    out->how = pfg_base_how_pooled(out, last, asked, search->arena);
    return 0;
}

/* Earlier runs along the ancestry, behind the base. */
static int add_history(const struct pfg_search *search, struct pfg_found *out,
                       struct way *way, struct pfg_error *err)
{
    struct stretch history = {.n = 0};
    size_t known;

    way->mainline = *way->head->revision.merge != '\0';
    while (history.infos.n < PFG_HISTORY_MAX) {
        struct pfg_found found;

        if (next_measured(search, &found, way, err)) {
            return -1;
        }
        if (!found.n) {
            break;
        }
        add_infos(&history, &found, PFG_HISTORY_MAX, search->arena);
    }
    known = history.infos.n + (out->n_pooled > 1 ? out->n : 0);
    if (known >= PFG_HISTORY_MIN) {
        out->history = history.infos.at;
        out->n_history = history.infos.n;
    }
    return 0;
}

/* The nearest ancestor with results, an index, or -1: behind a CI's merge
 * commit, whose other parent is the head, and for a window, which is of one
 * branch, only on the main line; elsewhere the main line goes first among
 * equally near ones. */
static long choose(const struct pfg_search *search,
                   const struct pfg_ancestry *ancestry,
                   const struct pfg_map *stored,
                   const struct pfg_revision *head)
{
    bool mainline = *head->merge || search->options->window > 1;
    long best = -1;

    for (size_t i = 0; i < ancestry->n; i++) {
        const struct pfg_ancestor *ancestor = &ancestry->at[i];

        if (best >= 0 && ancestor->distance > ancestry->at[best].distance) {
            break;
        }
        if ((ancestor->mainline || !mainline) &&
            strcmp(ancestor->id, head->id) && is_stored(stored, ancestor->id) &&
            (best < 0 ||
             (ancestor->mainline && !ancestry->at[best].mainline))) {
            best = (long)i;
        }
    }
    return best;
}

/* A changed work tree is compared with its own commit, when that was
 * measured clean. */
static int find_clean_self(const struct pfg_search *search,
                           struct pfg_found *out,
                           const struct pfg_revision *head,
                           const char *fingerprint, struct pfg_error *err)
{
    struct pfg_revision clean = *head;

    clean.dirty = false;
    if (pfg_search_runs(search, out, &clean, fingerprint, err)) {
        return -1;
    }
    /* Not merged with another base, either. */
    if (out->n && (out->infos[0].revision.dirty ||
                   strcmp(out->infos[0].revision.tree, head->tree) != 0)) {
        out->n = 0;
    }
    out->how = "the same commit, without the changes in the work tree";
    return 0;
}

/* Where the change begins: the commit that a base would be at best. NULL: it
 * begins at the head. */
static const struct pfg_ancestor *beginning(const struct start *start,
                                            const struct pfg_ancestry *ancestry,
                                            const struct pfg_revision *head)
{
    if (start->of_head) {
        return NULL;
    }
    for (size_t i = 0; i < ancestry->n; i++) {
        if (ancestry->at[i].mainline &&
            strcmp(ancestry->at[i].id, head->merge) != 0) {
            return &ancestry->at[i];
        }
    }
    return NULL;
}

/* The nearest ancestor whose results can be the base: its index, or -1.
 * *passed is then which nearer one was passed over for changes in its work
 * tree, in words for the report; "". */
static int find_measured(const struct pfg_search *search, struct pfg_found *out,
                         long *at, const char **passed,
                         const struct pfg_ancestry *ancestry,
                         const struct pfg_ancestor *first,
                         struct pfg_map *stored, const struct pfg_found *head,
                         const char *fingerprint, struct pfg_error *err)
{
    struct pfg_found by_name = *head;

    /* A change that comes to nothing leaves the code as it was where it
     * began: what was measured there is no result of the head's. */
    by_name.revision.tree = "";
    *passed = "";
    for (;;) {
        struct pfg_revision revision;

        *at = choose(search, ancestry, stored, &head->revision);
        if (*at < 0) {
            return 0;
        }
        revision = revision_of(&ancestry->at[*at]);
        if (pfg_search_runs(search, out, &revision, fingerprint, err)) {
            return -1;
        }
        pfg_search_drop_own(out, &ancestry->at[*at] == first ? &by_name : head);
        if (out->n && !out->infos[0].revision.dirty) {
            return 0;
        }
        /* What was measured with changes is no base unless asked for. */
        if (out->n && !**passed) {
            *passed = pfg_arena_printf(
                search->arena,
                "; ignored %.10s, which was measured with uncommitted changes",
                revision.id);
        }
        *pfg_map_at(stored, pfg_slice_of(revision.id)) = NULL;
    }
}

static int find_ancestor(const struct pfg_search *search, struct pfg_found *out,
                         const struct pfg_found *head, const char *fingerprint,
                         struct pfg_error *err)
{
    const struct pfg_revision *revision = &head->revision;
    const struct pfg_ancestor *first;
    struct pfg_ancestry ancestry;
    struct pfg_map stored;
    const char *passed;
    struct start start;
    struct way way;
    long at;

    if (find_start(search, &start, revision, err) ||
        pfg_vcs_ancestors(search->vcs, &ancestry, start.id, MAX_ANCESTORS,
                          search->arena, err) ||
        stored_ids(search, &stored, fingerprint, err)) {
        return -1;
    }
    first = beginning(&start, &ancestry, revision);
    if (find_measured(search, out, &at, &passed, &ancestry, first, &stored,
                      head, fingerprint, err)) {
        return -1;
    }
    if (at < 0) {
        *out = (struct pfg_found){
            .missing = pfg_arena_printf(search->arena, "%s%s",
                                        explain_none(search, &start, &ancestry),
                                        passed)};
        return 0;
    }
    out->revision = out->infos[0].revision;
    out->how = describe_distance(&start, ancestry.at[at].distance,
                                 start.id == revision->id || *revision->merge,
                                 search->arena);
    way = (struct way){.ancestry = &ancestry,
                       .stored = &stored,
                       .head = head,
                       .fingerprint = fingerprint,
                       .at = (size_t)at + 1};
    if (add_window(search, out, &way, err) ||
        add_history(search, out, &way, err)) {
        return -1;
    }
    out->how =
        pfg_arena_printf(search->arena, "%s%s%s", out->how,
                         !revision->dirty && *revision->tree &&
                                 !strcmp(out->revision.tree, revision->tree)
                             ? "; the head is the same code"
                             : "",
                         passed);
    return 0;
}

static int no_way_back(const struct pfg_revision *revision,
                       struct pfg_error *err)
{
    pfg_fail(err, PFG_USAGE, "'%s' has no earlier commits for a window",
             revision->id);
    return pfg_hint(err, "for the last N versions by time, use --base last:N");
}

/* What was asked for is the head itself. */
static const char *explain_own(const struct pfg_search *search,
                               const struct pfg_found *base,
                               const struct pfg_found *head)
{
    const char *spec = search->options->base;
    bool same = !strcmp(base->revision.id, head->revision.id);

    return pfg_arena_printf(
        search->arena,
        same ? "base and head are the same version, '%s'"
             : "'%s' (%s) is the same code as the head: there is no change to "
               "judge",
        spec, pfg_workspace_short_id(&base->revision, search->arena));
}

static int find_named(const struct pfg_search *search, struct pfg_found *out,
                      const struct pfg_found *head, const char *fingerprint,
                      struct pfg_error *err)
{
    struct pfg_revision revision;
    struct pfg_ancestry ancestry;
    struct pfg_map stored;
    struct way way;

    if (pfg_search_revision(search, &revision, search->options->base, err) ||
        pfg_search_runs(search, out, &revision, fingerprint, err)) {
        return -1;
    }
    if (!out->n) {
        out->missing = pfg_arena_printf(
            search->arena, "no results for '%s' (%s) on this hardware",
            search->options->base,
            pfg_workspace_short_id(&revision, search->arena));
        return 0;
    }
    pfg_search_drop_own(out, head);
    if (!out->n) {
        out->own = true;
        out->missing = explain_own(search, out, head);
        return 0;
    }
    out->how = "as requested";
    if (revision.named || !search->vcs) {
        return search->options->window > 1
                   ? no_way_back(&revision, err)
                   : pfg_base_earlier(search, out, head, fingerprint, err);
    }
    if (pfg_vcs_ancestors(search->vcs, &ancestry, revision.id, MAX_ANCESTORS,
                          search->arena, err) ||
        stored_ids(search, &stored, fingerprint, err)) {
        return -1;
    }
    way = (struct way){.ancestry = &ancestry,
                       .stored = &stored,
                       .head = head,
                       .fingerprint = fingerprint,
                       .at = 1};
    return add_window(search, out, &way, err) ||
                   add_history(search, out, &way, err)
               ? -1
               : 0;
}

int pfg_search_base(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_found *head, const char *fingerprint,
                    struct pfg_error *err)
{
    const struct pfg_revision *revision = &head->revision;

    if (search->options->by_time) {
        return pfg_base_by_time(search, out, head, fingerprint, err);
    }
    if (search->options->base) {
        return find_named(search, out, head, fingerprint, err);
    }
    if (!search->vcs || revision->named) {
        *out = (struct pfg_found){
            .missing =
                "the head is not a commit and has no ancestors: name the base "
                "with 'perfgate compare BASE HEAD' or '--base previous'"};
        return 0;
    }
    if (revision->dirty) {
        if (find_clean_self(search, out, revision, fingerprint, err)) {
            return -1;
        }
        if (out->n) {
            return 0;
        }
    }
    return find_ancestor(search, out, head, fingerprint, err);
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
