#ifndef PFG_APP_MEASURE_MEASURE_H
#define PFG_APP_MEASURE_MEASURE_H

#include <stdint.h>

#include "app/evaluate/evaluate.h"
#include "app/measure/tool.h"

/* Measuring: running a benchmark command, alone or for base and head in
 * turn, and reading what it prints. */

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

/* Base and head are told apart. */
bool pfg_measure_is_pair(const struct pfg_measure_options *options);

/*
 * Measures base and head in turn, process by process, and compares them: until
 * every gated benchmark is decided, or `most` rounds, the budget or the user
 * ends it. What is undecided is measured on alone where the tool can choose.
 * Stops early by stats/sequential.h. The results are stored where there is a
 * database, or `keep` is set.
 *
 * A base that cannot be built or measured is a report without a base; a head
 * that cannot is PFG_DATA. The work trees are removed whatever happens.
 */
int pfg_measure_pair(struct pfg_evaluation *out,
                     const struct pfg_context *context,
                     const struct pfg_measure_options *options,
                     struct pfg_error *err);

/* Measures one version, `rounds` processes, and stores the results; says on
 * err what became of them. What was measured before a failure is stored, too,
 * and marked; the failure is then returned. */
int pfg_measure_alone(const struct pfg_context *context,
                      const struct pfg_measure_options *options,
                      struct pfg_error *err);

#endif
