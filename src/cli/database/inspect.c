#include <sys/stat.h>

#include "app/input/workspace.h"
#include "base/file.h"
#include "base/map.h"
#include "cli/database/verbs.h"
#include "store/store.h"
#include "term/print.h"
#include "term/table.h"
#include "unit/scale.h"

/* The database given as a word or with --db. */
static int find(const char **out, const struct pfg_arguments *arguments,
                struct pfg_error *err)
{
    const char *word = pfg_arguments_word(arguments);

    return pfg_workspace_find_database(
        out, word ? word : pfg_arguments_value(arguments, "db"),
        arguments->arena, err);
}

/* --- check --- */

/* An unused name for the original file. */
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

int pfg_db_check(const struct pfg_context *context,
                 const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_arena *arena = arguments->arena;
    bool repaired = pfg_arguments_flag(arguments, "repair");
    const char *path;

    return find(&path, arguments, err) ||
                   (repaired && repair(context, path, arena, err)) ||
                   check(context, path, repaired, arena, err)
               ? -1
               : 0;
}

/* --- stats --- */

struct profile_count {
    const char *name;
    size_t n;
    pfg_time last;
};

/* Lists the profiles, the one with the newest run first. */
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
    int64_t bytes;
    size_t n;

    if (pfg_store_stats(store, &stats, err) ||
        pfg_store_baseline_list(store, &names, &n, arena, err) ||
        pfg_store_size(store, &bytes, err)) {
        return -1;
    }
    pfg_print(context->out, "%s\n  size       %s, version %ld\n",
              pfg_store_name(store), pfg_scale_alone((double)bytes, "B", arena),
              version);
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

static int with_store(
    const struct pfg_context *context, const struct pfg_arguments *arguments,
    int (*show)(const struct pfg_context *context, struct pfg_store *store,
                long version, struct pfg_arena *arena, struct pfg_error *err),
    struct pfg_error *err)
{
    struct pfg_store_version version;
    struct pfg_store *store = NULL;
    const char *path;
    int failed = find(&path, arguments, err) ||
                 pfg_store_open_reading(&store, &version, path, err) ||
                 show(context, store, version.file, arguments->arena, err);

    pfg_store_close(store);
    return failed ? -1 : 0;
}

int pfg_db_stats(const struct pfg_context *context,
                 const struct pfg_arguments *arguments, struct pfg_error *err)
{
    return with_store(context, arguments, show_stats, err);
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
                long version, struct pfg_arena *arena, struct pfg_error *err)
{
    static const char *const headings[] = {"version", "hardware", "measured",
                                           "runs",    "series",   "subject"};
    const size_t n_headings = PFG_COUNT(headings);
    struct pfg_table *table = pfg_table_new(arena, n_headings);
    struct pfg_run_query query = {0};
    struct pfg_run_info *infos;
    struct pfg_map versions;
    struct pfg_str text = pfg_str_in(arena);
    size_t n;

    (void)version;
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
                *count = 0; /* list it once */
            }
        }
    }
    pfg_table_print(&text, table, context->width, context->color);
    fwrite(text.ptr, 1, text.len, context->out);
    return 0;
}

int pfg_db_list(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    return with_store(context, arguments, list, err);
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
    pfg_print(context->err, "%s: %s added, %zu already stored%s%s\n", path,
              pfg_arena_counted(arena, merged->n_added, "run"), merged->n_there,
              merged->n_baselines ? ", " : "",
              merged->n_baselines
                  ? pfg_arena_counted(arena, merged->n_baselines, "baseline")
                  : "");
}

/* Opens the sources first, so that an unreadable one leaves nothing behind. */
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

    if (pfg_workspace_find_database(&path, path, arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        if (is_same_file(sources[i], path)) {
            pfg_context_warn(context, "ignoring '%s', which is the target",
                             sources[i]);
            continue;
        }
        if (pfg_workspace_find_database(&source, sources[i], arena, err) ||
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

int pfg_db_merge(const struct pfg_context *context,
                 const struct pfg_arguments *arguments, struct pfg_error *err)
{
    size_t n = arguments->n_words - 1;
    struct pfg_store **opened =
        pfg_arena_new_array(arguments->arena, struct pfg_store *, n);
    int failed = merge(context, pfg_arguments_value(arguments, "db"),
                       arguments->words + 1, n, arguments->arena, opened, err);

    for (size_t i = 0; i < n; i++) {
        pfg_store_close(opened[i]);
    }
    return failed;
}
