#include "stats/history/drift.h"

#include <math.h>
#include <stdbool.h>

#include "base/arena.h"

#define GRID       32 /* places besides the change points */
#define LEVEL_COST 5  /* times ln n, for a level and where it begins */
/* times ln n, for its slope: stairs of two or three steps are steps */
#define SLOPE_COST 8
#define SHORTEST   20  /* points of a drift */
#define CERTAIN    4.5 /* standard errors that it must have moved by */
#define MIN_CHANGE 0.02

/* Sums over the first i points, from which any stretch is fitted in constant
 * time. */
struct sums {
    double *y, *yy, *iy;
};

struct cutting {
    const struct pfg_changepoints *points;
    struct sums sums;
    double variance; /* of a point, inflated */
    double log_n;
    size_t *at; /* where stretches may begin, and n */
    size_t n_at;
};

/* A stretch, fitted by a level or by a line. */
struct fit {
    bool line;
    double mean, slope;
    double middle; /* the place where the line is at the mean */
    double cost;
};

static void add_up(struct sums *sums, const double *y, size_t n,
                   struct pfg_arena *arena)
{
    sums->y = pfg_arena_new_array(arena, double, n + 1);
    sums->yy = pfg_arena_new_array(arena, double, n + 1);
    sums->iy = pfg_arena_new_array(arena, double, n + 1);
    for (size_t i = 0; i < n; i++) {
        const double value = y[i] - y[0]; /* small numbers keep their digits */

        sums->y[i + 1] = sums->y[i] + value;
        sums->yy[i + 1] = sums->yy[i] + value * value;
        sums->iy[i + 1] = sums->iy[i] + (double)i * value;
    }
}

static double error_of(const struct cutting *c, size_t from, size_t to)
{
    const double m = (double)(to - from);

    return sqrt(12 * c->variance / m); /* of slope times m, m large */
}

static bool is_drift(const struct cutting *c, double slope, size_t from,
                     size_t to)
{
    const double change = fabs(slope) * (double)(to - from - 1);

    return to - from >= SHORTEST && change >= log1p(MIN_CHANGE) &&
           change >= CERTAIN * error_of(c, from, to);
}

static struct fit fit_stretch(const struct cutting *c, size_t from, size_t to)
{
    const double m = (double)(to - from);
    const double sum = c->sums.y[to] - c->sums.y[from];
    const double middle = (double)(from + to - 1) / 2;
    const double squares = c->sums.yy[to] - c->sums.yy[from] - sum * sum / m;
    const double products = c->sums.iy[to] - c->sums.iy[from] - middle * sum;
    const double spread = m * (m * m - 1) / 12;
    struct fit fit = {
        .mean = sum / m,
        .middle = middle,
        .cost = squares / c->variance + LEVEL_COST * c->log_n,
    };
    const double slope = spread > 0 ? products / spread : 0;
    const double gain = slope * products / c->variance;

    if (gain > SLOPE_COST * c->log_n && is_drift(c, slope, from, to)) {
        fit.line = true;
        fit.slope = slope;
        fit.cost += SLOPE_COST * c->log_n - gain;
    }
    return fit;
}

/* Lists where stretches may begin: at change points, and on a grid between
 * them. */
static void place(struct cutting *c, size_t n, struct pfg_arena *arena)
{
    const size_t width = n / GRID > SHORTEST / 2 ? n / GRID : SHORTEST / 2;
    size_t next = 0;

    c->at = pfg_arena_new_array(arena, size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        const bool is_change =
            next < c->points->n && c->points->at[next].at == i;

        next += is_change;
        if (is_change || i % width == 0) {
            c->at[c->n_at++] = i;
        }
    }
    c->at[c->n_at++] = n;
}

/* Finds the best way to cut up to each place: before[i] is the previous place.
 */
static void cut(const struct cutting *c, size_t *before,
                struct pfg_arena *arena)
{
    double *cost = pfg_arena_new_array(arena, double, c->n_at);

