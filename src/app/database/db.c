#include "app/database/db.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/database/keep.h"
#include "app/input/workspace.h"
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/store.h"
#include "term/print.h"
#include "term/table.h"
#include "unit/scale.h"

/* Where the database is. */
static int find_path(const char **out, const char *path,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_vcs *vcs = NULL;

    *out = path;
    if (path && !pfg_store_is_server(path)) {
        return 0;
    }
    if (pfg_workspace_open_vcs(&vcs, err)) {
        return -1;
    }
    *out = pfg_workspace_database(path, vcs, arena);
    pfg_vcs_close(vcs);
    return 0;
}

static const char *print_size(char text[PFG_SCALE_TEXT], int64_t bytes)
{
    double size = (double)bytes;
    struct pfg_scale scale = pfg_scale_for("B", &size, 1);

    return pfg_scale_print(text, size, &scale);
}

/* --- check --- */

/* A name for the file as it was, which is not there yet. */
static const char *aside_of(const char *path, struct pfg_arena *arena)
{
    const char *aside = pfg_arena_printf(arena, "%s.damaged", path);

    for (int i = 2; pfg_file_exists(aside); i++) {
        aside = pfg_arena_printf(arena, "%s.damaged.%d", path, i);
    }
    return aside;
}

static int repair(const struct pfg_context *context, const char *path,
                  struct pfg_arena *arena, struct pfg_error *err)
{
    const char *aside = aside_of(path, arena), **done;
    struct pfg_store *store;
    size_t n;
    int failed;

    if (pfg_store_open(&store, path, false, err)) {
        return -1;
    }
    failed = pfg_store_repair(store, aside, &done, &n, arena, err);
    pfg_store_close(store);
    for (size_t i = 0; i < n && !failed; i++) {
        pfg_print(context->out, "%s: %s\n", path, done[i]);
    }
    if (n && !failed) {
        pfg_print(context->err, "%s: the original is kept as '%s'\n", path,
                  aside);
    }
    return failed;
}

static int check(const struct pfg_context *context, const char *path,
                 bool repaired, struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_store_version version;
    struct pfg_store *store;
    struct pfg_store_stats stats = {0};
    const char **findings = NULL;
    size_t n = 0;
    int failed;

    if (pfg_store_open_reading(&store, &version, path, err)) {
        return -1;
    }
    failed = pfg_store_check(store, &findings, &n, arena, err) ||
             (!n && pfg_store_stats(store, &stats, err));
    path = pfg_arena_strdup(arena, pfg_store_name(store));
    pfg_store_close(store);
    if (failed) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        pfg_print(context->out, "%s: %s\n", path, findings[i]);
    }
    if (n) {
        pfg_fail(err, PFG_SYSTEM, "'%s' has %s", path,
                 pfg_arena_counted(arena, n, "problem"));
        return pfg_hint(err,
                        "%s; 'perfgate db export REV' saves what can still be "
                        "read",
                        repaired ? "restore it from a copy, or start a new one"
                                 : "--repair sets damaged results aside");
    }
    pfg_print(context->out, "%s: sound, %s, version %ld\n", path,
              pfg_arena_counted(arena, stats.n_runs, "run"), version.file);
    if (version.file < version.newest) {
        pfg_print(context->out,
                  "%s: the current version is %ld; the next 'perfgate ingest' "
                  "upgrades it\n",
                  path, version.newest);
    }
    return 0;
}

