#ifndef PFG_APP_PROGRAMS_COUNTERS_H
#define PFG_APP_PROGRAMS_COUNTERS_H

#include "app/input/read_inputs.h"
#include "app/programs/program.h"
#include "exec/child.h"

/* Counters of a process and all that it starts: of the kernel, or of valgrind's
 * callgrind, which runs the program on a model of a processor. */

enum pfg_counter_method { PFG_BY_PERF, PFG_BY_CALLGRIND, PFG_BY_EITHER };

struct pfg_counters {
    enum pfg_counter_method method;
    const struct pfg_counter *at[PFG_COUNTS_MOST];
    struct pfg_count_event events[PFG_COUNTS_MOST]; /* the kernel's */
    size_t n;                                       /* 0: nothing is counted */
    bool cache, branch;  /* callgrind's models that are wanted */
    const char *version; /* of valgrind */
};

/* "instructions,branches" and "perf", "callgrind" or "auto", NULL: perf.
 * PFG_USAGE for what is not known. */
int pfg_counters_parse(struct pfg_counters *out, const char *names,
                       const char *by, struct pfg_arena *arena,
                       struct pfg_error *err);

/*
 * Looks whether they can be had here. Of PFG_BY_EITHER it becomes the method
 * that counts; *told is then what to tell of it, or NULL. PFG_SYSTEM where the
 * kernel does not count, PFG_USAGE where there is no valgrind.
 */
int pfg_counters_find(struct pfg_counters *counters, const char **told,
                      struct pfg_arena *arena, struct pfg_error *err);

/* Has `spec` counted, with addresses that are not randomised: by the kernel, or
 * with valgrind before its words, which writes to `folder`. */
void pfg_counters_apply(const struct pfg_counters *counters,
                        struct pfg_child_spec *spec, const char *folder,
                        struct pfg_arena *arena);

/* What was counted of a process, a number for each counter. PFG_DATA where
 * valgrind has not written it. */
int pfg_counters_take(const struct pfg_counters *counters, double *out,
                      const struct pfg_child_result *result, const char *folder,
                      struct pfg_arena *arena, struct pfg_error *err);

/* A run of `n` such processes, apart from those of another method. The caller
 * frees it. */
int pfg_counters_run(struct pfg_run **out, const struct pfg_context *context,
                     const struct pfg_counters *counters,
                     const struct pfg_program *program,
                     const double *const *counts, size_t n,
                     const struct pfg_read_options *options,
                     struct pfg_error *err);

#endif
