#ifndef PFG_APP_COMMANDS_INIT_H
#define PFG_APP_COMMANDS_INIT_H

#include "app/input/context.h"

/*
 * Looks at the repository around the working directory (outside of one: at
 * that) for what measures there, writes a commented perfgate.json and a
 * workflow that gates pull requests, never over what is there, and says on
 * out what it found and what to do next.
 */
int pfg_init(const struct pfg_context *context, struct pfg_error *err);

#endif
