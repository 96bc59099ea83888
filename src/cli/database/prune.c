#include <stdlib.h>
#include <string.h>

#include "app/history/read_history.h"
#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/number.h"
#include "cli/database/verbs.h"
#include "compare/trend/shifts.h"
#include "store/store.h"
#include "term/print.h"
#include "unit/scale.h"

/* --- runs at steps --- */

#define AROUND 3 /* versions before and after a step that confirm it */

static void mark(bool *kept, const struct pfg_history_series *series,
                 size_t first, size_t last)
{
    first = first > AROUND ? first - AROUND : 0;
    for (size_t i = first; i < series->n_values && i < last + AROUND; i++) {
        kept[series->values[i].commit] = true;
    }
}

static void mark_shifts(bool *kept, const struct pfg_history_series *series)
{
    for (size_t i = 0; i < series->n_shifts; i++) {
        const struct pfg_history_shift *shift = &series->shifts[i];

        if (shift->drift) {
            mark(kept, series, shift->good, shift->good);
            mark(kept, series, shift->bad, shift->bad);
        } else {
            mark(kept, series, shift->earliest, shift->latest);
        }
    }
}

/* Marks the commits of one profile that a change needs. */
static int mark_profile(bool *kept, const struct pfg_history_reader *reader,
                        size_t profile, struct pfg_error *err)
{
    struct pfg_arena *scratch = pfg_arena_new();
    size_t at = 0;
    int got = 0;

    while (at < reader->n_stored && got >= 0) {
        struct pfg_history_series series;

        got = pfg_history_read_series(reader, &series, &at, profile, scratch,
                                      err);
        if (got > 0) {
            pfg_shifts_find(&series, NULL, NULL, scratch);
            mark_shifts(kept, &series);
        }
    }
    pfg_arena_free(scratch);
    return got < 0 ? -1 : 0;
}

/*
 * Finds the runs around all changes in the histories of HEAD's branch, and
 * sorts their ids: those of the versions that may have caused a step, of three
 * versions before and three after these, and of the start and end of each
 * drift. From these runs alone the change is found again, and they include an
 * alert's commit.
 */
static int find_steps(long **out, size_t *n, const struct pfg_context *context,
                      const char *database, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    const struct pfg_history_options options = {.database = database};
    struct pfg_history_reader reader;
    const struct pfg_timeline *timeline = &reader.timeline;
    PFG_VEC(long) ids = {0};
    bool **kept;
    int failed = pfg_history_reader_open(&reader, context, &options, err);

    kept = pfg_arena_new_array(arena, bool *, timeline->n_profiles);
    for (size_t i = 0; i < timeline->n_profiles && !failed; i++) {
        kept[i] = pfg_arena_new_array(arena, bool, timeline->n_commits);
        failed = mark_profile(kept[i], &reader, i, err);
    }
    for (size_t i = 0; i < timeline->n_runs && !failed; i++) {
        const struct pfg_timeline_run *run = &timeline->runs[i];

        if (kept[run->profile][run->commit]) {
            pfg_vec_push(&ids, arena, run->id);
        }
    }
    pfg_history_reader_close(&reader);
    *out = ids.at;
    *n = ids.n;
    return failed ? -1 : 0;
}

/* --- choosing runs to remove --- */

/* A run must meet every condition to be removed. */
struct asked {
    bool keep_given;
    size_t keep;          /* keep this many of the newest versions on each
                             hardware */
    pfg_time before;      /* only runs measured earlier; 0: all */
    pfg_time thin;        /* only runs measured earlier that are not of the
                             last version in their week and not around a
                             step; 0: all */
    const char *revision; /* only this revision, by id or name; NULL: all */
    const char *hardware; /* only this profile; NULL: all */
    bool dry_run;         /* only list the runs */
};

struct prune {
    const struct pfg_context *context;
    const struct asked *options;
    struct pfg_arena *arena;
    struct pfg_store *store;
    PFG_VEC(struct pfg_run_info) goes; /* newest first */
    size_t n_named;                    /* kept because of a baseline */
    size_t n_at_steps;                 /* kept because of a step */
};

