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

/* What the guard needs to start a program, prepared before the fork. After the
 * fork it makes system calls only, and the heap is given back, so nothing here
 * may be on the heap. Descriptors are above 2 and close on exec. */
struct pfg_guard_plan {
    char **argv, **environment;
    const char *folder;    /* or NULL */
    const cpu_set_t *cpus; /* or NULL */
    size_t cpus_size;
    int nice;
    int in, out, err; /* what becomes stdin, stdout, stderr */
    int report;       /* the guard writes its reports here */
    double grace;     /* s from TERM to KILL */
    struct pfg_count_event events[PFG_COUNTS_MOST];
    size_t n_events;
    bool fixed_addresses;
    pid_t parent;  /* everything ends when this process does */
    void *mapping; /* holds all of this */
    size_t size;
};

struct pfg_child_spec;

/* Makes a plan from a spec, in a mapping of its own; descriptors are -1.
 * PFG_USAGE for an impossible CPU number. */
int pfg_guard_plan_make(struct pfg_guard_plan *plan,
                        const struct pfg_child_spec *spec,
                        struct pfg_error *err);
/* Opens all that the program and the guard need. *output: the file with the
 * program's stdout; *err_end, *report_end: perfgate's ends of the pipes, the
 * first only where stderr is apart. What was opened before a failure is open,
 * and the rest unchanged. PFG_USAGE for the input, else PFG_SYSTEM. */
int pfg_guard_plan_open(struct pfg_guard_plan *plan,
                        const struct pfg_child_spec *spec, int *output,
                        int *err_end, int *report_end, struct pfg_error *err);

/* Closes what perfgate does not need after the fork; not stdout. */
void pfg_guard_plan_close(struct pfg_guard_plan *plan);

/* Closes it, and frees the mapping. */
void pfg_guard_plan_free(struct pfg_guard_plan *plan);

/* Reports of the guard, or of the program before its exec. */
enum pfg_guard_word {
    PFG_GUARD_NO_FORK,
    PFG_GUARD_NO_FOLDER,
    PFG_GUARD_NO_CPUS,
    PFG_GUARD_NO_COUNTER,
    PFG_GUARD_NO_EXEC,
    PFG_GUARD_DONE, /* the last report: the program has ended, and nothing is
                       left of it */
};

struct pfg_guard_report {
    enum pfg_guard_word word;
    int error;  /* errno */
    int status; /* as of waitpid(2) */
    double seconds;
    struct rusage used; /* of the program and all its descendants */
    struct pfg_count counts[PFG_COUNTS_MOST];
};

/* Turns the report of a program that could not be started into an error.
 * Returns -1. */
int pfg_guard_fail(const struct pfg_guard_report *report,
                   const struct pfg_child_spec *spec, struct pfg_error *err);

/* Signals from the parent to the guard. The kernel sends PFG_GUARD_DEATH when
 * the parent is gone. */
#define PFG_GUARD_END   SIGTERM /* end the program: TERM, the grace, KILL */
#define PFG_GUARD_KILL  SIGUSR1 /* end it at once */
#define PFG_GUARD_DEATH SIGHUP

/* The main function of the guard, called in the forked process. */
_Noreturn void pfg_guard_run(const struct pfg_guard_plan *plan);

#endif
