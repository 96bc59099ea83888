#include "stats/row/noise.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/slice.h"
#include "stats/dist.h"
#include "stats/sample.h"

/* The median of |Z| is 1 / 1.4826 for a standard normal Z. */
#define MAD_TO_SD 1.4826

/* Differences that fit here need no allocation. */
#define SMALL 64

/* A side of one process does not know its noise better than this, however many
 * samples it has, because bursts last as long as the measurement. Chosen by
 * simulation, see docs/verdict.md. */
#define SINGLE_FREEDOM 3

double pfg_rice_lagged(const double *x, size_t n, size_t lag, double rms_weight)
{
    double small[SMALL], *d = small, squares = 0, robust, rms;
    size_t count;

    if (n <= lag) {
        return 0;
    }
    count = n - lag;
    if (count > SMALL) {
        d = pfg_alloc(pfg_array_size(count, sizeof *d));
    }
    for (size_t i = 0; i < count; i++) {
        d[i] = fabs(x[i + lag] - x[i]);
        squares += d[i] * d[i];
    }
    robust = MAD_TO_SD * M_SQRT1_2 * pfg_median(d, count);
    rms = rms_weight * sqrt(squares / (double)count / 2);
    if (d != small) {
        free(d);
    }
    return fmax(robust, rms);
}

double pfg_rice(const double *x, size_t n)
{
    return pfg_rice_lagged(x, n, 1, 0.5);
}

/* c(K): makes the spread of K normal values right on average, K = 6 .. 50. */
static double spread_correction(size_t K)
{
    static const double table[] = {
        2.242, 2.943, 1.723, 2.085, 2.477, 1.719, 1.965, 1.521, 1.702,
        1.872, 1.523, 1.668, 1.417, 1.530, 1.643, 1.425, 1.518, 1.351,
        1.432, 1.508, 1.360, 1.430, 1.304, 1.368, 1.430, 1.313, 1.376,
        1.275, 1.327, 1.374, 1.284, 1.327, 1.247, 1.292, 1.334, 1.257,
        1.297, 1.230, 1.264, 1.298, 1.235, 1.271, 1.212, 1.241, 1.275,
    };

    return K < PFG_MIN_SUITE + PFG_COUNT(table)
               ? table[K - PFG_MIN_SUITE]
               : 1 + 6.3 * pow((double)K, -0.8);
}

static double squares_around_mean(const double *x, size_t n)
{
    double mean = 0, squares = 0;

    for (size_t i = 0; i < n; i++) {
        mean += x[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    return squares;
}

double pfg_pooled_variance(const double *x, size_t n_x, const double *y,
                           size_t n_y)
{
    return n_x + n_y > 2
               ? (squares_around_mean(x, n_x) + squares_around_mean(y, n_y)) /
                     (double)(n_x + n_y - 2)
               : NAN;
}

double pfg_median_error(const double *x, size_t n_x, const double *y,
                        size_t n_y)
{
    double each = 1 / (double)n_x + 1 / (double)n_y;

    return sqrt(M_PI_2 * each * pfg_pooled_variance(x, n_x, y, n_y));
}

double pfg_capped_spread(double spread, double within, bool replicated,
                         size_t n)
{
    double factor = replicated ? 0.6 : n < 8 ? 6 : n < 15 ? 3 : 2;

    return within > 0 || (replicated && within >= 0)
               ? fmin(spread, factor * within)
               : spread;
}

double pfg_noise_apart(double least, double within, double half_width,
                       bool replicated)
{
    const double times = replicated ? 4 : 16;

    return fmax(least, fmax(times * within, half_width));
}

double pfg_suite_spread(const double *shifts, size_t K)
{
    /* 40 % of a normal distribution lie within 0.524 of its middle. */
    const double half_window = 0.524;
    const size_t window = (2 * K + 4) / 5;
    double shortest = INFINITY;

    if (K < PFG_MIN_SUITE) {
        return 0;
    }
    for (size_t i = 0; i + window <= K; i++) {
        shortest = fmin(shortest, shifts[i + window - 1] - shifts[i]);
    }
    return shortest / 2 / half_window * spread_correction(K);
}

double pfg_noise_prior(double tau0, double spread)
{
    return fmax(M_SQRT2 * tau0, spread);
}

double pfg_noise_variance(const struct pfg_noise *noise)
{
    const double prior = noise->prior * noise->prior;
    /* One run's variance is half of a difference's. */
    const double seen = 2 * noise->history * noise->history;
    double w;

    if (noise->m < PFG_MIN_HISTORY) {
        return prior;
    }
    w = fmin(PFG_HISTORY_WEIGHT, (double)noise->m / 2);
    return (PFG_PRIOR_WEIGHT * prior + w * seen) / (PFG_PRIOR_WEIGHT + w);
}

double pfg_noise_error(const struct pfg_noise *noise)
{
    const double x = noise->smear_base, y = noise->smear_head;

    return sqrt(pfg_noise_variance(noise) + 0.5 * (x * x + y * y));
}

double pfg_noise_freedom(bool replicated, size_t n)
{
    const double more = n > 1 ? (double)n - 1 : 0;

    return replicated ? fmax(1, more) : fmin(SINGLE_FREEDOM, 1.4 + 0.2 * more);
}

double pfg_noise_gain(bool replicated, size_t n)
{
    return replicated ? fmin(2.2, 1 + 0.12 * (double)n) : 1;
}

double pfg_shift_p(double shift, double error, bool replicated, size_t n)
{
    if (isnan(shift) || isnan(error)) {
        return 1;
    }
    if (!(error > 0)) {
        return shift > 0 ? 0 : 1;
    }
    return pfg_t_upper(pfg_noise_gain(replicated, n) * shift / error,
                       pfg_noise_freedom(replicated, n));
}

double pfg_noise_half_width(double error, bool replicated, size_t n)
{
    return pfg_noise_half_width_with(pfg_noise_quantile(replicated, n), error,
                                     replicated, n);
}

double pfg_noise_quantile(bool replicated, size_t n)
{
    return pfg_t_quantile_upper(0.025, pfg_noise_freedom(replicated, n));
}

double pfg_noise_half_width_with(double quantile, double error, bool replicated,
                                 size_t n)
{
    return quantile * error / pfg_noise_gain(replicated, n);
}
