#ifndef PFG_APP_WHY_PROFILER_H
#define PFG_APP_WHY_PROFILER_H

#include "app/programs/command_words.h"
#include "exec/interrupt.h"
#include "stacks/stacks.h"

/* Profilers: which ones work here, how to run a command under one, and how to
 * read its output. */
enum pfg_profiler {
    PFG_BY_ANY,     /* perf, else callgrind */
    PFG_BY_SAMPLES, /* perf record: samples CPU time */
    PFG_BY_MODEL,   /* valgrind's callgrind: instructions, 50 times slower */
    PFG_BY_PPROF,   /* go test -cpuprofile */
};

/* Parses "auto" or "", "perf", "callgrind". PFG_USAGE for anything else. */
int pfg_profiler_parse(enum pfg_profiler *out, const char *text,
                       struct pfg_error *err);

/* Where a command is profiled. */
struct pfg_profiler_place {
    const char *files;  /* an empty folder for the profiler's output */
    const char *folder; /* where the command runs */
    struct pfg_interrupt *interrupt;
};

/*
 * Tries the wanted profiler. *out is the one that works, and *notice tells
 * why it is another one, or is NULL. PFG_SYSTEM if none works.
 */
int pfg_profiler_find(enum pfg_profiler *out, const char **notice,
                      enum pfg_profiler wanted,
                      const struct pfg_profiler_place *place,
                      struct pfg_arena *arena, struct pfg_error *err);

/*
 * The words that run a command under a profiler, `times` times in a row.
 * `part` distinguishes the output of commands that run at the same time. For
 * PFG_BY_PPROF, the command itself.
 */
struct pfg_command_words pfg_profiler_words(
    enum pfg_profiler by, const struct pfg_command_words *command, size_t times,
    const char *files, size_t part, struct pfg_arena *arena);

/* The path for `go test -cpuprofile`. */
const char *pfg_profiler_pprof(const char *files, struct pfg_arena *arena);

/* Reads the profiler's output into one profile. PFG_DATA if there is none that
 * can be read. */
int pfg_profiler_read(struct pfg_stacks *stacks, size_t profile,
                      enum pfg_profiler by,
                      const struct pfg_profiler_place *place,
                      struct pfg_arena *arena, struct pfg_error *err);

#endif
