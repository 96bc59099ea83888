#ifndef PFG_APP_MEASURE_TURN_SAMPLER_H
#define PFG_APP_MEASURE_TURN_SAMPLER_H

#include "app/input/read_inputs.h"
#include "app/measure/turn/services.h"

/* What `--watch` samples while a command runs: the processes of its services
 * ("service"), a process by its PID, or those that pgrep finds; and the GPU. */

struct pfg_sampler;

/* Its cost so far. */
struct pfg_sampler_cost {
    double cpu, seconds; /* perfgate's CPU time, and the elapsed time */
};

/* Starts to watch each of `what`. *out is NULL if that is nothing. PFG_DATA if
 * a process does not exist. */
int pfg_sampler_start(struct pfg_sampler **out, const char *const *what,
                      size_t n, const struct pfg_services *services,
                      struct pfg_error *err);

/* Takes a sample, if one is due. NULL is fine. */
void pfg_sampler_look(struct pfg_sampler *watch);

/*
 * Stops watching. *out: a run with a benchmark for each of `what`, which the
 * caller frees; NULL if `watch` is.
 */
int pfg_sampler_run(struct pfg_run **out, struct pfg_sampler *watch,
                    const struct pfg_context *context,
                    const struct pfg_read_options *options,
                    struct pfg_error *err);

void pfg_sampler_free(struct pfg_sampler *watch, struct pfg_sampler_cost *cost);

#endif
