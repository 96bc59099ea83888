#ifndef PFG_STATS_STATISTIC_H
#define PFG_STATS_STATISTIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "stats/row/lower_quartile.h"

/*
 * The number that stands for a sample, if the user chose one. By default,
 * the median is shown, and verdict.md section 2 defines what is compared.
 */
enum pfg_statistic {
    PFG_STATISTIC_DEFAULT,
    PFG_STATISTIC_MIN, /* the best value */
    PFG_STATISTIC_MEDIAN,
    PFG_STATISTIC_MEAN,
    PFG_STATISTIC_LOW, /* the mean of the best quarter, L */
    PFG_N_STATISTICS,
};

/* Its names: "default", "min", ... in the configuration and in JSON, and "best
 * value" in sentences. */
extern const struct pfg_enum_words pfg_statistic_names;
const char *pfg_statistic_name(enum pfg_statistic statistic);
const char *pfg_statistic_words(enum pfg_statistic statistic);

/* Whether the median is shown, which has an interval. */
bool pfg_statistic_is_median(enum pfg_statistic statistic);

/*
 * The statistic of N signed logs, sorted; `sign` is -1 if higher values are
 * better. It is taken at size `n`, as L is, so that more samples alone move
 * neither the minimum nor L. The mean is that of the values, not of their
 * logs.
 *
 * The smear is what the sample itself adds to the error, such that SE =
 * sqrt(V + 0.5 (s_x^2 + s_y^2)): for the minimum and L, the s of verdict.md
 * section 2; for the mean and the median, their own standard error, times
 * sqrt 2 and times `gain`, by which the test will multiply the shift. The
 * default is L.
 */
struct pfg_low pfg_statistic_of(enum pfg_statistic statistic,
                                const double *sorted, size_t N, size_t n,
                                double sign, double gain);

/* The statistic of written values, which are reordered; NAN if n is 0. The
 * default is the median. */
double pfg_statistic_value(enum pfg_statistic statistic, double *values,
                           size_t n, double sign);

#endif
