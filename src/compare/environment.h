#ifndef PFG_COMPARE_ENVIRONMENT_H
#define PFG_COMPARE_ENVIRONMENT_H

#include "base/arena.h"
#include "compare/comparison.h"

struct pfg_notes {
    PFG_VEC(const char *) lines;
};

/* What differs between the machines and tools of base and head, a line each:
 * "kernel: 6.1.0 before, 6.5.0 now". What always differs (load, host name) is
 * left out, and so is what pfg_environment_machines() says. */
void pfg_environment_compare(struct pfg_notes *out, const struct pfg_side *base,
                             const struct pfg_side *head,
                             struct pfg_arena *arena);

/* What base and head say of different machines, in a sentence; "": nothing. */
const char *pfg_environment_machines(const struct pfg_side *base,
                                     const struct pfg_side *head,
                                     struct pfg_arena *arena);

/*
 * What differs although the policy says that it must not, in the same words,
 * or NULL. All runs of the base are held against the head's last one; what
 * one of them does not know is not a difference.
 */
const char *pfg_environment_forbidden(const struct pfg_policy *policy,
                                      const struct pfg_side *base,
                                      const struct pfg_side *head,
                                      struct pfg_arena *arena);

#endif
