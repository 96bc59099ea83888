#ifndef PFG_APP_MEASURE_TURN_WHY_PLAN_H
#define PFG_APP_MEASURE_TURN_WHY_PLAN_H

#include "app/measure/turn/measure_process.h"
#include "model/report.h"

/* Which benchmarks to profile, and how. Internal to measure_why.c. */

/* A row to explain. */
struct pfg_why_subject {
    struct pfg_report_section *section;
    struct pfg_report_row *row;
    double rank;
};

/* All that is to be profiled. */
struct pfg_why_job {
    struct pfg_report *report;
    struct pfg_processes *processes;
    const struct pfg_profile_options *options;
    struct pfg_measuring *m;
    enum pfg_profiler by;
    double end;     /* of the budget, monotonic seconds */
    double longest; /* longest pair of profiles so far */
    size_t n;       /* profiles so far, for file names */
};

/* How to profile a benchmark. */
struct pfg_why_plan {
    const struct pfg_why_subject *subject;
    size_t number; /* the index of its program */
    bool itself;   /* the process itself is measured */
    bool alone;    /* no other benchmark runs */
    double times;  /* operations in a profile; NAN: it runs for a time */
    enum pfg_profiler by;
};

/* A row of each benchmark to profile, the worst first, in the arena. Returns
 * how many. */
size_t pfg_why_find_subjects(struct pfg_why_subject **out,
                             const struct pfg_why_job *j);

/* False if it is unknown how to run the row's benchmark. */
bool pfg_why_make_plan(struct pfg_why_plan *out, const struct pfg_why_job *j,
                       const struct pfg_why_subject *subject);

/* The words of a program, or a shell that runs its text. */
struct pfg_command_words pfg_why_words_of(const struct pfg_why_job *j,
                                          const struct pfg_program *program);

/* How to profile a side, with `files` as the profiler's folder; completes the
 * plan. */
struct pfg_process_profile pfg_why_profile_of(struct pfg_why_plan *plan,
                                              const struct pfg_why_job *j,
                                              size_t which, const char *files);

#endif
