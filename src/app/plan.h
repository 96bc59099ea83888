#ifndef PFG_APP_PLAN_H
#define PFG_APP_PLAN_H

#include "base/str.h"

/* How to measure: a shell script that alternates base and head. */
struct pfg_plan {
    const char *base, *head;    /* revisions */
    const char *const *command; /* the benchmark command, word by word */
    size_t n_command;
    long seconds; /* begin no further round after this long; 0: no budget */
    long rounds;  /* at most; at least three are always made */
    const char *const *only; /* benchmarks to measure again; n_only 0: all */
    size_t n_only;
    const char *threshold;   /* for the compare at the end; NULL */
};

/* Whether the command's tool can be told which benchmarks to run. */
bool pfg_plan_filters(const struct pfg_plan *plan);

/* Appends the script. */
void pfg_plan_write(struct pfg_str *out, const struct pfg_plan *plan);

/* "^(A|B)$" for names, with what is special in a regular expression escaped:
 * what `-bench` and criterion's filter understand. */
void pfg_plan_filter(struct pfg_str *out, const char *const *names, size_t n);

/*
 * What to add to the command of the tool behind an ingester ("gobench",
 * "criterion", "k6"), quoted for the shell, so that it runs these benchmarks
 * only; for tools that cannot choose, the --filter words of perfgate itself.
 */
void pfg_plan_filter_for(struct pfg_str *out, const char *ingester,
                         const char *const *names, size_t n);

#endif
