#ifndef PFG_HW_LOAD_H
#define PFG_HW_LOAD_H

#include <stddef.h>

struct pfg_arena;

/* The time of a processor since boot, in seconds. */
struct pfg_load_cpu {
    int id;
    double busy;  /* user, nice, system, interrupts */
    double idle;  /* idle, or waiting for the disk */
    double steal; /* ready to run while the hypervisor ran another machine */
};

/* The machine at one moment. NAN and an empty list mean unknown. */
struct pfg_load {
    struct pfg_load_cpu *cpus; /* online ones, by number */
    size_t n_cpus;
    double load1;       /* runnable processes, mean of a minute */
    double waited;      /* s since boot with a process waiting for a CPU */
    double uptime;      /* s since boot */
    double temperature; /* of the hottest sensor, degrees Celsius */
    double throttled;   /* times since boot that heat slowed a processor */
    double swapped;     /* pages since boot, in and out */
};

/*
 * Reads stat, loadavg, uptime, vmstat and pressure/cpu below /proc, and the
 * thermal zones and processors' thermal_throttle below /sys, all below `root`
 * (NULL or "": "/"; tests use PERFGATE_HARDWARE_ROOT). Some ten small files
 * take a tenth of a millisecond, cheap enough for every round. This function
 * can't fail.
 */
struct pfg_load pfg_load_read(const char *root, struct pfg_arena *arena);

/* The change between two moments. Shares, from 0 to 1, are of the processors'
 * time; NAN if unknown, or if no tick (10 ms) has passed. */
struct pfg_load_change {
    double seconds;
    double busy;  /* all processes */
    double other; /* all but our own */
    double steal;
    double waited;      /* share of the time with a process waiting */
    double load1;       /* at the end */
    double temperature; /* increase in degrees */
    double throttled;   /* times */
    double swapped;     /* pages */
};

/*
 * The change from `a` to `b`, on the processors in `cpus` (n_cpus 0: all that
 * are online at both moments). `own` is the CPU time of our own processes
 * there, in seconds (struct pfg_child_result: user + system). Accounting may
 * lag behind, so `other` is cut off at 0. With ticks of 10 ms, shares of less
 * than a second are rough.
 */
struct pfg_load_change pfg_load_between(const struct pfg_load *a,
                                        const struct pfg_load *b,
                                        const int *cpus, size_t n_cpus,
                                        double own);

#endif