int pfg_db_check(const struct pfg_context *context, const char *path,
                 bool with_repair, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    int failed = find_path(&path, path, arena, err) ||
                 (with_repair && repair(context, path, arena, err)) ||
                 check(context, path, with_repair, arena, err);

    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

/* --- stats --- */

struct profile_count {
    const char *name;
    size_t n;
    pfg_time last;
};

/* By profile, that of the newest run first. */
static int show_profiles(const struct pfg_context *context,
                         struct pfg_store *store, struct pfg_arena *arena,
                         struct pfg_error *err)
{
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    struct pfg_map profiles;
    char last[PFG_TIME_TEXT];
    size_t n;

    if (pfg_store_find(store, &infos, &n, &query, arena, err)) {
        return -1;
    }
    pfg_map_init(&profiles, arena);
    for (size_t i = 0; i < n; i++) {
        struct profile_count **place = (struct profile_count **)pfg_map_at(
            &profiles, pfg_slice_of(infos[i].fingerprint));

        if (!*place) {
            *place = pfg_arena_alloc(arena, sizeof **place);
            (*place)->name = infos[i].profile;
            (*place)->last = infos[i].time;
        }
        (*place)->n++;
    }
    for (size_t i = 0; i < profiles.n; i++) {
        const struct profile_count *one = profiles.entries[i].value;

        pfg_print(context->out, "  %-9s  %s: %s, the last %s\n",
                  i ? "" : "hardware", one->name,
                  pfg_arena_counted(arena, one->n, "run"),
                  pfg_time_short(last, one->last));
    }
    return 0;
}

static int show_stats(const struct pfg_context *context,
                      struct pfg_store *store, long version,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_named_baseline *names;
    struct pfg_store_stats stats;
    char first[PFG_TIME_TEXT], last[PFG_TIME_TEXT];
    char size[PFG_SCALE_TEXT];
    int64_t bytes;
    size_t n;

    if (pfg_store_stats(store, &stats, err) ||
        pfg_store_baseline_list(store, &names, &n, arena, err) ||
        pfg_store_size(store, &bytes, err)) {
        return -1;
    }
    pfg_print(context->out, "%s\n  size       %s, version %ld\n",
              pfg_store_name(store), print_size(size, bytes), version);
    pfg_print(context->out, "  runs       %zu of %s%s%s%s%s\n", stats.n_runs,
              pfg_arena_counted(arena, stats.n_revisions, "version"),
              stats.n_runs ? ", " : "", pfg_time_short(first, stats.first),
              stats.n_runs ? " to " : "", pfg_time_short(last, stats.last));
    pfg_print(context->out, "  series     %zu of %s in %s\n", stats.n_series,
              pfg_arena_counted(arena, stats.n_benchmarks, "benchmark"),
              pfg_arena_counted(arena, stats.n_suites, "suite"));
    pfg_print(context->out, "  values     %s in %s\n",
              pfg_arena_counted(arena, stats.n_samples, "sample"),
              pfg_arena_counted(arena, stats.n_measurements, "measurement"));
    fprintf(context->out, "  baselines  %zu\n", n);
    return show_profiles(context, store, arena, err);
}

int pfg_db_stats(const struct pfg_context *context, const char *path,
                 struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_store_version version;
    struct pfg_store *store = NULL;
    int failed = find_path(&path, path, arena, err) ||
                 pfg_store_open_reading(&store, &version, path, err) ||
                 show_stats(context, store, version.file, arena, err);

    pfg_store_close(store);
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

/* --- list --- */

static const char *version_of(const struct pfg_run_info *info,
                              struct pfg_arena *arena)
{
    const char *id = pfg_workspace_short_id(&info->revision, arena);

    return info->revision.dirty ? pfg_arena_printf(arena, "%s (dirty)", id)
                                : id;
}

static void put_version(struct pfg_table *table,
                        const struct pfg_run_info *info, uintptr_t n_runs,
                        struct pfg_arena *arena)
{
    char when[PFG_TIME_TEXT];

    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "%s", version_of(info, arena));
    pfg_table_cell(table, PFG_PLAIN, "%s", info->profile);
    pfg_table_cell(table, PFG_PLAIN, "%s", pfg_time_short(when, info->time));
    pfg_table_cell(table, PFG_PLAIN, "%zu", (size_t)n_runs);
    pfg_table_cell(table, PFG_PLAIN, "%zu", info->n_series);
    pfg_table_cell(table, PFG_PLAIN, "%s", info->revision.subject);
}

static int list(const struct pfg_context *context, struct pfg_store *store,
                struct pfg_arena *arena, struct pfg_error *err)
{
    static const char *const headings[] = {"version", "hardware", "measured",
                                           "runs",    "series",   "subject"};
    const size_t n_headings = PFG_COUNT(headings);
    struct pfg_table *table = pfg_table_new(arena, n_headings);
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    struct pfg_map versions;
    struct pfg_str text;
    size_t n;

    if (pfg_store_find(store, &infos, &n, &query, arena, err)) {
        return -1;
    }
    if (!n) {
        pfg_print(context->err, "no results are stored\n");
        return 0;
    }
    pfg_table_row(table);
    for (size_t i = 0; i < n_headings; i++) {
        pfg_table_cell(table, PFG_BOLD, "%s", headings[i]);
    }
    pfg_table_align(table, 3, PFG_RIGHT);
    pfg_table_align(table, 4, PFG_RIGHT);
    pfg_map_init(&versions, arena);
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < n; i++) {
            uintptr_t *count = (uintptr_t *)pfg_map_at(
                &versions, pfg_slice_of(pfg_arena_printf(
                               arena, "%s\n%s\n%d", infos[i].revision.id,
                               infos[i].fingerprint, infos[i].revision.dirty)));

            if (!pass) {
                ++*count;
            } else if (*count) {
                put_version(table, &infos[i], *count, arena);
                *count = 0; /* it has its line */
            }
        }
    }
    pfg_str_init(&text, 0);
    pfg_table_print(&text, table, context->width, context->color);
    fwrite(text.ptr, 1, text.len, context->out);
    pfg_str_free(&text);
    return 0;
}