#define WEEK (7 * 24 * 3600 * PFG_SECOND)

/* The rank of a run's version on its hardware, 1 for the newest. Runs come
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

static bool is_asked_for(const struct asked *options,
                         const struct pfg_run_info *info, size_t rank)
{
    return (!options->keep_given || rank > options->keep) &&
           (!options->before || info->time < options->before) &&
           (!options->revision ||
            !strcmp(info->revision.id, options->revision)) &&
           (!options->hardware || !strcmp(info->profile, options->hardware));
}

/* Whether a run is of the last version measured in its week. Runs come newest
 * first. */
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

/* All runs that belong to a baseline. */
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
         find_steps(&steps, &n_steps, p->context, path, p->arena, err))) {
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

/* Prints a line for each version and profile. */
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
              p->n_named ? ", kept because of baselines: " : "",
              p->n_named ? pfg_arena_counted(p->arena, p->n_named, "run") : "",
              p->n_at_steps ? ", kept because of steps: " : "",
              p->n_at_steps ? pfg_arena_counted(p->arena, p->n_at_steps, "run")
                            : "");
    if (after && after <= before) {
        pfg_print(p->context->err, "%s: %s, was %s\n", pfg_store_name(p->store),
                  pfg_scale_alone((double)after, "B", p->arena),
                  pfg_scale_alone((double)before, "B", p->arena));
    }
    return 0;
}

static int read_options(struct asked *out, const struct pfg_context *context,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    const char *keep = pfg_arguments_value(arguments, "keep");
    const char *before = pfg_arguments_value(arguments, "before");
    const char *thin = pfg_arguments_value(arguments, "thin");
    uint64_t count = 0, days = 0;

    *out = (struct asked){
        .revision = pfg_arguments_value(arguments, "revision"),
        .hardware = pfg_arguments_value(arguments, "hardware"),
        .dry_run = pfg_arguments_flag(arguments, "dry-run"),
    };
    if (keep && pfg_number_parse_u64(&count, pfg_slice_of(keep))) {
        return pfg_fail(err, PFG_USAGE,
                        "--keep expects a number of versions, not '%s'", keep);
    }
    out->keep_given = keep != NULL;
    out->keep = (size_t)count;
    if (before && (pfg_time_parse(&out->before, pfg_slice_of(before)) ||
                   out->before <= 0)) {
        pfg_fail(err, PFG_USAGE, "--before expects a time, not '%s'", before);
        return pfg_hint(err, "write 2026-01-31, or 2026-01-31T07:49:48Z");
    }
    if (thin && (pfg_number_parse_u64(&days, pfg_slice_of(thin)) || !days ||
                 days > 36500)) {
        return pfg_fail(err, PFG_USAGE,
                        "--thin expects a number of days, not '%s'", thin);
    }
    if (thin) {
        out->thin = context->now - (pfg_time)days * 24 * 3600 * PFG_SECOND;
    }
    if (!keep && !before && !thin && !out->revision) {
        pfg_fail(err, PFG_USAGE, "prune what?");
        return pfg_hint(err,
                        "use --keep N, --before TIME, --thin DAYS or "
                        "--revision ID; if you give several, all must match");
    }
    return 0;
}

int pfg_db_prune(const struct pfg_context *context,
                 const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct asked asked;
    struct prune p = {
        .context = context, .options = &asked, .arena = arguments->arena};
    const char *path;
    int failed =
        read_options(&asked, context, arguments, err) ||
        pfg_workspace_find_database(&path, pfg_arguments_value(arguments, "db"),
                                    p.arena, err) ||
        (asked.dry_run ? pfg_store_open_reading(&p.store, NULL, path, err)
                       : pfg_store_open(&p.store, path, false, err)) ||
        prune(&p, path, err);

    pfg_store_close(p.store);
    return failed ? -1 : 0;
}
