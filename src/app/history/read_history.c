#include "app/history/read_history.h"

#include <string.h>

#include "app/baseline/search.h"
#include "app/input/workspace.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/number.h"
#include "group/key.h"
#include "policy/pattern.h"
#include "stats/test/rankdist.h"

/* Closes the repository if it is not the project's own, because then it does
 * not have the project's commits. */
static void leave_others(struct pfg_history_reader *reader)
{
    if (reader->vcs && strcmp(pfg_vcs_remote_name(reader->vcs, reader->arena),
                              reader->options->project) != 0) {
        pfg_vcs_close(reader->vcs);
        reader->vcs = NULL;
    }
}

/* Reads the series of one benchmark if only one is asked for by its full name,
 * else all series. */
static int read_stored(struct pfg_history_reader *out, struct pfg_error *err)
{
    const struct pfg_history_options *options = out->options;
    bool whole = options->context || options->n_benchmarks != 1 ||
                 strpbrk(options->benchmarks[0], "*?[\\");

    if (!whole) {
        if (pfg_store_series(out->store, options->benchmarks[0], &out->stored,
                             &out->n_stored, out->arena, err)) {
            return -1;
        }
        /* Read all if none matches: the error then suggests names. */
        whole = true;
        for (size_t i = 0; i < out->n_stored && whole; i++) {
            const struct pfg_series *series = &out->stored[i].series;

            whole = !pfg_history_is_named(
                options, series, pfg_key_label_in_full(out->arena, series),
                out->arena);
        }
    }
    return whole ? pfg_store_series(out->store, NULL, &out->stored,
                                    &out->n_stored, out->arena, err)
                 : 0;
}

int pfg_history_reader_open(struct pfg_history_reader *out,
                            const struct pfg_context *context,
                            const struct pfg_history_options *options,
                            struct pfg_error *err)
{
    *out = (struct pfg_history_reader){
        .context = context, .options = options, .arena = pfg_arena_new()};
    if (pfg_workspace_open_vcs(&out->vcs, err)) {
        return -1;
    }
    if (options->project) {
        out->path = pfg_store_with_project(options->database, options->project,
                                           out->arena);
        leave_others(out);
    } else {
        out->path =
            pfg_workspace_database(options->database, out->vcs, out->arena);
    }
    if (!pfg_store_exists(out->path)) {
        pfg_fail(err, PFG_DATA, "no database '%s' yet", out->path);
        return pfg_hint(err, "store results first: perfgate ingest PATH");
    }
    return pfg_store_open_reading(&out->store, &out->version, out->path, err) ||
                   pfg_timeline_make(&out->timeline, context, out->store,
                                     out->vcs, options->branch, out->arena,
                                     err) ||
                   read_stored(out, err) || pfg_history_join_suites(out, err)
               ? -1
               : 0;
}

void pfg_history_reader_leave(struct pfg_history_reader *reader)
{
    pfg_store_close(reader->store);
    pfg_vcs_close(reader->vcs);
    reader->store = NULL;
    reader->vcs = NULL;
}

void pfg_history_reader_close(struct pfg_history_reader *reader)
{
    pfg_history_reader_leave(reader);
    pfg_arena_free(reader->arena);
}

bool pfg_history_on(const struct pfg_history_options *options,
                    const char *profile)
{
    bool on = !options->n_hardware;

    for (size_t i = 0; i < options->n_hardware && !on; i++) {
        on = pfg_glob_matches(options->hardware[i], profile);
    }
    return on;
}

int pfg_history_no_profile(const struct pfg_history_reader *reader,
                           const char *name, struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    const char **names =
        pfg_arena_new_array(reader->arena, const char *, timeline->n_profiles);
    const char *meant;

    for (size_t i = 0; i < timeline->n_profiles; i++) {
        names[i] = timeline->profiles[i].name;
    }
    meant = pfg_suggest(name, names, timeline->n_profiles);
    pfg_fail(err, PFG_USAGE, "no results on hardware '%s'", name);
    return pfg_hint(err, "there are results on '%s'", meant ? meant : names[0]);
}

int pfg_history_find_profile(const struct pfg_history_reader *reader,
                             size_t *out, struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;

    for (*out = 0; *out < timeline->n_profiles; ++*out) {
        if (pfg_history_on(reader->options, timeline->profiles[*out].name)) {
            return 0;
        }
    }
    return pfg_history_no_profile(reader, reader->options->hardware[0], err);
}

