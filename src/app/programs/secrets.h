#ifndef PFG_APP_PROGRAMS_SECRETS_H
#define PFG_APP_PROGRAMS_SECRETS_H

#include <stddef.h>

struct pfg_arena;

/* The environment variables that hold tokens of forges and CI systems, except
 * for those in `keep`. In the arena. */
void pfg_secrets_list(const char *const **out, size_t *n,
                      const char *const *keep, size_t n_keep,
                      struct pfg_arena *arena);

#endif