int pfg_db_list(const struct pfg_context *context, const char *path,
                struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_store_version version;
    struct pfg_store *store = NULL;
    int failed = find_path(&path, path, arena, err) ||
                 pfg_store_open_reading(&store, &version, path, err) ||
                 list(context, store, arena, err);

    pfg_store_close(store);
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

/* --- prune --- */

struct prune {
    const struct pfg_context *context;
    const struct pfg_prune_options *options;
    struct pfg_arena *arena;
    struct pfg_store *store;
    PFG_VEC(struct pfg_run_info) goes; /* newest first */
    size_t n_named;                    /* would go, but has a name */
    size_t n_at_steps;                 /* the same, but is at a step */
};

#define WEEK (7 * 24 * 3600 * PFG_SECOND)

/* Which of its hardware's versions a run is of, the newest being 1. Runs come
 * newest first. */
static size_t rank_of(struct pfg_map *versions, struct pfg_map *counts,
                      const struct pfg_run_info *info, struct pfg_arena *arena)
{
    const char *key =
        pfg_arena_printf(arena, "%s\n%s", info->fingerprint, info->revision.id);
    uintptr_t *rank = (uintptr_t *)pfg_map_at(versions, pfg_slice_of(key));

    if (!*rank) {
        *rank =
            ++*(uintptr_t *)pfg_map_at(counts, pfg_slice_of(info->fingerprint));
    }
    return *rank;
}

static bool is_asked_for(const struct pfg_prune_options *options,
                         const struct pfg_run_info *info, size_t rank)
{
    return (!options->keep_given || rank > options->keep) &&
           (!options->before || info->time < options->before) &&
           (!options->revision ||
            !strcmp(info->revision.id, options->revision)) &&
           (!options->hardware || !strcmp(info->profile, options->hardware));
}

/* What stands for its week: the version that was measured last in it. Runs
 * come newest first. */
static bool is_of_week(struct pfg_map *weeks, const struct pfg_run_info *info,
                       struct pfg_arena *arena)
{
    const char *key = pfg_arena_printf(arena, "%s\n%lld", info->fingerprint,
                                       (long long)(info->time / WEEK));
    void **of = pfg_map_at(weeks, pfg_slice_of(key));

    *of = *of ? *of : (void *)info->revision.id;
    return !strcmp(*of, info->revision.id);
}

static int by_number(const void *left, const void *right)
{
    const long *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static bool is_among(const long *ids, size_t n, long id)
{
    return n && bsearch(&id, ids, n, sizeof id, by_number);
}

/* All runs that any name means. */
static int list_named(struct prune *p, long **out, size_t *n,
                      struct pfg_error *err)
{
    PFG_VEC(long) all = {0};
    struct pfg_named_baseline *names;
    size_t n_names;

    if (pfg_store_baseline_list(p->store, &names, &n_names, p->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n_names; i++) {
        long *ids;
        size_t n_ids;

        if (pfg_store_baseline_get(p->store, &ids, &n_ids, names[i].name,
                                   names[i].fingerprint, p->arena, err)) {
            return -1;
        }
        for (size_t j = 0; j < n_ids; j++) {
            pfg_vec_push(&all, p->arena, ids[j]);
        }
    }
    if (all.n) {
        qsort(all.at, all.n, sizeof *all.at, by_number);
    }
    *out = all.at;
    *n = all.n;
    return 0;
}

static int choose(struct prune *p, const char *path, struct pfg_error *err)
{
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    struct pfg_map versions, counts, weeks;
    const pfg_time thin = p->options->thin;
    size_t n, n_named, n_steps = 0;
    long *named, *steps = NULL;

    if (pfg_store_find(p->store, &infos, &n, &query, p->arena, err) ||
        list_named(p, &named, &n_named, err) ||
        (thin && n &&
         pfg_keep_changes(&steps, &n_steps, p->context, path, p->arena, err))) {
        return -1;
    }
    pfg_map_init(&weeks, p->arena);
    pfg_map_init(&versions, p->arena);
    pfg_map_init(&counts, p->arena);
    for (size_t i = 0; i < n; i++) {
        size_t rank = rank_of(&versions, &counts, &infos[i], p->arena);

        if (!is_asked_for(p->options, &infos[i], rank) ||
            (thin && (infos[i].time >= thin ||
                      is_of_week(&weeks, &infos[i], p->arena)))) {
            continue;
        }
        if (is_among(named, n_named, infos[i].id)) {
            p->n_named++;
        } else if (is_among(steps, n_steps, infos[i].id)) {
            p->n_at_steps++;
        } else {
            pfg_vec_push(&p->goes, p->arena, infos[i]);
        }
    }
    return 0;
}

/* A line for each version and profile. */
static void list_goes(const struct prune *p)
{
    struct pfg_map groups;
    char when[PFG_TIME_TEXT];

    pfg_map_init(&groups, p->arena);
    for (size_t i = 0; i < p->goes.n; i++) {
        const struct pfg_run_info *info = &p->goes.at[i];
        const char *key = pfg_arena_printf(
            p->arena, "%s  %s on %s", pfg_time_short(when, info->time),
            pfg_workspace_short_id(&info->revision, p->arena), info->profile);

        ++*(uintptr_t *)pfg_map_at(&groups, pfg_slice_of(key));
    }
    for (size_t i = 0; i < groups.n; i++) {
        uintptr_t n = (uintptr_t)groups.entries[i].value;

        pfg_print(p->context->out, "%s%s\n", groups.entries[i].key.ptr,
                  n == 1 ? ""
                         : pfg_arena_printf(p->arena, ", %zu runs", (size_t)n));
    }
}

static int prune(struct prune *p, const char *path, struct pfg_error *err)
{
    long *ids;
    size_t n_gone;
    char is[PFG_SCALE_TEXT], was[PFG_SCALE_TEXT];
    int64_t before, after = 0;

    if (pfg_store_size(p->store, &before, err) || choose(p, path, err)) {
        return -1;
    }
    list_goes(p);
    ids = pfg_arena_new_array(p->arena, long, p->goes.n);
    for (size_t i = 0; i < p->goes.n; i++) {
        ids[i] = p->goes.at[i].id;
    }
    n_gone = p->goes.n;
    if (!p->options->dry_run && n_gone &&
        (pfg_store_remove(p->store, &n_gone, ids, p->goes.n, err) ||
         pfg_store_compact(p->store, err) ||
         pfg_store_size(p->store, &after, err))) {
        return -1;
    }
    pfg_print(p->context->err, "%s %s%s%s%s%s\n",
              pfg_arena_counted(p->arena, n_gone, "run"),
              p->options->dry_run ? "would go" : "removed",
              p->n_named ? ", named by baselines and kept: " : "",
              p->n_named ? pfg_arena_counted(p->arena, p->n_named, "run") : "",
              p->n_at_steps ? ", at steps and kept: " : "",
              p->n_at_steps ? pfg_arena_counted(p->arena, p->n_at_steps, "run")
                            : "");
    if (after && after <= before) {
        pfg_print(p->context->err, "%s: %s, was %s\n", pfg_store_name(p->store),
                  print_size(is, after), print_size(was, before));
    }
    return 0;
}

int pfg_db_prune(const struct pfg_context *context,
                 const struct pfg_prune_options *options, struct pfg_error *err)
{
    struct prune p = {
        .context = context, .options = options, .arena = pfg_arena_new()};
    const char *path;
    int failed =
        find_path(&path, options->database, p.arena, err) ||
        (options->dry_run ? pfg_store_open_reading(&p.store, NULL, path, err)
                          : pfg_store_open(&p.store, path, false, err)) ||
        prune(&p, path, err);

    pfg_store_close(p.store);
    pfg_arena_free(p.arena);
    return failed ? -1 : 0;
}

/* --- merge --- */

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;

    return !stat(a, &one) && !stat(b, &other) && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

static void say_merged(const struct pfg_context *context, const char *path,
                       const struct pfg_merged *merged, struct pfg_arena *arena)
{
    pfg_print(context->err, "%s: %s added, %zu already there%s%s\n", path,
              pfg_arena_counted(arena, merged->n_added, "run"), merged->n_there,
              merged->n_baselines ? ", " : "",
              merged->n_baselines
                  ? pfg_arena_counted(arena, merged->n_baselines, "baseline")
                  : "");
}

/* The sources are opened first: with one that cannot be read nothing is
 * made. */
static int merge(const struct pfg_context *context, const char *path,
                 const char *const *sources, size_t n, struct pfg_arena *arena,
                 struct pfg_store **opened, struct pfg_error *err)
{
    struct pfg_merged *merged =
        pfg_arena_new_array(arena, struct pfg_merged, n);
    const char **names = pfg_arena_new_array(arena, const char *, n);
    const char *source;
    struct pfg_store *into;
    size_t n_opened = 0;
    int failed;

    if (find_path(&path, path, arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        if (is_same_file(sources[i], path)) {
            pfg_context_warn(context,
                             "ignoring '%s', which is the target itself",
                             sources[i]);
            continue;
        }
        if (find_path(&source, sources[i], arena, err) ||
            pfg_store_open_reading(&opened[n_opened], NULL, source, err)) {
            return -1;
        }
        names[n_opened] = pfg_store_name(opened[n_opened]);
        n_opened++;
    }
    if (pfg_store_open(&into, path, true, err)) {
        return -1;
    }
    failed = pfg_store_merge(into, merged, opened, n_opened, err);
    for (size_t i = 0; i < n_opened && !failed; i++) {
        say_merged(context, names[i], &merged[i], arena);
    }
    pfg_store_close(into);
    return failed;
}

int pfg_db_merge(const struct pfg_context *context, const char *path,
                 const char *const *sources, size_t n, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_store **opened =
        pfg_arena_new_array(arena, struct pfg_store *, n);
    int failed = merge(context, path, sources, n, arena, opened, err);

    for (size_t i = 0; i < n; i++) {
        pfg_store_close(opened[i]);
    }
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}
