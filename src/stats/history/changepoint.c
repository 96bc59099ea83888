#include "stats/history/changepoint.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "stats/dist.h"
#include "stats/history/partition.h"
#include "stats/row/limit.h"
#include "stats/row/noise.h"
#include "stats/sample.h"

#define PENALTY 5 /* times sigma^2 ln n */

#define MEDIAN_REACH 3 /* the running median is that of 7 values */
#define CLIP         3 /* sigmas around it */

/* Weight of the root mean square in the noise, with and without spikes. */
#define RMS_WEIGHT_RAW 0.25
#define RMS_WEIGHT     0.6

#define WINDOW       60 /* points on either side that a test uses */
#define SIGMA_FLOOR  0.7
#define MAX_RELATION 0.6
#define MAX_P        0.001
#define MIN_CHANGE   0.02

/* y limited to a few sigmas around its running median: a single spike cannot
 * make a change point, but a step survives. Near the ends the window can be
 * even, and its median anything between the middle two. */
static double *winsorise(const double *y, size_t n, struct pfg_arena *arena)
{
    const double reach = CLIP * fmax(pfg_rice_lagged(y, n, 1, RMS_WEIGHT_RAW),
                                     pfg_rice_lagged(y, n, 2, RMS_WEIGHT_RAW));
    double *z = pfg_arena_new_array(arena, double, n);

    for (size_t i = 0; i < n; i++) {
        double window[2 * MEDIAN_REACH + 1];
        const size_t from = i > MEDIAN_REACH ? i - MEDIAN_REACH : 0;
        const size_t to = i + MEDIAN_REACH < n ? i + MEDIAN_REACH + 1 : n;
        const size_t count = to - from;

        memcpy(window, y + from, count * sizeof *window);
        pfg_sort(window, count);
        z[i] = fmin(fmax(y[i], window[(count - 1) / 2] - reach),
                    window[count / 2] + reach);
    }
    return z;
}

/* What the tests of one history share. */
struct history {
    const double *y, *z; /* as measured, and winsorised */
    size_t n;
    double sigma;
    double inflation;  /* of variances, because neighbours are alike */
    double correction; /* of p, for testing everywhere */
};

/* A sample that a test compares. */
struct part {
    double n, mean, variance;
};

static struct part part_of(const struct history *h, size_t from, size_t to)
{
    const double floor = SIGMA_FLOOR * h->sigma;
    const double sd = pfg_stddev(h->z + from, to - from);

    return (struct part){
        .n = (double)(to - from),
        .mean = pfg_mean(h->z + from, to - from),
        .variance = fmax(floor * floor, sd * sd),
    };
}

static double median_of(const double *y, size_t from, size_t to)
{
    double window[WINDOW];

    memcpy(window, y + from, (to - from) * sizeof *window);
    return pfg_median(window, to - from);
}

static bool passes(const struct history *h, double p, double change)
{
    return p * h->correction <= MAX_P &&
           pfg_reaches(fabs(change), log1p(MIN_CHANGE));
}

/* Welch's test: each side has its own variance. */
static double welch(const struct part *a, const struct part *b,
                    const struct history *h)
{
    const double left = a->variance / a->n, right = b->variance / b->n;
    const double freedom =
        (left + right) * (left + right) /
        (left * left / (a->n - 1) + right * right / (b->n - 1));

    return 2 * pfg_t_upper(fabs(a->mean - b->mean) /
                               sqrt((left + right) * h->inflation),
                           fmax(1, freedom / h->inflation));
}

/* Student's test: one variance, the largest that the data support. Three points
 * cannot pass Welch's test however far away they are, because their own
 * variance is too uncertain; here they borrow that of the others. */
static double student(const struct part *a, const struct part *b,
                      const struct history *h)
{
    const double freedom = a->n + b->n - 2;
    const double pooled =
        ((a->n - 1) * a->variance + (b->n - 1) * b->variance) / freedom;
    const double few = a->n < b->n ? a->variance : b->variance;
    const double variance = fmax(fmax(pooled, few), h->sigma * h->sigma);
    const double error = sqrt(variance * (1 / a->n + 1 / b->n) * h->inflation);

    return 2 * pfg_t_upper(fabs(a->mean - b->mean) / error,
                           fmax(1, freedom / h->inflation));
}

/* Tests the points before against those after c->at, as far as the neighbouring
 * change points. */
static void judge(struct pfg_changepoint *c, const struct history *h,
                  size_t from, size_t to)
{
    struct part a, b;

    from = c->at - from > WINDOW ? c->at - WINDOW : from;
    to = to - c->at > WINDOW ? c->at + WINDOW : to;
    a = part_of(h, from, c->at);
    b = part_of(h, c->at, to);
    c->p = fmin(welch(&a, &b, h), student(&a, &b, h));
    c->before = median_of(h->y, from, c->at);
    c->after = median_of(h->y, c->at, to);
}

