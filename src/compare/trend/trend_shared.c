#include "compare/trend/trend_shared.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "model/metric.h"
#include "stats/sample.h"
#include "stats/test/family.h"

#define NEAR 3 /* versions by which one cause can be apart in two series */
/* fewer steps near a place cannot be most of eight benchmarks */
#define FEW   5
#define LEVEL 0.95

/* A step that may be shared. */
struct step {
    const struct pfg_history_series *series;
    const struct pfg_history_shift *shift;
    size_t benchmark;
    size_t bad;    /* commit */
    double log;    /* log of the change, signed so that up is worse */
    size_t *taken; /* number of the shared change that it is part of, from 1; 0:
                      none */
};

struct gathering {
    const struct pfg_history *history;
    struct pfg_arena *arena, *scratch;
    size_t *benchmark; /* of each series */
    size_t n_benchmarks;
    size_t *measured; /* number of measured versions up to each commit */
    PFG_VEC(struct step) steps; /* by commit */
    PFG_VEC(struct pfg_trend_change) changes;
};

static size_t commit_of(const struct pfg_history_series *series, size_t value)
{
    return series->values[value].commit;
}

/* Numbers the benchmarks, whose metrics share a number. */
static void number_benchmarks(struct gathering *g)
{
    struct pfg_map names;

    pfg_map_init(&names, g->arena);
    for (size_t i = 0; i < g->history->n_series; i++) {
        const struct pfg_history_series *s = &g->history->series[i];
        void **place = pfg_map_at(
            &names, pfg_slice_of(pfg_arena_printf(g->arena, "%s\n%s",
                                                  s->series->suite, s->label)));

        if (!*place) {
            *place = &g->benchmark[i];
            g->benchmark[i] = g->n_benchmarks++;
        }
        g->benchmark[i] = *(size_t *)*place;
    }
}

static int by_commit(const void *left, const void *right)
{
    const struct step *a = left, *b = right;

    return (a->bad > b->bad) - (a->bad < b->bad);
}

static void collect_steps(struct gathering *g, size_t **taken)
{
    for (size_t i = 0; i < g->history->n_series; i++) {
        const struct pfg_history_series *s = &g->history->series[i];

        for (size_t j = 0; j < s->n_shifts; j++) {
            const struct pfg_history_shift *shift = &s->shifts[j];
            struct step step = {.series = s,
                                .shift = shift,
                                .benchmark = g->benchmark[i],
                                .bad = commit_of(s, shift->bad),
                                .log = log1p(shift->change),
                                .taken = &taken[i][j]};

            step.log *= pfg_direction_sign(s->series->better);
            if (!shift->drift && !isnan(shift->change_lower)) {
                pfg_vec_push(&g->steps, g->arena, step);
            }
        }
    }
    if (g->steps.n) {
        qsort(g->steps.at, g->steps.n, sizeof *g->steps.at, by_commit);
    }
}

static size_t apart(const struct gathering *g, size_t a, size_t b)
{
    return g->measured[a] > g->measured[b] ? g->measured[a] - g->measured[b]
                                           : g->measured[b] - g->measured[a];
}

/* Marks the benchmarks that have results before and after a commit. */
static void find_measured(const struct gathering *g, bool *measured,
                          size_t commit)
{
    for (size_t i = 0; i < g->history->n_series; i++) {
        const struct pfg_history_series *s = &g->history->series[i];

        measured[g->benchmark[i]] |= commit_of(s, 0) < commit &&
                                     commit_of(s, s->n_values - 1) >= commit &&
                                     !isnan(s->noise) && s->noise > 0;
    }
}

/* Finds for each benchmark its step nearest to a commit, in one direction;
 * NULL: there is none within NEAR. */
static void nearest(struct gathering *g, struct step **out, size_t commit,
                    double sign)
{
    for (size_t i = 0; i < g->steps.n; i++) {
        struct step *step = &g->steps.at[i];
        struct step **best = &out[step->benchmark];

        if (!*step->taken && step->log * sign > 0 &&
            apart(g, step->bad, commit) <= NEAR &&
            (!*best ||
             apart(g, step->bad, commit) < apart(g, (*best)->bad, commit))) {
            *best = step;
        }
    }
}

struct shared {
    struct step **of; /* by benchmark */
    bool *member;     /* of those that were measured, in order */
    size_t *benchmark;
    size_t n; /* measured */
    struct pfg_suite_shift found;
};

static struct shared look_at(struct gathering *g, size_t commit, double sign)
{
    const size_t n = g->n_benchmarks;
    struct shared out = {
        .of = pfg_arena_new_array(g->scratch, struct step *, n),
        .member = pfg_arena_new_array(g->scratch, bool, n),
        .benchmark = pfg_arena_new_array(g->scratch, size_t, n),
    };
    double *shifts = pfg_arena_new_array(g->scratch, double, n);
    bool *selected = pfg_arena_new_array(g->scratch, bool, n);
    bool *measured = pfg_arena_new_array(g->scratch, bool, n);

