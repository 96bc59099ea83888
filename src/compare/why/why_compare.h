#ifndef PFG_COMPARE_WHY_WHY_COMPARE_H
#define PFG_COMPARE_WHY_WHY_COMPARE_H

#include "compare/why/why_question.h"
#include "model/why.h"

/*
 * Compares by function and by call path. The cost of libraries, runtimes and
 * the kernel is that of the function that called them.
 *
 * Of a sampled profile a function's weight w has the variance phi * w * m,
 * where m is the weight of a sample and phi how much more than by counting the
 * profiles of a side differ, over all functions (at least 1.5; 9 where there is
 * one profile per side), or that which its own profiles show, where that is
 * more. Of a counted one it is what the profiles show. A function is named
 * where every profile of the head is on the same side of every one of the base,
 * the change is more than four standard errors, and it is at least two per cent
 * of the whole (counted: half a per cent).
 *
 * Everything in *out is in the arena. This function can't fail.
 */
void pfg_why_compare(struct pfg_why *out,
                     const struct pfg_why_question *question,
                     struct pfg_arena *arena);

#endif
