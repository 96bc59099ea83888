#include "app/baseline/search.h"

#include <stdint.h>
#include <string.h>

#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/map.h"

#define MAX_ANCESTORS 500

/* The way back from a commit, newest first, and what was measured on it. */
struct way {
    const struct pfg_search *search;
    const struct pfg_found *head;
    const char *fingerprint;
    struct pfg_ancestry ancestry;
    struct pfg_map stored; /* ids of commits with results on the profile */
    bool mainline;         /* only the base's branch counts */
    size_t at;             /* the next ancestor to look at */
};

static int open_way(struct way *way, const char *from, struct pfg_error *err)
{
    const struct pfg_search *search = way->search;
    const char **ids;
    size_t n = 0;

    pfg_map_init(&way->stored, search->arena);
    if (pfg_vcs_ancestors(search->vcs, &way->ancestry, from, MAX_ANCESTORS,
                          search->arena, err) ||
        (search->store &&
         pfg_store_revisions(search->store, &ids, &n, way->fingerprint,
                             search->arena, err))) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        *pfg_map_at(&way->stored, pfg_slice_of(ids[i])) = way;
    }
    return 0;
}

static bool is_stored(const struct way *way, const char *id)
{
    void **place = pfg_map_find(&way->stored, pfg_slice_of(id));

    return place && *place;
}

