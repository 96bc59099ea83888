#include "stats/row/single_value.h"

#include <math.h>
#include <string.h>

#include "stats/dist.h"
#include "stats/row/noise.h"
#include "stats/sample.h"

double pfg_single_value_factor(size_t rows)
{
    return fmax(4, pfg_normal_quantile_upper(0.01 / (double)(rows ? rows : 1)));
}

static double with_floor(double sigma, double floor)
{
    return fmax(sigma, M_SQRT2 * floor);
}

static double floor_without_history(bool tail)
{
    return tail ? PFG_FLOOR_TAIL : PFG_FLOOR_ALONE;
}

double pfg_single_value_history(double prior, double r, size_t m)
{
    const double runs = (double)m;
    const double one =
        sqrt((2 * prior * prior + runs * r * r) / (PFG_PRIOR_WEIGHT + runs));
    /* The median of k values varies pi/2 times as much as their mean. */
    const double base = m ? 1.57 / fmin(PFG_SINGLE_BASE_RUNS, runs) : 1;

    return with_floor(one * sqrt(1 + base), PFG_FLOOR_HISTORY);
}

double pfg_single_value_summary(double prior, double error_base,
                                double error_head, bool tail)
{
    const double b = isnan(error_base) ? 0 : PFG_UNDERSTATED * error_base;
    const double h = isnan(error_head) ? 0 : PFG_UNDERSTATED * error_head;

    return with_floor(sqrt(prior * prior + b * b + h * h),
                      floor_without_history(tail));
}

double pfg_single_value_point(double prior, bool tail)
{
    return with_floor(prior, floor_without_history(tail));
}

double pfg_single_value_base(const double *x, size_t n)
{
    double last[PFG_SINGLE_BASE_RUNS];
    size_t count = n < PFG_SINGLE_BASE_RUNS ? n : PFG_SINGLE_BASE_RUNS;

    if (count) {
        memcpy(last, x + n - count, count * sizeof *last);
    }
    return pfg_median(last, count);
}

double pfg_single_value_limit(double limit, double factor, double sigma)
{
    return fmax(limit, factor * sigma);
}
