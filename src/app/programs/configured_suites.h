#ifndef PFG_APP_PROGRAMS_CONFIGURED_SUITES_H
#define PFG_APP_PROGRAMS_CONFIGURED_SUITES_H

#include "app/programs/program.h"

/* Whose configuration names them. */
struct pfg_suites_of {
    const char *path;        /* of the configuration; NULL: found */
    const char *trust;       /* "base", "head"; NULL: as the base's says */
    const char *base;        /* a revision, "auto"; NULL: there is none */
    const char *base_branch; /* of "auto"; NULL: as a comparison finds it */
};

/*
 * The suites that the configuration says are to be
 * measured, or those `wanted`, as programs; none where it names none. In the
 * arena. Where trust is with the base they are those of its commit, or of the
 * tip of the branch that the change goes to. PFG_USAGE where one that is wanted
 * is not among them.
 */
int pfg_suites_programs(struct pfg_programs *out,
                        const struct pfg_suites_of *of,
                        const char *const *wanted, size_t n_wanted,
                        struct pfg_arena *arena, struct pfg_error *err);

#endif
