#ifndef PFG_COMPARE_WHY_WHY_QUESTION_H
#define PFG_COMPARE_WHY_WHY_QUESTION_H

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

#endif
