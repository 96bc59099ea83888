#ifndef PFG_APP_MEASURE_OBSERVED_H
#define PFG_APP_MEASURE_OBSERVED_H

#include "app/input/read_inputs.h"
#include "base/map.h"

/* How short observations compare with long ones. Internal to shorten.c. */

enum pfg_observation { PFG_LONG, PFG_SHORT, PFG_N_OBSERVATIONS };

/* One benchmark in the warm-up: its times on both sides. */
struct pfg_observed {
    const char *name; /* as the tool calls it */
    const char *root; /* as far as a tool can choose: to the first slash */
    struct {
        double *at;
        size_t n, cap;
    } values[PFG_N_OBSERVATIONS][2];
};

/* Adds the times of a side's runs from the `from`th on to a map, label ->
 * struct pfg_observed, in the arena. `suite` NULL: of all. */
void pfg_observe(struct pfg_map *all, struct pfg_arena *arena,
                 enum pfg_observation kind, size_t which,
                 const struct pfg_runs *runs, size_t from, const char *suite);

/* The noise of one observation, a log: of most benchmarks, for the few values
 * of one say little. A long one is taken to have as much, for what disturbs
 * lasts longer than either. */
double pfg_observed_noise(const struct pfg_map *all, struct pfg_arena *arena);

/* Short and long are one program within a factor, or where the noise is more,
 * within twice the standard error of the comparison. */
bool pfg_observed_is_alike(const struct pfg_observed *one, double noise);

#endif
