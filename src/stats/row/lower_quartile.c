#include "stats/row/lower_quartile.h"

#include <math.h>

/*
 * The expectation of the mean of the k lowest of a subsample of n out of N.
 * Let the (k+1)-th lowest of the subsample be the sample's (l+1)-th: then the
 * k lowest are any k of the l below it, and their mean is expected to be the
 * mean of these l. So it is the average of the means of the l lowest, with
 *
 *     weight(l) ~ C(l, k) C(N - l - 1, n - k - 1),  l = k .. N - n + k,
 *
 * which has one peak and falls so fast beside it that only the neighbourhood
 * counts; weights are taken relative to the peak, nothing under- or overflows.
 * (The weights of section 2 are these, summed by parts.)
 */
struct weights {
    double N, n, k;
};

/* weight(l + 1) / weight(l) */
static double weight_ratio(const struct weights *w, double l)
{
    return (l + 1) / (l + 1 - w->k) * (w->N - l - w->n + w->k) / (w->N - l - 1);
}

/* Weights below this share of the peak do not change the sum. */
#define NEGLIGIBLE 1e-22

static size_t peak_of(size_t N, size_t n, size_t k)
{
    double peak = floor((double)k * (double)N / (double)(n - 1));
    double highest = (double)(N - n + k);

    return (size_t)fmin(fmax(peak, (double)k), highest);
}

/* The first l whose weight counts, and that weight. */
static size_t first_of(const struct weights *w, size_t k, size_t peak,
                       double *weight)
{
    size_t l = peak;

    for (*weight = 1; l > k && *weight > NEGLIGIBLE; l--) {
        *weight /= weight_ratio(w, (double)(l - 1));
    }
    return l;
}

/* Computed relative to sorted[0], so that a constant factor of the values,
 * which is a constant in their logs, does not change the rounding. */
static double lowest(const double *sorted, size_t N, size_t n, size_t k)
{
    const struct weights w = {(double)N, (double)n, (double)k};
    double sum = 0, weighted = 0, total = 0, weight = 0;
    size_t first, peak;

    if (k >= n || k >= N) { /* the mean of the whole subsample */
        for (size_t i = 0; i < N; i++) {
            sum += sorted[i] - sorted[0];
        }
        return sum / w.N;
    }
    peak = peak_of(N, n, k);
    first = first_of(&w, k, peak, &weight);
    for (size_t i = 0; i < first; i++) {
        sum += sorted[i] - sorted[0];
    }
    for (size_t l = first; l <= N - n + k; l++) {
        weighted += weight * (sum / (double)l);
        total += weight;
        if (l == N - n + k || (l > peak && weight <= NEGLIGIBLE)) {
            break;
        }
        weight *= weight_ratio(&w, (double)l);
        sum += sorted[l] - sorted[0];
    }
    return weighted / total;
}

struct pfg_low pfg_lower_quartile(const double *sorted, size_t N, size_t n)
{
    struct pfg_low low;
    double bottom;
    size_t k, h;

    if (N == 0 || n == 0) {
        return (struct pfg_low){NAN, NAN};
    }
    if (n > N) {
        n = N;
    }
    k = (n + 2) / 4; /* floor(n / 4 + 0.5) */
    k = k ? k : 1;
    h = n / 2 + 1;
    bottom = N == n ? 0 : lowest(sorted, N, n, 1);
    low.level = sorted[0] + (k == 1 ? bottom : lowest(sorted, N, n, k));
    low.smear = lowest(sorted, N, n, h) - bottom;
    return low;
}

double pfg_expected_lowest(const double *sorted, size_t N, size_t n)
{
    return sorted[0] + (n < N ? lowest(sorted, N, n, 1) : 0);
}
