#ifndef PFG_APP_MEASURE_TURN_SERVICES_H
#define PFG_APP_MEASURE_TURN_SERVICES_H

#include "exec/child.h"
#include "model/run.h"

struct pfg_arena;

/* A program that runs beside a command, on one side. */
struct pfg_service {
    const char *command; /* as written */
    const char *argv[2];
    const char *const *profiled; /* the same under a profiler; NULL */
    struct pfg_child_spec spec;
    struct pfg_child *child; /* NULL: not running */
};

struct pfg_services {
    struct pfg_service *at; /* in the order they were started */
    size_t n;               /* 0: none runs */
    /* Replacements: "{port}" -> "20017" in commands, and ":20017" -> ":{port}"
     * in the names of results. */
    const struct pfg_fact *ports, *instead;
    size_t n_ports;
};

/* Whether all of them are still running. */
bool pfg_services_run(const struct pfg_services *services);

/* Fills the ports into `text`. */
const char *pfg_services_fill(const struct pfg_services *services,
                              const char *text, struct pfg_arena *arena);

/* Their CPU seconds so far. */
double pfg_services_cpu(const struct pfg_services *services);

/* Ends them, the last one first. */
void pfg_services_stop(struct pfg_services *services);

#endif
