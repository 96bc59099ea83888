#ifndef PFG_EXEC_GUARD_H
#define PFG_EXEC_GUARD_H

#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "base/error.h"
#include "exec/count.h"

/* All that a program is started with, made before the fork: after it nothing
 * is allocated, only system calls are made, and the heap is gone, so that none
 * of this may stand there. Descriptors are above 2 and
 * close on exec. */
struct pfg_guard_plan {
    char **argv, **environment;
    const char *folder;    /* or NULL */
    const cpu_set_t *cpus; /* or NULL */
    size_t cpus_size;
    int nice;
    int in, out, err; /* what becomes stdin, stdout, stderr */
    int report;       /* where the reports go */
    double grace;     /* s from TERM to KILL */
    struct pfg_count_event events[PFG_COUNTS_MOST];
    size_t n_events;
    bool fixed_addresses;
    pid_t parent;  /* without whom it all ends */
    void *mapping; /* that all of it stands in */
    size_t size;
};

struct pfg_child_spec;

/* What the spec says, in a mapping; descriptors are -1. PFG_USAGE for a
 * processor that cannot be. */
int pfg_guard_plan_make(struct pfg_guard_plan *plan,
                        const struct pfg_child_spec *spec,
                        struct pfg_error *err);
void pfg_guard_plan_free(struct pfg_guard_plan *plan); /* zeroed is fine */

/* What the guard, or the program before its exec, has to say. */
enum pfg_guard_word {
    PFG_GUARD_NO_FORK,
    PFG_GUARD_NO_FOLDER,
    PFG_GUARD_NO_CPUS,
    PFG_GUARD_NO_COUNTER,
    PFG_GUARD_NO_EXEC,
    PFG_GUARD_DONE, /* the last word: it ran, and nothing is left of it */
};

struct pfg_guard_report {
    enum pfg_guard_word word;
    int error;  /* errno */
    int status; /* as of waitpid(2) */
    double seconds;
    struct rusage used; /* by the program and all that it left */
    struct pfg_count counts[PFG_COUNTS_MOST];
};

/* Signals that the guard takes from its parent. PFG_GUARD_DEATH comes from
 * the kernel when the parent is gone. */
#define PFG_GUARD_END   SIGTERM /* end the program: TERM, the grace, KILL */
#define PFG_GUARD_KILL  SIGUSR1 /* end it at once */
#define PFG_GUARD_DEATH SIGHUP

/* The life of a guard, in a process just forked. */
_Noreturn void pfg_guard_run(const struct pfg_guard_plan *plan);

#endif
