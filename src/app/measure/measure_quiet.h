#ifndef PFG_APP_MEASURE_MEASURE_QUIET_H
#define PFG_APP_MEASURE_MEASURE_QUIET_H

#include "app/measure/measuring.h"
#include "hw/load.h"

/* Other activity on the CPUs that are measured on. */
struct pfg_quiet {
    struct pfg_measuring *m;
    const int *cpus; /* n_cpus 0: all */
    size_t n_cpus;
};

/* Waits until the load has fallen, at most `most` seconds. */
void pfg_quiet_wait(const struct pfg_quiet *quiet, double most);

/* The load now. */
struct pfg_load pfg_quiet_load(const struct pfg_quiet *quiet);

/* The load since `before`. `own`: CPU seconds of the measured process. */
struct pfg_load_change pfg_quiet_since(const struct pfg_quiet *quiet,
                                       const struct pfg_load *before,
                                       double own);

/* What disturbed a process; NULL: nothing. */
const char *pfg_quiet_disturbance(const struct pfg_quiet *quiet,
                                  const struct pfg_load_change *change);

#endif
