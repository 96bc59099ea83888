#ifndef PFG_CLI_OPTIONS_OPTIONS_H
#define PFG_CLI_OPTIONS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "app/input/context.h"
#include "base/arena.h"
#include "base/error.h"

/*
 * An option. Its table entry drives parsing, help, manual page, completion and
 * the environment variable PERFGATE_<OPTION>.
 */
struct pfg_option {
    const char *name;     /* "threshold", without dashes */
    char letter;          /* 0: none */
    const char *argument; /* "PCT"; NULL: a flag; "[=NAME]": optional, else "";
                             "NAME VALUES": two words, joined by '='; "PATH...":
                             as many paths as follow */
    const char *help;     /* one line; the help breaks it */
};

/* An entry that starts a group of options in the help. Options before the first
 * one belong to "options". */
#define PFG_HEADING(title)                                                     \
    {                                                                          \
        "", 0, NULL, title                                                     \
    }
bool pfg_option_is_heading(const struct pfg_option *option);

/* Whether its value is optional. */
bool pfg_option_is_optional(const struct pfg_option *option);

/*
 * A subcommand: a file cli/commands/cmd_<name>.c defines one of these, with a
 * line in commands.h.
 */
struct pfg_arguments;
typedef int pfg_verb_function(const struct pfg_context *context,
                              const struct pfg_arguments *arguments,
                              struct pfg_error *err);

struct pfg_command {
    const char *name, *alias;
    const char *group;   /* heading in the overview */
    const char *summary; /* one line */
    const char *usage;   /* follows the name: "[OPTIONS] PATH..." */
    const char *about;   /* for `perfgate help NAME`: a line a paragraph;
                            indented lines are printed as they are */
    const struct pfg_option *options; /* ended by a NULL name */
    bool databases;                   /* words may be addresses of databases */
    bool wraps; /* words are a command with options of its own */
    pfg_verb_function *run;
    /* Instead of `run`: the first word selects one; ended by a NULL name. */
    const struct pfg_verb *verbs;
};

struct pfg_verb {
    const char *name;
    size_t least, most; /* words after it; PFG_VERB_ANY: no limit */
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

/* The options and words of a command line. */
struct pfg_arguments {
    const struct pfg_context *context;
    const struct pfg_command *command;
    struct pfg_arena *arena;
    struct pfg_given *given;
    size_t n_given;
    const char **words; /* words that are not options */
    size_t n_words;
    const char *command_line; /* as typed, for the report */
    int *status;              /* to be set by commands that exit with a
                                 status */
};

/* Parses a command line; `argv` starts with the command's name. Returns 1 if
 * help was asked for. PFG_USAGE for an unknown option (with a suggestion), a
 * missing or a superfluous value. */
int pfg_arguments_parse(struct pfg_arguments *out,
                        const struct pfg_context *context,
                        const struct pfg_command *command, int argc,
                        char **argv, struct pfg_error *err);

/* An option's last value, else its environment variable, else NULL. */
const char *pfg_arguments_value(const struct pfg_arguments *arguments,
                                const char *option);

/* Whether a flag was given ("1", "yes", "true" in the environment). */
bool pfg_arguments_flag(const struct pfg_arguments *arguments,
                        const char *option);

/* The word after the verb, or NULL. */
const char *pfg_arguments_word(const struct pfg_arguments *arguments);

/* All values of an option, in order, else the environment's. In the arena. */
size_t pfg_arguments_all(const struct pfg_arguments *arguments,
                         const char *option, const char *const **out);

/* Parses "90s", "20m", "1h", "500ms" or a number of seconds, greater than 0.
 * PFG_USAGE names the option. */
int pfg_option_duration(double *out, const char *option, const char *text,
                        struct pfg_error *err);

/* Reads a number of processes or rounds, from `least` to 1000. *out is
 * unchanged if the option was not given. */
int pfg_option_count(size_t *out, const struct pfg_arguments *arguments,
                     const char *option, size_t least, struct pfg_error *err);

/* Runs a command, or the verb that the first word names. PFG_USAGE for an
 * unknown verb, or too few or too many words. */
int pfg_run_command(const struct pfg_command *command,
                    const struct pfg_context *context,
                    const struct pfg_arguments *arguments,
                    struct pfg_error *err);

/* The command of that name or alias, or NULL. */
const struct pfg_command *pfg_command_find(const char *name);

/* Fails with PFG_USAGE and a suggestion. */
int pfg_command_unknown(const char *name, struct pfg_error *err);

#endif
