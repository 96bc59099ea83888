#ifndef PFG_APP_PROGRAMS_CONFIGURED_SUITES_H
#define PFG_APP_PROGRAMS_CONFIGURED_SUITES_H

#include "app/programs/program.h"

/* Which configuration to read suites from. */
struct pfg_suites_of {
    const char *path;        /* its file; NULL: found */
    const char *trust;       /* "base", "head"; NULL: what the base's says */
    const char *base;        /* a revision, "auto"; NULL: none */
    const char *base_branch; /* for "auto"; NULL: as in a comparison */
};

/*
 * The suites of the configuration, or those `wanted`, as programs; none if it
 * has no suites. In the arena. If the base is trusted, they are read from its
 * commit, or for "auto" from the tip of the branch that the change goes to.
 * PFG_USAGE if a wanted suite does not exist.
 */
int pfg_suites_programs(struct pfg_programs *out,
                        const struct pfg_suites_of *of,
                        const char *const *wanted, size_t n_wanted,
                        struct pfg_arena *arena, struct pfg_error *err);

#endif
