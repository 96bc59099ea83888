#ifndef PFG_COMPARE_WHY_WHY_COMPARE_H
#define PFG_COMPARE_WHY_WHY_COMPARE_H

#include "compare/why/why_question.h"
#include "model/why.h"

/*
 * Compares by function and by call path. The cost of libraries, runtimes and
 * the kernel is charged to the function that called them.
 *
 * In a sampled profile, the weight w of a function has the variance phi * w
 * * m, or what its own profiles show if that is more. m is the weight of a
 * sample, and phi is how much more the profiles of a side differ, over all
 * functions, than counting explains (at least 1.5; 9 with one profile per
 * side). In a counted profile, it is what the profiles show. A function is
 * named if every profile of the head is on the same side of every one of the
 * base, the change is more than four standard errors, and it is at least two
 * per cent of the whole (counted: half a per cent).
 *
 * Everything in *out is in the arena. This function can't fail.
 */
void pfg_why_compare(struct pfg_why *out,
                     const struct pfg_why_question *question,
                     struct pfg_arena *arena);

#endif
