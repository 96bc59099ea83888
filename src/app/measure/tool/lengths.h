#ifndef PFG_APP_MEASURE_TOOL_LENGTHS_H
#define PFG_APP_MEASURE_TOOL_LENGTHS_H

#include "app/measure/tool/tool.h"
#include "base/map.h"
#include "model/run.h"

/* Kinds of processes in a round, at most. */
#define PFG_MAX_LENGTHS 3

/*
 * How long the benchmarks of a program are observed in a round, where that is
 * not what its command says: a process of each length, with the benchmarks that
 * are the same program at that length.
 */
struct pfg_lengths {
    double at[PFG_MAX_LENGTHS]; /* seconds, rising; 0: what the command says */
    size_t every[PFG_MAX_LENGTHS]; /* so many rounds, 0: each one: what is long
                                      is not to take most of the time */
    double seconds[PFG_MAX_LENGTHS]; /* of its processes so far, both sides */
    size_t ran[PFG_MAX_LENGTHS];     /* so many of them */
    size_t n;                        /* 0: one process, as the command says */
    bool runs;                       /* of one run each, however long that is */
    struct pfg_map of; /* benchmark as the results name it -> its place in `at`,
                          + 1; n 0 where all are of the first */
};

/* The process number `k` of a round has something of the choice to measure. */
bool pfg_lengths_has(const struct pfg_lengths *lengths, size_t k,
                     const struct pfg_tool_choice *choice);

/* Its command, and what of the choice is its own. */
void pfg_lengths_command(const struct pfg_lengths *lengths, size_t k,
                         struct pfg_command_words *command,
                         struct pfg_tool_choice *choice,
                         const struct pfg_tool *tool, struct pfg_arena *arena);

/* Leaves in a run of the process number `k` what is of its length, for a filter
 * may choose more, and marks it with that length: what is observed for
 * different lengths is never one series. */
void pfg_lengths_mark(const struct pfg_lengths *lengths, size_t k,
                      struct pfg_run *run);

/* "5ms each", of the shortest; "" where the command says it. In the arena. */
const char *pfg_lengths_words(const struct pfg_lengths *lengths,
                              struct pfg_arena *arena);

#endif
