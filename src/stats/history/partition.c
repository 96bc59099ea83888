#include "stats/history/partition.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "stats/sample.h"

/* A range of levels for which the best last segment begins at `start`. */
struct piece {
    double low, high;
    size_t start;
};

struct partition {
    size_t n;
    double penalty;
    const double *sum, *squares; /* of the first i points */
    double *cost;  /* of the best partition of the first i points */
    size_t *start; /* where its last segment begins */
    struct piece *pieces, *next; /* ascending, without a gap */
    size_t n_pieces, cap;
};

/* Squared error of points [from, to) around their mean. */
static double squared_error(const struct partition *p, size_t from, size_t to)
{
    const double sum = p->sum[to] - p->sum[from];

    return p->squares[to] - p->squares[from] - sum * sum / (double)(to - from);
}

static void put(struct partition *p, size_t *n, double low, double high,
                size_t start)
{
    if (!(high > low)) {
        return;
    }
    if (*n > 0 && p->next[*n - 1].start == start) {
        p->next[*n - 1].high = high;
        return;
    }
    p->next[(*n)++] = (struct piece){low, high, start};
}

static void make_room(struct partition *p)
{
    /* A piece can be cut into three. */
    const size_t needed = 3 * p->n_pieces + 1;

    if (needed > p->cap) {
        p->cap = 2 * needed;
        p->pieces =
            pfg_realloc(p->pieces, pfg_array_size(p->cap, sizeof *p->pieces));
        p->next = pfg_realloc(p->next, pfg_array_size(p->cap, sizeof *p->next));
    }
}

/*
 * Lets a last segment that begins at `start` compete. Against an older one its
 * advantage at level m is cost(old) - cost(new) + sum of (z - m)^2 over the
 * points in between, which later points do not change: the older one keeps
 * the levels within sqrt(advantage / count) of the mean of those points, and
 * what keeps none is never looked at again.
 */
static void compete(struct partition *p, size_t start)
{
    struct piece *swapped;
    size_t n = 0;

    make_room(p);
    for (size_t i = 0; i < p->n_pieces; i++) {
        const struct piece *old = &p->pieces[i];
        const double count = (double)(start - old->start);
        const double mean = (p->sum[start] - p->sum[old->start]) / count;
        const double lead = p->cost[start] - p->cost[old->start] -
                            squared_error(p, old->start, start);

        if (lead <= 0) {
            put(p, &n, old->low, old->high, start);
        } else {
            const double reach = sqrt(lead / count);
            const double low = fmin(fmax(mean - reach, old->low), old->high);
            const double high = fmax(fmin(mean + reach, old->high), low);

            put(p, &n, old->low, low, start);
            put(p, &n, low, high, old->start);
            put(p, &n, high, old->high, start);
        }
    }
    swapped = p->pieces;
    p->pieces = p->next;
    p->next = swapped;
    p->n_pieces = n;
}

/* The best partition of the first `end` points. */
static void conclude(struct partition *p, size_t end)
{
    p->cost[end] = INFINITY;
    for (size_t i = 0; i < p->n_pieces; i++) {
        const size_t start = p->pieces[i].start;
        const double cost =
            p->cost[start] + p->penalty + squared_error(p, start, end);

        if (cost < p->cost[end]) {
            p->cost[end] = cost;
            p->start[end] = start;
        }
    }
}

static void add_sums(struct partition *p, const double *z,
                     struct pfg_arena *arena)
{
    double *sum = pfg_arena_new_array(arena, double, p->n + 1);
    double *squares = pfg_arena_new_array(arena, double, p->n + 1);
    const double middle = pfg_mean(z, p->n);

    for (size_t i = 0; i < p->n; i++) {
        const double d = z[i] - middle;

        sum[i + 1] = sum[i] + d;
        squares[i + 1] = squares[i] + d * d;
    }
    p->sum = sum;
    p->squares = squares;
}

static void find_best(struct partition *p, const double *z)
{
    const double middle = pfg_mean(z, p->n);
    double low = z[0], high = z[0];

    for (size_t i = 1; i < p->n; i++) {
        low = fmin(low, z[i]);
        high = fmax(high, z[i]);
    }
    make_room(p);
    p->pieces[0] = (struct piece){low - middle, high - middle, 0};
    p->n_pieces = 1;
    for (size_t end = PFG_PARTITION_SHORTEST; end <= p->n; end++) {
        if (end >= 2 * PFG_PARTITION_SHORTEST) {
            compete(p, end - PFG_PARTITION_SHORTEST);
        }
        conclude(p, end);
    }
}

size_t pfg_partition(size_t *out, const double *z, size_t n, double penalty,
                     struct pfg_arena *arena)
{
    struct partition p = {
        .n = n,
        .penalty = penalty,
        .cost = pfg_arena_new_array(arena, double, n + 1),
        .start = pfg_arena_new_array(arena, size_t, n + 1),
    };
    size_t count = 0;

    if (n < 2 * PFG_PARTITION_SHORTEST) {
        return 0;
    }
    add_sums(&p, z, arena);
    find_best(&p, z);
    for (size_t at = p.start[n]; at > 0; at = p.start[at]) {
        out[count++] = at;
    }
    for (size_t i = 0; i < count / 2; i++) {
        const size_t swapped = out[i];

        out[i] = out[count - 1 - i];
        out[count - 1 - i] = swapped;
    }
    free(p.pieces);
    free(p.next);
    return count;
}
