#include "app/measure/measure_quiet.h"

#include <math.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"

/*
 * A process counts as disturbed from these shares of the CPUs' time. A quiet
 * machine uses 1 to 3 % for itself; another process that runs for a quarter of
 * the time shows in the numbers; a hypervisor that takes 5 % is busy.
 */
#define OTHER_SHARE 0.25
#define STEAL_SHARE 0.05
/* CPU accounting is too coarse for shorter processes. */
#define MIN_SECONDS 0.2
/* A machine is quiet when less than this is busy. */
#define SETTLED_SHARE 0.10

struct pfg_load pfg_quiet_load(const struct pfg_quiet *quiet)
{
    struct pfg_measuring *m = quiet->m;

    return pfg_load_read(pfg_env(m->context, "PERFGATE_HARDWARE_ROOT"),
                         m->arena);
}

struct pfg_load_change pfg_quiet_since(const struct pfg_quiet *quiet,
                                       const struct pfg_load *before,
                                       double own)
{
    struct pfg_load now = pfg_quiet_load(quiet);

    return pfg_load_between(before, &now, quiet->cpus, quiet->n_cpus, own);
}

const char *pfg_quiet_disturbance(const struct pfg_quiet *quiet,
                                  const struct pfg_load_change *change)
{
    if (!(change->seconds >= MIN_SECONDS)) {
        return NULL;
    }
    if (change->other >= OTHER_SHARE) {
        return pfg_arena_printf(quiet->m->arena,
                                "other processes using %.0f%% of the CPUs",
                                100 * change->other);
    }
    if (change->steal >= STEAL_SHARE) {
        return pfg_arena_printf(quiet->m->arena,
                                "the hypervisor, which took %.0f%% of the time",
                                100 * change->steal);
    }
    return change->throttled > 0 ? "heat, which throttled the CPU" : NULL;
}

void pfg_quiet_wait(const struct pfg_quiet *quiet, double most)
{
    struct pfg_measuring *m = quiet->m;
    double start = pfg_clock_seconds(), waited = 0;
    struct pfg_load_change change = {.busy = 1};
    const struct timespec second = {1, 0};
    struct pfg_load before;

    if (most <= 0) {
        return;
    }
    while (waited < most && !(change.busy < SETTLED_SHARE) &&
           !pfg_measuring_is_stopped(m)) {
        pfg_measuring_show_tick(m, "waiting for a quiet machine");
        before = pfg_quiet_load(quiet);
        nanosleep(&second, NULL);
        change = pfg_quiet_since(quiet, &before, 0);
        if (isnan(change.busy)) {
            return; /* it cannot be measured here */
        }
        waited = pfg_clock_seconds() - start;
    }
    if (!(change.busy < SETTLED_SHARE)) {
        pfg_measuring_note(m,
                           "the machine did not become quiet within %.0f s: "
                           "%.0f%% of it was busy",
                           waited, 100 * change.busy);
    }
}
