#ifndef PFG_APP_COMMANDS_TEMPLATES_H
#define PFG_APP_COMMANDS_TEMPLATES_H

#include "app/input/context.h"
#include "base/error.h"

/* Looks at every template in `folder`: whether it parses, escapes what it
 * shows, and has no marker that perfgate does not know. Prints a line a
 * template on the context's out, problems with their places on its err.
 * PFG_USAGE when there was one, or when there is no template at all. */
int pfg_templates_check(const struct pfg_context *context, const char *folder,
                        struct pfg_error *err);

/* Prints a built-in template, to begin one's own with. */
int pfg_templates_show(const struct pfg_context *context, const char *name,
                       struct pfg_error *err);

/* Prints the names of the built-in templates. */
void pfg_templates_list(const struct pfg_context *context);

#endif
