#ifndef PFG_APP_MEASURE_TURN_TURN_H
#define PFG_APP_MEASURE_TURN_TURN_H

#include "app/measure/measure_side.h"
#include "app/measure/tool/lengths.h"
#include "app/measure/turn/sampler.h"
#include "app/measure/turn/services.h"
#include "hw/load.h"

/* One turn of a side: a process and what becomes of it, or as many as make a
 * round. Internal to measure_process.c and turn_*.c. */

struct pfg_processes;
struct pfg_process_profile;

/* What is known of a program after its first process. */
struct pfg_program_state {
    const struct pfg_tool *tool;       /* NULL: unknown */
    const struct pfg_tool *by_results; /* that they tell, where no command
                                          could; NULL: none */
    const char *broken[2]; /* why a suite cannot be measured; NULL: it can */
    bool tried[2];         /* whether a side's output was looked at */
    bool of_tool;          /* the output is of a known tool */
    bool by_itself;        /* the process is measured, not its output */
    size_t repeat; /* so many processes make a round; 0: not known yet */
    struct pfg_lengths lengths;
    bool base_waits;                 /* its warm-up may not be needed */
    double seconds, cpu;             /* of all its processes so far */
    struct pfg_services services[2]; /* of each side; n 0: they do not run */
};

struct pfg_turn {
    struct pfg_processes *all;
    const struct pfg_program *program;
    struct pfg_program_state *state;
    struct pfg_measuring *m;
    struct pfg_measuring_side *side;
    size_t round;
    size_t length;      /* the number of the process among the lengths */
    const char *called; /* "head, round 3" */
    const char *folder; /* its own, below the scratch folder */
    const char *output; /* what it printed */
    const char *home;   /* what the tool's variable points to */
    const char *summary;
    struct pfg_sampler *watch; /* NULL: nothing is watched */
    struct pfg_child_result result;
    bool ran;
    struct pfg_load_change change; /* of the machine meanwhile */
    pfg_time began;
    const char *failure; /* "" : it went well */
    size_t n_before;     /* runs of the side */
    bool counting;       /* what is started now is counted */
    const struct pfg_process_profile *profile; /* NULL: it is measured */
    PFG_VEC(struct pfg_usage) usages;
    PFG_VEC(const double *) counts; /* of each process that was counted */
};

/* Nothing more is to be had of the side, or of this program there. */
bool pfg_turn_is_over(const struct pfg_turn *p);

/* How what it gives is read: as its suite's. */
struct pfg_read_options pfg_turn_read_options(const struct pfg_turn *p);

/* What the command is to blame for, by its code, breaks the side, or the suite,
 * and is not an error; anything else is one. */
int pfg_turn_blame(struct pfg_turn *p, enum pfg_code blamed,
                   const struct pfg_error *why, struct pfg_error *err);

/* Runs the program once, and notes what the kernel counted. What the command
 * is to blame for breaks the side, and is not an error. */
int pfg_turn_run(struct pfg_turn *p, struct pfg_error *err);

/* What every process of the side is started with. In the arena. */
struct pfg_child_spec pfg_turn_spec(struct pfg_turn *p);

/* --- services (turn_services.c) --- */

struct pfg_services *pfg_turn_services(const struct pfg_turn *p);

/* Starts what runs beside the program, if it does not run, and waits until it
 * is ready. A service that ends or does not get ready breaks the side, or the
 * suite. */
int pfg_turn_start_services(struct pfg_turn *p, struct pfg_error *err);

/* The same for one that has ended since. */
int pfg_turn_blame_service(struct pfg_turn *p, struct pfg_error *err);

/* The rest of the round of a program that is measured itself. */
int pfg_turn_repeat(struct pfg_turn *p, struct pfg_error *err);

/* Counts the processes of a round, and takes what was counted. */
int pfg_turn_count(struct pfg_turn *p, struct pfg_error *err);

/* Why the last process failed; "" where it did not. */
const char *pfg_turn_failure(const struct pfg_turn *p);

/* Reads what the process printed or wrote; PFG_DATA where there is no result
 * in it. */
int pfg_turn_read(struct pfg_turn *p, struct pfg_error *err);

/* What is to be watched, from now on; a process that is not there breaks the
 * side, or the suite. */
int pfg_turn_start_watch(struct pfg_turn *p, struct pfg_error *err);

/* What was seen, as a run. */
int pfg_turn_take_watch(struct pfg_turn *p, struct pfg_error *err);

/* The results of the process, or why the side cannot be measured. */
int pfg_turn_take_results(struct pfg_turn *p, struct pfg_error *err);

/* What the kernel measured of the processes, or with `counting` the counters,
 * as a run. */
int pfg_turn_take_usage(struct pfg_turn *p, struct pfg_error *err);

/* A run becomes one of the side, or of a warm-up is dropped. */
void pfg_turn_take(struct pfg_turn *p, struct pfg_run *run);

/* The end of a side, or where there are suites of this one there. What was
 * measured before is kept, and what failed is a run, so that it is seen. */
void pfg_turn_break(struct pfg_turn *p, const char *what, const char *hint);

/* The same for a suite that has broken its side: the side goes on with the
 * others, if there are any. */
void pfg_turn_break_suite(struct pfg_turn *p, const char *what);

#endif
