#include "stats/test/rank.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "stats/dist.h"

/* A search narrows down to so many differences and selects from these. After
 * some steps, as when many differences are equal, it selects from more. */
#define FEW_DIFFERENCES  24
#define SOME_DIFFERENCES 1024
#define SOME_STEPS       8

/* -------------------------------------------------------- Mann-Whitney */

/* Two sorted samples merged. */
struct merged {
    size_t twice_below; /* pairs with head < base twice, equal ones once */
    double tie_sum;     /* sum of t^3 - t over the groups of equal values */
    size_t n_groups;
    size_t ties[PFG_RANK_EXACT_TIED]; /* the first groups' sizes */
};

static size_t run_of(const double *x, size_t n, size_t at, double value)
{
    size_t end = at;

    while (end < n && !(x[end] > value)) {
        end++;
    }
    return end - at;
}

static void merge(struct merged *out, const double *base, size_t n_base,
                  const double *head, size_t n_head)
{
    size_t b = 0, h = 0;

    out->twice_below = out->n_groups = 0;
    out->tie_sum = 0;
    while (b < n_base || h < n_head) {
        const double value = h == n_head || (b < n_base && base[b] < head[h])
                                 ? base[b]
                                 : head[h];
        const size_t in_base = run_of(base, n_base, b, value);
        const size_t in_head = run_of(head, n_head, h, value);
        const double t = (double)(in_base + in_head);

        out->twice_below += in_base * (2 * h + in_head);
        out->tie_sum += t * t * t - t;
        if (out->n_groups < PFG_RANK_EXACT_TIED) {
            out->ties[out->n_groups] = in_base + in_head;
        }
        out->n_groups++;
        b += in_base;
        h += in_head;
    }
}

/* The normal approximation of P(U <= u). */
static double approximate_cdf(double u, double n1, double n2, double tie_sum)
{
    const double n = n1 + n2;
    const double variance =
        n1 * n2 / 12 * (n + 1 - (n > 1 ? tie_sum / (n * (n - 1)) : 0));

    if (!(variance > 0)) {
        return 1;
    }
    return pfg_normal_upper((n1 * n2 / 2 - u - 0.5) / sqrt(variance));
}

double pfg_mann_whitney_greater(struct pfg_rank_tables *tables,
                                const double *base, size_t n_base,
                                const double *head, size_t n_head)
{
    struct merged merged;
    bool tied;

    if (n_base == 0 || n_head == 0) {
        return 1;
    }
    merge(&merged, base, n_base, head, n_head);
    tied = merged.n_groups < n_base + n_head;
    if (merged.n_groups == 1) {
        return 1;
    }
    if (!tied && n_base <= PFG_RANK_EXACT_PAIRS / n_head) {
        return pfg_rankdist_cdf(tables, merged.twice_below / 2, n_base, n_head);
    }
    if (tied && n_base + n_head <= PFG_RANK_EXACT_TIED) {
        return pfg_rankdist_tied_cdf(merged.twice_below, merged.ties,
                                     merged.n_groups, n_base, n_head);
    }
    return approximate_cdf((double)merged.twice_below / 2, (double)n_base,
                           (double)n_head, merged.tie_sum);
}

/* ------------------------------------------------------ Hodges-Lehmann */

/*
 * The differences y_j - x_i of two sorted samples as a matrix: rows fall as
 * i grows, columns rise as j grows, even after rounding. So walking along a
 * staircase counts the differences up to some value in n_x + n_y steps.
 */
struct matrix {
    const double *x, *y;
    size_t n_x, n_y;
};

static size_t count_up_to(const struct matrix *m, double value)
{
    size_t total = 0, j = 0;

    for (size_t i = 0; i < m->n_x; i++) {
        while (j < m->n_y && m->y[j] - m->x[i] <= value) {
            j++;
        }
        total += j;
    }
    return total;
}

/* The differences in (low, high], of which there are at most `room`. */
static size_t collect(double *out, size_t room, const struct matrix *m,
                      double low, double high)
{
    size_t n = 0, first = 0;

    for (size_t i = 0; i < m->n_x; i++) {
        while (first < m->n_y && m->y[first] - m->x[i] <= low) {
            first++;
        }
        for (size_t j = first; j < m->n_y && n < room; j++) {
            const double difference = m->y[j] - m->x[i];

            if (!(difference <= high)) {
                break;
            }
            out[n++] = difference;
        }
    }
    return n;
}

