/* How other tools gate, for comparison: rules on the samples of one row. */
#ifndef PFG_TESTS_BENCH_PLAIN_H
#define PFG_TESTS_BENCH_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

enum bench_rule {
    BENCH_RATIO,        /* the means differ by more than the threshold */
    BENCH_MANN_WHITNEY, /* p < 0.05, two-sided, and slower */
    BENCH_WELCH,        /* the t-test, p < 0.05, two-sided, and slower */
    BENCH_N_RULES,
};

const char *bench_rule_name(enum bench_rule rule);

/* Whether the rule calls the row slower. Sorts both sides. */
bool bench_rule_calls(enum bench_rule rule, double *base, size_t n_base,
                      double *head, size_t n_head, double threshold);

#endif
