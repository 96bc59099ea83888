#ifndef PFG_APP_MEASURE_MEASURE_OPTIONS_H
#define PFG_APP_MEASURE_MEASURE_OPTIONS_H

#include "app/evaluate/evaluate.h"
#include "app/programs/counters.h"
#include "app/why/profiler.h"

enum pfg_measured_side { PFG_BASE, PFG_HEAD };

/* What is measured, and where. */
struct pfg_side_options {
    const char *base_command, *head_command; /* for a shell; NULL: COMMAND */
    const char *base, *head; /* revisions; head NULL: what is checked out */
    const char *base_branch; /* of `auto`; NULL: as a comparison finds it */
    const char *prepare;     /* for a shell, in each work tree; NULL: nothing */
    const char *before_each; /* the same, before each process */
    const char *cleanup;     /* the same, at the end */
    double timeout;          /* seconds, of each of these; 0: none */
};

/* What is looked at. */
enum pfg_measure_what {
    PFG_MEASURE_AUTO,    /* the output, or where it is of no known tool: */
    PFG_MEASURE_PROCESS, /* the process itself, besides the output */
    PFG_MEASURE_OUTPUT,
};

/* How one process is run, and what becomes of its output. */
struct pfg_process_options {
    struct pfg_programs programs[2];  /* of base and head, as many */
    struct pfg_command_words command; /* where it is the only one; n 0: none */
    enum pfg_measure_what what;
    size_t repeat; /* processes a round where the process itself is measured;
                      0: as many as take `batch` */
    double batch;  /* seconds */
    struct pfg_counters counters; /* of processes of their own; n 0: none */
    size_t counted;               /* so many a round */
    const char *input;            /* stdin; NULL: /dev/null */
    const char *output;       /* where stdout goes, unread; NULL: it is read */
    bool ignore_failure;      /* no exit status and no signal is a failure */
    const char *const *names; /* of the programs' benchmarks; n_names 0: the
                                 command lines */
    size_t n_names;
    const char *const *sizes; /* files or folders whose sizes are measured */
    size_t n_sizes;
    const char *const *only; /* benchmarks to measure, no others; none: all */
    size_t n_only;
    const char *const *keep_env; /* variables that the command does see, though
                                    they hold a token */
    size_t n_keep_env;
    const int *judged; /* exit statuses that are not failures, besides 0 */
    size_t n_judged;
    double timeout;  /* seconds; 0: none */
    const int *cpus; /* to run on; none: all */
    size_t n_cpus;
    int priority; /* nice value, where it is allowed; 0: as it is */
    bool quiet;
    const struct pfg_read_options *read;
};

/* How often. */
struct pfg_round_options {
    size_t exactly; /* so many; 0: until decided */
    size_t most;    /* at most so many, until decided; 0: by the budget */
    size_t warmup;  /* rounds that do not count */
    double budget;  /* seconds; no round begins that would end later; 0: none */
    const char *seed; /* who goes first; NULL: by the base */
};

/* What is profiled when all is judged. */
enum pfg_profile_of {
    PFG_PROFILE_REGRESSED,
    PFG_PROFILE_CHANGED, /* what got better, too */
    PFG_PROFILE_ALL,
};

struct pfg_profile_options {
    bool wanted;
    enum pfg_profiler by;
    enum pfg_profile_of of;
    size_t most;   /* benchmarks */
    double budget; /* seconds, for all of them */
};

struct pfg_measure_options {
    struct pfg_side_options sides;
    struct pfg_process_options process;
    struct pfg_round_options rounds;
    struct pfg_profile_options profile;
    double settle;        /* seconds to wait for a quiet machine, at most */
    const char *commit;   /* of what is measured alone; NULL: checked out */
    const char *hardware; /* NULL: detect */
    bool always;          /* though nothing that counts has changed */
    bool keep;            /* store the results, in a new database too */
    bool keep_verdicts;   /* beside the results that are stored */
    struct pfg_evaluate_options evaluate; /* for the comparison; how to read,
                                             and the database */
};

#endif
