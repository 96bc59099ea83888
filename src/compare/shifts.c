#include "compare/shifts.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/metric.h"
#include "stats/changepoint.h"
#include "stats/drift.h"
#include "stats/rank.h"
#include "stats/sample.h"

#define WINDOW    60 /* values on either side of a step that tell its size */
#define LEVEL     0.95
#define NORMAL_95 1.96

struct finding {
    struct pfg_history_series *of;
    struct pfg_arena *arena;
    double *logs;  /* of the values that have one */
    size_t *value; /* their indexes */
    size_t n;
    PFG_VEC(struct pfg_history_shift) shifts;
};

static bool is_worse(const struct pfg_series *series, double change)
{
    return series->better == PFG_HIGHER  ? change < 0
           : series->better == PFG_LOWER ? change > 0
                                         : false;
}

/* ---- what does not scatter ---- */

static bool is_exact(const struct pfg_series *series)
{
    return series->exact ||
           pfg_metric_find(series->metric).kind == PFG_METRIC_COUNT;
}

static void find_differences(struct finding *f)
{
    const struct pfg_history_value *values = f->of->values;

    f->of->noise = 0;
    for (size_t i = 1; i < f->of->n_values; i++) {
        const double before = values[i - 1].value, after = values[i].value;

        if (before != after) {
            struct pfg_history_shift shift = {
                .good = i - 1,
                .bad = i,
                .before = before,
                .after = after,
                .change = before != 0 ? after / before - 1 : NAN,
                .worse = is_worse(f->of->series, after - before),
                .change_lower = NAN,
                .change_upper = NAN,
            };

            pfg_vec_push(&f->shifts, f->arena, shift);
        }
    }
}

/* ---- what does ---- */

static double *sorted(const double *x, size_t n, struct pfg_arena *arena)
{
    double *copy = pfg_arena_new_array(arena, double, n);

    for (size_t i = 0; i < n; i++) {
        copy[i] = x[i];
    }
    pfg_sort(copy, n);
    return copy;
}

/* Of the values from `from` up to the step, and from there up to `to`. */
static struct pfg_history_shift measure(struct finding *f, size_t from,
                                        size_t at, size_t to)
{
    struct pfg_shift shift;
    double *before, *after;

    from = at - from > WINDOW ? at - WINDOW : from;
    to = to - at > WINDOW ? at + WINDOW : to;
    before = sorted(f->logs + from, at - from, f->arena);
    after = sorted(f->logs + at, to - at, f->arena);
    shift = pfg_hodges_lehmann(before, at - from, after, to - at, LEVEL);
    return (struct pfg_history_shift){
        .good = f->value[at - 1],
        .bad = f->value[at],
        .before = exp(pfg_median_sorted(before, at - from)),
        .after = exp(pfg_median_sorted(after, to - at)),
        .change = expm1(shift.estimate),
        .change_lower = expm1(shift.interval.lower),
        .change_upper = expm1(shift.interval.upper),
        .worse = is_worse(f->of->series, shift.estimate),
    };
}

static struct pfg_history_shift measure_drift(const struct finding *f,
                                              const struct pfg_drift *drift)
{
    const double reach = NORMAL_95 * drift->error;

    return (struct pfg_history_shift){
        .drift = true,
        .good = f->value[drift->from],
        .bad = f->value[drift->to],
        .before = exp(drift->start),
        .after = exp(drift->start + drift->change),
        .change = expm1(drift->change),
        .change_lower = expm1(drift->change - reach),
        .change_upper = expm1(drift->change + reach),
        .worse = is_worse(f->of->series, drift->change),
    };
}

static int by_place(const void *left, const void *right)
{
    const struct pfg_history_shift *a = left, *b = right;

    return (a->bad > b->bad) - (a->bad < b->bad);
}

static void add_drifts(struct finding *f, struct pfg_changepoints *points)
{
    struct pfg_drift *drifts;
    size_t n = pfg_drifts_find(&drifts, points, f->n, f->arena);

    for (size_t i = 0; i < n; i++) {
        pfg_vec_push(&f->shifts, f->arena, measure_drift(f, &drifts[i]));
    }
}

static void find_steps(struct finding *f)
{
    struct pfg_changepoints points =
        pfg_changepoints_find(f->logs, f->n, f->arena);
    size_t from = 0;

    f->of->noise = f->n >= PFG_CHANGEPOINT_LEAST ? expm1(points.noise) : NAN;
    add_drifts(f, &points);
    for (size_t i = 0; i < points.n; i++) {
        const size_t to =
            i + 1 < points.n ? points.at[i + 1].at : points.candidate;

        pfg_vec_push(&f->shifts, f->arena,
                     measure(f, from, points.at[i].at, to));
        from = points.at[i].at;
    }
    if (points.candidate < f->n) {
        struct pfg_history_shift shift =
            measure(f, from, points.candidate, f->n);

        shift.candidate = true;
        pfg_vec_push(&f->shifts, f->arena, shift);
    }
    if (f->shifts.n) {
        qsort(f->shifts.at, f->shifts.n, sizeof *f->shifts.at, by_place);
    }
}

static void take_logs(struct finding *f)
{
    f->logs = pfg_arena_new_array(f->arena, double, f->of->n_values);
    f->value = pfg_arena_new_array(f->arena, size_t, f->of->n_values);
    for (size_t i = 0; i < f->of->n_values; i++) {
        if (f->of->values[i].value > 0) {
            f->value[f->n] = i;
            f->logs[f->n++] = log(f->of->values[i].value);
        }
    }
}

void pfg_shifts_find(struct pfg_history_series *series, struct pfg_arena *arena)
{
    struct finding f = {.of = series, .arena = arena};

    if (is_exact(series->series)) {
        find_differences(&f);
    } else {
        take_logs(&f);
        find_steps(&f);
    }
    series->shifts = f.shifts.at;
    series->n_shifts = f.shifts.n;
}
