#ifndef PFG_APP_MEASURE_TOOL_LENGTHS_H
#define PFG_APP_MEASURE_TOOL_LENGTHS_H

#include "app/measure/tool/tool.h"
#include "base/map.h"
#include "model/run.h"

/* Kinds of processes in a round, at most. */
#define PFG_MAX_LENGTHS 3

/*
 * How long the benchmarks of a program are observed in a round, if not as long
 * as its command says: one process for each length, with the benchmarks that
 * measure the same at that length.
 */
struct pfg_lengths {
    double at[PFG_MAX_LENGTHS];      /* seconds, increasing; 0: what the command
                                        says */
    size_t every[PFG_MAX_LENGTHS];   /* only in every that many rounds, 0: in
                                        each; long observations must not take most
                                        of the time */
    double seconds[PFG_MAX_LENGTHS]; /* of its processes so far, both sides */
    size_t ran[PFG_MAX_LENGTHS];     /* processes so far */
    size_t n;                        /* 0: one process, as the command says */
    bool runs;                       /* an observation is one run, however
                                        long */
    struct pfg_map of; /* name in the results -> index in `at` + 1; n 0: all are
                          of the first */
};

/* Whether process `k` of a round has any of the chosen benchmarks. */
bool pfg_lengths_has(const struct pfg_lengths *lengths, size_t k,
                     const struct pfg_tool_choice *choice);

/* The command of process `k`, and its share of the choice. */
void pfg_lengths_command(const struct pfg_lengths *lengths, size_t k,
                         struct pfg_command_words *command,
                         struct pfg_tool_choice *choice,
                         const struct pfg_tool *tool, struct pfg_arena *arena);

/* Keeps in a run of process `k` only the benchmarks of its length (a filter may
 * let more through), and adds the length to their variant: observations of
 * different lengths never form one series. */
void pfg_lengths_mark(const struct pfg_lengths *lengths, size_t k,
                      struct pfg_run *run);

/* "5ms each", for the shortest; "" if the command decides. In the arena. */
const char *pfg_lengths_words(const struct pfg_lengths *lengths,
                              struct pfg_arena *arena);

#endif
