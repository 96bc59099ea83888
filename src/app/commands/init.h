#ifndef PFG_APP_COMMANDS_INIT_H
#define PFG_APP_COMMANDS_INIT_H

#include "app/input/context.h"

struct pfg_init_options {
    const char *forge;  /* whose workflow is written; NULL: the remote tells */
    const char *action; /* "OWNER/perfgate@v0"; NULL: a placeholder */
};

/*
 * Looks at the repository around the working directory (outside of one: at
 * that) for what measures there, writes a commented perfgate.json and a
 * workflow of its forge that gates changes, never over what is there, and says
 * on out what it found and what to do next. PFG_USAGE for options that are
 * none.
 */
int pfg_init(const struct pfg_context *context,
             const struct pfg_init_options *options, struct pfg_error *err);

#endif
