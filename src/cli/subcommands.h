#ifndef PFG_CLI_SUBCOMMANDS_H
#define PFG_CLI_SUBCOMMANDS_H

#include "cli/options/options.h"

/* What commands such as `baseline` and `db` can be told to do: the first word
 * of their arguments. */
struct pfg_verb {
    const char *name;
    size_t least, most; /* words after it; PFG_VERB_ANY: no end */
    const char *usage;  /* "save [NAME]" */
    int (*run)(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err);
};

#define PFG_VERB_ANY ((size_t)-1)

/* Runs the one that the arguments begin with. PFG_USAGE where there is none
 * such, or the words are too few or too many. */
int pfg_subcommands_run(const struct pfg_verb *verbs, size_t n,
                        const struct pfg_context *context,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err);

/* The i-th word of a command line, or NULL. */
const char *pfg_subcommands_word(const struct pfg_arguments *arguments,
                                 size_t i);

#endif
