#ifndef PFG_COMPARE_WHY_H
#define PFG_COMPARE_WHY_H

#include "model/why.h"
#include "stacks/stacks.h"

/* Profiles of two versions, and what the benchmark itself says of them. */
struct pfg_why_question {
    const struct pfg_stacks *stacks;
    size_t n_base; /* the first profiles are the base's, the rest the head's */
    double base, head; /* what an operation costs, base unit; NAN: the weights
                          are of the same work and compare as they are */
    const char *unit;  /* of these */
    double times;      /* operations in a profile of the same work; 0 is 1 */
};

/*
 * Compares by function and by call path. The cost of libraries, runtimes and
 * the kernel is that of the function that called them.
 *
 * Of a sampled profile a function's weight w has the variance phi * w * m,
 * where m is the weight of a sample and phi how much more than by counting the
 * profiles of a side differ, over all functions (at least 1.5; 9 where there is
 * one profile a side), or that which its own profiles show, where that is more.
 * Of a counted one it is what the profiles show. A function is named where every profile of the head is on the same side of
 * every one of the base, the change is more than four standard errors, and it
 * is at least two per cent of the whole (counted: half a per cent).
 *
 * Everything in *out is in the arena. This function can't fail.
 */
void pfg_why_compare(struct pfg_why *out,
                     const struct pfg_why_question *question,
                     struct pfg_arena *arena);

#endif
