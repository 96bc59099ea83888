#include "compare/trend/trend_changes.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
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

/* The series is now nearer to its level before the shift than to that after it.
 */
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
    /* A change from zero is larger than any ratio. */
    return isfinite(change) && change > -1 ? fabs(log1p(change)) : INFINITY;
}

static int by_size(const void *left, const void *right)
{
    const struct pfg_trend_change *a = left, *b = right;
    const double x = size_of(a->shift.change), y = size_of(b->shift.change);

    return (x < y) - (x > y);
}

/* taken[i][j] becomes the number of the shared change that shift j of series i
 * is part of, from 1; 0: none. */
static void gather_changes(struct pfg_trend *out, size_t **taken,
                           struct pfg_arena *arena)
{
    const struct pfg_history *history = out->history;
    PFG_VEC(struct pfg_trend_change) all = {0};
    struct pfg_trend_change *shared;
    size_t n;

    for (size_t i = 0; i < history->n_series; i++) {
        taken[i] =
            pfg_arena_new_array(arena, size_t, history->series[i].n_shifts);
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

static bool counts(const struct pfg_history *history,
                   const struct pfg_history_series *s,
                   const struct pfg_history_shift *shift)
{
    return commit_of(s, shift->bad) >= history->first && !shift->candidate;
}

/* Sums up the shifts of a series that are asked for. */
static struct pfg_trend_total total_of(const struct pfg_history *history,
                                       const struct pfg_history_series *s)
{
    struct pfg_trend_total total = {.series = s};
    double before = NAN;

    for (size_t j = 0; j < s->n_shifts; j++) {
        const struct pfg_history_shift *shift = &s->shifts[j];

        if (counts(history, s, shift)) {
            before = total.n++ ? before : shift->before;
            total.change = shift->after / before - 1;
        }
    }
    total.worse = pfg_direction_is_worse(s->series->better, total.change);
    return total;
}

static void gather_totals(struct pfg_trend *out, struct pfg_arena *arena)
{
    const struct pfg_history *history = out->history;
    PFG_VEC(struct pfg_trend_total) all = {0};

    for (size_t i = 0; i < history->n_series; i++) {
        struct pfg_trend_total total = total_of(history, &history->series[i]);

        if (total.series->asked && total.n > 1) {
            pfg_vec_push(&all, arena, total);
        }
    }
    if (all.n) {
        qsort(all.at, all.n, sizeof *all.at, by_total);
    }
    out->totals = all.at;
    out->n_totals = all.n;
}

/* ---- suites ---- */

/* The commits that a shift may have come with; for a shared change, its number.
 */
struct place {
    enum { STEP, DRIFT, SHARED } kind;
    size_t first, last;
};

struct suite {
    struct pfg_trend_suite out;
    enum pfg_direction better;
    double logs;
    PFG_VEC(struct place) places;
};

static int by_last(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    return (a->last > b->last) - (a->last < b->last);
}

/* The smallest number of commits that can explain all shifts. Drifts, which no
 * single commit explains, and shared changes are counted by themselves. */
static size_t count_places(struct suite *suite)
{
    size_t n = 0, at[SHARED + 1] = {0};
    bool any[SHARED + 1] = {false};

    qsort(suite->places.at, suite->places.n, sizeof *suite->places.at, by_last);
    for (size_t i = 0; i < suite->places.n; i++) {
        const struct place *place = &suite->places.at[i];

        if (!any[place->kind] || place->first > at[place->kind]) {
            any[place->kind] = true;
            at[place->kind] = place->last;
            n++;
        }
    }
    return n;
}

static struct place place_of(const struct pfg_history_series *s,
                             const struct pfg_history_shift *shift,
                             size_t shared)
{
    return shared ? (struct place){SHARED, shared, shared}
                  : (struct place){shift->drift ? DRIFT : STEP,
                                   commit_of(s, shift->earliest - 1) + 1,
                                   commit_of(s, shift->latest)};
}

static void add_to_suite(struct suite *suite, const struct pfg_history *history,
                         const struct pfg_history_series *s,
                         const size_t *taken, struct pfg_arena *arena)
{
    const struct pfg_trend_total total = total_of(history, s);

    if (!isfinite(size_of(total.change))) {
        return; /* from zero: it has no place in a mean */
    }
    suite->better = s->series->better;
    suite->out.suite = s->series->suite;
    suite->out.metric = s->series->metric;
    suite->out.n_series++;
    suite->logs += log1p(total.change);
    for (size_t j = 0; j < s->n_shifts; j++) {
        const struct place place = place_of(s, &s->shifts[j], taken[j]);

        if (counts(history, s, &s->shifts[j])) {
            pfg_vec_push(&suite->places, arena, place);
        }
    }
}

static int by_suite(const void *left, const void *right)
{
    const struct pfg_trend_suite *a = left, *b = right;
    const double x = size_of(a->change), y = size_of(b->change);

    return (x < y) - (x > y);
}

/* Groups the series that are asked for by suite and metric. */
static void collect_suites(struct pfg_map *out,
                           const struct pfg_history *history, size_t **taken,
                           struct pfg_arena *arena)
{
    pfg_map_init(out, arena);
    for (size_t i = 0; i < history->n_series; i++) {
        const struct pfg_history_series *s = &history->series[i];
        void **place;

        if (s->asked) {
            place = pfg_map_at(out, pfg_slice_of(pfg_arena_printf(
                                        arena, "%s\n%s", s->series->suite,
                                        s->series->metric)));
            *place =
                *place ? *place : pfg_arena_alloc(arena, sizeof(struct suite));
            add_to_suite(*place, history, s, taken[i], arena);
        }
    }
}

static void gather_suites(struct pfg_trend *out, size_t **taken,
                          struct pfg_arena *arena)
{
    struct pfg_map map;

    collect_suites(&map, out->history, taken, arena);
    out->suites = pfg_arena_new_array(arena, struct pfg_trend_suite, map.n);
    for (size_t i = 0; i < map.n; i++) {
        struct suite *suite = map.entries[i].value;
        struct pfg_trend_suite *to = &out->suites[out->n_suites];

        if (suite->out.n_series > 1 && suite->places.n) {
            *to = suite->out;
            to->n = count_places(suite);
            to->change = expm1(suite->logs / (double)to->n_series);
            to->worse = pfg_direction_is_worse(suite->better, to->change);
            out->n_suites += to->n > 1;
        }
    }
    if (out->n_suites) {
        qsort(out->suites, out->n_suites, sizeof *out->suites, by_suite);
    }
}

void pfg_trend_gather(struct pfg_trend *out, const struct pfg_history *history)
{
    struct pfg_arena *arena = history->arena;
    size_t **taken = pfg_arena_new_array(arena, size_t *, history->n_series);

    *out = (struct pfg_trend){.history = history, .since = ""};
    gather_changes(out, taken, arena);
    gather_totals(out, arena);
    gather_suites(out, taken, arena);
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
