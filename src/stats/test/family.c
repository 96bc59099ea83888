#include "stats/test/family.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stats/sample.h"

#define SHIFT_MIN 8
/* What a machine does to all benchmarks is similar: within a factor of 2, and,
 * if it is much, within this, in logs. */
#define SHIFT_APART 0.2

static double as_p(double p)
{
    return isnan(p) ? 1 : p;
}

/* The largest p_(k) with p_(k) <= k q / n; -1: there is none. */
static double step_up(const double *p, size_t n, double q)
{
    double *sorted = pfg_alloc(pfg_array_size(n, sizeof *sorted));
    double bound = -1;

    for (size_t i = 0; i < n; i++) {
        sorted[i] = as_p(p[i]);
    }
    pfg_sort(sorted, n);
    for (size_t k = n; k > 0; k--) {
        if (sorted[k - 1] <= (double)k * q / (double)n) {
            bound = sorted[k - 1];
            break;
        }
    }
    free(sorted);
    return bound;
}

size_t pfg_benjamini_hochberg(bool *selected, const double *p, size_t n,
                              double q)
{
    const double bound = step_up(p, n, q);
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        selected[i] = as_p(p[i]) <= bound;
        count += selected[i];
    }
    return count;
}

static int by_benchmark(const void *a, const void *b)
{
    const struct pfg_vote *left = a, *right = b;

    return left->benchmark != right->benchmark
               ? (left->benchmark > right->benchmark) -
                     (left->benchmark < right->benchmark)
               : (left->value > right->value) - (left->value < right->value);
}

size_t pfg_votes_count(struct pfg_vote *votes, size_t n)
{
    size_t valid = 0, count = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(votes[i].value)) {
            votes[valid++] = votes[i];
        }
    }
    if (valid) {
        qsort(votes, valid, sizeof *votes, by_benchmark);
    }
    for (size_t i = 0, end; i < valid; i = end) {
        for (end = i; end < valid && votes[end].benchmark == votes[i].benchmark;
             end++) {
        }
        votes[count++] = (struct pfg_vote){
            votes[i].benchmark,
            0.5 * (votes[(i + end - 1) / 2].value + votes[(i + end) / 2].value),
        };
    }
    return count;
}

static bool moved(double shift, bool selected)
{
    return selected && shift > 0;
}

static double median_of_moved(const double *shifts, const bool *selected,
                              size_t n)
{
    double *chosen = pfg_alloc(pfg_array_size(n, sizeof *chosen));
    size_t count = 0;
    double median;

    for (size_t i = 0; i < n; i++) {
        if (moved(shifts[i], selected[i])) {
            chosen[count++] = shifts[i];
        }
    }
    median = pfg_median(chosen, count);
    free(chosen);
    return median;
}

bool pfg_is_alike(double shift, double median)
{
    /* The factor 2 itself counts as within. */
    const double slack = 1 + 1e-12;

    return shift <= 2 * median * slack && 2 * shift * slack >= median &&
           fabs(shift - median) <= SHIFT_APART;
}

struct pfg_suite_shift pfg_suite_shift_find(bool *member, const double *shifts,
                                            const bool *selected, size_t n)
{
    struct pfg_suite_shift out = {.shift =
                                      median_of_moved(shifts, selected, n)};

    for (size_t i = 0; i < n; i++) {
        member[i] =
            moved(shifts[i], selected[i]) && pfg_is_alike(shifts[i], out.shift);
        out.n_members += member[i];
    }
    out.found = n >= SHIFT_MIN && 5 * out.n_members >= 3 * n;
    for (size_t i = 0; i < n && !out.found; i++) {
        member[i] = false;
    }
    out.n_members = out.found ? out.n_members : 0;
    return out;
}