    for (size_t i = 1; i < c->n_at; i++) {
        cost[i] = INFINITY;
        for (size_t j = 0; j < i; j++) {
            const double all =
                cost[j] + fit_stretch(c, c->at[j], c->at[i]).cost;

            if (all < cost[i]) {
                cost[i] = all;
                before[i] = j;
            }
        }
    }
}

static double value_at(const struct fit *fit, size_t i)
{
    return fit->mean + fit->slope * ((double)i - fit->middle);
}

/* The stretches that the history was cut into. */
struct stretches {
    size_t *at; /* n + 1 of them, the last one is the end */
    struct fit *fits;
    size_t n;
};

static struct stretches collect(const struct cutting *c, const size_t *before,
                                struct pfg_arena *arena)
{
    struct stretches all = {
        .at = pfg_arena_new_array(arena, size_t, c->n_at),
        .fits = pfg_arena_new_array(arena, struct fit, c->n_at),
    };

    for (size_t i = c->n_at - 1; i > 0; i = before[i]) {
        all.n++;
    }
    all.at[all.n] = c->at[c->n_at - 1];
    for (size_t i = c->n_at - 1, s = all.n; i > 0; i = before[i]) {
        s--;
        all.at[s] = c->at[before[i]];
        all.fits[s] = fit_stretch(c, all.at[s], c->at[i]);
    }
    return all;
}

/* A change point within a drift is no step. Where a drift begins or ends it is
 * one if most of its size is a jump between the lines. */
static bool is_step(const struct stretches *all,
                    const struct pfg_changepoint *c)
{
    size_t s = 0;
    double jump;

    while (all->at[s + 1] <= c->at) {
        s++;
    }
    if (all->at[s] < c->at || s == 0) {
        return !all->fits[s].line;
    }
    jump = value_at(&all->fits[s], c->at) - value_at(&all->fits[s - 1], c->at);
    return !(all->fits[s].line || all->fits[s - 1].line) ||
           2 * fabs(jump) >= fabs(c->after - c->before);
}

static void drop_stairs(struct pfg_changepoints *points,
                        const struct stretches *all)
{
    size_t kept = 0;

    for (size_t i = 0; i < points->n; i++) {
        if (is_step(all, &points->at[i])) {
            points->at[kept++] = points->at[i];
        }
    }
    points->n = kept;
}

static size_t list_drifts(struct pfg_drift **out, const struct cutting *c,
                          const struct stretches *all, struct pfg_arena *arena)
{
    size_t n = 0;

    *out = pfg_arena_new_array(arena, struct pfg_drift, all->n);
    for (size_t i = 0; i < all->n; i++) {
        const struct fit *fit = &all->fits[i];
        const size_t from = all->at[i], to = all->at[i + 1];

        if (fit->line) {
            (*out)[n++] = (struct pfg_drift){
                .from = from,
                .to = to - 1,
                .start = c->points->held[0] + value_at(fit, from),
                .change = fit->slope * (double)(to - from - 1),
                .error = error_of(c, from, to),
            };
        }
    }
    return n;
}

size_t pfg_drifts_find(struct pfg_drift **out, struct pfg_changepoints *points,
                       size_t n, struct pfg_arena *arena)
{
    struct pfg_arena *scratch;
    struct cutting c = {
        .points = points,
        .variance = points->noise * points->noise * points->inflation,
        .log_n = log((double)n),
    };
    struct stretches all;
    size_t *before, found;

    *out = NULL;
    if (n < SHORTEST || !(points->noise > 0)) {
        return 0;
    }
    scratch = pfg_arena_new();
    add_up(&c.sums, points->held, n, scratch);
    place(&c, n, scratch);
    before = pfg_arena_new_array(scratch, size_t, c.n_at);
    cut(&c, before, scratch);
    all = collect(&c, before, scratch);
    drop_stairs(points, &all);
    found = list_drifts(out, &c, &all, arena);
    pfg_arena_free(scratch);
    return found;
}
