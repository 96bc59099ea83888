#include "compare/trend/shifts.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "compare/row/row.h"
#include "model/metric.h"
#include "stats/history/changepoint.h"
#include "stats/history/drift.h"
#include "stats/sample.h"
#include "stats/test/rank.h"

/* values on either side of a step that determine its size */
#define WINDOW        60
#define PLACES        10  /* on either side where a step may be instead */
#define LIKELIHOOD_95 3.0 /* of logs, about */
#define LEVEL         0.95
#define NORMAL_95     1.96
/* values at the end of a part, where steps may still move */
#define REACH 128

/* A shift in the part being searched. */
struct found {
    struct pfg_history_shift shift;
    size_t end; /* index of the first log after the shift begins (a step) or
                   ends (a drift) */
};

struct finding {
    struct pfg_history_series *of;
    struct pfg_arena *arena;
    struct pfg_rank_tables *tables;
    double *logs;  /* of the values that have one */
    size_t *value; /* their indexes */
    size_t n;
    struct pfg_drift *drifts;
    size_t n_drifts;
    double variance; /* of a log, inflated because neighbours are alike */
    struct pfg_history_settled settled;
    PFG_VEC(struct found) found; /* in the last part */
    /* that no further value changes */
    PFG_VEC(struct pfg_history_shift) shifts;
};

/* ---- what does not scatter ---- */

static bool is_exact(const struct pfg_series *series)
{
    return series->exact ||
           pfg_metric_find(series->metric).kind == PFG_METRIC_COUNT;
}

static void find_differences(struct finding *f)
{
    const struct pfg_history_value *values = f->of->values;

    const double noise = pfg_count_noise(f->of->series);

    f->of->noise = 0;
    for (size_t i = 1; i < f->of->n_values; i++) {
        const double before = values[i - 1].value, after = values[i].value;

        if (fabs(after - before) > noise * fmin(before, after)) {
            struct pfg_history_shift shift = {
                .good = i - 1,
                .bad = i,
                .earliest = i,
                .latest = i,
                .before = before,
                .after = after,
                .change = before != 0 ? after / before - 1 : NAN,
                .worse = pfg_direction_is_worse(f->of->series->better,
                                                after - before),
                .change_lower = NAN,
                .change_upper = NAN,
            };

            pfg_vec_push(&f->shifts, f->arena, shift);
        }
    }
}

/* ---- what does ---- */

/* The log of value `i` moved to `edge` along a drift that has both. */
static double moved(const struct finding *f, size_t i, size_t edge)
{
    for (size_t d = 0; d < f->n_drifts; d++) {
        const struct pfg_drift *drift = &f->drifts[d];

        if (drift->from <= i && i <= drift->to && drift->from <= edge &&
            edge <= drift->to) {
            return f->logs[i] + drift->change * ((double)edge - (double)i) /
                                    (double)(drift->to - drift->from);
        }
    }
    return f->logs[i];
}

/* How much worse the fit gets if value `i` is on the other side of a step. */
static double misfit(const struct finding *f, size_t i, double own,
                     double other)
{
    return (f->logs[i] - other) * (f->logs[i] - other) -
           (f->logs[i] - own) * (f->logs[i] - own);
}

/* Finds the earliest and the latest place in the 95 % interval of a step: where
 * its likelihood is near the best; at most PLACES away. */
static void find_places(const struct finding *f,
                        struct pfg_history_shift *shift, size_t from, size_t at,
                        size_t to)
{
    const double before = log(shift->before), after = log(shift->after);
    const double most = 2 * LIKELIHOOD_95 * f->variance;
    double sum = 0;

    for (size_t i = at; i-- > from + 1 && at - i <= PLACES;) {
        sum += misfit(f, i, before, after);
        shift->earliest = sum <= most ? f->value[i] : shift->earliest;
    }
    sum = 0;
    for (size_t i = at; i + 1 < to && i - at < PLACES; i++) {
        sum += misfit(f, i, after, before);
        shift->latest = sum <= most ? f->value[i + 1] : shift->latest;
    }
}

static double *sorted(const struct finding *f, size_t from, size_t to,
                      size_t edge)
{
    double *copy = pfg_arena_new_array(f->arena, double, to - from);

    for (size_t i = from; i < to; i++) {
        copy[i - from] = moved(f, i, edge);
    }
    pfg_sort(copy, to - from);
    return copy;
}

/* Measures the step at `at` between the values from `from` and those up to
 * `to`. */
static struct pfg_history_shift measure(struct finding *f, size_t from,
                                        size_t at, size_t to)
{
    struct pfg_history_shift out;
    struct pfg_shift shift;
    double *before, *after;

    from = at - from > WINDOW ? at - WINDOW : from;
    to = to - at > WINDOW ? at + WINDOW : to;
    before = sorted(f, from, at, at - 1);
    after = sorted(f, at, to, at);
    shift =
        pfg_hodges_lehmann(f->tables, before, at - from, after, to - at, LEVEL);
    out = (struct pfg_history_shift){
        .good = f->value[at - 1],
        .bad = f->value[at],
        .earliest = f->value[at],
        .latest = f->value[at],
        .before = exp(pfg_median_sorted(before, at - from)),
        .after = exp(pfg_median_sorted(after, to - at)),
        .change = expm1(shift.estimate),
        .change_lower = expm1(shift.interval.lower),
        .change_upper = expm1(shift.interval.upper),
        .worse = pfg_direction_is_worse(f->of->series->better, shift.estimate),
    };
    find_places(f, &out, from, at, to);
    return out;
}

