#ifndef PFG_CLI_MANUAL_H
#define PFG_CLI_MANUAL_H

#include "base/error.h"
#include "cli/options.h"

/*
 * What is made from the tables of commands and options besides the help
 * texts, on the context's out.
 */

/* The manual page perfgate(1), as roff for man. */
void pfg_manual_page(const struct pfg_context *context);

/* Completions for a shell: "bash", "zsh" or "fish". PFG_USAGE for another. */
int pfg_manual_completion(const struct pfg_context *context, const char *shell,
                          struct pfg_error *err);

#endif