/* Where the way back begins, and its name in reports. */
struct start {
    const char *id, *name;
    bool of_head; /* at the head itself, which is never its base */
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

/* Runs along the way back, newest first. */
struct stretch {
    PFG_VEC(struct pfg_run_info) infos;
    size_t n; /* versions */
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
 * head's own code; `found->n` is 0 at the end. */
static int next_measured(struct way *way, struct pfg_found *found,
                         struct pfg_error *err)
{
    *found = (struct pfg_found){.n = 0};
    while (way->at < way->ancestry.n) {
        const struct pfg_ancestor *ancestor = &way->ancestry.at[way->at++];
        struct pfg_revision revision = revision_of(ancestor);

        if (!is_stored(way, ancestor->id) ||
            (way->mainline && !ancestor->mainline)) {
            continue;
        }
        if (pfg_search_runs(way->search, found, &revision, way->fingerprint,
                            err)) {
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

/* The versions behind the base that a window pools with it. */
static int add_window(struct way *way, struct pfg_found *out,
                      struct pfg_error *err)
{
    struct pfg_arena *arena = way->search->arena;
    size_t asked = way->search->options->window;
    struct stretch stretch = {.n = 0};
    const struct pfg_revision *last = &out->infos[0].revision;
    struct pfg_found found;

    if (asked < 2) {
        return 0;
    }
    way->mainline = true;
    add_infos(&stretch, out, SIZE_MAX, arena);
    while (stretch.n < asked) {
        if (next_measured(way, &found, err)) {
            return -1;
        }
        if (!found.n) {
            break;
        }
        add_infos(&stretch, &found, SIZE_MAX, arena);
        last = &found.infos[0].revision;
    }
    out->infos = stretch.infos.at;
    out->n = stretch.infos.n;
    out->n_pooled = stretch.n;
    out->how = pfg_base_how_pooled(out, last, asked, arena);
    return 0;
}

/* The window of the base, then the earlier runs behind it as its history. */
static int add_earlier(struct way *way, struct pfg_found *out,
                       struct pfg_error *err)
{
    struct stretch history = {.n = 0};

    if (add_window(way, out, err)) {
        return -1;
    }
    way->mainline = *way->head->revision.merge != '\0';
    while (history.infos.n < PFG_HISTORY_MAX) {
        struct pfg_found found;

        if (next_measured(way, &found, err)) {
            return -1;
        }
        if (!found.n) {
            break;
        }
        add_infos(&history, &found, PFG_HISTORY_MAX, way->search->arena);
    }
    pfg_base_set_history(out, history.infos.at, history.infos.n,
                         out->n_pooled > 1 ? out->n : 0);
    return 0;
}

/* The index of the nearest ancestor with results, or -1. Only the main line
 * counts behind a CI's merge commit, whose other parent is the head, and for a
 * window, which is of one branch. Elsewhere the main line goes first among
 * equally near ones. */
static long choose(const struct way *way)
{
    const struct pfg_ancestor *at = way->ancestry.at;
    const struct pfg_revision *head = &way->head->revision;
    bool mainline = *head->merge || way->search->options->window > 1;
    long best = -1;

    for (size_t i = 0; i < way->ancestry.n; i++) {
        if (best >= 0 && at[i].distance > at[best].distance) {
            break;
        }
        if ((at[i].mainline || !mainline) && strcmp(at[i].id, head->id) &&
            is_stored(way, at[i].id) &&
            (best < 0 || (at[i].mainline && !at[best].mainline))) {
            best = (long)i;
        }
    }
    return best;
}

/* A changed work tree is compared with its own commit, if that was measured
 * clean. */
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
    /* Nor may it be merged with another base. */
    if (out->n && (out->infos[0].revision.dirty ||
                   strcmp(out->infos[0].revision.tree, head->tree) != 0)) {
        out->n = 0;
    }
    out->how = "the same commit, without the changes in the work tree";
    return 0;
}

/* The commit where the change begins, which is the best base; NULL if it begins
 * at the head. */
static const struct pfg_ancestor *beginning(const struct way *way,
                                            const struct start *start)
{
    const struct pfg_ancestry *ancestry = &way->ancestry;

    for (size_t i = 0; i < ancestry->n && !start->of_head; i++) {
        if (ancestry->at[i].mainline &&
            strcmp(ancestry->at[i].id, way->head->revision.merge) != 0) {
            return &ancestry->at[i];
        }
    }
    return NULL;
}

/* The nearest ancestor whose results can be the base: its index, or -1.
 * *passed says for the report which nearer one was ignored because
 * its work tree had changes; "": none. */
static int find_measured(struct way *way, struct pfg_found *out, long *at,
                         const char **passed, const struct start *start,
                         struct pfg_error *err)
{
    const struct pfg_ancestor *first = beginning(way, start);
    struct pfg_found by_name = *way->head;

    /* The head may have the same tree as the commit where it began, if its
     * changes cancel out. Results of that commit are not the head's own. */
    by_name.revision.tree = "";
    *passed = "";
    for (;;) {
        const struct pfg_ancestor *ancestor;
        struct pfg_revision revision;

        *at = choose(way);
        if (*at < 0) {
            return 0;
        }
        ancestor = &way->ancestry.at[*at];
        revision = revision_of(ancestor);
        if (pfg_search_runs(way->search, out, &revision, way->fingerprint,
                            err)) {
            return -1;
        }
        pfg_search_drop_own(out, ancestor == first ? &by_name : way->head);
        if (out->n && !out->infos[0].revision.dirty) {
            return 0;
        }
        if (out->n && !**passed) {
            *passed = pfg_base_how_ignored(&revision, way->search->arena);
        }
        *pfg_map_at(&way->stored, pfg_slice_of(revision.id)) = NULL;
    }
}

static int find_ancestor(struct way *way, struct pfg_found *out,
                         struct pfg_error *err)
{
    const struct pfg_search *search = way->search;
    const struct pfg_revision *revision = &way->head->revision;
    const char *passed;
    struct start start;
    bool same_code;
    long at;

    if (find_start(search, &start, revision, err) ||
        open_way(way, start.id, err) ||
        find_measured(way, out, &at, &passed, &start, err)) {
        return -1;
    }
    if (at < 0) {
        *out = (struct pfg_found){
            .missing = pfg_arena_printf(
                search->arena, "%s%s",
                explain_none(search, &start, &way->ancestry), passed)};
        return 0;
    }
    out->revision = out->infos[0].revision;
    out->how = describe_distance(&start, way->ancestry.at[at].distance,
                                 start.id == revision->id || *revision->merge,
                                 search->arena);
    way->at = (size_t)at + 1;
    if (add_earlier(way, out, err)) {
        return -1;
    }
    same_code = !revision->dirty && *revision->tree &&
                !strcmp(out->revision.tree, revision->tree);
    out->how = pfg_arena_printf(search->arena, "%s%s%s", out->how,
                                same_code ? "; the head is the same code" : "",
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

/* The base that was asked for is the head itself. */
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

static int find_named(struct way *way, struct pfg_found *out,
                      struct pfg_error *err)
{
    const struct pfg_search *search = way->search;
    struct pfg_revision revision;

    if (pfg_search_revision(search, &revision, search->options->base, err) ||
        pfg_search_runs(search, out, &revision, way->fingerprint, err)) {
        return -1;
    }
    if (!out->n) {
        out->missing = pfg_arena_printf(
            search->arena, "no results for '%s' (%s) on this hardware",
            search->options->base,
            pfg_workspace_short_id(&revision, search->arena));
        return 0;
    }
    pfg_search_drop_own(out, way->head);
    if (!out->n) {
        out->own = true;
        out->missing = explain_own(search, out, way->head);
        return 0;
    }
    out->how = "as requested";
    if (revision.named || !search->vcs) {
        return search->options->window > 1
                   ? no_way_back(&revision, err)
                   : pfg_base_earlier(search, out, way->head, way->fingerprint,
                                      err);
    }
    way->at = 1;
    return open_way(way, revision.id, err) || add_earlier(way, out, err) ? -1
                                                                         : 0;
}

int pfg_search_base(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_found *head, const char *fingerprint,
                    struct pfg_error *err)
{
    const struct pfg_revision *revision = &head->revision;
    struct way way = {
        .search = search, .head = head, .fingerprint = fingerprint};

    if (search->options->by_time) {
        return pfg_base_by_time(search, out, head, fingerprint, err);
    }
    if (search->options->base) {
        return find_named(&way, out, err);
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
    return find_ancestor(&way, out, err);
}
