#include "stats/row/detect.h"

#include <math.h>

#include "stats/dist.h"
#include "stats/row/channel.h"
#include "stats/row/noise.h"

/* With few processes the estimate scatters more than the error shows; from
 * simulation. */
#define FEW         8
#define FEW_FACTOR  1.15
#define HALF_WEIGHT 0.65
/* With one process per side the threshold lies so far out that even the little
 * that a changed row adds to the spread of its suite counts. */
#define SINGLE_FACTOR 1.3

double pfg_detect_factor(const struct pfg_design *design)
{
    const double tests = design->tests ? (double)design->tests : 1;
    const double nu = pfg_noise_freedom(design->replicated, design->n);
    const double gain = pfg_noise_gain(design->replicated, design->n);
    const double channels =
        pfg_channel_second(design->replicated, design->n) ? 2 : 1;
    const double f = !design->replicated ? SINGLE_FACTOR
                     : design->n < FEW   ? FEW_FACTOR
                                         : 1;

    return f / gain *
           (pfg_t_quantile_upper(design->q / (tests * channels), nu) +
            pfg_t_quantile_upper(0.10, nu));
}

double pfg_detectable(double limit, double half_width, double error,
                      double factor)
{
    return fmax(limit + HALF_WEIGHT * half_width, factor * error);
}

double pfg_detect_ranks_factor(const struct pfg_design *design)
{
    const double tests = design->tests ? (double)design->tests : 1;

    return pfg_channel_second(design->replicated, design->n) &&
                   design->n >= PFG_DETECT_MANY
               ? (pfg_normal_quantile_upper(design->q / (tests * 2)) +
                  pfg_normal_quantile_upper(0.10)) /
                     pfg_normal_quantile_upper(0.025)
               : INFINITY;
}
