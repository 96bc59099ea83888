/*
 * Measures how well lasting changes are found in histories. Synthetic histories
 * of 200 versions, with steps of 2 to 20 per cent or none and several kinds of
 * noise of 2 per cent, are searched by perfgate and by the methods of other
 * tools. Everything derives from one seed.
 *
 *     trend           100 histories per cell
 *     QUICK=1 trend   20, takes some seconds
 *
 * Prints precision, recall and F1: a hit is a change found within two points of
 * its true place, each counted once. Exits 1 if a target is missed.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "compare/trend/shifts.h"
#include "peers.h"
#include "random.h"
#include "stats/history/changepoint.h"
#include "stats/sample.h"

enum { POINTS = 200, MOST_STEPS = 3, SHORTEST = 20, NEAR = 2 };
enum { PERFGATE, E_DIVISIVE, ROLLING_Z, N_FINDERS };

static const char *const finders[] = {"perfgate", "E-divisive", "rolling z"};
static const double sizes[] = {0, 0.02, 0.03, 0.05, 0.10, 0.20};
enum { N_SIZES = PFG_COUNT(sizes) };

/* ---- noise of 2 % ---- */

struct noise {
    double last; /* for autoregressive noise */
};

static double normal(struct noise *n, uint64_t *r)
{
    (void)n;
    return 0.02 * random_normal(r);
}

/* Delays only add: exponential, with skewness 2. */
static double skewed(struct noise *n, uint64_t *r)
{
    (void)n;
    return 0.02 * (-log(random_uniform(r)) - 1);
}

static double outliers(struct noise *n, uint64_t *r)
{
    (void)n;
    return 0.02 * random_normal(r) +
           (random_uniform(r) < 0.03 ? 0.05 + 0.4 * random_uniform(r) : 0);
}

/* Neighbours correlate: r = 0.4. */
static double alike(struct noise *n, uint64_t *r)
{
    n->last = 0.4 * n->last + 0.02 * sqrt(1 - 0.16) * random_normal(r);
    return n->last;
}

/* One of two machines that differ by 3 %; 2 % in total. */
static double machines(struct noise *n, uint64_t *r)
{
    (void)n;
    return 0.0132 * random_normal(r) +
           (random_uniform(r) < 0.5 ? 0.015 : -0.015);
}

static const struct {
    const char *name;
    double (*draw)(struct noise *, uint64_t *);
    double missing; /* share of unmeasured versions */
} kinds[] = {
    {"normal", normal, 0},         {"skewed", skewed, 0},
    {"outliers", outliers, 0},     {"autocorrelated", alike, 0},
    {"two machines", machines, 0}, {"missing runs", normal, 0.3},
};
enum { N_KINDS = PFG_COUNT(kinds) };

struct drawn {
    double y[POINTS];
    size_t n;
    size_t steps[MOST_STEPS]; /* indexes into y */
    size_t n_steps;
};

/* Places three steps with at least SHORTEST points between them. */
static void place_steps(size_t out[MOST_STEPS], size_t n, uint64_t *r)
{
    const size_t slack = n - (MOST_STEPS + 1) * SHORTEST;
    double cuts[MOST_STEPS];

    for (size_t i = 0; i < MOST_STEPS; i++) {
        cuts[i] = random_uniform(r) * (double)slack;
    }
    pfg_sort(cuts, MOST_STEPS);
    for (size_t i = 0; i < MOST_STEPS; i++) {
        out[i] = (size_t)cuts[i] + (i + 1) * SHORTEST;
    }
}

static void draw(struct drawn *out, size_t kind, double size, double drift,
                 uint64_t *r)
{
    struct noise state = {0};
    double level = 0;
    size_t next = 0;

    out->n = POINTS - (size_t)(POINTS * kinds[kind].missing);
    out->n_steps = size > 0 ? MOST_STEPS : 0;
    if (size > 0) {
        place_steps(out->steps, out->n, r);
    }
    for (size_t i = 0; i < out->n; i++) {
        if (next < out->n_steps && out->steps[next] == i) {
            level += random_uniform(r) < 0.5 ? log1p(size) : -log1p(size);
            next++;
        }
        out->y[i] = level + drift * (double)i / (double)out->n +
                    kinds[kind].draw(&state, r);
    }
}