static void add_notes(struct pfg_history *out,
                      const struct pfg_history_reader *reader, size_t profile)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    struct pfg_arena *arena = out->arena;
    PFG_VEC(const char *) notes = {0};

    if (timeline->n_elsewhere) {
        pfg_vec_push(
            &notes, arena,
            pfg_arena_printf(
                arena, "left out: %s of versions not on this branch",
                pfg_arena_counted(arena, timeline->n_elsewhere, "result")));
    }
    if (timeline->n_dirty) {
        pfg_vec_push(
            &notes, arena,
            pfg_arena_printf(
                arena, "left out: %s with uncommitted changes",
                pfg_arena_counted(arena, timeline->n_dirty, "result")));
    }
    if (reader->n_joined) {
        pfg_vec_push(
            &notes, arena,
            "github-action-benchmark does not record suites: its results are "
            "shown with the suite that has the same benchmarks");
    }
    if (timeline->cut) {
        pfg_vec_push(
            &notes, arena,
            "the clone is shallow: earlier commits are ordered by time, and "
            "unmeasured ones are unknown (git fetch --unshallow)");
    }
    for (size_t i = 0; i < timeline->n_profiles; i++) {
        if (i != profile && !reader->options->n_hardware) {
            pfg_vec_push(&notes, arena,
                         pfg_arena_printf(arena,
                                          "also measured on %s: --hardware %s",
                                          timeline->profiles[i].name,
                                          timeline->profiles[i].name));
        }
    }
    out->notes = notes.at;
    out->n_notes = notes.n;
}

int pfg_history_none(const struct pfg_history_reader *reader,
                     struct pfg_error *err)
{
    const struct pfg_history_options *options = reader->options;
    const char **names =
        pfg_arena_new_array(reader->arena, const char *, reader->n_stored);
    const char *meant;

    if (!options->n_benchmarks) {
        return pfg_fail(err, PFG_USAGE, "no series passes the filters");
    }
    for (size_t i = 0; i < reader->n_stored; i++) {
        names[i] = reader->stored[i].series.benchmark;
    }
    meant = pfg_suggest(options->benchmarks[0], names, reader->n_stored);
    pfg_fail(err, PFG_USAGE, "no results of the benchmark '%s'%s",
             options->benchmarks[0],
             options->n_filter ? " pass the filters" : "");
    if (!meant) {
        return pfg_hint(err, "'perfgate history' lists them all");
    }
    if (strcmp(meant, options->benchmarks[0]) != 0) {
        return pfg_hint(err, "did you mean '%s'?", meant);
    }
    return options->n_filter || options->since || options->last
               ? -1
               : pfg_hint(err, "it has some on other hardware or branches: see "
                               "--hardware and --branch");
}

/* ---- the first commit ---- */

#define DAY (24 * 3600 * PFG_SECOND)

static size_t first_after(const struct pfg_timeline *timeline, pfg_time time)
{
    size_t i = 0;

    while (i < timeline->n_commits && timeline->commits[i].time < time) {
        i++;
    }
    return i;
}

/* "90d": 1; anything else: 0. */
static int take_days(pfg_time *out, const char *text, pfg_time now)
{
    struct pfg_slice rest = pfg_slice_of(text);
    struct pfg_slice digits = pfg_take_digits(&rest);
    uint64_t days;

    if (!pfg_slice_is(rest, "d") || pfg_number_parse_u64(&days, digits) ||
        days > 100000) {
        return 0;
    }
    *out = now - (pfg_time)days * DAY;
    return 1;
}

