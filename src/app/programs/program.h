#ifndef PFG_APP_PROGRAMS_PROGRAM_H
#define PFG_APP_PROGRAMS_PROGRAM_H

#include <stdbool.h>

#include "app/programs/command_words.h"
#include "model/measurement.h"

/* What runs beside a command, as a server does. */
struct pfg_program_services {
    const char *const *at; /* text for a shell each, started in this order */
    size_t n;
    const char *const *ready; /* when each is ready (ready.h); "" : at once */
    size_t n_ready;           /* n, or 1: the last one's */
    double timeout;           /* seconds to be ready in */
    bool kept;                /* to the end; else started for each round */
};

/* A command that is measured. */
struct pfg_program {
    const char *name;               /* of its benchmark: the command line */
    struct pfg_command_words words; /* n 0: `shell` */
    const char *shell;              /* for a shell; NULL: the words */
    const struct pfg_param *params;
    size_t n_params;
    const char *const *results; /* what it writes; none: see the output */
    size_t n_results;
    struct pfg_program_services services;
    const char *const *watch; /* "service", a process's number, or what pgrep
                                 is to look for */
    size_t n_watch;
    /* Of one that is a suite of the configuration: */
    const char *suite;   /* NULL: it is none */
    const char *prepare; /* NULL: nothing */
    size_t rounds;       /* at most; 0: as many as it takes */
};

struct pfg_programs {
    struct pfg_program *at;
    size_t n, cap;
};

/* Where programs come from. */
struct pfg_program_options {
    struct pfg_command_words command; /* n 0: `shells` */
    const char *const *shells;        /* text for a shell, a program each */
    size_t n_shells;
    bool no_shell;            /* split `shells` into words instead */
    const char *const *lists; /* "NAME=a,b,c": a program for each value */
    size_t n_lists;
    struct pfg_program_services services; /* of each program */
    const char *const *watch;             /* the same */
    size_t n_watch;
};

/*
 * The programs, in the arena: each command with each combination of the
 * parameters' values in place of {NAME}. PFG_USAGE for a parameter that no
 * command mentions, a list without values and what pfg_words_split() refuses.
 */
int pfg_programs_make(struct pfg_programs *out,
                      const struct pfg_program_options *options,
                      struct pfg_arena *arena, struct pfg_error *err);

#endif
