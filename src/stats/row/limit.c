#include "stats/row/limit.h"

#include <math.h>

/* Nothing smaller than this is called a change, whatever the limit. */
#define SMALLEST_OF_INTEREST 0.02

double pfg_limit_rise(double theta)
{
    return log1p(theta);
}

double pfg_limit_fall(double theta)
{
    return theta < 1 ? -log1p(-theta) : INFINITY;
}

double pfg_limit_floor(double theta)
{
    return log1p(fmin(theta, SMALLEST_OF_INTEREST));
}

double pfg_limit_unchanged(double limit)
{
    return fmax(limit, log1p(SMALLEST_OF_INTEREST));
}

bool pfg_reaches(double value, double limit)
{
    return value >= limit - PFG_TOLERANCE;
}
