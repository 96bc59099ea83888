#include "app/bisect/bisecting.h"

#include <math.h>
#include <string.h>

#include "app/history/read_trend.h"
#include "base/arena.h"
#include "base/str.h"
#include "render/history/history_formats.h"
#include "render/history/trend_formats.h"

#define MOST_COMMITS 20000

/* A glob that matches only this word. */
static const char *literal(const char *field, const char *word,
                           struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_str_puts(&text, field);
    for (const char *at = word; *at; at++) {
        if (strchr("*?[\\", *at) || (at == word && *at == '/')) {
            pfg_str_putc(&text, '\\');
        }
        pfg_str_putc(&text, *at);
    }
    return text.ptr;
}

/* The user's filter, with room for two more. */
static void copy_filter(struct pfg_range *out,
                        const struct pfg_history_options *asked,
                        struct pfg_arena *arena)
{
    const size_t n = asked->n_filter;

    out->filter =
        pfg_arena_new_array(arena, const char *, n + asked->n_benchmarks + 2);
    for (size_t i = 0; i < n; i++) {
        out->filter[i] = asked->filter[i];
    }
    out->n_filter = n;
}

static void add_filter(struct pfg_range *out, const char *term)
{
    for (size_t i = 0; i < out->n_filter; i++) {
        if (!strcmp(out->filter[i], term)) {
            return;
        }
    }
    out->filter[out->n_filter++] = term;
}

static size_t commit_of(const struct pfg_history_series *series, size_t value)
{
    return series->values[value].commit;
}

/* Extends the 95 % interval of the step's place by one value on either side,
 * but not beyond the next steps. */
static void widen(struct pfg_range *out, const struct pfg_history_series *s,
                  size_t shift)
{
    const struct pfg_history_shift *of = &s->shifts[shift];
    size_t good = of->earliest - 1, bad = of->latest;

    if (good > 0 && (!shift || s->shifts[shift - 1].latest < good)) {
        good--;
    }
    if (bad + 1 < s->n_values &&
        (shift + 1 == s->n_shifts || s->shifts[shift + 1].earliest > bad + 1)) {
        bad++;
    }
    out->good = commit_of(s, good);
    out->bad = commit_of(s, bad);
}

static size_t find_shift(const struct pfg_trend_change *change)
{
    size_t i = 0;

    while (i + 1 < change->series->n_shifts &&
           change->series->shifts[i].bad != change->shift.bad) {
        i++;
    }
    return i;
}

static struct pfg_range range_of(const struct pfg_trend_change *change,
                                 const struct pfg_bisect_options *options,
                                 struct pfg_arena *arena)
{
    const struct pfg_history_series *s = change->series;
    struct pfg_range out = {
        .name = pfg_trend_subject(change, arena),
        .words = pfg_history_change(&change->shift, arena),
        .key = s->series->key,
        .change = change->shift.change,
        .good = change->good,
        .bad = change->last,
        .first = change->good + 1,
        .last = change->last,
        .located = change->last == change->good + 1,
    };

    if (options->measures) {
        widen(&out, s, find_shift(change));
    }
    if (out.located ||
        (options->measures && change->shift.bad > 0 &&
         commit_of(s, change->shift.bad - 1) + 1 == change->bad)) {
        out.likely = change->bad;
    }
    copy_filter(&out, &options->history, arena);
    add_filter(&out, literal("benchmark:", s->label, arena));
    add_filter(&out, literal("metric:", s->series->metric, arena));
    return out;
}

static bool is_wanted(const struct pfg_trend_change *change)
{
    return change->shift.worse && !change->shift.drift && !change->n_members &&
           isfinite(change->shift.change) &&
           change->state <= PFG_TREND_CONFIRMED;
}

static int no_step(const struct pfg_trend *trend,
                   const struct pfg_context *context, struct pfg_error *err)
{
    size_t shared = 0, drifts = 0;

    for (size_t i = 0; i < trend->n_changes; i++) {
        shared += trend->changes[i].n_members > 0;
        drifts += trend->changes[i].shift.drift;
    }
    if (shared || drifts) {
        pfg_context_warn(context,
                         "%s is not traced to a commit: see 'perfgate trend'",
                         shared ? "it is a change shared by most benchmarks"
                                : "a slow drift");
    }
    pfg_fail(err, PFG_DATA,
             "the stored results have no open regression to trace");
    return pfg_hint(err, "name the commits to search between with --good REV "
                         "--bad REV -- COMMAND");
}

/* The profile with the most measured commits, because the newest results may be
 * those of a search on another machine. */
