#include "app/evaluate/evaluate_sources.h"

#include <stdlib.h>
#include <string.h>

#include "app/baseline/baseline_files.h"
#include "app/input/workspace.h"
#include "base/file.h"
#include "base/map.h"
#include "config/read_baseline_limits.h"
#include "json/json.h"

struct lookup {
    const struct pfg_stored_sides *sides;
    struct pfg_search search;
    struct pfg_pairs *out;
    /* the base asked for is the head: do not suggest other hardware */
    bool own;
};

/* Runs to load. */
struct wanted {
    const struct pfg_run_info *infos;
    size_t n;
    struct pfg_run *const **out;
};

/* Loads them all at once, so that what their series are is read once. */
static int load_runs(struct lookup *e, const struct wanted *wanted, size_t n,
                     struct pfg_error *err)
{
    size_t n_runs = 0, at = 0;
    struct pfg_run **runs;
    long *ids;

    for (size_t i = 0; i < n; i++) {
        n_runs += wanted[i].n;
    }
    runs = pfg_arena_new_array(e->out->arena, struct pfg_run *, n_runs);
    ids = pfg_arena_new_array(e->search.arena, long, n_runs);
    for (size_t i = 0; i < n; i++) {
        *wanted[i].out = &runs[at];
        /* Infos come newest first, sides want oldest first. */
        for (size_t k = wanted[i].n; k > 0; k--) {
            ids[at++] = wanted[i].infos[k - 1].id;
        }
    }
    if (pfg_store_load_list(e->search.store, runs, ids, n_runs, true, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < wanted[i].n; k++) {
            struct pfg_run *run = (*wanted[i].out)[wanted[i].n - 1 - k];
            const char *author = wanted[i].infos[k].revision.author;

            run->revision.author =
                author ? pfg_arena_strdup(run->arena, author) : NULL;
        }
    }
    pfg_runs_add(&e->out->runs, runs, n_runs);
    return 0;
}

static int load_head(struct lookup *e, struct pfg_comparison *comparison,
                     const struct pfg_found *head, struct pfg_error *err)
{
    const struct wanted wanted = {head->infos, head->n, &comparison->head.runs};

    return load_runs(e, &wanted, 1, err);
}

static struct pfg_report_origin describe(const struct pfg_found *found,
                                         struct pfg_arena *arena)
{
    const struct pfg_revision *revision = &found->revision;

    return (struct pfg_report_origin){
        .label = revision->named
                     ? pfg_arena_strdup(arena, revision->id)
                     : pfg_arena_printf(arena, "%.10s", revision->id),
        .id = pfg_arena_strdup(arena, revision->id),
        .subject = pfg_arena_strdup(arena, revision->subject),
        .time = revision->time ? revision->time
                : found->n     ? found->infos[0].time
                               : 0,
        .dirty = found->n && found->infos[0].revision.dirty,
        .n_runs = found->n,
        .how = pfg_arena_strdup(arena, found->how),
    };
}

static const char *baselines_folder(const struct lookup *e)
{
    struct pfg_vcs *vcs = e->search.vcs;

    return e->sides->baselines
               ? e->sides->baselines
               : pfg_path_join(e->out->arena, vcs ? pfg_vcs_root(vcs) : ".",
                               "baselines");
}

static int use_baseline_file(struct lookup *e, struct pfg_pair *pair,
                             const struct pfg_profile *profile,
                             struct pfg_error *err)
{
    struct pfg_comparison *comparison = &pair->comparison;
    struct pfg_arena *arena = e->out->arena;
    struct pfg_baseline_pick pick;
    const struct pfg_baseline *baseline = &pick.baseline;

    if (pfg_baseline_files_pick(&pick, e->sides->baseline, baselines_folder(e),
                                profile, arena, err)) {
        return -1;
    }
    if (pick.missing) {
        comparison->no_base = pick.missing;
        return 0;
    }
    pfg_runs_add(&e->out->runs, baseline->runs, baseline->n_runs);
    comparison->base.runs = baseline->runs;
    comparison->base.n = baseline->n_runs;
    comparison->base.origin =
        pfg_baseline_files_origin(baseline, pick.how, arena);
    pair->baseline_file = baseline->path;
    pfg_json_free(baseline->limits);
    return pfg_config_read_baseline_limits(&pair->limits, baseline->path, err);
}

/* Loads the runs of the base, and of the head with them. */
static int use_found_base(struct lookup *e, struct pfg_comparison *comparison,
                          const struct pfg_found *head,
                          const struct pfg_found *base, struct pfg_error *err)
{
    const struct wanted wanted[] = {
        {head->infos, head->n, &comparison->head.runs},
        {base->infos, base->n, &comparison->base.runs},
        {base->history, base->n_history, &comparison->history},
    };

    if (base->missing) {
        e->own = base->own;
        comparison->no_base = pfg_arena_strdup(e->out->arena, base->missing);
        return load_head(e, comparison, head, err);
    }
    comparison->base.origin = describe(base, e->out->arena);
    comparison->base.n = base->n;
    comparison->window = base->n_pooled > 1;
    comparison->n_history = base->n_history;
    return load_runs(e, wanted, PFG_COUNT(wanted), err);
}

