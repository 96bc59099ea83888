#ifndef PFG_COMPARE_ENVIRONMENT_H
#define PFG_COMPARE_ENVIRONMENT_H

#include "compare/comparison.h"

struct pfg_notes {
    PFG_VEC(const char *) lines;
};

/* Notes what differs between the machines and tools of base and head, a line
 * each: "kernel: 6.1.0 before, 6.5.0 now". Leaves out what always differs
 * (load, host name) and what pfg_environment_machines() says. */
void pfg_environment_compare(struct pfg_notes *out, const struct pfg_side *base,
                             const struct pfg_side *head,
                             struct pfg_arena *arena);

/* A sentence that says how the machines of base and head differ; "": they do
 * not. */
const char *pfg_environment_machines(const struct pfg_side *base,
                                     const struct pfg_side *head,
                                     struct pfg_arena *arena);

/*
 * What differs although the policy forbids it, in the same words, or NULL.
 * Every run of the base is compared with the head's last one; what one of them
 * does not know is no difference.
 */
const char *pfg_environment_forbidden(const struct pfg_policy *policy,
                                      const struct pfg_side *base,
                                      const struct pfg_side *head,
                                      struct pfg_arena *arena);

#endif
