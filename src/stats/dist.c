#include "stats/dist.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* Limits on the terms of a continued fraction and the steps of a root search:
 * far more than sensible arguments take, so that no arguments can hang. */
#define MAX_TERMS 200000
#define MAX_STEPS 500

static double log_gamma(double x)
{
    int sign;

    return lgamma_r(x, &sign); /* lgamma() sets a global */
}

double pfg_log_choose(double n, double k)
{
    return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1);
}

/* ln n! minus Stirling's formula without its series (Loader 2000). */
static double stirling_error(double n)
{
    const double s = 1 / (n * n);

    if (n == 0.5) {
        return 0.1534264097200273; /* as below; every t distribution needs it */
    }
    if (n < 16) {
        return log_gamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * M_PI);
    }
    return (1.0 / 12 -
            (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - s / 1188) * s) * s) * s) /
           n;
}

/* Loader's deviance: x ln(x / m) + m - x, precise even if the terms nearly
 * cancel. */
static double deviance(double x, double m)
{
    double v, term, sum;

    if (x == m) {
        return 0;
    }
    if (!(fabs(x - m) < 0.1 * (x + m))) {
        return x * log(x / m) + m - x;
    }
    v = (x - m) / (x + m);
    sum = (x - m) * v;
    term = 2 * x * v;
    for (int j = 3; j < 200; j += 2) {
        double next;

        term *= v * v;
        next = sum + term / j;
        if (next == sum) {
            break;
        }
        sum = next;
    }
    return sum;
}

/* After this Newton step, another one would be rounding, not progress. */
static bool has_converged(double step, double before, double at)
{
    return fabs(step) <= 1e-14 * (1 + fabs(at)) ||
           (fabs(step) < 1e-6 && fabs(step) >= fabs(before));
}

/* x^a y^b / B(a, b) for x + y = 1, inside (0, 1). */
static double beta_factor(double x, double y, double a, double b)
{
    const double n = a + b;
    const double exponent = stirling_error(n) - stirling_error(a) -
                            stirling_error(b) - deviance(a, n * x) -
                            deviance(b, n * y);

    return sqrt(a / n * b / (2 * M_PI)) * exp(exponent);
}

static double away_from_zero(double x)
{
    return fabs(x) < DBL_MIN / DBL_EPSILON ? DBL_MIN / DBL_EPSILON : x;
}

/* The continued fraction of I_x(a, b), by Lentz's method. */
static double beta_fraction(double x, double a, double b)
{
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), h = d;

    for (int m = 1; m < MAX_TERMS; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd =
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step;

        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        h *= d * c;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        step = d * c;
        h *= step;
        if (fabs(step - 1) <= DBL_EPSILON) {
            break;
        }
    }
    return h;
}

/* I_x(a, b), with y = 1 - x as an argument, because 1 - x would lose small
 * values. */
static double beta(double x, double y, double a, double b)
{
    if (isnan(x + a + b)) {
        return NAN;
    }
    if (x <= 0 || y <= 0) {
        return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
        return 1 - beta_factor(y, x, b, a) * beta_fraction(y, b, a) / b;
    }
    return beta_factor(x, y, a, b) * beta_fraction(x, a, b) / a;
}

double pfg_beta_regularised(double x, double a, double b)
{
    return beta(x, 1 - x, a, b);
}

double pfg_t_upper(double t, double nu)
{
    /* t^2 / nu overflows only if the tail is zero. */
    const double r = t / sqrt(nu), rr = r * r;
    double tail;

    if (isnan(rr)) {
        return NAN;
    }
    tail = 0.5 * beta(1 / (1 + rr), isinf(rr) ? 1 : rr / (1 + rr), nu / 2, 0.5);
    return t < 0 ? 1 - tail : tail;
}

double pfg_normal_upper(double z)
{
    return 0.5 * erfc(z * M_SQRT1_2);
}

double pfg_normal_quantile_upper(double p)
{
    double z, before = INFINITY;

    if (!(p > 0 && p < 1)) {
        return p == 0 ? INFINITY : p == 1 ? -INFINITY : NAN;
    }
    if (p >= 0.5) {
        /* 1 - p is exact here, and p = 0.5 gives 0. */
        return p == 0.5 ? 0 : -pfg_normal_quantile_upper(1 - p);
    }
    /* The log of the tail is concave, so Newton converges from anywhere. */
    z = sqrt(-2 * log(2 * p));
    for (int i = 0; i < MAX_STEPS; i++) {
        const double tail = pfg_normal_upper(z);
        const double density = exp(-0.5 * z * z) / sqrt(2 * M_PI);
        const double step = tail * log(tail / p) / density;

        z += step;
        if (has_converged(step, before, z)) {
            break;
        }
        before = step;
    }
    return z;
}

static double t_density(double t, double nu)
{
    const double a = nu / 2, rr = t / nu * t;
    /* The derivative of I_x(a, 1/2), from its factor. */
    const double x = 1 / (1 + rr), y = rr / (1 + rr);

    return beta_factor(x, y, a, 0.5) / t;
}

/* The initial guess: Cornish and Fisher's first correction to the normal
 * quantile. */
static double t_guess(double p, double nu)
{
    const double z = pfg_normal_quantile_upper(p);

    return z + z * (z * z + 1) / (4 * nu);
}

double pfg_t_quantile_upper(double p, double nu)
{
    double u, before = INFINITY;

    if (!(p > 0 && p < 1 && nu > 0)) {
        return p == 0 ? INFINITY : p == 1 ? -INFINITY : NAN;
    }
    if (p >= 0.5) {
        return p == 0.5 ? 0 : -pfg_t_quantile_upper(1 - p, nu);
    }
    /* Newton on ln P over ln t, which is concave, and a straight line in the
     * tail. Steps are limited; where the tail underflows they go back blindly.
     */
    u = log(t_guess(p, nu));
    for (int i = 0; i < MAX_STEPS; i++) {
        const double t = exp(u);
        const double tail = pfg_t_upper(t, nu);
        double step = -1;

        if (tail > 0) {
            step = log(tail / p) * tail / (t * t_density(t, nu));
            step = fmin(fmax(step, -2), 2);
        }
        u += step;
        if (has_converged(step, before, u)) {
            break;
        }
        before = step;
    }
    return exp(u);
}

double pfg_proportion_greater(double base_events, double base_trials,
                              double head_events, double head_trials)
{
    if (!(base_trials > 0 && head_trials > 0 && head_events > 0 &&
          base_events >= 0)) {
        return 1;
    }
    /* P(X >= k) of n throws at p is I_p(k, n - k + 1). */
    return pfg_beta_regularised(head_trials / (head_trials + base_trials),
                                head_events, base_events + 1);
}
