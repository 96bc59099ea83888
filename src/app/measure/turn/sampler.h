#ifndef PFG_APP_MEASURE_TURN_SAMPLER_H
#define PFG_APP_MEASURE_TURN_SAMPLER_H

#include "app/input/read_inputs.h"
#include "app/measure/turn/services.h"

/* What `--watch` looks at while a command runs: the processes of its services
 * ("service"), one by its number, or those that pgrep finds; and the GPU. */

struct pfg_sampler;

/* What it has cost so far. */
struct pfg_sampler_cost {
    double cpu, seconds; /* of perfgate, and of the clock */
};

/* Begins to look at each of `what`. NULL where there is nothing to watch.
 * PFG_DATA where a process is not there. */
int pfg_sampler_start(struct pfg_sampler **out, const char *const *what,
                      size_t n, const struct pfg_services *services,
                      struct pfg_error *err);

/* Looks again, if it is time to. NULL is fine. */
void pfg_sampler_look(struct pfg_sampler *watch);

/*
 * The end: a run of what was seen, with a benchmark for each of `what`, which
 * the caller frees. NULL is fine for a watch, and leaves *out NULL.
 */
int pfg_sampler_run(struct pfg_run **out, struct pfg_sampler *watch,
                    const struct pfg_context *context,
                    const struct pfg_read_options *options,
                    struct pfg_error *err);

void pfg_sampler_free(struct pfg_sampler *watch, struct pfg_sampler_cost *cost);

#endif
