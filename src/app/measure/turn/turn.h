#ifndef PFG_APP_MEASURE_TURN_TURN_H
#define PFG_APP_MEASURE_TURN_TURN_H

#include "app/measure/measure_side.h"
#include "app/measure/tool/lengths.h"
#include "app/measure/turn/sampler.h"
#include "app/measure/turn/services.h"
#include "hw/load.h"

/* A turn of a side: a process and its results, or as many processes as a round
 * has. Internal to measure_process.c and turn_*.c. */

struct pfg_processes;
struct pfg_process_profile;

/* What is known of a program after its first process. */
struct pfg_program_state {
    const struct pfg_tool *tool;       /* NULL: unknown */
    const struct pfg_tool *by_results; /* the tool of its results, if its
                                          command does not tell; NULL: none */
    const char *broken[2]; /* why a suite cannot be measured; NULL: it can */
    bool tried[2];         /* whether a side's output was read */
    bool of_tool;          /* the output is a known tool's */
    bool by_itself;        /* the process is measured, not its output */
    size_t repeat;         /* processes that make a round; 0: unknown yet */
    struct pfg_lengths lengths;
    bool base_waits;                 /* it may not need a warm-up */
    double seconds, cpu;             /* of all its processes so far */
    struct pfg_services services[2]; /* of each side; n 0: not running */
};

struct pfg_turn {
    struct pfg_processes *all;
    const struct pfg_program *program;
    struct pfg_program_state *state;
    struct pfg_measuring *m;
    struct pfg_measuring_side *side;
    size_t round;
    size_t length;      /* the index among the lengths */
    const char *called; /* "head, round 3" */
    const char *folder; /* of this process, in the scratch folder */
    const char *output; /* the file with its stdout */
    const char *home;   /* the folder in the tool's environment variable */
    const char *summary;
    struct pfg_sampler *watch; /* NULL: nothing to watch */
    struct pfg_child_result result;
    bool ran;
    struct pfg_load_change change; /* the load meanwhile */
    pfg_time began;
    const char *failure;                       /* "": it succeeded */
    size_t n_before;                           /* runs of the side before it */
    bool counting;                             /* the next process is counted */
    const struct pfg_process_profile *profile; /* NULL: it is measured */
    PFG_VEC(struct pfg_usage) usages;
    PFG_VEC(const double *) counts; /* of each counted process */
};

/* Whether the side, or this program of it, can give no more results. */
bool pfg_turn_is_over(const struct pfg_turn *p);

/* How to read its results: under the name of its suite. */
struct pfg_read_options pfg_turn_read_options(const struct pfg_turn *p);

/* An error with the code `blamed` is the command's fault: it breaks the side or
 * the suite, and 0 is returned. Other errors are passed on. */
int pfg_turn_blame(struct pfg_turn *p, enum pfg_code blamed,
                   const struct pfg_error *why, struct pfg_error *err);

/* Runs the program once and stores what the kernel counted. A failure that is
 * the command's fault breaks the side, and is not an error. */
int pfg_turn_run(struct pfg_turn *p, struct pfg_error *err);

/* The spec of every process of the side. In the arena. */
struct pfg_child_spec pfg_turn_spec(struct pfg_turn *p);

/* --- services (turn_services.c) --- */

struct pfg_services *pfg_turn_services(const struct pfg_turn *p);

/* Starts the services, unless they are running, and waits until they are ready.
 * If one ends or does not become ready, the side or the suite is broken. */
int pfg_turn_start_services(struct pfg_turn *p, struct pfg_error *err);

/* Breaks the side or the suite because a service has ended. */
int pfg_turn_blame_service(struct pfg_turn *p, struct pfg_error *err);

/* Runs the rest of the round of a program that is measured itself. */
int pfg_turn_repeat(struct pfg_turn *p, struct pfg_error *err);

/* Runs the processes to count, and stores their counts. */
int pfg_turn_count(struct pfg_turn *p, struct pfg_error *err);

/* Why the last process failed; "" if it did not. */
const char *pfg_turn_failure(const struct pfg_turn *p);

/* Reads the results that the process printed or wrote; PFG_DATA if there are
 * none. */
int pfg_turn_read(struct pfg_turn *p, struct pfg_error *err);

/* Starts to watch. A process that does not exist breaks the side or the suite.
 */
int pfg_turn_start_watch(struct pfg_turn *p, struct pfg_error *err);

/* Adds what was watched, as a run. */
int pfg_turn_add_watch(struct pfg_turn *p, struct pfg_error *err);

/* Adds the results of the process, or breaks the side. */
int pfg_turn_add_results(struct pfg_turn *p, struct pfg_error *err);

/* Adds what the kernel measured of the processes, or with `counting` the
 * counters, as a run. */
int pfg_turn_add_usage(struct pfg_turn *p, struct pfg_error *err);

/* Adds a run to the side, or to those of the warm-up. */
void pfg_turn_add_run(struct pfg_turn *p, struct pfg_run *run);

/* Breaks the side, or if there are suites this suite of it. Earlier runs are
 * kept, and the failure becomes a run, so that the report shows it. */
void pfg_turn_break(struct pfg_turn *p, const char *what, const char *hint);

/* Has only its suite break instead of the whole side, if other suites are left.
 */
void pfg_turn_break_suite(struct pfg_turn *p, const char *what);

#endif