/* ---- finding ---- */

struct found {
    size_t at[POINTS];
    size_t n, n_drifts;
};

static void find_shifts(struct found *out, const struct drawn *history,
                        struct pfg_arena *arena)
{
    const struct pfg_series of = {.suite = "",
                                  .benchmark = "b",
                                  .metric = "time",
                                  .unit = "s",
                                  .better = PFG_LOWER};
    struct pfg_history_series series = {
        .series = &of,
        .label = "b",
        .asked = true,
        .values =
            pfg_arena_new_array(arena, struct pfg_history_value, history->n),
        .n_values = history->n,
    };

    for (size_t i = 0; i < history->n; i++) {
        series.values[i].commit = i;
        series.values[i].value = exp(history->y[i]);
    }
    pfg_shifts_find(&series, NULL, NULL, arena);
    *out = (struct found){0};
    for (size_t i = 0; i < series.n_shifts; i++) {
        if (series.shifts[i].drift) {
            out->n_drifts++;
        } else if (!series.shifts[i].candidate) {
            out->at[out->n++] = series.shifts[i].bad;
        }
    }
}

static void find(struct found *out, int finder, const struct drawn *history,
                 uint64_t *r)
{
    struct pfg_arena *arena;

    if (finder == PERFGATE) {
        arena = pfg_arena_new();
        find_shifts(out, history, arena);
        pfg_arena_free(arena);
    } else if (finder == E_DIVISIVE) {
        *out = (struct found){0};
        out->n = bench_e_divisive(out->at, history->y, history->n, r);
    } else {
        *out = (struct found){0};
        out->n = bench_rolling_z(out->at, history->y, history->n);
    }
}

/* ---- counting ---- */

struct score {
    size_t hits, found, there, points; /* `found` includes drifts */
};

static void count(struct score *score, const struct drawn *history,
                  const struct found *found)
{
    bool used[POINTS] = {false};

    for (size_t i = 0; i < history->n_steps; i++) {
        size_t best = found->n;

        for (size_t j = 0; j < found->n; j++) {
            const long off = labs((long)found->at[j] - (long)history->steps[i]);

            if (!used[j] && off <= NEAR &&
                (best == found->n ||
                 off < labs((long)found->at[best] - (long)history->steps[i]))) {
                best = j;
            }
        }
        if (best < found->n) {
            used[best] = true;
            score->hits++;
        }
    }
    score->there += history->n_steps;
    score->found += found->n + found->n_drifts;
    score->points += history->n;
}

static double ratio(size_t a, size_t b)
{
    return b ? (double)a / (double)b : NAN;
}

static double f1(const struct score *s)
{
    return s->there + s->found
               ? 2 * (double)s->hits / (double)(s->there + s->found)
               : NAN;
}

static struct score measure(int finder, size_t kind, double size, double drift,
                            size_t times)
{
    /* All finders get the same histories. */
    uint64_t r = 20261129 + 1000 * kind + (uint64_t)(size * 100);
    uint64_t own = 7;
    struct score score = {0};

    for (size_t i = 0; i < times; i++) {
        struct drawn history;
        struct found found;

        draw(&history, kind, size, drift, &r);
        find(&found, finder, &history, &own);
        count(&score, &history, &found);
    }
    return score;
}

static void add(struct score *to, const struct score *from)
{
    to->hits += from->hits;
    to->found += from->found;
    to->there += from->there;
    to->points += from->points;
}

static bool target(const char *what, bool good)
{
    printf("target: %s %s\n", what, good ? "ok" : "MISSED");
    return good;
}

/* Tabulates one finder over all kinds and sizes; adds up its score for steps of
 * 3 % and more, and what it finds in unchanged histories. */
static void tabulate(int finder, size_t times, struct score *graded,
                     struct score *quiet)
{
    struct score by_size[N_SIZES] = {{0}};

