#ifndef PFG_HW_LOAD_H
#define PFG_HW_LOAD_H

#include <stddef.h>

struct pfg_arena;

/* What a processor did since boot, in seconds. */
struct pfg_load_cpu {
    int id;
    double busy;  /* user, nice, system, interrupts */
    double idle;  /* idle, and waiting for the disk */
    double steal; /* ready to run, and the hypervisor ran somebody else */
};

/* The machine at one moment. What cannot be known is NAN, a list empty. */
struct pfg_load {
    struct pfg_load_cpu *cpus; /* those that are online, by number */
    size_t n_cpus;
    double load1;       /* processes that run or want to, over a minute */
    double waited;      /* s since boot that some process waited for a CPU */
    double uptime;      /* s since boot */
    double temperature; /* of the hottest sensor, degrees Celsius */
    double throttled;   /* times since boot that heat slowed a processor */
    double swapped;     /* pages since boot, in and out */
};

/*
 * Reads /proc/stat, loadavg, uptime, vmstat and pressure/cpu, and of /sys
 * class/thermal and the processors' thermal_throttle, below `root` (NULL or
 * "": "/"; tests replace it, PERFGATE_HARDWARE_ROOT). Some ten small files, or
 * a tenth of a millisecond: cheap enough for every round. This function can't
 * fail.
 */
struct pfg_load pfg_load_read(const char *root, struct pfg_arena *arena);

/* What went on between two moments. Shares are of 0 to 1, of the processors'
 * time; NAN where unknown, or no tick (10 ms) long. */
struct pfg_load_change {
    double seconds;
    double busy;  /* all that ran */
    double other; /* all that ran, without our own */
    double steal;
    double waited;      /* share of the time that some process waited */
    double load1;       /* at the end */
    double temperature; /* degrees more at the end than at the start */
    double throttled;   /* times */
    double swapped;     /* pages */
};

/*
 * From `a` to `b`, on the processors in `cpus` (n_cpus 0: all that are online
 * both times). `own` are the CPU seconds that our own processes had there
 * meanwhile (struct pfg_child_result: user + system); what the accounting then
 * lacks is taken for nothing: `other` is never below 0. The ticks are 10 ms
 * long, so shares of less than a second are rough.
 */
struct pfg_load_change pfg_load_between(const struct pfg_load *a,
                                        const struct pfg_load *b,
                                        const int *cpus, size_t n_cpus,
                                        double own);

#endif
