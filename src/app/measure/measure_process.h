#ifndef PFG_APP_MEASURE_MEASURE_PROCESS_H
#define PFG_APP_MEASURE_MEASURE_PROCESS_H

#include "app/measure/measure_quiet.h"
#include "app/measure/measure_side.h"
#include "app/measure/sampler.h"
#include "app/programs/usage.h"

/* How the processes of both sides are run and read. */
struct pfg_processes {
    struct pfg_measuring *m;
    const struct pfg_process_options *options;
    struct pfg_sides *sides;
    struct pfg_quiet quiet;
    struct pfg_tool_choice choice; /* n_keep 0: all is measured */
    bool filterless; /* the tool's filter did not find what it was asked for */
    size_t n;        /* begun, for names */
    struct pfg_sampler_cost watching;
    int next_port;   /* to look at for a free one */
    FILE *nowhere;   /* for warnings that were shown before */
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

#endif
