#ifndef PFG_APP_MEASURE_MEASURE_OPTIONS_H
#define PFG_APP_MEASURE_MEASURE_OPTIONS_H

#include "app/evaluate/evaluate.h"
#include "app/programs/counters.h"
#include "app/why/profiler.h"

enum pfg_measured_side { PFG_BASE, PFG_HEAD };

/* The versions to measure. */
struct pfg_side_options {
    const char *base_command, *head_command; /* shell commands; NULL: COMMAND */
    const char *base, *head; /* revisions; head NULL: the checked-out one */
    const char *base_branch; /* for `auto`; NULL: as in a comparison */
    const char *prepare;     /* shell command, in each work tree; NULL:
                                nothing */
    const char *before_each; /* the same, before each process */
    const char *cleanup;     /* the same, at the end */
    double timeout;          /* seconds, of each of these; 0: none */
};

/* What to measure. */
enum pfg_measure_what {
    PFG_MEASURE_AUTO,    /* the output, or if it is of no known tool: */
    PFG_MEASURE_PROCESS, /* the process itself, besides the output */
    PFG_MEASURE_OUTPUT,
};

/* How to run one process, and what to do with its output. */
struct pfg_process_options {
    struct pfg_programs programs[2];  /* of base and head, equally many */
    struct pfg_command_words command; /* if there is only one command; n 0:
                                         none */
    enum pfg_measure_what what;
    size_t repeat; /* processes a round if the process itself is measured; 0: as
                      many as fit into `batch` */
    double batch;  /* seconds */
    struct pfg_counters counters; /* counted in separate processes; n 0: none */
    size_t counted;               /* processes to count a round */
    const char *input;            /* file for stdin; NULL: /dev/null */
    const char *output;       /* file for stdout, which is then not read; NULL:
                                 it is read */
    bool ignore_failure;      /* no exit status or signal is a failure */
    const char *const *names; /* of the programs' benchmarks; n_names 0: their
                                 command lines */
    size_t n_names;
    const char *const *sizes; /* files or folders whose sizes to measure */
    size_t n_sizes;
    const char *const *only; /* the only benchmarks to measure; none: all */
    size_t n_only;
    const char *const *keep_env; /* variables that the command may see although
                                    they hold a token */
    size_t n_keep_env;
    const int *judged; /* exit statuses, besides 0, that are not failures */
    size_t n_judged;
    double timeout;  /* seconds; 0: none */
    const int *cpus; /* to run on; none: all */
    size_t n_cpus;
    int priority; /* nice value, if permitted; 0: unchanged */
    bool quiet;
    const struct pfg_read_options *read;
};

/* How many rounds. */
struct pfg_round_options {
    size_t exactly; /* that many; 0: until decided */
    size_t most;    /* until decided, but at most that many; 0: by the budget */
    size_t warmup;  /* rounds to discard */
    double budget;  /* seconds; no round starts that would end later; 0: none */
    const char *seed; /* decides who goes first; NULL: the base's commit */
};

/* What to profile after judging. */
enum pfg_profile_of {
    PFG_PROFILE_REGRESSED,
    PFG_PROFILE_CHANGED, /* improvements, too */
    PFG_PROFILE_ALL,
};

struct pfg_profile_options {
    bool wanted;
    enum pfg_profiler by;
    enum pfg_profile_of of;
    size_t most;   /* benchmarks, at most */
    double budget; /* seconds, for all of them */
};

struct pfg_measure_options {
    struct pfg_side_options sides;
    struct pfg_process_options process;
    struct pfg_round_options rounds;
    struct pfg_profile_options profile;
    double settle;        /* seconds to wait at most for a quiet machine */
    const char *commit;   /* of a version measured alone; NULL: the checked-out
                             one */
    const char *hardware; /* NULL: detect */
    bool always;          /* even if nothing relevant has changed */
    bool keep;            /* store the results, in a new database if need be */
    bool store_verdicts;  /* with the stored results */
    struct pfg_evaluate_options evaluate; /* the comparison; also how to read,
                                             and the database */
};

#endif
