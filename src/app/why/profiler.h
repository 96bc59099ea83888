#ifndef PFG_APP_WHY_PROFILER_H
#define PFG_APP_WHY_PROFILER_H

#include "app/programs/command_words.h"
#include "exec/interrupt.h"
#include "stacks/stacks.h"

/* Profilers: which can be used here, how a command is run under one, and what
 * it then has to say. */
enum pfg_profiler {
    PFG_BY_ANY,     /* perf, else callgrind */
    PFG_BY_SAMPLES, /* perf record: where the processor's time goes */
    PFG_BY_MODEL,   /* valgrind's callgrind: instructions, 50 times slower */
    PFG_BY_PPROF,   /* go test -cpuprofile */
};

/* "auto" or "", "perf", "callgrind". PFG_USAGE for what is none. */
int pfg_profiler_parse(enum pfg_profiler *out, const char *text,
                       struct pfg_error *err);

/* Where a command is profiled. */
struct pfg_profiler_place {
    const char *files;  /* a folder of its own, for what the profiler writes */
    const char *folder; /* where the command runs */
    struct pfg_interrupt *interrupt;
};

/*
 * Tries what is wanted. *out is what can be used; *told why that is another one
 * than wanted, or NULL. PFG_SYSTEM where none can be.
 */
int pfg_profiler_find(enum pfg_profiler *out, const char **told,
                      enum pfg_profiler wanted,
                      const struct pfg_profiler_place *place,
                      struct pfg_arena *arena, struct pfg_error *err);

/*
 * The words that run a command under a profiler, `times` times in a row. With
 * `part` the profiles of commands that run beside each other are kept apart. Of
 * PFG_BY_PPROF: the command as it is.
 */
struct pfg_command_words pfg_profiler_words(
    enum pfg_profiler by, const struct pfg_command_words *command, size_t times,
    const char *files, size_t part, struct pfg_arena *arena);

/* What `go test -cpuprofile` is to write. */
const char *pfg_profiler_pprof(const char *files, struct pfg_arena *arena);

/* Reads what the profiler wrote into one profile. PFG_DATA where it wrote
 * nothing that can be read. */
int pfg_profiler_read(struct pfg_stacks *stacks, size_t profile,
                      enum pfg_profiler by,
                      const struct pfg_profiler_place *place,
                      struct pfg_arena *arena, struct pfg_error *err);

#endif
