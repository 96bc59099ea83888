#ifndef PFG_APP_PROGRAMS_PROGRAM_H
#define PFG_APP_PROGRAMS_PROGRAM_H

#include <stdbool.h>

#include "app/programs/command_words.h"
#include "model/measurement.h"

/* Programs that run beside a command, such as a server. */
struct pfg_program_services {
    const char *const *at; /* shell commands, started in this order */
    size_t n;
    const char *const *ready; /* when each is ready (ready.h); "": at once */
    size_t n_ready;           /* n, or 1: for the last one */
    double timeout;           /* seconds to become ready */
    bool kept;                /* until the end; else restarted for each round */
};

/* A command to measure. */
struct pfg_program {
    const char *name;               /* of its benchmark: the command line */
    struct pfg_command_words words; /* n 0: `shell` */
    const char *shell;              /* shell command; NULL: the words */
    const struct pfg_param *params;
    size_t n_params;
    const char *const *results; /* files it writes; none: its output */
    size_t n_results;
    struct pfg_program_services services;
    const char *const *watch; /* "service", a PID, or arguments for pgrep */
    size_t n_watch;
    /* For a suite of the configuration: */
    const char *suite;   /* NULL: not a suite */
    const char *prepare; /* NULL: nothing */
    size_t rounds;       /* at most; 0: as many as needed */
};

struct pfg_programs {
    struct pfg_program *at;
    size_t n, cap;
};

/* The options that programs are made from. */
struct pfg_program_options {
    struct pfg_command_words command; /* n 0: `shells` */
    const char *const *shells;        /* shell commands, a program each */
    size_t n_shells;
    bool no_shell;            /* split `shells` into words instead */
    const char *const *lists; /* "NAME=a,b,c": a program for each value */
    size_t n_lists;
    struct pfg_program_services services; /* of each program */
    const char *const *watch;             /* the same */
    size_t n_watch;
};

/*
 * Makes the programs, in the arena: each command with each combination of the
 * parameters' values in place of {NAME}. PFG_USAGE for a parameter that no
 * command mentions, a list without values, or an error of pfg_words_split().
 */
int pfg_programs_make(struct pfg_programs *out,
                      const struct pfg_program_options *options,
                      struct pfg_arena *arena, struct pfg_error *err);

#endif