/* Doubles as integers in the same order, without a gap. */
static int64_t ordinal(double value)
{
    int64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

static double from_ordinal(int64_t place)
{
    const int64_t bits = place < 0 ? INT64_MIN - place : place;
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A value between two others, `part` of the way by size, or halfway by place
 * among the doubles. By size is quick if values are spread evenly, by place
 * ends within 64 steps wherever they lie. */
static double between(double low, double high, double part, bool by_place)
{
    const double guess = low + (high - low) * part;
    const int64_t a = ordinal(low), b = ordinal(high);

    if (!by_place && guess > low && guess < high) {
        return guess;
    }
    return from_ordinal(a + (int64_t)(((uint64_t)b - (uint64_t)a) / 2));
}

/* The differences in (low, high]: the smallest has the rank `below`, from 0,
 * and the first that is larger the rank `up_to`. */
struct range {
    double low, high;
    size_t below, up_to;
};

/* The difference of rank k, which is in the range. Narrows the range. */
static double find_in(struct range *in, const struct matrix *m, size_t k)
{
    double some[SOME_DIFFERENCES];

    for (int step = 0; in->up_to - in->below >
                       (step < SOME_STEPS ? FEW_DIFFERENCES : SOME_DIFFERENCES);
         step++) {
        const double part =
            ((double)(k - in->below) + 0.5) / (double)(in->up_to - in->below);
        const double middle = between(in->low, in->high, part, step % 4 == 3);
        size_t count;

        if (!(middle > in->low && middle < in->high) || step > 400) {
            return in->high; /* neighbours: all that is left is equal */
        }
        count = count_up_to(m, middle);
        if (count > k) {
            in->high = middle;
            in->up_to = count;
        } else {
            in->low = middle;
            in->below = count;
        }
    }
    return pfg_select(some,
                      collect(some, SOME_DIFFERENCES, m, in->low, in->high),
                      k - in->below);
}

/* The same where the range is around a rank nearby: below, in or above it. */
static double find_near(struct range near, const struct range *all,
                        const struct matrix *m, size_t k)
{
    if (k < near.below) {
        near = (struct range){all->low, near.low, all->below, near.below};
    } else if (k >= near.up_to) {
        near = (struct range){near.high, all->high, near.up_to, all->up_to};
    }
    return find_in(&near, m, k);
}

/* The k-th and the (N - 1 - k)-th smallest, and the middle one or two. */
struct picked {
    double lower, upper;
    double middle[2];
};

static void pick(struct picked *out, const struct matrix *m, size_t k)
{
    const size_t pairs = m->n_x * m->n_y;
    const double least = m->y[0] - m->x[m->n_x - 1];
    const struct range all = {nextafter(least, -INFINITY),
                              m->y[m->n_y - 1] - m->x[0], 0, pairs};
    struct range middle = all;

    out->middle[0] = find_in(&middle, m, (pairs - 1) / 2);
    out->middle[1] =
        pairs % 2 ? out->middle[0] : find_near(middle, &all, m, pairs / 2);
    out->lower = k ? find_near(middle, &all, m, k) : least;
    out->upper = k ? find_near(middle, &all, m, pairs - 1 - k) : all.high;
}

/* c of the interval; 0: no pair of ranks reaches the level. */
static size_t interval_rank(struct pfg_rank_tables *tables, size_t n1,
                            size_t n2, double level)
{
    /* Tolerates the rounding of the level: 2 P = 0.1 is 1 - 0.9. */
    const double p = (1 - level) / 2 * (1 + 1e-9);
    double rank;

    if (n1 <= PFG_RANK_EXACT_PAIRS / n2) {
        return pfg_rankdist_quantile(tables, p, n1, n2);
    }
    rank =
        floor((double)n1 * (double)n2 / 2 + 0.5 -
              pfg_normal_quantile_upper(p) *
                  sqrt((double)n1 * (double)n2 * (double)(n1 + n2 + 1) / 12));
    return rank >= 1 ? (size_t)rank : 0;
}

static double interval_level(struct pfg_rank_tables *tables, size_t c,
                             size_t n1, size_t n2)
{
    double outside;

    if (n1 <= PFG_RANK_EXACT_PAIRS / n2) {
        outside = pfg_rankdist_cdf(tables, c ? c - 1 : 0, n1, n2);
    } else if (c) {
        outside = approximate_cdf((double)c - 1, (double)n1, (double)n2, 0);
    } else {
        outside = exp(-pfg_log_choose((double)(n1 + n2), (double)n1));
    }
    return fmax(0, 1 - 2 * outside);
}

struct pfg_shift pfg_hodges_lehmann(struct pfg_rank_tables *tables,
                                    const double *base, size_t n_base,
                                    const double *head, size_t n_head,
                                    double level)
{
    const struct matrix m = {base, head, n_base, n_head};
    struct picked picked;
    size_t c;

    if (n_base == 0 || n_head == 0) {
        return (struct pfg_shift){NAN, {NAN, NAN, NAN}};
    }
    c = interval_rank(tables, n_base, n_head, level);
    pick(&picked, &m, c ? c - 1 : 0);
    return (struct pfg_shift){
        .estimate = 0.5 * (picked.middle[0] + picked.middle[1]),
        .interval = {picked.lower, picked.upper,
                     interval_level(tables, c, n_base, n_head)},
    };
}
