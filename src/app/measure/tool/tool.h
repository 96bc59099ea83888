#ifndef PFG_APP_MEASURE_TOOL_TOOL_H
#define PFG_APP_MEASURE_TOOL_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "app/programs/command_words.h"

struct pfg_arena;

/* What is known of the tools whose commands are run: where their results
 * appear, how to choose benchmarks, which exit status is not a failure. */

struct pfg_tool_choice {
    const char *const *keep; /* benchmarks to measure, as the tool names them */
    size_t n_keep;
    const char *const *drop; /* others that it has measured before */
    size_t n_drop;
};

struct pfg_tool {
    const char *name;
    const char *first, *second; /* words of its command; NULL: any */
    const char *option;   /* that tells its command, whatever it is called */
    const char *ingester; /* how the name of its ingester begins */
    const char *home;    /* environment variable: where it writes; NULL: none */
    const char *summary; /* option that makes it write a file; NULL: none */
    int judged; /* exit status that it gives to its own verdict; 0: none */

    bool whole;         /* its command with a filter is all there is to say */
    const char *filter; /* its option, where it has one */
    size_t front;       /* words of its command that stand before all options */
    void (*narrow)(struct pfg_word_list *out, const struct pfg_tool *tool,
                   const struct pfg_command_words *command,
                   const struct pfg_tool_choice *choice,
                   struct pfg_arena *arena);
    const struct pfg_tool_length *length; /* NULL: it cannot be told one */
};

/* How long a tool observes one benchmark. */
struct pfg_tool_length {
    const char *const *said; /* the options by which a user says it, to NULL */
    bool runs; /* an observation is one run, however many there are */
    /* The words that ask for it, to NULL, with {s} and {ms} for the time: in
     * front, or else at the end; where the first is "--" behind that. */
    bool in_front;
    const char *ask[8];
};

extern const struct pfg_tool_length pfg_length_of_go, pfg_length_of_go_binary,
    pfg_length_of_google, pfg_length_of_criterion, pfg_length_of_pytest,
    pfg_length_of_hyperfine;

/* The command that observes for so many seconds; in the arena. */
struct pfg_command_words pfg_tool_length_ask(
    const struct pfg_tool *tool, const struct pfg_command_words *command,
    double seconds, struct pfg_arena *arena);

/* The option, with its value ("-benchtime 1s"), by which a command says how
 * long or how often to observe; NULL: it does not, or once. In the arena. */
const char *pfg_tool_length_said(const struct pfg_tool *tool,
                                 const struct pfg_command_words *command,
                                 struct pfg_arena *arena);

/* The words that an option at `i` takes, with its value; 0: it is another. */
size_t pfg_tool_option_at(const struct pfg_command_words *command, size_t i,
                          const char *option);

/* Appends text for a regular expression that means itself. */
void pfg_tool_put_literal(struct pfg_str *out, struct pfg_slice text);

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

/* A command without an option ("-o=V", or "-o" and the next word); its value,
 * or NULL, goes to *was. */
struct pfg_command_words pfg_tool_without(
    const struct pfg_command_words *command, const char *option,
    const char **was, struct pfg_arena *arena);

/* --- to profile one benchmark (tool_profile.c) --- */

struct pfg_tool_profiled {
    struct pfg_command_words words;
    double times; /* that it does what an operation is; NAN: it runs for a time,
                     whatever the work */
    bool alone;   /* no other benchmark than that runs */
    bool own;     /* it writes a profile of its own, of Go's kind */
};

/* It is profiled by Go itself. */
bool pfg_tool_is_go(const struct pfg_tool *tool);

/* What is to be profiled. */
struct pfg_tool_subject {
    const char *benchmark; /* as the tool names it */
    const char *suite;     /* of Go the package */
    double seconds;        /* an operation takes; NAN: not known */
    struct pfg_tool_choice choice;
};

/*
 * The command that runs one benchmark as long as a profile wants. `profile`:
 * where one of the tool's own goes. As far as the tool cannot choose it runs
 * more.
 */
struct pfg_tool_profiled pfg_tool_profile(
    const struct pfg_tool *tool, const struct pfg_command_words *command,
    const struct pfg_tool_subject *subject, const char *profile,
    struct pfg_arena *arena);

#endif
