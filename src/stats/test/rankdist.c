#include "stats/test/rankdist.h"

#include <float.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"

/*
 * Counts the ways to call n of the pooled values "chosen" by the value of U:
 * over the chosen, how many of the others lie below, an equal one counting a
 * half. `unit` is what a pair counts: 1, or 2 where ties make halves. Only
 * U <= limit is kept, which is what makes small tails cheap.
 *
 * Row j of the counts is over U after some groups, with j chosen so far.
 * Taking c of a group of t on top of j of the `before` lower values adds c
 * pairs with each of the before - j others, and c (t - c) halves (Streitberg
 * and Roehmel 1986). Without ties this is the recurrence f(u; n1, n2) =
 * f(u - n2; n1 - 1, n2) + f(u; n1, n2 - 1). Only sums of positive terms:
 * small counts are exact, all have full relative precision.
 */
struct counting {
    size_t n, others; /* chosen in the end, and not */
    size_t unit, limit, slope;
    double *counts; /* n + 1 rows, see row() */
};

/* Row j needs U up to j limit / n: with d others so far, U is at most j d pairs
 * and grows by at least (n - j) d. A row has padding for add_scaled(). */
static size_t row_start(const struct counting *c, size_t j)
{
    return (j * j - j) / 2 * c->slope + j * 4;
}

static double *row(const struct counting *c, size_t j)
{
    return c->counts + row_start(c, j);
}

