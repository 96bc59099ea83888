#ifndef PFG_APP_MEASURE_TURN_WHY_PLAN_H
#define PFG_APP_MEASURE_TURN_WHY_PLAN_H

#include "app/measure/turn/measure_process.h"
#include "model/report.h"

/* What is profiled, and how. Internal to measure_why.c. */

/* A row that is to be explained. */
struct pfg_why_subject {
    struct pfg_report_section *section;
    struct pfg_report_row *row;
    double rank;
};

/* What is done, for how long. */
struct pfg_why_job {
    struct pfg_report *report;
    struct pfg_processes *processes;
    const struct pfg_profile_options *options;
    struct pfg_measuring *m;
    enum pfg_profiler by;
    double end;     /* of the budget, monotonic seconds */
    double longest; /* pair of profiles so far */
    size_t n;       /* profiles, for names */
};

/* A benchmark that is profiled. */
struct pfg_why_plan {
    const struct pfg_why_subject *subject;
    size_t number; /* of its program */
    bool itself;   /* the process is what is measured */
    bool alone;    /* nothing else runs */
    double times;  /* operations of a profile; NAN: it runs for a time */
    enum pfg_profiler by;
};

/* A row of each benchmark that is wanted, the worst first, in the arena; how
 * many there are. */
size_t pfg_why_find_subjects(struct pfg_why_subject **out,
                             const struct pfg_why_job *j);

/* Whether it is known how to run the benchmark of a row. */
bool pfg_why_make_plan(struct pfg_why_plan *out, const struct pfg_why_job *j,
                       const struct pfg_why_subject *subject);

/* The words of a program, or a shell that runs its text. */
struct pfg_command_words pfg_why_words_of(const struct pfg_why_job *j,
                                          const struct pfg_program *program);

/* How a profile of a side is taken, with `files` for what the profiler writes;
 * completes the plan. */
struct pfg_process_profile pfg_why_profile_of(struct pfg_why_plan *plan,
                                              const struct pfg_why_job *j,
                                              size_t which, const char *files);

#endif