/* The index of a revision, or of the commit where it left the branch. */
static int find_revision(const struct pfg_history_reader *reader, size_t *out,
                         const char *spec, struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    const struct pfg_search search = {.context = reader->context,
                                      .store = reader->store,
                                      .vcs = reader->vcs,
                                      .arena = reader->arena};
    struct pfg_revision revision;
    const char *id;
    bool cut;

    if (pfg_search_revision(&search, &revision, spec, err)) {
        return -1;
    }
    id = revision.id;
    if (reader->vcs && *timeline->head && pfg_revision_is_commit(id) &&
        pfg_vcs_merge_base(reader->vcs, &id, &cut, timeline->head, revision.id,
                           reader->arena, err)) {
        return -1;
    }
    for (size_t i = 0; id && i < timeline->n_commits; i++) {
        if (!strcmp(timeline->commits[i].revision.id, id)) {
            *out = i;
            return 0;
        }
    }
    /* It is older than everything that was measured. */
    if (id && revision.time && revision.time <= timeline->commits[0].time) {
        *out = 0;
        return 0;
    }
    return pfg_fail(err, PFG_USAGE, "'%s' is not in the history of %s", spec,
                    *timeline->branch ? timeline->branch : "measured versions");
}

static int find_since(const struct pfg_history_reader *reader, size_t *out,
                      struct pfg_error *err)
{
    const char *since = reader->options->since;
    pfg_time time;

    if (!since) {
        *out = 0;
        return 0;
    }
    if (take_days(&time, since, reader->context->now) ||
        (strchr(since, '-') && !pfg_time_parse(&time, pfg_slice_of(since)))) {
        *out = first_after(&reader->timeline, time);
        return 0;
    }
    return find_revision(reader, out, since, err);
}

/* The first commit on a profile that options->since and options->last allow. */
static int find_first(const struct pfg_history_reader *reader, size_t *out,
                      size_t profile, struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    bool *measured =
        pfg_arena_new_array(reader->arena, bool, timeline->n_commits);
    size_t left = reader->options->last, i = timeline->n_commits;

    if (find_since(reader, out, err)) {
        return -1;
    }
    for (size_t j = 0; j < timeline->n_runs; j++) {
        if (timeline->runs[j].profile == profile) {
            measured[timeline->runs[j].commit] = true;
        }
    }
    while (left && i > 0) {
        left -= measured[--i];
    }
    if (reader->options->last && i > *out) {
        *out = i;
    }
    return 0;
}

/* ---- reading ---- */

/* The commits, with their numbers of runs on this profile. */
static struct pfg_history_commit *commits_of(
    const struct pfg_history_reader *reader, size_t profile)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    struct pfg_history_commit *commits = pfg_arena_new_array(
        reader->arena, struct pfg_history_commit, timeline->n_commits);

    for (size_t i = 0; i < timeline->n_commits; i++) {
        commits[i] = timeline->commits[i];
        commits[i].n_runs = 0;
    }
    for (size_t i = 0; i < timeline->n_runs; i++) {
        commits[timeline->runs[i].commit].n_runs +=
            timeline->runs[i].profile == profile;
    }
    return commits;
}

static int read_all(struct pfg_history *out,
                    const struct pfg_history_reader *reader, size_t profile,
                    struct pfg_error *err)
{
    PFG_VEC(struct pfg_history_series) all = {0};
    struct pfg_settling settling = {.reader = reader,
                                    .history = out,
                                    .tables = pfg_rank_tables_new(out->arena)};
    size_t at = 0, asked = 0;

    while (at < reader->n_stored) {
        struct pfg_history_series series;
        int got = pfg_history_read_series(reader, &series, &at, profile,
                                          out->arena, err);

        if (got < 0) {
            return -1;
        }
        if (got && pfg_history_from(out, &series) < series.n_values) {
            if (pfg_settling_find(&settling, &series, err)) {
                return -1;
            }
            pfg_vec_push(&all, out->arena, series);
            asked += series.asked;
        }
    }
    out->series = all.at;
    out->n_series = all.n;
    if (!asked) {
        return 1;
    }
    pfg_settling_store(&settling);
    return 0;
}

int pfg_history_read_on(struct pfg_history **out,
                        const struct pfg_history_reader *reader, size_t profile,
                        struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    struct pfg_history *history =
        pfg_arena_alloc(reader->arena, sizeof *history);

    *history = (struct pfg_history){
        .arena = reader->arena,
        .project = reader->options->project ? reader->options->project : "",
        .hardware = timeline->profiles[profile].name,
        .fingerprint = timeline->profiles[profile].fingerprint,
        .branch = timeline->branch,
        .commits = commits_of(reader, profile),
        .n_commits = timeline->n_commits,
    };
    add_notes(history, reader, profile);
    *out = history;
    return find_first(reader, &history->first, profile, err)
               ? -1
               : read_all(history, reader, profile, err);
}
