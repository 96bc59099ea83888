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

/* Halfway between two values by place among the doubles, so that a search ends
 * within 64 steps wherever they lie. */
static double halfway(double low, double high)
{
    const int64_t a = ordinal(low), b = ordinal(high);

    return from_ordinal(a + (int64_t)(((uint64_t)b - (uint64_t)a) / 2));
}

/* The differences in (low, high]: the smallest has the rank `below`, from 0,
 * and the first that is larger the rank `up_to`. */
struct range {
    double low, high;
    size_t below, up_to;
};

/* A search for several ranks, one after the other. */
struct search {
    const struct matrix *m;
    struct range all;
    double at;    /* the last value that was counted up to, */
    size_t count; /* how many differences that were, */
    double step;  /* and how far apart differences are around it */
};

static void count_at(struct search *s, double value)
{
    const size_t count = count_up_to(s->m, value);
    const double ranks = fabs((double)count - (double)s->count);

    if (ranks > FEW_DIFFERENCES / 4) {
        s->step = fabs(value - s->at) / ranks;
    }
    s->at = value;
    s->count = count;
}

/* The middle half of a sample. */
static double spread_of(const double *sorted, size_t n)
{
    return sorted[n - 1 - n / 4] - sorted[n / 4];
}

/* Begins at the difference of the medians. Around it, the differences of two
 * normal samples of N pairs are sqrt(2 pi) / 1.349 * spread / N apart. */
static struct search begin(const struct matrix *m)
{
    const size_t pairs = m->n_x * m->n_y;
    const double least = m->y[0] - m->x[m->n_x - 1];
    const double start = m->y[m->n_y / 2] - m->x[m->n_x / 2];
    const double spread =
        hypot(spread_of(m->x, m->n_x), spread_of(m->y, m->n_y));

    return (struct search){
        .m = m,
        .all = {nextafter(least, -INFINITY), m->y[m->n_y - 1] - m->x[0], 0,
                pairs},
        .at = start,
        .count = count_up_to(m, start),
        .step = 1.86 * spread / (double)pairs,
    };
}

/* The value to count up to next: a little beyond rank k, so that the range soon
 * ends close to it on both sides. */
static double next_value(const struct search *s, const struct range *in,
                         size_t k, bool by_place)
{
    const double beyond = FEW_DIFFERENCES / 3;
    const double ranks = (double)k + 0.5 - (double)s->count;
    const double guess =
        s->at + (ranks < 0 ? ranks - beyond : ranks + beyond) * s->step;

    return !by_place && guess > in->low && guess < in->high
               ? guess
               : halfway(in->low, in->high);
}

/* Cuts the range, which has rank k, at the value that was counted up to. */
static void narrow(struct range *in, const struct search *s, size_t k)
{
    if (s->count > k && s->at < in->high) {
        in->high = s->at;
        in->up_to = s->count;
    } else if (s->count <= k && s->at > in->low) {
        in->low = s->at;
        in->below = s->count;
    }
}

/* Finds the difference of rank k and, if n is 2, the next one. */
static void find(double *out, size_t n, struct search *s, size_t k)
{
    double some[SOME_DIFFERENCES];
    struct range in = s->all;
    bool equal = false;
    size_t found;

    narrow(&in, s, k);
    for (int step = 1; in.up_to - in.below >
                       (step > SOME_STEPS ? SOME_DIFFERENCES : FEW_DIFFERENCES);
         step++) {
        const bool by_place = step % 4 == 0 || step > 2 * SOME_STEPS;
        const double value = next_value(s, &in, k, by_place);

        /* Between neighbours, all that is left is equal. */
        equal = !(value > in.low && value < in.high);
        if (equal) {
            break;
        }
        count_at(s, value);
        narrow(&in, s, k);
    }
    found = equal ? 0 : collect(some, SOME_DIFFERENCES, s->m, in.low, in.high);
    for (size_t i = 0; i < n && k + i < in.up_to; i++) {
        out[i] = equal ? in.high : pfg_select(some, found, k + i - in.below);
    }
    if (n == 2 && k + 1 == in.up_to) {
        find(&out[1], 1, s, k + 1);
    }
}

/* The k-th and the (N - 1 - k)-th smallest, and the middle one or two. */
struct picked {
    double lower, upper;
    double middle[2];
};

static void pick(struct picked *out, const struct matrix *m, size_t k)
{
    const size_t pairs = m->n_x * m->n_y;
    struct search s = begin(m);

    find(out->middle, pairs % 2 ? 1 : 2, &s, (pairs - 1) / 2);
    if (pairs % 2) {
        out->middle[1] = out->middle[0];
    }
    find(&out->lower, 1, &s, k);
    find(&out->upper, 1, &s, pairs - 1 - k);
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
