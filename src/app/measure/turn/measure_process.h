#ifndef PFG_APP_MEASURE_TURN_MEASURE_PROCESS_H
#define PFG_APP_MEASURE_TURN_MEASURE_PROCESS_H

#include "app/measure/measure_quiet.h"
#include "app/measure/measure_side.h"
#include "app/measure/tool/tool.h"
#include "app/measure/turn/sampler.h"
#include "exec/child.h"
#include "app/why/profiler.h"

/* How the processes of both sides are run and read. */
struct pfg_processes {
    struct pfg_measuring *m;
    const struct pfg_process_options *options;
    struct pfg_sides *sides;
    struct pfg_quiet quiet;
    struct pfg_tool_choice choice; /* n_keep 0: all is measured */
    bool filterless; /* the tool's filter did not find what it was asked for */
    bool trying;     /* another length: what fails breaks nothing */
    bool refused;    /* and the trial did fail */
    const struct pfg_program_state *only; /* that is run; NULL: all */
    size_t n;                             /* begun, for names */
    struct pfg_sampler_cost watching;
    int next_port;              /* to look at for a free one */
    FILE *nowhere;              /* for warnings that were shown before */
    const char *const *secrets; /* variables that no measured command sees */
    size_t n_secrets;
    struct pfg_program_state *states; /* of each program */
    struct pfg_counters counters;     /* the options', as they can be had */
    struct pfg_usage shell;           /* what one costs that does nothing */
    bool shell_known;
    bool fell_back; /* which was told */
};

int pfg_processes_open(struct pfg_processes *processes, struct pfg_sides *sides,
                       const struct pfg_process_options *options,
                       struct pfg_error *err);
/* Builds what the suites need in a side's work tree. One that cannot be built
 * is not measured there. */
int pfg_processes_prepare(struct pfg_processes *processes,
                          struct pfg_measuring_side *side,
                          struct pfg_error *err);

/* Notes what watching has cost. */
void pfg_processes_note_watching(const struct pfg_processes *processes);

/* Ends the services that were kept. */
void pfg_processes_stop(struct pfg_processes *processes);
void pfg_processes_close(struct pfg_processes *processes);

/*
 * Runs each program once, or as often as makes a round where it is measured
 * itself, and appends the runs to the side; `round` 0: a warm-up, whose
 * results are looked at and dropped. A process may be disturbed: *why then says
 * by what. A command that fails without results, or prints none, makes the side
 * `broken`; with results they are marked as failed. -1 on what is no fault of
 * the command.
 */
int pfg_process_run(struct pfg_processes *processes,
                    struct pfg_measuring_side *side, size_t round,
                    const char **why, struct pfg_error *err);

/* --- to profile (measure_profile.c) --- */

/* How a program is run to be profiled: nothing of it is measured. */
struct pfg_process_profile {
    size_t number; /* of the program */
    struct pfg_command_words words;
    enum pfg_profiler by;
    size_t times;      /* that it runs in a row */
    const char *files; /* where the profiler writes */
    bool services;     /* these are profiled, and the command puts the load */
    double timeout;    /* seconds */
};

/* What it runs, ended by NULL; and a service beside it. */
const char **pfg_profile_words(const struct pfg_process_profile *profile,
                               struct pfg_arena *arena);
const char *const *pfg_profile_service(
    const struct pfg_process_profile *profile, const char *shell, size_t number,
    struct pfg_arena *arena);

/* Runs it once on a side. *usage: of the command; *why it failed, or NULL. -1
 * on what is no fault of the command. */
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
