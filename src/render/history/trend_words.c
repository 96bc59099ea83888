#include <math.h>
#include <string.h>

#include "render/history/history_formats.h"
#include "render/history/trend_formats.h"
#include "render/words/words.h"

#define MONTH (30.44 * 24 * 3600)

const char *pfg_trend_group_name(enum pfg_trend_group group)
{
    static const char *const names[PFG_N_TREND_GROUPS] = {
        [PFG_TREND_WORSE] = "worse",
        [PFG_TREND_SHARED] = "machine or toolchain",
        [PFG_TREND_SETTLED] = "regressions that were accepted or recovered",
        [PFG_TREND_BETTER] = "better",
        [PFG_TREND_NEUTRAL] = "changes without a better direction",
    };

    return names[group];
}

enum pfg_trend_group pfg_trend_group_of(const struct pfg_trend_change *change)
{
    if (change->n_members) {
        return PFG_TREND_SHARED;
    }
    if (change->series->series->better == PFG_NEUTRAL) {
        return PFG_TREND_NEUTRAL;
    }
    if (!change->shift.worse) {
        return PFG_TREND_BETTER;
    }
    return change->state >= PFG_TREND_ACCEPTED ? PFG_TREND_SETTLED
                                               : PFG_TREND_WORSE;
}

size_t pfg_trend_commits(const struct pfg_trend_change *change)
{
    return change->last - change->good;
}

const char *pfg_trend_headline(const struct pfg_trend *trend,
                               struct pfg_arena *arena)
{
    size_t counts[PFG_N_TREND_GROUPS] = {0};
    const char *text;

    for (size_t i = 0; i < trend->n_changes; i++) {
        counts[pfg_trend_group_of(&trend->changes[i])]++;
    }
    text = counts[PFG_TREND_WORSE]
               ? pfg_arena_counted(arena, counts[PFG_TREND_WORSE], "regression")
               : "no open regression";
    if (counts[PFG_TREND_SHARED]) {
        text = pfg_arena_printf(
            arena, "%s, %s of machine or toolchain", text,
            pfg_arena_counted(arena, counts[PFG_TREND_SHARED], "change"));
    }
    if (counts[PFG_TREND_SETTLED]) {
        text = pfg_arena_printf(arena, "%s, %zu settled", text,
                                counts[PFG_TREND_SETTLED]);
    }
    if (counts[PFG_TREND_BETTER]) {
        text = pfg_arena_printf(
            arena, "%s, %s", text,
            pfg_arena_counted(arena, counts[PFG_TREND_BETTER], "improvement"));
    }
    return *trend->since
               ? pfg_arena_printf(arena, "%s since %s", text, trend->since)
               : text;
}

const char *pfg_trend_subject(const struct pfg_trend_change *change,
                              struct pfg_arena *arena)
{
    const struct pfg_series *of = change->series->series;

    return change->n_members
               ? pfg_arena_printf(arena, "%zu of %zu benchmarks",
                                  change->n_members, change->n_benchmarks)
               : pfg_arena_printf(arena, "%s%s%s %s", of->suite,
                                  *of->suite ? "/" : "", change->series->label,
                                  of->metric);
}

/* ", 2.9% a month", where its duration is known. */
static const char *rate(const struct pfg_trend *trend,
                        const struct pfg_trend_change *change,
                        struct pfg_arena *arena)
{
    const struct pfg_history_commit *commits = trend->history->commits;
    const double seconds =
        (double)(commits[change->bad].time - commits[change->good].time) /
        PFG_SECOND;

    return seconds > 0 && commits[change->good].time
               ? pfg_arena_printf(
                     arena, ", %s a month",
                     pfg_words_change(arena, expm1(log1p(change->shift.change) *
                                                   MONTH / seconds)))
               : "";
}

const char *pfg_trend_kind(const struct pfg_trend *trend,
                           const struct pfg_trend_change *change,
                           struct pfg_arena *arena)
{
    const char *kind =
        change->shift.drift
            ? pfg_arena_printf(arena, "drift%s", rate(trend, change, arena))
            : "step";

    return *change->accepted
               ? pfg_arena_printf(arena, "%s, accepted by %s", kind,
                                  change->accepted)
               : pfg_arena_printf(arena, "%s, %s", kind,
                                  pfg_trend_state_name(change->state));
}

/* "since v1.2: +11.3% in 4 changes". */
static const char *sum(const struct pfg_trend *trend, double change, size_t n,
                       struct pfg_arena *arena)
{
    return pfg_arena_printf(
        arena, "%s%s%s in %zu changes", *trend->since ? "since " : "",
        *trend->since ? pfg_arena_printf(arena, "%s: ", trend->since) : "",
        pfg_words_change(arena, change), n);
}

const char *pfg_trend_total(const struct pfg_trend *trend,
                            const struct pfg_trend_total *total,
                            struct pfg_arena *arena)
{
    const struct pfg_series *of = total->series->series;

    return pfg_arena_printf(arena, "%s%s%s %s: %s", of->suite,
                            *of->suite ? "/" : "", total->series->label,
                            of->metric,
                            sum(trend, total->change, total->n, arena));
}

const char *pfg_trend_suite(const struct pfg_trend *trend,
                            const struct pfg_trend_suite *suite,
                            struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "%s%s%s, geometric mean of %zu series: %s",
                            suite->suite, *suite->suite ? " " : "",
                            suite->metric, suite->n_series,
                            sum(trend, suite->change, suite->n, arena));
}
