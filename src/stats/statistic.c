#include "stats/statistic.h"

#include <math.h>

#include "stats/sample.h"

static const char *const names[PFG_N_STATISTICS] = {
    [PFG_STATISTIC_DEFAULT] = "default", [PFG_STATISTIC_MIN] = "min",
    [PFG_STATISTIC_MEDIAN] = "median",   [PFG_STATISTIC_MEAN] = "mean",
    [PFG_STATISTIC_LOW] = "low",
};
const struct pfg_enum_words pfg_statistic_names = {"statistic", names,
                                                   PFG_N_STATISTICS};

const char *pfg_statistic_name(enum pfg_statistic statistic)
{
    return names[statistic];
}

const char *pfg_statistic_words(enum pfg_statistic statistic)
{
    return statistic == PFG_STATISTIC_MIN    ? "best value"
           : statistic == PFG_STATISTIC_LOW  ? "mean of the best quarter"
           : statistic == PFG_STATISTIC_MEAN ? "mean"
                                             : "median";
}

bool pfg_statistic_is_median(enum pfg_statistic statistic)
{
    return statistic == PFG_STATISTIC_DEFAULT ||
           statistic == PFG_STATISTIC_MEDIAN;
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        sum += x[i] / (double)n;
    }
    return sum;
}

static double variance_of(const double *x, size_t n)
{
    double mean = mean_of(x, n), squares = 0;

    for (size_t i = 0; i < n; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    return n > 1 ? squares / (double)(n - 1) : 0;
}

/* The signed log of the mean of the values, computed relative to the first
 * value, so that it cannot overflow. */
static double log_mean(const double *x, size_t n, double sign)
{
    double sum = 1; /* the first */

    for (size_t i = 1; i < n; i++) {
        sum += exp(sign * (x[i] - x[0]));
    }
    return x[0] + sign * log(sum / (double)n);
}

struct pfg_low pfg_statistic_of(enum pfg_statistic statistic,
                                const double *sorted, size_t N, size_t n,
                                double sign, double gain)
{
    struct pfg_low low = pfg_lower_quartile(sorted, N, n);

    if (!N || !n) {
        return low;
    }
    switch (statistic) {
    case PFG_STATISTIC_MIN:
        low.level = pfg_expected_lowest(sorted, N, n);
        break;
    case PFG_STATISTIC_MEAN:
        low.level = log_mean(sorted, N, sign);
        low.smear = gain * sqrt(2 * variance_of(sorted, N) / (double)N);
        break;
    case PFG_STATISTIC_MEDIAN: /* it varies pi/2 times as much as the mean */
        low.level = pfg_median_sorted(sorted, N);
        low.smear = gain * sqrt(M_PI * variance_of(sorted, N) / (double)N);
        break;
    default:
        break;
    }
    return low;
}

double pfg_statistic_value(enum pfg_statistic statistic, double *values,
                           size_t n, double sign)
{
    size_t quarter = (n + 2) / 4 ? (n + 2) / 4 : 1;

    if (!n) {
        return NAN;
    }
    switch (statistic) {
    case PFG_STATISTIC_MIN:
        pfg_sort(values, n);
        return values[sign < 0 ? n - 1 : 0];
    case PFG_STATISTIC_MEAN:
        return mean_of(values, n);
    case PFG_STATISTIC_LOW:
        pfg_sort(values, n);
        return mean_of(values + (sign < 0 ? n - quarter : 0), quarter);
    default:
        return pfg_median(values, n);
    }
}