static const char *names_on(const struct pfg_named_baseline *list, size_t n,
                            const char *name, struct pfg_arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < n; i++) {
        if (!strcmp(list[i].name, name)) {
            text = pfg_arena_printf(arena, "%s%s'%s'", text, *text ? ", " : "",
                                    list[i].profile);
        }
    }
    return text;
}

/* Whether the baseline consists of the head's own runs. */
static bool is_made_of(const struct pfg_found *baseline,
                       const struct pfg_found *head)
{
    for (size_t i = 0; i < head->n; i++) {
        size_t at = 0;

        while (at < baseline->n &&
               baseline->infos[at].id != head->infos[i].id) {
            at++;
        }
        if (at == baseline->n) {
            return false;
        }
    }
    return true;
}

/* Uses a baseline of the database: 1, or 0 if it has none of this name for this
 * hardware. *other then lists the hardware for which it has; "": none; NULL:
 * not a name. */
static int use_named_baseline(struct lookup *e,
                              struct pfg_comparison *comparison,
                              const struct pfg_found *head,
                              const char *fingerprint, const char **other,
                              struct pfg_error *err)
{
    const struct pfg_search *search = &e->search;
    const char *name = e->sides->baseline;
    struct pfg_arena *arena = e->out->arena;
    struct pfg_found found = {0};
    struct pfg_named_baseline *list;
    char saved[PFG_TIME_TEXT];
    size_t n;

    *other = NULL;
    if (!strcmp(name, "auto") || pfg_baseline_files_is_file(name)) {
        return 0;
    }
    if (pfg_store_baseline_list(search->store, &list, &n, search->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(list[i].name, name) &&
            !strcmp(list[i].fingerprint, fingerprint)) {
            found.revision = list[i].revision;
            pfg_time_short(saved, list[i].saved);
            found.how = pfg_arena_printf(
                search->arena, "baseline '%s', %s, saved %s", name,
                pfg_workspace_short_id(&found.revision, search->arena), saved);
            if (pfg_baseline_files_find(&found, search, name, fingerprint,
                                        err)) {
                return -1;
            }
            if (is_made_of(&found, head)) {
                found.own = true;
                found.missing = pfg_arena_printf(
                    search->arena, "baseline '%s' is the head's own results",
                    name);
            }
            if (use_found_base(e, comparison, head, &found, err)) {
                return -1;
            }
            comparison->base.origin.label = pfg_arena_strdup(arena, name);
            return 1;
        }
    }
    *other = names_on(list, n, name, search->arena);
    return 0;
}

/* A name in the database, or else a file. */
static int use_baseline(struct lookup *e, struct pfg_pair *pair,
                        const struct pfg_found *head, const char *fingerprint,
                        struct pfg_error *err)
{
    struct pfg_comparison *comparison = &pair->comparison;
    const char *other;
    int used =
        use_named_baseline(e, comparison, head, fingerprint, &other, err);

    if (used) {
        return used < 0 ? -1 : 0;
    }
    if (load_head(e, comparison, head, err) ||
        use_baseline_file(e, pair, &comparison->head.runs[0]->profile, err)) {
        return -1;
    }
    if (*comparison->no_base && other) {
        comparison->no_base = pfg_arena_printf(
            e->out->arena, "%s%s%s; %s",
            *other ? "the baseline in the database is for the hardware "
                   : "the database has no baseline named '",
            *other ? other : e->sides->baseline, *other ? "" : "'",
            comparison->no_base);
    }
    return 0;
}

/* If the head was measured after a merge with its base, not as it is checked
 * out, the merged tree is what is compared. */
static void apply_state(struct pfg_found *head, struct pfg_arena *arena)
{
    const struct pfg_revision *measured = &head->infos[0].revision;

    if (strcmp(measured->id, head->revision.id) != 0 || !*measured->tree ||
        !strcmp(measured->tree, head->revision.tree)) {
        return;
    }
    head->revision.tree = measured->tree;
    if (*measured->merge) {
        head->revision.merge = measured->merge;
        head->how = pfg_arena_printf(arena, "measured on merge commit %.10s",
                                     measured->merge);
    }
}

