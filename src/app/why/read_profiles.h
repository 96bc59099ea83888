#ifndef PFG_APP_WHY_READ_PROFILES_H
#define PFG_APP_WHY_READ_PROFILES_H

#include "compare/why/why_compare.h"

struct pfg_why_files {
    const char *const *base, *const
                                 *head; /* paths; "-" is the standard input */
    size_t n_base, n_head;
    double base_value, head_value; /* of the benchmark; NAN: not known */
    const char *unit;              /* base unit of these */
};

/* Reads a file into a profile, and adds to it if the profile has several parts.
 * PFG_DATA if it cannot be read. */
int pfg_profile_read(struct pfg_stacks *stacks, size_t profile,
                     const char *path, struct pfg_error *err);

/* Reads profiles of both sides, all of one format, and compares them. *out is
 * in the arena. PFG_DATA if one cannot be read. */
int pfg_why_read(struct pfg_why *out, const struct pfg_why_files *files,
                 struct pfg_arena *arena, struct pfg_error *err);

#endif
