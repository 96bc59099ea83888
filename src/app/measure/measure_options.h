#ifndef PFG_APP_MEASURE_MEASURE_OPTIONS_H
#define PFG_APP_MEASURE_MEASURE_OPTIONS_H

#include "app/evaluate/evaluate.h"
#include "app/measure/tool.h"

/* What is measured, how often, and what becomes of it. */
struct pfg_measure_options {
    struct pfg_command_words command;
    const char *base_command, *head_command; /* for a shell; NULL: `command` */
    const char *base, *head; /* revisions; head NULL: what is checked out */
    const char *prepare;     /* for a shell, in each work tree; NULL: nothing */
    const char *const *only; /* benchmarks to measure, no others; none: all */
    size_t n_only;
    const char *const *results; /* files or folders that the command writes;
                                   none: what is known of the tool, or stdout */
    size_t n_results;
    const char *const *keep_env; /* variables that the command does see, though
                                    they hold a token */
    size_t n_keep_env;
    const int *judged; /* exit statuses that are no failure, besides 0 */
    size_t n_judged;

    size_t rounds;  /* exactly so many; 0: until decided */
    size_t most;    /* at most so many, until decided */
    size_t warmup;  /* rounds that do not count */
    double budget;  /* seconds; no round begins that would end later; 0: none */
    double timeout; /* seconds, of one process; 0: none */
    double settle;  /* seconds to wait for a quiet machine, at most */
    const char *seed; /* who goes first; NULL: by the base */
    const int *cpus;  /* to run on; none: all */
    size_t n_cpus;
    int priority; /* nice value, where it is allowed; 0: as it is */
    bool quiet;

    const char *commit;   /* of what is measured alone; NULL: checked out */
    const char *hardware; /* NULL: detect */
    bool keep;            /* store the results, in a new database too */
    struct pfg_evaluate_options evaluate; /* for the comparison; how to read,
                                             and the database */
};

#endif