/* The head's runs on one profile, and their base. */
static int add_profile(struct lookup *e, const struct pfg_found *head,
                       const char *fingerprint, struct pfg_error *err)
{
    struct pfg_pair pair = {.comparison = {.no_base = "", .has_profile = true}};
    struct pfg_comparison *comparison = &pair.comparison;
    struct pfg_found here = *head, base = {0};
    int failed;

    here.infos =
        pfg_arena_new_array(e->search.arena, struct pfg_run_info, head->n);
    here.n = 0;
    for (size_t i = 0; i < head->n; i++) {
        if (!strcmp(head->infos[i].fingerprint, fingerprint)) {
            here.infos[here.n++] = head->infos[i];
        }
    }
    apply_state(&here, e->search.arena);
    comparison->head.origin = describe(&here, e->out->arena);
    comparison->head.n = here.n;
    e->own = false;
    if (e->sides->baseline) {
        failed = use_baseline(e, &pair, &here, fingerprint, err);
    } else {
        failed = pfg_search_base(&e->search, &base, &here, fingerprint, err) ||
                 use_found_base(e, comparison, &here, &base, err);
    }
    if (failed || (!comparison->base.n && !e->own &&
                   pfg_search_profiles(&e->search, &comparison->profiles,
                                       &comparison->n_profiles, err))) {
        return -1;
    }
    pfg_vec_push(&e->out->all, e->out->arena, pair);
    return 0;
}

static int find_head(struct lookup *e, struct pfg_found *out,
                     struct pfg_error *err)
{
    const struct pfg_search *search = &e->search;
    struct pfg_revision revision;
    int failed;

    if (!search->vcs && !e->sides->head && !search->options->by_time) {
        pfg_fail(err, PFG_USAGE, "nothing to compare: not in a git repository");
        return pfg_hint(err, "name two versions (perfgate compare BASE HEAD) "
                             "or two files, or use --base previous to compare "
                             "the newest results with the ones before");
    }
    failed = e->sides->head
                 ? pfg_search_revision(search, &revision, e->sides->head, err)
             : !search->vcs ? pfg_search_newest(search, &revision, err)
                            : pfg_workspace_revision(&revision, search->context,
                                                     search->vcs, NULL,
                                                     search->arena, err);

    if (failed || pfg_search_runs(search, out, &revision, NULL, err)) {
        return -1;
    }
    if (out->n) {
        /* What counts is the work tree that was measured, not the
         * present one. */
        out->revision.dirty = out->infos[0].revision.dirty;
        return 0;
    }
    pfg_fail(err, PFG_DATA, "no results for the head, %s%.40s",
             revision.named ? "" : "commit ", revision.id);
    return pfg_hint(err, "store them first: perfgate ingest PATH%s%s",
                    e->sides->head ? " --commit " : "",
                    e->sides->head ? e->sides->head : "");
}

static int none_on(const struct pfg_found *head, const char *hardware,
                   struct pfg_error *err)
{
    pfg_fail(err, PFG_DATA, "the head was not measured on the hardware '%s'",
             hardware);
    return pfg_hint(err, "it was measured on '%s'", head->infos[0].profile);
}

static int add_profiles(struct lookup *e, struct pfg_error *err)
{
    const char *hardware = e->sides->hardware;
    struct pfg_found head = {0};
    struct pfg_map profiles;

    if (find_head(e, &head, err)) {
        return -1;
    }
    pfg_map_init(&profiles, e->search.arena);
    for (size_t i = head.n; i-- > 0;) {
        if (!hardware || !strcmp(hardware, head.infos[i].profile)) {
            *pfg_map_at(&profiles, pfg_slice_of(head.infos[i].fingerprint)) = e;
        }
    }
    if (!profiles.n) {
        return none_on(&head, hardware, err);
    }
    for (size_t i = 0; i < profiles.n; i++) {
        if (add_profile(e, &head, profiles.entries[i].key.ptr, err)) {
            return -1;
        }
    }
    return 0;
}

/* Without a database the head has no data. An argument was perhaps meant as the
 * name of a file. */
static int open_store(struct lookup *e, struct pfg_error *err)
{
    const char *base = e->search.options->base, *head = e->sides->head;
    const char *path = pfg_workspace_database(e->sides->database, e->search.vcs,
                                              e->search.arena);

    if (pfg_store_exists(path)) {
        return pfg_store_open(&e->search.store, path, false, err);
    }
    if (base && head) {
        pfg_fail(err, PFG_DATA,
                 "'%s' is not a file, and there is no database '%s'",
                 pfg_is_path_argument(base) ? head : base, path);
    } else {
        pfg_fail(err, PFG_DATA, "no database '%s' yet", path);
    }
    return pfg_hint(err, "store results first (perfgate ingest PATH), or "
                         "compare two files (perfgate compare OLD NEW)");
}

int pfg_pairs_of_store(struct pfg_pairs *out, const struct pfg_context *context,
                       const struct pfg_stored_sides *sides,
                       struct pfg_vcs *vcs, struct pfg_error *err)
{
    struct lookup e = {
        .sides = sides,
        .search = {.context = context,
                   .options = &sides->search,
                   .vcs = vcs,
                   .arena = out->arena},
        .out = out,
    };
    int failed = open_store(&e, err) || add_profiles(&e, err);

    pfg_store_close(e.search.store);
    return failed ? -1 : 0;
}
