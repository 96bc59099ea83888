#ifndef PFG_COMPARE_WHY_WHY_QUESTION_H
#define PFG_COMPARE_WHY_WHY_QUESTION_H

#include "stacks/stacks.h"

/* Profiles of two versions, and what the benchmark measured itself. */
struct pfg_why_question {
    const struct pfg_stacks *stacks;
    size_t n_base; /* the first profiles are the base's, the rest the head's */
    double base, head; /* cost of an operation, base unit; NAN: the profiles are
                          of the same work, so their weights compare directly */
    const char *unit;  /* of these */
    double times;      /* operations in a profile of the same work; 0 is 1 */
};

#endif
