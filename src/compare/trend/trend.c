#include "compare/trend/trend.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"
#include "compare/trend/trend_shared.h"
#include "model/metric.h"

static size_t commit_of(const struct pfg_history_series *series, size_t value)
{
    return series->values[value].commit;
}

static double final_level(const struct pfg_history_series *s)
{
    return s->shifts[s->n_shifts - 1].after;
}

/* The series is now nearer to where it was than to where it went. */
static bool is_recovered(const struct pfg_history_series *s,
                         const struct pfg_history_shift *shift)
{
    double went, left;

    if (!(shift->before > 0) || !(shift->after > 0) || !(final_level(s) > 0)) {
        return shift->after != shift->before && final_level(s) == shift->before;
    }
    went = log(shift->after / shift->before);
    left = log(final_level(s) / shift->before);
    return left / went < 0.5;
}

static struct pfg_trend_change change_of(const struct pfg_history_series *s,
                                         const struct pfg_history_shift *shift)
{
    return (struct pfg_trend_change){
        .series = s,
        .shift = *shift,
        .good = commit_of(s, shift->earliest - 1),
        .bad = commit_of(s, shift->bad),
        .last = commit_of(s, shift->latest),
        .state = shift->candidate         ? PFG_TREND_CANDIDATE
                 : is_recovered(s, shift) ? PFG_TREND_RECOVERED
                                          : PFG_TREND_CONFIRMED,
        .gated = pfg_metric_gated(s->series->metric, s->series->better),
        .accepted = "",
    };
}

static double size_of(double change)
{
    /* From nothing to something is more than any ratio. */
    return isfinite(change) && change > -1 ? fabs(log1p(change)) : INFINITY;
}

static int by_size(const void *left, const void *right)
{
    const struct pfg_trend_change *a = left, *b = right;
    const double x = size_of(a->shift.change), y = size_of(b->shift.change);

    return (x < y) - (x > y);
}

static void gather_changes(struct pfg_trend *out, struct pfg_arena *arena)
{
    const struct pfg_history *history = out->history;
    bool **taken = pfg_arena_new_array(arena, bool *, history->n_series);
    PFG_VEC(struct pfg_trend_change) all = {0};
    struct pfg_trend_change *shared;
    size_t n;

    for (size_t i = 0; i < history->n_series; i++) {
        taken[i] =
            pfg_arena_new_array(arena, bool, history->series[i].n_shifts);
    }
    n = pfg_trend_find_shared(&shared, taken, history);
    for (size_t i = 0; i < n; i++) {
        if (shared[i].bad >= history->first) {
            pfg_vec_push(&all, arena, shared[i]);
        }
    }
    for (size_t i = 0; i < history->n_series; i++) {
        const struct pfg_history_series *s = &history->series[i];

        for (size_t j = 0; j < s->n_shifts; j++) {
            struct pfg_trend_change change = change_of(s, &s->shifts[j]);

            if (s->asked && !taken[i][j] && change.bad >= history->first) {
                pfg_vec_push(&all, arena, change);
            }
        }
    }
    if (all.n) {
        qsort(all.at, all.n, sizeof *all.at, by_size);
    }
    out->changes = all.at;
    out->n_changes = all.n;
}

static int by_total(const void *left, const void *right)
{
    const struct pfg_trend_total *a = left, *b = right;
    const double x = size_of(a->change), y = size_of(b->change);

    return (x < y) - (x > y);
}

/* The shifts of each series that are asked for, together. */
static void gather_totals(struct pfg_trend *out, struct pfg_arena *arena)
{
    const struct pfg_history *history = out->history;
    PFG_VEC(struct pfg_trend_total) all = {0};

    for (size_t i = 0; i < history->n_series; i++) {
        const struct pfg_history_series *s = &history->series[i];
        struct pfg_trend_total total = {.series = s};
        double before = NAN;

        for (size_t j = 0; j < s->n_shifts; j++) {
            const struct pfg_history_shift *shift = &s->shifts[j];

            if (commit_of(s, shift->bad) >= history->first &&
                !shift->candidate) {
                before = total.n++ ? before : shift->before;
                total.change = shift->after / before - 1;
            }
        }
        total.worse = s->series->better == PFG_HIGHER  ? total.change < 0
                      : s->series->better == PFG_LOWER ? total.change > 0
                                                       : false;
        if (s->asked && total.n > 1) {
            pfg_vec_push(&all, arena, total);
        }
    }
    if (all.n) {
        qsort(all.at, all.n, sizeof *all.at, by_total);
    }
    out->totals = all.at;
    out->n_totals = all.n;
}

void pfg_trend_gather(struct pfg_trend *out, const struct pfg_history *history)
{
    *out = (struct pfg_trend){.history = history, .since = ""};
    gather_changes(out, history->arena);
    gather_totals(out, history->arena);
}

void pfg_trend_judge(struct pfg_trend *trend, double threshold)
{
    for (size_t i = 0; i < trend->n_changes; i++) {
        struct pfg_trend_change *change = &trend->changes[i];

        change->fails = change->shift.worse && !change->n_members &&
                        change->gated && change->state == PFG_TREND_CONFIRMED &&
                        !(fabs(change->shift.change) <= threshold);
        trend->n_fails += change->fails;
    }
}
