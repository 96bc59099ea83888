#include <math.h>
#include <string.h>
#include <time.h>

#include "app/measure/turn/measure_process.h"
#include "app/measure/turn/turn.h"
#include "app/programs/ready.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"

/* {port}, {port2} to {port9} */
#define PORTS 9
/* Seconds between two checks whether it is ready; the same for a shell command.
 */
#define LOOK       0.01
#define LOOK_SHELL 0.1
/* The least time-out of a shell command, whatever is left of the other. */
#define LEAST 1.0

struct pfg_services *pfg_turn_services(const struct pfg_turn *p)
{
    return &p->state->services[p->side->which];
}

/* --- ports --- */

static bool is_mentioned(const struct pfg_program *program, const char *mark)
{
    const struct pfg_program_services *services = &program->services;
    bool found = program->shell && strstr(program->shell, mark);

    for (size_t i = 0; i < program->words.n; i++) {
        found = found || strstr(program->words.at[i], mark);
    }
    for (size_t i = 0; i < services->n; i++) {
        found = found || strstr(services->at[i], mark);
    }
    return found;
}

static int choose_ports(struct pfg_turn *p, struct pfg_error *err)
{
    struct pfg_services *services = pfg_turn_services(p);
    struct pfg_arena *arena = p->m->arena;
    struct pfg_fact *ports = pfg_arena_new_array(arena, struct pfg_fact, PORTS);
    struct pfg_fact *names = pfg_arena_new_array(arena, struct pfg_fact, PORTS);

    services->ports = ports;
    services->instead = names;
    services->n_ports = 0;
    for (int i = 1; i <= PORTS; i++) {
        const char *mark =
            i == 1 ? "{port}" : pfg_arena_printf(arena, "{port%d}", i);
        size_t n = services->n_ports;
        int port;

        if (!is_mentioned(p->program, mark)) {
            continue;
        }
        port = pfg_ready_free_port(&p->all->next_port);
        if (!port) {
            return pfg_fail(err, PFG_SYSTEM, "there is no free port for %s",
                            mark);
        }
        ports[n].key = mark;
        ports[n].value = pfg_arena_printf(arena, "%d", port);
        names[n].key = pfg_arena_printf(arena, ":%d", port);
        names[n].value = pfg_arena_printf(arena, ":%s", mark);
        services->n_ports++;
    }
    return 0;
}

/* --- failures --- */

/* Ends a service. The turn's result is then that of the service, so that its
 * output is reported. */
static int end_service(struct pfg_turn *p, struct pfg_service *service,
                       struct pfg_error *err)
{
    struct pfg_child *child = service->child;

    service->child = NULL;
    pfg_child_free(&p->result);
    p->ran = !pfg_child_end(&p->result, child, err);
    return p->ran ? 0 : -1;
}

static void blame(struct pfg_turn *p, const struct pfg_service *service,
                  const char *what, const char *hint)
{
    pfg_turn_break(p,
                   pfg_arena_printf(p->m->arena, "the service '%s' %s",
                                    service->command, what),
                   hint);
}

static int blame_dead(struct pfg_turn *p, struct pfg_service *service,
                      const char *when, struct pfg_error *err)
{
    const struct pfg_child_result *result = &p->result;

    if (end_service(p, service, err)) {
        return -1;
    }
    blame(p, service,
          result->signal
              ? pfg_arena_printf(p->m->arena, "was killed by signal %d %s",
                                 result->signal, when)
              : pfg_arena_printf(p->m->arena, "exited with status %d %s",
                                 result->exit_status, when),
          result->exit_status ? ""
                              : "a service must stay in the foreground, as "
                                "nginx does with -g 'daemon off;'");
    return 0;
}

int pfg_turn_blame_service(struct pfg_turn *p, struct pfg_error *err)
{
    struct pfg_services *services = pfg_turn_services(p);

    for (size_t i = 0; i < services->n; i++) {
        if (!pfg_child_runs(services->at[i].child)) {
            return blame_dead(p, &services->at[i], "during the measurement",
                              err);
        }
    }
    return 0;
}

/* --- waiting until it is ready --- */

/* How to check a service. */
struct asking {
    struct pfg_ready address;
    const char *text;
    const struct pfg_service *service;
};

/* *why it is not ready; NULL: it is. */
static int ask(const char **why, struct pfg_turn *p,
               const struct asking *asking, double left, struct pfg_error *err)
{
    const char *const words[] = {asking->text, NULL};
    struct pfg_child_spec spec = asking->service->spec;
    struct pfg_child_result result = {0};
    int failed;

    if (asking->address.host) {
        *why = pfg_ready_ask(&asking->address, p->m->arena);
        return 0;
    }
    spec.argv = words;
    spec.shell = true;
    spec.output = NULL;
    spec.together = false;
    spec.timeout = fmax(left, LEAST);
    failed = pfg_child_run(&result, &spec, &p->m->interrupt, err);
    *why = result.timed_out ? "it did not finish"
           : result.exit_status
               ? pfg_arena_printf(p->m->arena, "exit status %d",
                                  result.exit_status)
               : NULL;
    pfg_child_free(&result);
    return failed;
}