/* Four at a time; the rows are padded for it. */
static void add_scaled(double *restrict to, const double *restrict from,
                       double weight, size_t count)
{
    for (size_t i = 0; i < count; i += 4) {
        to[i] += weight * from[i];
        to[i + 1] += weight * from[i + 1];
        to[i + 2] += weight * from[i + 2];
        to[i + 3] += weight * from[i + 3];
    }
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many values of U are still of use: each value yet to be chosen has
 * `below` others under it already, so U will grow by at least that. States that
 * would end over the limit are dropped. */
static size_t room(const struct counting *c, size_t chosen, size_t below)
{
    const size_t to_come = (c->n - chosen) * c->unit * below;

    return c->limit >= to_come ? c->limit - to_come + 1 : 0;
}

static void add_group(const struct counting *c, size_t before, size_t t)
{
    const size_t after = before + t;
    const size_t low = after > c->others ? after - c->others : 1;

    /* From the top, so that the rows read are still the old ones. */
    for (size_t j = smaller(c->n, after); j >= low && j > 0; j--) {
        const size_t wanted = room(c, j, after - j);
        double ways = 1;

        for (size_t take = 1; take <= smaller(t, j); take++) {
            const size_t from = j - take;
            size_t adds, most;

            ways *= (double)(t - take + 1) / (double)take;
            if (from > before || before - from > c->others) {
                continue; /* no such state */
            }
            adds = take * c->unit * (before - from);
            adds += c->unit == 2 ? take * (t - take) : 0;
            /* No more pairs can have been counted so far. */
            most = from * c->unit * (before - from) + 1;
            if (adds < wanted) {
                add_scaled(row(c, j) + adds, row(c, from), ways,
                           smaller(most, wanted - adds));
            }
        }
    }
}

/* Returns the counts of the last row. `ties` NULL: no ties. */
static const double *count_groups(struct counting *c, const size_t *ties,
                                  size_t n_groups)
{
    c->slope = c->limit / c->n + 1;
    c->counts =
        pfg_alloc(pfg_array_size(row_start(c, c->n + 1), sizeof *c->counts));
    c->counts[0] = 1;
    for (size_t i = 0, before = 0; i < n_groups; i++) {
        add_group(c, before, ties ? ties[i] : 1);
        before += ties ? ties[i] : 1;
    }
    return row(c, c->n);
}

/* The same without ties, in less time and memory: the counts are the
 * coefficients of the Gaussian binomial, the product of
 * (1 - q^(others + i)) / (1 - q^i) over i = 1 .. n. It subtracts, so all
 * numbers must be exact: none is larger than the total. */
static const double *multiply_out(struct counting *c)
{
    double *counts = pfg_alloc(pfg_array_size(c->limit + 1, sizeof *counts));

    c->counts = counts;
    counts[0] = 1;
    for (size_t i = 1; i <= c->n; i++) {
        for (size_t u = c->limit; u >= c->others + i; u--) {
            counts[u] -= counts[u - c->others - i];
        }
        for (size_t u = i; u <= c->limit; u++) {
            counts[u] += counts[u - i];
        }
    }
    return counts;
}

/* Fills cdf[0 .. limit] (NULL: only the last one) and returns its last.
 * `ties` NULL: no ties. */
static double count(struct counting *c, const size_t *ties, size_t n_groups,
                    double *cdf)
{
    const double total = pfg_rankdist_total(c->n, c->others);
    const double *last = !ties && total < 2 / DBL_EPSILON
                             ? multiply_out(c)
                             : count_groups(c, ties, n_groups);
    double sum = 0;

    for (size_t u = 0; u <= c->limit; u++) {
        sum += last[u];
        if (cdf) {
            cdf[u] = sum / total;
        }
    }
    free(c->counts);
    return sum / total;
}

double pfg_rankdist_total(size_t n1, size_t n2)
{
    const size_t few = smaller(n1, n2), many = n1 + n2 - few;
    double total = 1;

    for (size_t i = 1; i <= few; i++) {
        total = total * (double)(many + i) / (double)i;
    }
    return total;
}

/* ----------------------------------------------------------- the tables */

struct pfg_rank_tables {
    struct pfg_arena *arena;
    struct pfg_map by_size; /* two size_t -> P(U <= u), u = 0 .. n1 n2 / 2 */
};

struct pfg_rank_tables *pfg_rank_tables_new(struct pfg_arena *arena)
{
    struct pfg_rank_tables *tables = pfg_arena_alloc(arena, sizeof *tables);

    tables->arena = arena;
    pfg_map_init(&tables->by_size, arena);
    return tables;
}

static double count_untied(size_t few, size_t many, size_t limit, double *cdf)
{
    struct counting counting = {
        .n = few, .others = many, .unit = 1, .limit = limit};

    return count(&counting, NULL, few + many, cdf);
}

static const double *table_of(struct pfg_rank_tables *tables, size_t n1,
                              size_t n2)
{
    const size_t sizes[2] = {smaller(n1, n2), n1 + n2 - smaller(n1, n2)};
    void **place = pfg_map_at(
        &tables->by_size, pfg_slice_make((const char *)sizes, sizeof sizes));

    if (!*place) {
        const size_t half = n1 * n2 / 2;
        double *cdf = pfg_arena_new_array(tables->arena, double, half + 1);

        count_untied(sizes[0], sizes[1], half, cdf);
        *place = cdf;
    }
    return *place;
}

double pfg_rankdist_cdf(struct pfg_rank_tables *tables, size_t u, size_t n1,
                        size_t n2)
{
    const size_t pairs = n1 * n2;
    const bool upper = 2 * u > pairs;
    size_t lower;
    double p;

    if (u >= pairs) {
        return 1;
    }
    /* U is symmetric: the upper half is the lower one mirrored. */
    lower = upper ? pairs - u - 1 : u;
    p = tables ? table_of(tables, n1, n2)[lower]
               : count_untied(smaller(n1, n2), n1 + n2 - smaller(n1, n2), lower,
                              NULL);
    return upper ? 1 - p : p;
}

static size_t search(const double *cdf, size_t n, double p)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cdf[middle] <= p) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t pfg_rankdist_quantile(struct pfg_rank_tables *tables, double p,
                             size_t n1, size_t n2)
{
    const size_t half = n1 * n2 / 2;
    double *cdf;
    size_t c;

    if (tables) {
        return search(table_of(tables, n1, n2), half, p);
    }
    cdf = pfg_alloc(pfg_array_size(half + 1, sizeof *cdf));
    count_untied(smaller(n1, n2), n1 + n2 - smaller(n1, n2), half, cdf);
    c = search(cdf, half, p);
    free(cdf);
    return c;
}

double pfg_rankdist_tied_cdf(size_t twice_u, const size_t *ties,
                             size_t n_groups, size_t n1, size_t n2)
{
    const size_t twice_pairs = 2 * n1 * n2;
    size_t turned[PFG_RANK_EXACT_TIED];
    bool upper = twice_u > n1 * n2;
    /* Reversing the order, or exchanging the sides, mirrors U; doing both
     * leaves it unchanged. */
    bool turn = upper != (n1 > n2);
    struct counting counting = {
        .n = smaller(n1, n2),
        .others = n1 + n2 - smaller(n1, n2),
        .unit = 2,
        .limit = upper ? twice_pairs - twice_u - 1 : twice_u,
    };
    double p;

    if (twice_u >= twice_pairs) {
        return 1;
    }
    for (size_t i = 0; i < n_groups && turn; i++) {
        turned[i] = ties[n_groups - 1 - i];
    }
    p = count(&counting, turn ? turned : ties, n_groups, NULL);
    return upper ? 1 - p : p;
}
