#ifndef PFG_APP_MEASURE_TURN_MEASURE_PROCESS_H
#define PFG_APP_MEASURE_TURN_MEASURE_PROCESS_H

#include "app/measure/measure_quiet.h"
#include "app/measure/measure_side.h"
#include "app/measure/tool/tool.h"
#include "app/measure/turn/sampler.h"
#include "app/why/profiler.h"
#include "exec/child.h"

/* How the processes of both sides are run and read. */
struct pfg_processes {
    struct pfg_measuring *m;
    const struct pfg_process_options *options;
    struct pfg_sides *sides;
    struct pfg_quiet quiet;
    struct pfg_tool_choice choice; /* n_keep 0: everything is measured */
    bool filterless; /* the tool's filter did not find the benchmarks */
    bool trying;     /* trying another length: failures break nothing */
    bool refused;    /* the trial failed */
    const struct pfg_program_state *only; /* the only program to run; NULL:
                                             all */
    size_t n;                             /* processes so far, for file names */
    struct pfg_sampler_cost watching;
    int next_port;              /* the next one to try */
    FILE *nowhere;              /* for warnings that were shown before */
    const char *const *secrets; /* variables hidden from measured commands */
    size_t n_secrets;
    struct pfg_program_state *states; /* of each program */
    struct pfg_counters counters;     /* those of the options, as available
                                         here */
    struct pfg_usage shell;           /* the cost of one that does nothing */
    bool shell_known;
    bool fell_back; /* and it was reported */
};

int pfg_processes_open(struct pfg_processes *processes, struct pfg_sides *sides,
                       const struct pfg_process_options *options,
                       struct pfg_error *err);
/* Builds what the suites need, in the work trees that exist. A suite that
 * cannot be built is not measured there. */
int pfg_processes_prepare(struct pfg_processes *processes,
                          struct pfg_error *err);

/* Adds a note on the cost of watching. */
void pfg_processes_note_watching(const struct pfg_processes *processes);

/* Ends the services that were kept running. */
void pfg_processes_stop(struct pfg_processes *processes);
void pfg_processes_close(struct pfg_processes *processes);

/*
 * Runs each program once, or as often as a round needs if the process itself is
 * measured, and adds the runs to the side; `round` 0 is a warm-up, whose runs
 * do not count. *why: what disturbed a process, or NULL. A command that fails
 * without results or prints none makes the side `broken`; results of a command
 * that fails are marked as failed. -1 on errors that are not the command's
 * fault.
 */
int pfg_process_run(struct pfg_processes *processes,
                    struct pfg_measuring_side *side, size_t round,
                    const char **why, struct pfg_error *err);

/* Runs `n` warm-ups of a side, as long as nothing breaks or stops it. */
int pfg_process_warm_up(struct pfg_processes *processes,
                        struct pfg_measuring_side *side, size_t n,
                        struct pfg_error *err);

/* --- profiling (measure_profile.c) --- */

/* How to run a program for a profile. Nothing is measured. */
struct pfg_process_profile {
    size_t number; /* the index of the program */
    struct pfg_command_words words;
    enum pfg_profiler by;
    size_t times;      /* runs in a row */
    const char *files; /* the profiler's folder */
    bool services;     /* profile the services, while the command creates the
                          load */
    double timeout;    /* seconds */
};

/* The words to run, ended by NULL; the same for a service. */
const char **pfg_profile_words(const struct pfg_process_profile *profile,
                               struct pfg_arena *arena);
const char *const *pfg_profile_service(
    const struct pfg_process_profile *profile, const char *shell, size_t number,
    struct pfg_arena *arena);

/* Runs it once on a side. *usage: of the command; *why: why it failed, or NULL.
 * -1 on errors that are not the command's fault. */
int pfg_process_profile(struct pfg_usage *usage, const char **why,
                        struct pfg_processes *processes,
                        struct pfg_measuring_side *side,
                        const struct pfg_process_profile *profile,
                        struct pfg_error *err);

/* --- why it changed (measure_why.c) --- */

/*
 * Profiles what changed according to the report, the furthest over its limit
 * first: several profiles of each side, base and head in turn, which become
 * the `why` of the rows. What cannot be profiled is a note in the report;
 * verdicts, numbers and the status stay as they are.
 */
void pfg_measure_why(struct pfg_report *report, struct pfg_processes *processes,
                     const struct pfg_profile_options *options);

#endif