static void judge_at(struct pfg_changepoints *points, const struct history *h,
                     size_t i)
{
    if (i < points->n) {
        judge(&points->at[i], h, i ? points->at[i - 1].at : 0,
              i + 1 < points->n ? points->at[i + 1].at : h->n);
    }
}

/* The worst of the points that do not pass; points->n if all do. */
static size_t weakest(const struct pfg_changepoints *points,
                      const struct history *h)
{
    size_t worst = points->n;

    for (size_t i = 0; i < points->n; i++) {
        const struct pfg_changepoint *c = &points->at[i];

        if (!passes(h, c->p, c->after - c->before) &&
            (worst == points->n || c->p > points->at[worst].p)) {
            worst = i;
        }
    }
    return worst;
}

static void verify(struct pfg_changepoints *points, const struct history *h)
{
    for (size_t i = 0; i < points->n; i++) {
        judge_at(points, h, i);
    }
    for (;;) {
        const size_t worst = weakest(points, h);

        if (worst == points->n) {
            return;
        }
        points->n--;
        memmove(points->at + worst, points->at + worst + 1,
                (points->n - worst) * sizeof *points->at);
        if (worst > 0) {
            judge_at(points, h, worst - 1);
        }
        judge_at(points, h, worst);
    }
}

/* (1 + r) / (1 - r) of the residuals' lag-1 autocorrelation r, in the segments
 * that the partition found. */
static double inflation_of(const struct pfg_changepoints *points,
                           const double *z, size_t n)
{
    double products = 0, squares = 0, before = 0, r;
    size_t from = 0;

    for (size_t i = 0; i <= points->n; i++) {
        const size_t to = i < points->n ? points->at[i].at : n;
        const double mean = pfg_mean(z + from, to - from);

        for (; from < to; from++) {
            const double residual = z[from] - mean;

            products += before * residual;
            squares += residual * residual;
            before = residual;
        }
    }
    r = squares > 0 ? fmin(fmax(products / squares, 0), MAX_RELATION) : 0;
    return (1 + r) / (1 - r);
}

/* Whether the last `count` points all lie to one side of the segment before
 * them, as far off as one more segment would have to. */
static bool stands_off(const struct history *h, size_t segment, size_t count)
{
    const size_t end = h->n - count;
    const size_t from = end - segment > WINDOW ? end - WINDOW : segment;
    const struct part before = part_of(h, from, end);
    const double middle = median_of(h->y, from, end);
    const double off = pfg_mean(h->y + end, count) - middle;
    const double error = sqrt(before.variance * h->inflation *
                              (1 / before.n + 1 / (double)count));
    const double p = 2 * pfg_t_upper(fabs(off) / error,
                                     fmax(1, (before.n - 1) / h->inflation));

    for (size_t i = end; i < h->n; i++) {
        const double change = h->y[i] - middle;

        if (change * off < 0 || !passes(h, p, change)) {
            return false;
        }
    }
    return true;
}

static size_t candidate_of(const struct pfg_changepoints *points,
                           const struct history *h)
{
    const size_t segment = points->n ? points->at[points->n - 1].at : 0;

    for (size_t count = PFG_PARTITION_SHORTEST - 1; count > 0; count--) {
        if (h->n - segment >= PFG_PARTITION_SHORTEST + count &&
            stands_off(h, segment, count)) {
            return h->n - count;
        }
    }
    return h->n;
}

static void divide(struct pfg_changepoints *points, const struct history *h,
                   struct pfg_arena *arena, struct pfg_arena *scratch)
{
    const double penalty = PENALTY * h->sigma * h->sigma * log((double)h->n);
    const size_t most = h->n / PFG_PARTITION_SHORTEST;
    size_t *starts = pfg_arena_new_array(scratch, size_t, most);

    points->n = pfg_partition(starts, h->z, h->n, penalty, scratch);
    points->at = pfg_arena_new_array(arena, struct pfg_changepoint, points->n);
    for (size_t i = 0; i < points->n; i++) {
        points->at[i].at = starts[i];
    }
}

struct pfg_changepoints pfg_changepoints_find(const double *y, size_t n,
                                              struct pfg_arena *arena)
{
    struct pfg_changepoints points = {.candidate = n, .inflation = 1};
    struct pfg_arena *scratch;
    struct history h;

    if (n < PFG_CHANGEPOINT_LEAST) {
        return points;
    }
    scratch = pfg_arena_new();
    points.held = winsorise(y, n, arena);
    h = (struct history){
        .y = y,
        .z = points.held,
        .n = n,
        .correction = fmax(1, log2((double)n)),
    };
    h.sigma = points.noise = pfg_rice_lagged(h.z, n, 1, RMS_WEIGHT);
    if (h.sigma > 0) {
        divide(&points, &h, arena, scratch);
        h.inflation = points.inflation = inflation_of(&points, h.z, n);
        verify(&points, &h);
        points.candidate = candidate_of(&points, &h);
    }
    pfg_arena_free(scratch);
    return points;
}
