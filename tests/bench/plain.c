#include "plain.h"

#include <math.h>

#include "stats/dist.h"
#include "stats/sample.h"
#include "stats/test/rank.h"

#define ONE_SIDED 0.025

static double square(double x)
{
    return x * x;
}

/* Welch's test: unequal variances, Satterthwaite's degrees of freedom. */
static bool welch(const double *base, size_t n_base, const double *head,
                  size_t n_head)
{
    double of_base = square(pfg_stddev(base, n_base)) / (double)n_base;
    double of_head = square(pfg_stddev(head, n_head)) / (double)n_head;
    double t = (pfg_mean(head, n_head) - pfg_mean(base, n_base)) /
               sqrt(of_base + of_head);
    double freedom =
        square(of_base + of_head) / (square(of_base) / (double)(n_base - 1) +
                                     square(of_head) / (double)(n_head - 1));

    return pfg_t_upper(t, freedom) < ONE_SIDED;
}

const char *bench_rule_name(enum bench_rule rule)
{
    static const char *const names[BENCH_N_RULES] = {"ratio", "M-W", "t-test"};

    return names[rule];
}

bool bench_rule_calls(enum bench_rule rule, double *base, size_t n_base,
                      double *head, size_t n_head, double threshold)
{
    pfg_sort(base, n_base);
    pfg_sort(head, n_head);
    switch (rule) {
    case BENCH_RATIO:
        return pfg_mean(head, n_head) >
               pfg_mean(base, n_base) * (1 + threshold);
    case BENCH_MANN_WHITNEY:
        return pfg_mann_whitney_greater(NULL, base, n_base, head, n_head) < ONE_SIDED;
    default:
        return n_base > 1 && n_head > 1 && welch(base, n_base, head, n_head);
    }
}
