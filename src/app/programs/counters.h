#ifndef PFG_APP_PROGRAMS_COUNTERS_H
#define PFG_APP_PROGRAMS_COUNTERS_H

#include "app/input/read_inputs.h"
#include "app/programs/program.h"
#include "exec/child.h"

/* Counts events of a process and its descendants: with the kernel's counters,
 * or with valgrind's callgrind, which simulates a CPU. */

enum pfg_counter_method { PFG_BY_PERF, PFG_BY_CALLGRIND, PFG_BY_EITHER };

struct pfg_counters {
    enum pfg_counter_method method;
    const struct pfg_counter *at[PFG_COUNTS_MOST];
    struct pfg_count_event events[PFG_COUNTS_MOST]; /* the kernel's */
    size_t n;                                       /* 0: count nothing */
    bool cache, branch;  /* callgrind's models to use */
    const char *version; /* of valgrind */
};

/* `names`: "instructions,branches"; `by`: "perf", "callgrind" or "auto", NULL:
 * perf. PFG_USAGE for anything unknown. */
int pfg_counters_parse(struct pfg_counters *out, const char *names,
                       const char *by, struct pfg_arena *arena,
                       struct pfg_error *err);

/*
 * Checks that the counters are available. PFG_BY_EITHER is replaced by the
 * method that works; *told is then a note about it, or NULL. PFG_SYSTEM if the
 * kernel cannot count, PFG_USAGE without valgrind.
 */
int pfg_counters_find(struct pfg_counters *counters, const char **told,
                      struct pfg_arena *arena, struct pfg_error *err);

/* Has the process of `spec` counted, without address randomisation: by the
 * kernel, or by putting valgrind in front of its words, which writes to
 * `folder`. */
void pfg_counters_apply(const struct pfg_counters *counters,
                        struct pfg_child_spec *spec, const char *folder,
                        struct pfg_arena *arena);

/* The counts of a process, one for each counter. PFG_DATA if valgrind has not
 * written them. */
int pfg_counters_read(const struct pfg_counters *counters, double *out,
                      const struct pfg_child_result *result, const char *folder,
                      struct pfg_arena *arena, struct pfg_error *err);

/* A run of `n` such processes, in a variant of its own for each method. The
 * caller frees it. */
int pfg_counters_run(struct pfg_run **out, const struct pfg_context *context,
                     const struct pfg_counters *counters,
                     const struct pfg_program *program,
                     const double *const *counts, size_t n,
                     const struct pfg_read_options *options,
                     struct pfg_error *err);

#endif
