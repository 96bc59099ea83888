#include "app/measure/turn/services.h"

#include "base/arena.h"
#include "exec/proctree.h"

bool pfg_services_run(const struct pfg_services *services)
{
    for (size_t i = 0; i < services->n; i++) {
        if (!services->at[i].child || !pfg_child_runs(services->at[i].child)) {
            return false;
        }
    }
    return true;
}

const char *pfg_services_fill(const struct pfg_services *services,
                              const char *text, struct pfg_arena *arena)
{
    for (size_t i = 0; i < services->n_ports; i++) {
        text = pfg_arena_replace(arena, text, services->ports[i].key,
                                 services->ports[i].value);
    }
    return text;
}

double pfg_services_cpu(const struct pfg_services *services)
{
    double sum = 0;

    for (size_t i = 0; i < services->n; i++) {
        struct pfg_proctree tree = {.n_roots = 1, .below = true};
        pid_t guard;

        if (services->at[i].child) {
            guard = pfg_child_guard(services->at[i].child);
            tree.roots = &guard;
            pfg_proctree_find(&tree);
            sum += pfg_proctree_sample(&tree).cpu;
            pfg_proctree_free(&tree);
        }
    }
    return sum;
}

void pfg_services_stop(struct pfg_services *services)
{
    struct pfg_error err = {0};

    while (services->n) {
        /* Its status does not matter: the command is measured. */
        (void)pfg_child_end(NULL, services->at[--services->n].child, &err);
    }
    services->n_ports = 0;
}