static struct pfg_history_shift measure_drift(const struct finding *f,
                                              const struct pfg_drift *drift)
{
    const double reach = NORMAL_95 * drift->error;

    return (struct pfg_history_shift){
        .drift = true,
        .good = f->value[drift->from],
        .bad = f->value[drift->to],
        .earliest = f->value[drift->from] + 1,
        .latest = f->value[drift->to],
        .before = exp(drift->start),
        .after = exp(drift->start + drift->change),
        .change = expm1(drift->change),
        .change_lower = expm1(drift->change - reach),
        .change_upper = expm1(drift->change + reach),
        .worse = pfg_direction_is_worse(f->of->series->better, drift->change),
    };
}

static int by_place(const void *left, const void *right)
{
    const struct found *a = left, *b = right;

    return (a->shift.bad > b->shift.bad) - (a->shift.bad < b->shift.bad);
}

static void add(struct finding *f, struct pfg_history_shift shift, size_t end)
{
    const struct found found = {shift, end};

    pfg_vec_push(&f->found, f->arena, found);
}

static void add_drifts(struct finding *f, struct pfg_changepoints *points,
                       size_t from, size_t to)
{
    f->n_drifts = pfg_drifts_find(&f->drifts, points, to - from, f->arena);
    for (size_t i = 0; i < f->n_drifts; i++) {
        f->drifts[i].from += from;
        f->drifts[i].to += from;
        add(f, measure_drift(f, &f->drifts[i]), f->drifts[i].to + 1);
    }
}

/* Finds the shifts in logs[from..to), which begin in a level that began at
 * `segment`. */
static void search_part(struct finding *f, size_t segment, size_t from,
                        size_t to)
{
    struct pfg_changepoints points =
        pfg_changepoints_find(f->logs + from, to - from, f->arena);
    const size_t candidate = from + points.candidate;

    f->of->noise =
        to - from >= PFG_CHANGEPOINT_LEAST ? expm1(points.noise) : NAN;
    f->variance = points.noise * points.noise * points.inflation;
    f->found.n = 0;
    add_drifts(f, &points, from, to);
    for (size_t i = 0; i < points.n; i++) {
        const size_t at = from + points.at[i].at;
        const size_t end =
            i + 1 < points.n ? from + points.at[i + 1].at : candidate;

        add(f, measure(f, segment, at, end), at);
        segment = at;
    }
    if (candidate < to) {
        struct pfg_history_shift shift = measure(f, segment, candidate, to);

        shift.candidate = true;
        add(f, shift, candidate);
    }
    if (f->found.n) {
        qsort(f->found.at, f->found.n, sizeof *f->found.at, by_place);
    }
}

/*
 * Keeps the shifts that the part up to `to` has before its last REACH
 * values; the next part begins REACH values before these. Returns false if a
 * drift reaches into them, which needs a longer part.
 */
static bool keep_final(struct finding *f, size_t to)
{
    struct pfg_history_settled *settled = &f->settled;
    const size_t limit = to - REACH;
    size_t n = 0;

    for (size_t i = 0; i < f->found.n; i++) {
        if (f->found.at[i].end <= limit) {
            n = i + 1;
        } else if (f->found.at[i].shift.drift) {
            return false;
        }
    }
    settled->from = limit - REACH;
    for (size_t i = 0; i < n; i++) {
        pfg_vec_push(&f->shifts, f->arena, f->found.at[i].shift);
        settled->segment = f->found.at[i].end;
    }
    if (settled->segment > settled->from) {
        settled->from = settled->segment;
    }
    settled->n = f->value[to - 1] + 1;
    return true;
}

static void find_steps(struct finding *f)
{
    const struct pfg_history_settled *settled = &f->settled;
    size_t span = PFG_SHIFTS_SPAN;

    while (f->n - settled->from > span) {
        const size_t to = settled->from + span;

        search_part(f, settled->segment, settled->from, to);
        span = keep_final(f, to) ? PFG_SHIFTS_SPAN : 2 * span;
    }
    search_part(f, settled->segment, settled->from, f->n);
}

static void read_logs(struct finding *f)
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

/* Copies the final shifts, followed by the others, into the arena. */
static void publish_shifts(struct finding *f, struct pfg_arena *arena)
{
    const size_t n = f->shifts.n;
    struct pfg_history_shift *all =
        pfg_arena_new_array(arena, struct pfg_history_shift, n + f->found.n);

    for (size_t i = 0; i < n + f->found.n; i++) {
        all[i] = i < n ? f->shifts.at[i] : f->found.at[i - n].shift;
    }
    f->of->shifts = f->settled.shifts = all;
    f->of->n_shifts = n + f->found.n;
    f->settled.n_shifts = f->settled.n ? n : 0;
}

void pfg_shifts_find(struct pfg_history_series *series,
                     struct pfg_history_settled *settled,
                     struct pfg_rank_tables *tables, struct pfg_arena *arena)
{
    struct pfg_arena *scratch = pfg_arena_new();
    struct finding f = {.of = series, .arena = scratch, .tables = tables};

    if (is_exact(series->series)) {
        find_differences(&f);
    } else {
        f.settled = settled ? *settled : f.settled;
        for (size_t i = 0; i < f.settled.n_shifts; i++) {
            pfg_vec_push(&f.shifts, scratch, f.settled.shifts[i]);
        }
        read_logs(&f);
        find_steps(&f);
    }
    publish_shifts(&f, arena);
    if (settled) {
        *settled = f.settled;
    }
    pfg_arena_free(scratch);
}