    printf("\n%s\n%-16s", finders[finder], "noise");
    for (size_t s = 1; s < N_SIZES; s++) {
        printf("   %4.0f %%: P/R/F1    ", sizes[s] * 100);
    }
    printf(" false/1000\n");
    for (size_t k = 0; k < N_KINDS; k++) {
        struct score none = measure(finder, k, 0, 0, 10 * times);
        struct score large = {0};

        printf("%-16s", kinds[k].name);
        for (size_t s = 1; s < N_SIZES; s++) {
            struct score score = measure(finder, k, sizes[s], 0, times);

            printf("   %.2f / %.2f / %.2f", ratio(score.hits, score.found),
                   ratio(score.hits, score.there), f1(&score));
            add(&by_size[s], &score);
            if (sizes[s] >= 0.03) {
                add(&large, &score);
            }
        }
        printf("   %.3f\n", 1000 * ratio(none.found, none.points));
        add(graded, &large);
        add(quiet, &none);
    }
    printf("%-16s", "all");
    for (size_t s = 1; s < N_SIZES; s++) {
        printf("   %.2f / %.2f / %.2f",
               ratio(by_size[s].hits, by_size[s].found),
               ratio(by_size[s].hits, by_size[s].there), f1(&by_size[s]));
    }
    printf("   %.3f\n", 1000 * ratio(quiet->found, quiet->points));
    printf("%-16s F1 over steps of 3 %% and more %.3f, false per 1,000 points "
           "%.3f\n",
           "", f1(graded), 1000 * ratio(quiet->found, quiet->points));
}

/* A drift of each size over the 200 versions: how often it is reported as
 * drift, and how often as steps. */
static bool drifts(size_t times)
{
    static const double totals[] = {0.05, 0.10, 0.20};
    bool good = true;

    printf("\ndrift over 200 versions   told as drift   steps a history\n");
    for (size_t t = 0; t < PFG_COUNT(totals); t++) {
        uint64_t r = 77 + t;
        size_t told = 0, steps = 0;

        for (size_t i = 0; i < times; i++) {
            struct drawn history;
            struct found found;

            draw(&history, 0, 0, log1p(totals[t]), &r);
            find(&found, PERFGATE, &history, &r);
            told += found.n_drifts > 0;
            steps += found.n;
        }
        printf("%22.0f %%   %13.2f   %15.2f\n", totals[t] * 100,
               ratio(told, times), ratio(steps, times));
        good &= totals[t] < 0.1 ||
                (ratio(told, times) >= 0.9 && ratio(steps, times) <= 0.1);
    }
    return target("drift of 10 % is told as drift in nine of ten, not as steps",
                  good);
}

static bool fast(void)
{
    enum { MANY = 10000 };
    struct pfg_arena *arena = pfg_arena_new();
    double *y = pfg_arena_new_array(arena, double, MANY);
    uint64_t r = 5;
    double best = INFINITY;

    for (size_t i = 0; i < MANY; i++) {
        y[i] = (double)(i / 500 % 2) * 0.05 + 0.02 * random_normal(&r);
    }
    for (int again = 0; again < 5; again++) {
        const clock_t start = clock();

        pfg_changepoints_find(y, MANY, arena);
        best = fmin(best, (double)(clock() - start) / CLOCKS_PER_SEC);
    }
    pfg_arena_free(arena);
    printf("\n10,000 points: %.1f ms of processor\n", best * 1000);
    return target("10,000 points in less than 20 ms", best < 0.020);
}

int main(void)
{
    const char *quick = getenv("QUICK");
    const size_t times = quick && *quick ? 20 : 100;
    struct score graded[N_FINDERS] = {{0}}, quiet[N_FINDERS] = {{0}};
    bool good;

    for (int f = 0; f < N_FINDERS; f++) {
        /* E-divisive takes seconds where the others take milliseconds. */
        tabulate(f, f == E_DIVISIVE ? times / 10 : times, &graded[f],
                 &quiet[f]);
    }
    good = drifts(times);
    good &= fast();
    good &= target("F1 is 0.90 or more over steps of 3 % and more",
                   f1(&graded[PERFGATE]) >= 0.90);
    good &= target(
        "0.1 false change points in 1,000 points at most",
        1000 * ratio(quiet[PERFGATE].found, quiet[PERFGATE].points) <= 0.1);
    return good ? 0 : 1;
}
