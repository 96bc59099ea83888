#ifndef PFG_APP_MEASURE_PLAN_H
#define PFG_APP_MEASURE_PLAN_H

#include "app/measure/tool/tool.h"

/* How to measure: a shell script that alternates base and head. */
struct pfg_plan {
    const char *base, *head;    /* revisions */
    struct pfg_command_words command;
    long seconds; /* begin no further round after this long; 0: no budget */
    long rounds;  /* at most, 0: a hundred of short observations, else ten; at
                     least three are always made */
    const char *const *only; /* benchmarks to measure again; n_only 0: all */
    size_t n_only;
    const char *threshold;   /* for the compare at the end; NULL */
};

/* Appends the script. */
void pfg_plan_write(struct pfg_str *out, const struct pfg_plan *plan);

#endif