static int blame_slow(struct pfg_turn *p, struct pfg_service *service,
                      const struct asking *asking, const char *why,
                      struct pfg_error *err)
{
    const char *what = pfg_arena_printf(
        p->m->arena, "was not ready after %g s (--ready-timeout): %s: %s",
        p->program->services.timeout, asking->text, why);

    if (end_service(p, service, err)) {
        return -1;
    }
    blame(p, service, what, "");
    return 0;
}

static int wait_for(struct pfg_turn *p, struct pfg_service *service,
                    const struct asking *asking, struct pfg_error *err)
{
    double end = pfg_clock_seconds() + p->program->services.timeout;
    double step = asking->address.host ? LOOK : LOOK_SHELL;
    const struct timespec pause = {0, (long)(step * 1e9)};
    const char *why;

    for (;;) {
        double left = end - pfg_clock_seconds();

        if (ask(&why, p, asking, left, err)) {
            return -1;
        }
        if (!pfg_child_runs(service->child)) {
            return blame_dead(p, service, "before it was ready", err);
        }
        if (!why) {
            return 0;
        }
        if (left <= 0) {
            return blame_slow(p, service, asking, why, err);
        }
        if (pfg_interrupt_look(&p->m->interrupt) >= PFG_INTERRUPT_NOW) {
            p->result.interrupted = true;
            return 0;
        }
        pfg_measuring_show_tick(p->m, "waiting for a service");
        nanosleep(&pause, NULL);
    }
}

/* --- start --- */

/* When the i-th service is ready, with its ports; "": at once. The default is
 * when it listens on its {port}. */
static const char *ready_of(const struct pfg_turn *p, size_t i)
{
    const struct pfg_program_services *all = &p->program->services;
    const char *ready = all->n_ready == all->n            ? all->ready[i]
                        : all->n_ready && i == all->n - 1 ? all->ready[0]
                        : !all->n_ready && strstr(all->at[i], "{port}")
                            ? "tcp:{port}"
                            : "";

    return pfg_services_fill(pfg_turn_services(p), ready, p->m->arena);
}

/* Otherwise a different program would be measured. */
static bool is_taken(struct pfg_turn *p, const struct pfg_service *service,
                     const struct pfg_ready *address)
{
    if (!address->host || !pfg_ready_listens(address)) {
        return false;
    }
    p->ran = false;
    blame(p, service,
          pfg_arena_printf(
              p->m->arena,
              "was not started: another program already listens on port %s",
              address->port),
          "use {port} instead of a number to let perfgate choose a free port");
    return true;
}

static int start_one(struct pfg_turn *p, size_t i, struct pfg_error *err)
{
    struct pfg_services *services = pfg_turn_services(p);
    struct pfg_service *service = &services->at[i];
    struct pfg_arena *arena = p->m->arena;
    struct asking asking = {.text = ready_of(p, i), .service = service};

    service->command = p->program->services.at[i];
    service->argv[0] = pfg_services_fill(services, service->command, arena);
    service->spec = pfg_turn_spec(p);
    service->spec.argv = service->argv;
    service->spec.shell = true;
    service->spec.together = true;
    if (p->profile) {
        service->profiled =
            pfg_profile_service(p->profile, service->argv[0], i, arena);
        service->spec.argv = service->profiled;
        service->spec.shell = false;
    }
    service->spec.output = pfg_path_join(
        arena, p->m->scratch.path,
        pfg_arena_printf(arena, "service-%zu-%zu.log", p->all->n, i + 1));
    if (*asking.text &&
        pfg_ready_parse(&asking.address, asking.text, arena, err)) {
        return -1;
    }
    if (is_taken(p, service, &asking.address)) {
        return 0;
    }
    if (pfg_child_start(&service->child, &service->spec, err)) {
        return -1;
    }
    services->n = i + 1;
    return *asking.text ? wait_for(p, service, &asking, err) : 0;
}

int pfg_turn_start_services(struct pfg_turn *p, struct pfg_error *err)
{
    struct pfg_services *services = pfg_turn_services(p);
    size_t n = p->program->services.n;

    if (services->n || !n) {
        return 0;
    }
    services->at = pfg_arena_new_array(p->m->arena, struct pfg_service, n);
    if (choose_ports(p, err)) {
        return -1;
    }
    for (size_t i = 0; i < n && !pfg_turn_is_over(p) && !p->result.interrupted;
         i++) {
        if (start_one(p, i, err)) {
            return -1;
        }
    }
    return 0;
}