    find_measured(g, measured, commit);
    nearest(g, out.of, commit, sign);
    for (size_t i = 0; i < n; i++) {
        if (measured[i]) {
            selected[out.n] = out.of[i] != NULL;
            shifts[out.n] = out.of[i] ? out.of[i]->log * sign : 0;
            out.benchmark[out.n++] = i;
        }
    }
    out.found = pfg_suite_shift_find(out.member, shifts, selected, out.n);
    return out;
}

/* A step at the place that most members share; of equals the first. */
static const struct step *most_common(const struct shared *shared)
{
    const struct step *best = NULL;
    size_t most = 0;

    for (size_t i = 0; i < shared->n; i++) {
        const struct step *step = shared->of[shared->benchmark[i]];
        size_t n = 0;

        for (size_t j = 0; j < shared->n && shared->member[i]; j++) {
            n += shared->member[j] &&
                 shared->of[shared->benchmark[j]]->bad == step->bad;
        }
        if (n > most || (n == most && best && n && step->bad < best->bad)) {
            most = n;
            best = step;
        }
    }
    return best;
}

static void add_shared_change(struct gathering *g, const struct shared *shared,
                              double sign)
{
    const struct step *step = most_common(shared);
    struct pfg_trend_change change = {
        .series = step->series,
        .shift = *step->shift,
        .good = commit_of(step->series, step->shift->good),
        .bad = step->bad,
        .last = step->bad,
        .state = PFG_TREND_CONFIRMED,
        .accepted = "",
    };
    double *logs = pfg_arena_new_array(g->scratch, double, shared->n);
    struct pfg_interval interval;
    size_t n = 0;

    for (size_t i = 0; i < shared->n; i++) {
        if (shared->member[i]) {
            logs[n++] = log1p(shared->of[shared->benchmark[i]]->shift->change);
        }
    }
    for (size_t i = 0; i < g->steps.n; i++) {
        /* All metrics of a member, though only one had the vote. */
        for (size_t j = 0; j < shared->n; j++) {
            struct step *other = &g->steps.at[i];

            if (shared->member[j] && other->benchmark == shared->benchmark[j] &&
                other->log * sign > 0 &&
                apart(g, other->bad, step->bad) <= NEAR) {
                *other->taken = g->changes.n + 1;
            }
        }
    }
    pfg_sort(logs, n);
    interval = pfg_median_interval(logs, n, LEVEL);
    change.shift.change = expm1(pfg_median_sorted(logs, n));
    change.shift.change_lower = expm1(interval.lower);
    change.shift.change_upper = expm1(interval.upper);
    change.n_members = n;
    change.n_benchmarks = shared->n;
    pfg_vec_push(&g->changes, g->arena, change);
}

/* Enough steps are near that they could be most of a suite. Only the first step
 * at a place in its direction qualifies. */
static bool is_worth_a_look(const struct gathering *g, size_t i)
{
    const struct step *step = &g->steps.at[i];
    size_t n = 0;

    if (*step->taken) {
        return false;
    }
    for (size_t j = i; j-- > 0;) {
        const struct step *other = &g->steps.at[j];

        if (other->bad == step->bad && !*other->taken &&
            other->log * step->log > 0) {
            return false;
        }
        if (apart(g, other->bad, step->bad) > NEAR) {
            break;
        }
        n++;
    }
    for (size_t j = i; j < g->steps.n && n < FEW &&
                       apart(g, g->steps.at[j].bad, step->bad) <= NEAR;
         j++) {
        n++;
    }
    return n >= FEW;
}

/* The place with the most members around. */
static const struct step *best_place(struct gathering *g)
{
    const struct step *best = NULL;
    size_t most = 0;

    for (size_t i = 0; i < g->steps.n; i++) {
        if (is_worth_a_look(g, i)) {
            const struct step *step = &g->steps.at[i];
            struct shared shared =
                look_at(g, step->bad, step->log > 0 ? 1 : -1);

            if (shared.found.n_members > most) {
                most = shared.found.n_members;
                best = step;
            }
            pfg_arena_clear(g->scratch);
        }
    }
    return best;
}

static void count_measured(struct gathering *g)
{
    size_t n = 0;

    g->measured = pfg_arena_new_array(g->arena, size_t, g->history->n_commits);
    for (size_t i = 0; i < g->history->n_commits; i++) {
        n += g->history->commits[i].n_runs > 0;
        g->measured[i] = n;
    }
}

size_t pfg_trend_find_shared(struct pfg_trend_change **out, size_t **taken,
                             const struct pfg_history *history)
{
    struct gathering g = {
        .history = history,
        .arena = history->arena,
        .scratch = pfg_arena_new(),
        .benchmark =
            pfg_arena_new_array(history->arena, size_t, history->n_series),
    };
    const struct step *place;

    number_benchmarks(&g);
    count_measured(&g);
    collect_steps(&g, taken);
    while ((place = best_place(&g))) {
        double sign = place->log > 0 ? 1 : -1;
        struct shared shared = look_at(&g, place->bad, sign);

        add_shared_change(&g, &shared, sign);
        pfg_arena_clear(g.scratch);
    }
    pfg_arena_free(g.scratch);
    *out = g.changes.at;
    return g.changes.n;
}
