#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/dist.h"

/* Up to this size insertion sort is faster than qsort(). */
#define SHORT_SORT 32

/* Up to this n, 2^-n is a normal number, with room for the factors. */
#define SHORT_BINOMIAL 1000

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static void insertion_sort(double *x, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double value = x[i];
        size_t j = i;

        for (; j > 0 && x[j - 1] > value; j--) {
            x[j] = x[j - 1];
        }
        x[j] = value;
    }
}

void pfg_sort(double *x, size_t n)
{
    if (n <= SHORT_SORT) {
        insertion_sort(x, n);
    } else {
        qsort(x, n, sizeof *x, compare);
    }
}

static double median_of_three(double a, double b, double c)
{
    double low = a < b ? a : b, high = a < b ? b : a;

    return c < low ? low : c > high ? high : c;
}

/* A value of x[0..n) near its median; n >= 3. */
static double pivot_of(const double *x, size_t n)
{
    size_t s = n / 8;

    if (n < 64) {
        return median_of_three(x[0], x[n / 2], x[n - 1]);
    }
    return median_of_three(
        median_of_three(x[0], x[s], x[2 * s]),
        median_of_three(x[n / 2 - s], x[n / 2], x[n / 2 + s]),
        median_of_three(x[n - 1 - 2 * s], x[n - 1 - s], x[n - 1]));
}

/* Moves values below the pivot (split_equal: not above it) to the front, and
 * returns how many there are. Without branches that depend on the data. */
static size_t split(double *x, size_t n, double pivot)
{
    size_t below = 0;

    for (size_t i = 0; i < n; i++) {
        double value = x[i];

        x[i] = x[below];
        x[below] = value;
        below += value < pivot;
    }
    return below;
}

static size_t split_equal(double *x, size_t n, double pivot)
{
    size_t below = 0;

    for (size_t i = 0; i < n; i++) {
        double value = x[i];

        x[i] = x[below];
        x[below] = value;
        below += !(value > pivot);
    }
    return below;
}

double pfg_select(double *x, size_t n, size_t k)
{
    double *all = x;
    size_t at = k;
    int patience = 8; /* bad pivots before the rest is sorted */

    if (k >= n) {
        return NAN;
    }
    while (n > 12) {
        double pivot = pivot_of(x, n);
        size_t below = split(x, n, pivot);

        if (k < below) {
            patience -= below > n - n / 4;
            n = below;
        } else {
            size_t equal = split_equal(x + below, n - below, pivot);

            if (k < below + equal) {
                return all[at];
            }
            patience -= below + equal < n / 4;
            x += below + equal;
            k -= below + equal;
            n -= below + equal;
        }
        if (patience < 0) {
            break;
        }
    }
    pfg_sort(x, n);
    return all[at];
}

double pfg_median_sorted(const double *x, size_t n)
{
    if (n == 0) {
        return NAN;
    }
    return n % 2 ? x[n / 2] : 0.5 * (x[n / 2 - 1] + x[n / 2]);
}

double pfg_quantile_sorted(const double *x, size_t n, double p)
{
    double place, part;
    size_t below;

    if (n == 0 || isnan(p)) {
        return NAN;
    }
    place = fmin(fmax(p, 0), 1) * (double)(n - 1);
    below = (size_t)place;
    part = place - (double)below;
    /* Not a weighted sum of both: two equal neighbours must give exactly their
     * value. */
    return part > 0 ? x[below] + part * (x[below + 1] - x[below]) : x[below];
}

double pfg_median(double *x, size_t n)
{
    double upper, lower;

    if (n == 0) {
        return NAN;
    }
    upper = pfg_select(x, n, n / 2);
    if (n % 2) {
        return upper;
    }
    lower = x[0];
    for (size_t i = 1; i < n / 2; i++) {
        lower = x[i] > lower ? x[i] : lower;
    }
    return 0.5 * (lower + upper);
}

double pfg_mean(const double *x, size_t n)
{
    double sum = 0, rest = 0, mean;

    if (n == 0) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        sum += x[i];
    }
    mean = sum / (double)n;
    /* A second pass corrects the rounding of the first one. */
    for (size_t i = 0; i < n; i++) {
        rest += x[i] - mean;
    }
    return mean + rest / (double)n;
}

double pfg_stddev(const double *x, size_t n)
{
    double mean = pfg_mean(x, n), sum = 0;

    if (n < 2) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        sum += (x[i] - mean) * (x[i] - mean);
    }
    return sqrt(sum / (double)(n - 1));
}

/* P(B <= d - 1) of n fair coins: the probability outside at one end if the
 * interval begins with the d-th observation. */
static double outside(size_t n, size_t d)
{
    double term, sum = 0;

    if (d == 0) {
        return 0;
    }
    if (n > SHORT_BINOMIAL) {
        return pfg_beta_regularised(0.5, (double)(n - d + 1), (double)d);
    }
    term = ldexp(1, -(int)n);
    for (size_t i = 0; i < d; i++) {
        sum += term;
        term *= (double)(n - i) / (double)(i + 1);
    }
    return sum;
}

/* The largest d with 2 P(B <= d - 1) <= alpha; 0: there is none. */
static size_t depth(size_t n, double alpha)
{
    size_t low = 0, high = (n + 1) / 2;

    if (n <= SHORT_BINOMIAL) {
        double term = ldexp(1, -(int)n), sum = term;

        while (low < high && 2 * sum <= alpha) {
            low++;
            term *= (double)(n - low + 1) / (double)low;
            sum += term;
        }
        return low;
    }
    while (low < high) {
        size_t middle = high - (high - low) / 2;

        if (2 * outside(n, middle) <= alpha) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

struct pfg_median_ranks pfg_median_ranks_of(size_t n, double level)
{
    size_t d = depth(n, 1 - level);

    d = d ? d : 1;
    return (struct pfg_median_ranks){n, d, fmax(0, 1 - 2 * outside(n, d))};
}

struct pfg_interval pfg_median_between(const double *sorted,
                                       const struct pfg_median_ranks *ranks)
{
    return (struct pfg_interval){
        .lower = sorted[ranks->depth - 1],
        .upper = sorted[ranks->n - ranks->depth],
        .level = ranks->level,
    };
}

struct pfg_interval pfg_median_interval(const double *sorted, size_t n,
                                        double level)
{
    struct pfg_median_ranks ranks;

    if (n == 0) {
        return (struct pfg_interval){NAN, NAN, NAN};
    }
    ranks = pfg_median_ranks_of(n, level);
    return pfg_median_between(sorted, &ranks);
}
