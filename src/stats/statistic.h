#ifndef PFG_STATS_STATISTIC_H
#define PFG_STATS_STATISTIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "stats/row/lower_quartile.h"

/*
 * The one number that stands for a sample, where the user chose one. The
 * default is none of them: the median is shown, and what is compared is the
 * procedure of verdict.md section 2.
 */
enum pfg_statistic {
    PFG_STATISTIC_DEFAULT,
    PFG_STATISTIC_MIN, /* the best value */
    PFG_STATISTIC_MEDIAN,
    PFG_STATISTIC_MEAN,
    PFG_STATISTIC_LOW, /* the mean of the best quarter, L */
    PFG_N_STATISTICS,
};

/* "default", "min", ...: the words of the configuration and of JSON; and those
 * of a sentence, "minimum". */
extern const struct pfg_enum_words pfg_statistic_names;
const char *pfg_statistic_name(enum pfg_statistic statistic);
const char *pfg_statistic_words(enum pfg_statistic statistic);

/* Whether the median is shown, of which there is an interval. */
bool pfg_statistic_is_median(enum pfg_statistic statistic);

/*
 * It of signed logs, sorted, of which `sign` is -1 where higher values are
 * better. Taken at size `n` of N, as L is: more samples alone move neither the
 * minimum nor L. The mean is that of the values, not of their logs.
 *
 * The smear is what the sample itself adds to the error, such that
 * SE = sqrt(V + 0.5 (s_x^2 + s_y^2)): of the minimum and of L the s of
 * verdict.md section 2, of the mean and the median their own standard error,
 * times sqrt 2 and times `gain`, by which the test will multiply the shift. The
 * default is L.
 */
struct pfg_low pfg_statistic_of(enum pfg_statistic statistic,
                                const double *sorted, size_t N, size_t n,
                                double sign, double gain);

/* It of values as written, which are reordered; NAN when n is 0. The default is
 * the median. */
double pfg_statistic_value(enum pfg_statistic statistic, double *values,
                           size_t n, double sign);

#endif
