#include "app/history/read_trend.h"

#include <string.h>

#include "app/evaluate/acceptance.h"
#include "app/input/workspace.h"
#include "base/map.h"
#include "compare/environment.h"
#include "compare/trend/trend_changes.h"

/* ---- accepted changes ---- */

struct accepting {
    const struct pfg_history *history;
    struct pfg_acceptance_sources sources;
    struct pfg_ci ci;     /* zero: pull requests are not consulted */
    struct pfg_map known; /* acceptances, by "GOOD BAD" */
};

/* The acceptances between two commits, which several changes may share. */
static int find_acceptances(struct accepting *a,
                            const struct pfg_acceptances **out,
                            const struct pfg_trend_change *change,
                            struct pfg_error *err)
{
    struct pfg_arena *arena = a->history->arena;
    const char *good = a->history->commits[change->good].revision.id;
    const char *bad = a->history->commits[change->last].revision.id;
    struct pfg_comparison comparison = {
        .base = {.n = 1, .origin = {.id = good}},
        .head = {.n = 1, .origin = {.id = bad}},
    };
    void **place = pfg_map_at(
        &a->known, pfg_slice_of(pfg_arena_printf(arena, "%s %s", good, bad)));
    struct pfg_acceptances *found;

    if (!*place) {
        found = pfg_arena_alloc(arena, sizeof *found);
        if (pfg_acceptances_gather(found, &a->sources, &comparison, err)) {
            return -1;
        }
        *place = found;
    }
    *out = *place;
    return 0;
}

static int accept_change(struct accepting *a, struct pfg_trend_change *change,
                         struct pfg_error *err)
{
    const struct pfg_subject subject = {
        change->series->series, change->series->label, a->history->hardware};
    const struct pfg_acceptances *acceptances;
    const struct pfg_acceptance *one;

    if (!change->shift.worse || change->n_members) {
        return 0;
    }
    if (find_acceptances(a, &acceptances, change, err)) {
        return -1;
    }
    one = pfg_accept_find(acceptances, &subject);
    if (one) {
        change->state = PFG_TREND_ACCEPTED;
        change->accepted =
            pfg_arena_printf(a->history->arena, "%s%s%s", one->source,
                             *one->reason ? ": " : "", one->reason);
    }
    return 0;
}

static int accept_changes(struct pfg_trend *trend,
                          const struct pfg_history_reader *reader,
                          const struct pfg_config *config,
                          struct pfg_error *err)
{
    struct pfg_arena *arena = trend->history->arena;
    struct pfg_patterns patterns = {.arena = arena};
    struct pfg_report report = {.arena = arena};
    struct accepting a = {
        .history = trend->history,
        .sources = {.config = config,
                    .vcs = reader->vcs,
                    .now = reader->context->now,
                    .patterns = &patterns,
                    .report = &report},
    };
    int failed = 0;

    a.sources.ci = &a.ci;
    pfg_map_init(&a.known, arena);
    for (size_t i = 0; i < trend->n_changes && !failed; i++) {
        failed = accept_change(&a, &trend->changes[i], err);
    }
    pfg_patterns_free(&patterns);
    trend->warnings = report.warnings;
    trend->n_warnings = report.n_warnings;
    return failed;
}

/* ---- the environment where most series changed ---- */

/* The newest run of a commit on the profile, or 0. */
static long run_of(const struct pfg_history_reader *reader, size_t commit,
                   const char *fingerprint)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    long id = 0;

    for (size_t i = 0; i < timeline->n_runs; i++) {
        const struct pfg_timeline_run *run = &timeline->runs[i];

        if (run->commit == commit &&
            !strcmp(timeline->profiles[run->profile].fingerprint,
                    fingerprint)) {
            id = run->id;
        }
    }
    return id;
}

static int find_environment(struct pfg_trend_change *change,
                            const struct pfg_history_reader *reader,
                            const struct pfg_history *history,
                            struct pfg_error *err)
{
    struct pfg_run *runs[2] = {NULL, NULL};
    const size_t commits[2] = {change->good, change->bad};
    struct pfg_notes notes = {{0}};
    const char **lines;
    int failed = 0;

    for (size_t i = 0; i < 2 && !failed; i++) {
        long id = run_of(reader, commits[i], history->fingerprint);

        failed = id && pfg_store_load(reader->store, &runs[i], id, err);
    }
    if (!failed && runs[0] && runs[1]) {
        const struct pfg_side base = {.runs = &runs[0], .n = 1};
        const struct pfg_side head = {.runs = &runs[1], .n = 1};

        pfg_environment_compare(&notes, &base, &head, history->arena);
        lines =
            pfg_arena_new_array(history->arena, const char *, notes.lines.n);
        for (size_t i = 0; i < notes.lines.n; i++) {
            lines[i] = pfg_arena_strdup(history->arena, notes.lines.at[i]);
        }
        change->environment = lines;
        change->n_environment = notes.lines.n;
    }
    pfg_run_free(runs[0]);
    pfg_run_free(runs[1]);
    return failed ? -1 : 0;
}

int pfg_trend_read(struct pfg_trend *out, const struct pfg_history *history,
                   const struct pfg_history_reader *reader,
                   const struct pfg_trend_options *options,
                   struct pfg_error *err)
{
    const bool is_others = *history->project && !reader->vcs;
    struct pfg_config *config = NULL;
    int failed;

    pfg_trend_gather(out, history);
    if (reader->options->since) {
        out->since = reader->options->since;
    }
    /* A project of another repository: its configuration is not here. */
    if (!is_others && pfg_workspace_config(&config, options->config, err)) {
        return -1;
    }
    failed = accept_changes(out, reader, config, err);
    for (size_t i = 0; i < out->n_changes && !failed; i++) {
        if (out->changes[i].n_members) {
            failed = find_environment(&out->changes[i], reader, history, err);
        }
    }
    pfg_config_free(config);
    pfg_trend_judge(out, options->threshold);
    return failed;
}
