#ifndef PFG_APP_PROGRAMS_SUITES_H
#define PFG_APP_PROGRAMS_SUITES_H

#include "app/programs/program.h"

/*
 * The suites that the configuration at `path` (NULL: found) says are to be
 * measured, or those `wanted`, as programs; none where it names none. In the
 * arena. PFG_USAGE where one that is wanted is not among them.
 */
int pfg_suites_programs(struct pfg_programs *out, const char *path,
                        const char *const *wanted, size_t n_wanted,
                        struct pfg_arena *arena, struct pfg_error *err);

#endif