static int find_profile(size_t *out, const struct pfg_history_reader *reader,
                        struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    size_t most = 0;

    *out = 0;
    if (reader->options->n_hardware) {
        return pfg_history_find_profile(reader, out, err);
    }
    for (size_t i = 0; i < timeline->n_profiles; i++) {
        bool *seen =
            pfg_arena_new_array(reader->arena, bool, timeline->n_commits);
        size_t n = 0;

        for (size_t j = 0; j < timeline->n_runs; j++) {
            const struct pfg_timeline_run *run = &timeline->runs[j];

            n += run->profile == i && !seen[run->commit];
            seen[run->commit] |= run->profile == i;
        }
        *out = n > most ? i : *out;
        most = n > most ? n : most;
    }
    return 0;
}

int pfg_ranges_of_history(struct pfg_ranges *out, struct pfg_commit_line *line,
                          struct pfg_history_reader *reader,
                          const struct pfg_context *context,
                          const struct pfg_bisect_options *options,
                          struct pfg_error *err)
{
    const struct pfg_trend_options how = {
        .config = options->measure.evaluate.judging.config};
    PFG_VEC(struct pfg_range) all = {0};
    struct pfg_history *history;
    struct pfg_trend trend;
    size_t profile;
    int got;

    if (pfg_history_reader_open(reader, context, &options->history, err) ||
        find_profile(&profile, reader, err)) {
        return -1;
    }
    got = pfg_history_read_on(&history, reader, profile, err);
    if (got || pfg_trend_read(&trend, history, reader, &how, err)) {
        return got > 0 ? pfg_history_none(reader, err) : -1;
    }
    if (!*reader->timeline.head) {
        return pfg_fail(
            err, PFG_USAGE,
            "the stored results do not belong to commits of this branch");
    }
    for (size_t i = 0; i < trend.n_changes; i++) {
        if (is_wanted(&trend.changes[i])) {
            struct pfg_range range =
                range_of(&trend.changes[i], options, reader->arena);

            pfg_vec_push(&all, reader->arena, range);
        }
    }
    *line = (struct pfg_commit_line){history->commits, history->n_commits};
    *out = (struct pfg_ranges){all.at, all.n};
    return all.n ? 0 : no_step(&trend, context, err);
}

int pfg_ranges_between(struct pfg_ranges *out, struct pfg_commit_line *line,
                       const struct pfg_bisect_options *options,
                       struct pfg_vcs *vcs, struct pfg_arena *arena,
                       struct pfg_error *err)
{
    const struct pfg_history_options *asked = &options->history;
    struct pfg_range *range = pfg_arena_alloc(arena, sizeof *range);
    struct pfg_revision good, bad;
    struct pfg_history_commit *commits;
    struct pfg_ancestry ancestry;
    size_t n = 0;

    if (pfg_vcs_resolve(vcs, &good, options->good, NULL, arena, err) ||
        pfg_vcs_resolve(vcs, &bad, options->bad, NULL, arena, err) ||
        pfg_vcs_mainline(vcs, &ancestry, bad.id, MOST_COMMITS, arena, err)) {
        return -1;
    }
    while (n < ancestry.n && strcmp(ancestry.at[n].id, good.id) != 0) {
        n++;
    }
    if (!n || n == ancestry.n) {
        return pfg_fail(
            err, PFG_USAGE,
            "--good '%s' is not a first-parent ancestor of --bad '%s'%s",
            options->good, options->bad,
            ancestry.cut ? " in this shallow clone" : "");
    }
    commits = pfg_arena_new_array(arena, struct pfg_history_commit, n + 1);
    for (size_t i = 0; i <= n; i++) {
        const struct pfg_ancestor *one = &ancestry.at[n - i];

        commits[i] = (struct pfg_history_commit){
            .revision = {.id = one->id, .subject = one->subject},
            .author = one->author,
            .time = one->time};
    }
    *range = (struct pfg_range){.name = asked->benchmarks[0],
                                .words = "",
                                .change = NAN,
                                .good = 0,
                                .bad = n,
                                .first = 1,
                                .last = n};
    copy_filter(range, asked, arena);
    for (size_t i = 0; i < asked->n_benchmarks; i++) {
        range->filter[range->n_filter++] =
            pfg_arena_printf(arena, "benchmark:%s", asked->benchmarks[i]);
    }
    *line = (struct pfg_commit_line){commits, n + 1};
    *out = (struct pfg_ranges){range, 1};
    return 0;
}

void pfg_range_learn(struct pfg_range *range, const struct pfg_probe *probe,
                     struct pfg_arena *arena)
{
    const struct pfg_history_shift shift = {.change = probe->change,
                                            .change_lower = probe->change_lower,
                                            .change_upper =
                                                probe->change_upper};

    if (!range->key) {
        range->key = probe->key;
        range->name =
            pfg_arena_printf(arena, "%s %s", probe->label, probe->metric);
        range->filter[range->n_filter - 1] =
            literal("benchmark:", probe->label, arena);
        range->filter[range->n_filter++] =
            literal("metric:", probe->metric, arena);
    }
    if (isfinite(probe->change) && probe->change > -1) {
        range->change = probe->change;
    }
    range->words = pfg_history_change(&shift, arena);
}
