#ifndef PFG_APP_MEASURE_TOOL_H
#define PFG_APP_MEASURE_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "app/programs/words.h"

struct pfg_arena;

/* What is known of the tools whose commands are run: where their results
 * appear, how to choose benchmarks, which exit status is no failure. */

struct pfg_tool_choice {
    const char *const *keep; /* benchmarks to measure, as the tool names them */
    size_t n_keep;
    const char *const *drop; /* others that it has measured before */
    size_t n_drop;
};

struct pfg_tool {
    const char *name;
    const char *first, *second; /* words of its command; NULL: any */
    const char *ingester;       /* how the name of its ingester begins */
    const char *home;    /* environment variable: where it writes; NULL: none */
    const char *summary; /* option that makes it write a file; NULL: none */
    int judged; /* exit status that it gives to its own verdict; 0: none */

    bool whole; /* its command with a filter is all there is to say */
    void (*narrow)(struct pfg_command_words *out,
                   const struct pfg_command_words *command,
                   const struct pfg_tool_choice *choice,
                   struct pfg_arena *arena);
};

/* The tool that a command calls ("go" of `go test ...`), or NULL. */
const struct pfg_tool *pfg_tool_of_command(
    const struct pfg_command_words *command);

/* Whether the tool that a command calls can be told which benchmarks to run,
 * all of them named in its results. */
bool pfg_tool_can_choose(const struct pfg_command_words *command);

/* The tool whose results an ingester ("gobench", "k6_text") reads, or NULL. */
const struct pfg_tool *pfg_tool_of_results(const char *ingester);

/*
 * The command that measures these benchmarks only, or a few more where the
 * tool's filter is not as fine: the command's own filter gives way. `out`
 * borrows from the command and the arena. False where the tool cannot choose.
 */
bool pfg_tool_narrow(const struct pfg_tool *tool, struct pfg_command_words *out,
                     const struct pfg_command_words *command,
                     const struct pfg_tool_choice *choice,
                     struct pfg_arena *arena);

#endif
