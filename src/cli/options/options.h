#ifndef PFG_CLI_OPTIONS_OPTIONS_H
#define PFG_CLI_OPTIONS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "app/input/context.h"
#include "base/arena.h"
#include "base/error.h"

/*
 * One table entry holds all about an option: parsing, help and the
 * environment variable PERFGATE_<OPTION> come from it.
 */
struct pfg_option {
    const char *name;     /* "threshold", without dashes */
    char letter;          /* 0: none */
    const char *argument; /* "PCT"; NULL: a flag; "[=NAME]": may be left out,
                             and is then ""; "NAME VALUES": two words, joined
                             by '='; "PATH...": as many paths as follow the
                             first */
    const char *help;     /* on one line: the help breaks it */
};

/* An entry that is not an option: in the help it begins a group of them.
 * Options before the first belong to "options". */
#define PFG_HEADING(title)                                                     \
    {                                                                          \
        "", 0, NULL, title                                                     \
    }
bool pfg_option_is_heading(const struct pfg_option *option);

/* Whether its value may be left out. */
bool pfg_option_is_optional(const struct pfg_option *option);

/*
 * A subcommand: one file cli/cmd_<name>.c with one of these, and one line in
 * commands.h.
 */
struct pfg_arguments;
typedef int pfg_verb_function(const struct pfg_context *context,
                              const struct pfg_arguments *arguments,
                              struct pfg_error *err);

struct pfg_command {
    const char *name, *alias;
    const char *group;   /* heading in the overview */
    const char *summary; /* one line */
    const char *usage;   /* what follows the name: "[OPTIONS] PATH..." */
    const char *about;   /* for `perfgate help NAME`: a line a paragraph;
                            indented lines are printed as they are */
    const struct pfg_option *options; /* ended by a NULL name */
    bool databases; /* its words may be addresses of databases */
    bool wraps;     /* its words are a command, whose options are not ours */
    pfg_verb_function *run;
    /* Instead of `run`: the first word says which of these; ended by a NULL
     * name. */
    const struct pfg_verb *verbs;
};

struct pfg_verb {
    const char *name;
    size_t least, most; /* words after it; PFG_VERB_ANY: no end */
    const char *usage;  /* "save [NAME]" */
    pfg_verb_function *run;
};

#define PFG_VERB_ANY ((size_t)-1)

/* All of them, ended by NULL. */
extern const struct pfg_command *const pfg_commands[];

struct pfg_given {
    const struct pfg_option *option;
    const char *value; /* NULL: a flag */
};

/* What was given on a command line. */
struct pfg_arguments {
    const struct pfg_context *context;
    const struct pfg_command *command;
    struct pfg_arena *arena;
    struct pfg_given *given;
    size_t n_given;
    const char **words; /* what is not an option */
    size_t n_words;
    const char *command_line; /* as typed, for the report */
    int *status;              /* for commands that end with one */
};

/* 1 where help was asked for. PFG_USAGE on an unknown option (with the one that
 * was meant), a missing or superfluous value. `argv` has the command's name
 * first. */
int pfg_arguments_parse(struct pfg_arguments *out,
                        const struct pfg_context *context,
                        const struct pfg_command *command, int argc,
                        char **argv, struct pfg_error *err);

/* The last value given for an option, else its environment variable, else
 * NULL. */
const char *pfg_arguments_value(const struct pfg_arguments *arguments,
                                const char *option);

/* Whether a flag was given ("1", "yes", "true" in the environment). */
bool pfg_arguments_flag(const struct pfg_arguments *arguments,
                        const char *option);

/* The word after the verb, or NULL. */
const char *pfg_arguments_word(const struct pfg_arguments *arguments);

/* All values given, in order (else the environment's one). In the arena. */
size_t pfg_arguments_all(const struct pfg_arguments *arguments,
                         const char *option, const char *const **out);

/* Seconds of "90s", "20m", "1h", "500ms" or a number of seconds; more than 0.
 * PFG_USAGE names the option. */
int pfg_option_duration(double *out, const char *option, const char *text,
                        struct pfg_error *err);

/* Processes or rounds: `least` to 1000. *out stays where the option was not
 * given. */
int pfg_option_count(size_t *out, const struct pfg_arguments *arguments,
                     const char *option, size_t least, struct pfg_error *err);

/* Runs a command, or the one of its verbs that the arguments begin with.
 * PFG_USAGE where there is none such, or the words are too few or too many. */
int pfg_run_command(const struct pfg_command *command,
                    const struct pfg_context *context,
                    const struct pfg_arguments *arguments,
                    struct pfg_error *err);

/* The command of that name or alias, or NULL. */
const struct pfg_command *pfg_command_find(const char *name);

/* PFG_USAGE, with the command that was probably meant. */
int pfg_command_unknown(const char *name, struct pfg_error *err);

#endif
