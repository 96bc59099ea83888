#ifndef PFG_APP_MEASURE_OBSERVED_H
#define PFG_APP_MEASURE_OBSERVED_H

#include "app/input/read_inputs.h"
#include "base/map.h"

/* Compares short observations with long ones. Internal to shorten.c. */

enum pfg_observation { PFG_LONG, PFG_SHORT, PFG_N_OBSERVATIONS };

/* The times of a benchmark in the warm-up, on both sides. */
struct pfg_observed {
    const char *name; /* in the tool's words */
    const char *root; /* the part up to the first slash, by which a tool can
                         choose */
    struct {
        double *at;
        size_t n, cap;
    } values[PFG_N_OBSERVATIONS][2];
};

/* Adds the times of a side's runs, beginning with run `from`, to a map in the
 * arena: label -> struct pfg_observed. `suite` NULL: of all suites. */
void pfg_observe(struct pfg_map *all, struct pfg_arena *arena,
                 enum pfg_observation kind, size_t which,
                 const struct pfg_runs *runs, size_t from, const char *suite);

/* The noise of one observation, as a log: the median over the benchmarks, since
 * each has few values. Long observations are assumed to be as noisy, because
 * disturbances last longer than either. */
double pfg_observed_noise(const struct pfg_map *all, struct pfg_arena *arena);

/* Whether short and long observations measure the same: their means are within
 * a factor, or within twice the standard error of their difference. */
bool pfg_observed_is_alike(const struct pfg_observed *one, double noise);

#endif
