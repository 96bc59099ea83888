#ifndef PFG_CLI_HELP_HELP_H
#define PFG_CLI_HELP_HELP_H

#include "base/error.h"
#include "cli/options/options.h"

/* Texts made from the tables of commands and options, printed to the context's
 * out. */

/* Help texts. */
void pfg_help_overview(const struct pfg_context *context);
void pfg_help_short(const struct pfg_context *context,
                    const struct pfg_command *command);
void pfg_help_long(const struct pfg_context *context,
                   const struct pfg_command *command);

/* The manual page perfgate(1), as roff for man. */
void pfg_manual_page(const struct pfg_context *context);

/* Completions for a shell: "bash", "zsh" or "fish". PFG_USAGE for another. */
int pfg_manual_completion(const struct pfg_context *context, const char *shell,
                          struct pfg_error *err);

#endif
