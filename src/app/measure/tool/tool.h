#ifndef PFG_APP_MEASURE_TOOL_TOOL_H
#define PFG_APP_MEASURE_TOOL_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "app/programs/command_words.h"

struct pfg_arena;

/* What is known of benchmark tools: where their results are, how to choose
 * benchmarks, which exit status is not a failure. */

struct pfg_tool_choice {
    const char *const *keep; /* benchmarks to measure, in the tool's words */
    size_t n_keep;
    const char *const *drop; /* others, which were measured before */
    size_t n_drop;
};

struct pfg_tool {
    const char *name;
    const char *first, *second; /* the first words of its command; NULL: any */
    const char *option;         /* an option that identifies its command */
    const char *ingester;       /* a prefix of the name of its ingester */
    const char *home;    /* the environment variable for its results folder;
                            NULL: none */
    const char *summary; /* the option to write a results file; NULL: none */
    int judged;          /* the exit status for its own verdict; 0: none */

    bool whole;         /* it can choose benchmarks that it has not measured
                           before */
    const char *filter; /* its option for a filter; NULL: none */
    size_t front;       /* words of its command before its options */
    void (*narrow)(struct pfg_word_list *out, const struct pfg_tool *tool,
                   const struct pfg_command_words *command,
                   const struct pfg_tool_choice *choice,
                   struct pfg_arena *arena);
    const struct pfg_tool_length *length; /* NULL: it cannot be set */
};

/* How to set the time that a tool observes a benchmark. */
struct pfg_tool_length {
    const char *const *said; /* options by which a user sets it, ended by
                                NULL */
    bool runs; /* an observation is one run, however many there are */
    /* Words to add, ended by NULL, with {s} and {ms} for the time; in front, or
     * at the end. If the first is "--", the others go behind that of the
     * command. */
    bool in_front;
    const char *ask[8];
};

extern const struct pfg_tool_length pfg_length_of_go, pfg_length_of_go_binary,
    pfg_length_of_google, pfg_length_of_criterion, pfg_length_of_pytest,
    pfg_length_of_hyperfine;

/* The command with observations of so many seconds; in the arena. */
struct pfg_command_words pfg_tool_length_ask(
    const struct pfg_tool *tool, const struct pfg_command_words *command,
    double seconds, struct pfg_arena *arena);

/* The option, with its value ("-benchtime 1s"), by which a command sets how
 * long or how often to observe; NULL: none, or only once. In the arena. */
const char *pfg_tool_length_said(const struct pfg_tool *tool,
                                 const struct pfg_command_words *command,
                                 struct pfg_arena *arena);

/* The number of words of an option and its value at `i`; 0: a different word.
 */
size_t pfg_tool_option_at(const struct pfg_command_words *command, size_t i,
                          const char *option);

/* Appends a regular expression that matches `text` literally. */
void pfg_tool_put_literal(struct pfg_str *out, struct pfg_slice text);

/* The tool that a command runs (`go test ...`), or NULL. */
const struct pfg_tool *pfg_tool_of_command(
    const struct pfg_command_words *command);

/* Whether benchmarks can be chosen by name in the tool of a command. */
bool pfg_tool_can_choose(const struct pfg_command_words *command);

/* The tool whose results an ingester ("gobench", "k6_text") reads, or NULL. */
const struct pfg_tool *pfg_tool_of_results(const char *ingester);

/*
 * The command that measures only these benchmarks, or a few more if the tool's
 * filter is coarser; it replaces the command's own filter. `out` borrows from
 * the command and the arena. False if the tool cannot choose.
 */
bool pfg_tool_narrow(const struct pfg_tool *tool, struct pfg_command_words *out,
                     const struct pfg_command_words *command,
                     const struct pfg_tool_choice *choice,
                     struct pfg_arena *arena);

/* A command without an option ("-o=V", or "-o" and the next word); *was is its
 * value, or NULL. */
struct pfg_command_words pfg_tool_without(
    const struct pfg_command_words *command, const char *option,
    const char **was, struct pfg_arena *arena);

/* --- profiling one benchmark (tool_profile.c) --- */

struct pfg_tool_profiled {
    struct pfg_command_words words;
    double times; /* operations it performs; NAN: it runs for a time instead */
    bool alone;   /* it runs no other benchmark */
    bool own;     /* it writes a profile itself, in Go's format */
};

/* Whether Go itself profiles it. */
bool pfg_tool_is_go(const struct pfg_tool *tool);

/* The benchmark to profile. */
struct pfg_tool_subject {
    const char *benchmark; /* in the tool's words */
    const char *suite;     /* for Go, the package */
    double seconds;        /* of one operation; NAN: unknown */
    struct pfg_tool_choice choice;
};

/*
 * The command that runs one benchmark long enough for a profile. `profile`: the
 * file for the tool's own profile. If the tool cannot choose, it runs more.
 */
struct pfg_tool_profiled pfg_tool_profile(
    const struct pfg_tool *tool, const struct pfg_command_words *command,
    const struct pfg_tool_subject *subject, const char *profile,
    struct pfg_arena *arena);

#endif
