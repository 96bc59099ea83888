#ifndef PFG_APP_MEASURE_TURN_SERVICES_H
#define PFG_APP_MEASURE_TURN_SERVICES_H

#include "exec/child.h"
#include "model/run.h"

struct pfg_arena;

/* What runs beside a command (struct pfg_program_services) on one side. */
struct pfg_service {
    const char *command; /* as it was written */
    const char *argv[2];
    const char *const *profiled; /* the same under a profiler; NULL */
    struct pfg_child_spec spec;
    struct pfg_child *child; /* NULL: it does not run */
};

struct pfg_services {
    struct pfg_service *at; /* in the order of their start */
    size_t n;               /* 0: none is up */
    /* What stands for the ports, "{port}" -> "20017", and in the names of
     * results for what is written for them, ":20017" -> ":{port}". */
    const struct pfg_fact *ports, *instead;
    size_t n_ports;
};

/* None of them has ended. */
bool pfg_services_run(const struct pfg_services *services);

/* `text` with their ports. */
const char *pfg_services_fill(const struct pfg_services *services,
                              const char *text, struct pfg_arena *arena);

/* CPU seconds that they have had so far. */
double pfg_services_cpu(const struct pfg_services *services);

/* Ends them, the last one first; none is up then. */
void pfg_services_stop(struct pfg_services *services);

#endif
