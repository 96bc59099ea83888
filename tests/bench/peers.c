#include "peers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "stats/sample.h"

#define PERMUTATIONS 99
#define LEVEL        0.05
#define SHORTEST     5

/* The best cut of y[0..n) by the energy statistic. The sums of distances within
 * both sides and between them are updated as the cut moves right. */
static double best_cut(size_t *at, const double *y, size_t n)
{
    double within_left = 0, within_right = 0, between = 0, best = -1;

    *at = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            within_right += fabs(y[i] - y[j]);
        }
    }
    for (size_t cut = 1; cut < n; cut++) {
        const double moved = y[cut - 1];
        double to_left = 0, to_right = 0, a, b, energy;

        for (size_t j = 0; j + 1 < cut; j++) {
            to_left += fabs(moved - y[j]);
        }
        for (size_t j = cut; j < n; j++) {
            to_right += fabs(moved - y[j]);
        }
        within_left += to_left;
        within_right -= to_right;
        between += to_right - to_left;
        a = (double)cut;
        b = (double)(n - cut);
        if (cut < SHORTEST || n - cut < SHORTEST) {
            continue;
        }
        energy = a * b / (a + b) *
                 (2 * between / (a * b) - 2 * within_left / (a * (a - 1)) -
                  2 * within_right / (b * (b - 1)));
        if (energy > best) {
            best = energy;
            *at = cut;
        }
    }
    return best;
}

static size_t divide(size_t *out, const double *y, size_t from, size_t to,
                     uint64_t *random)
{
    const size_t n = to - from;
    size_t at, elsewhere, as_good = 0, found;
    double statistic, *copy;

    if (n < 2 * SHORTEST) {
        return 0;
    }
    statistic = best_cut(&at, y + from, n);
    copy = malloc(n * sizeof *copy);
    memcpy(copy, y + from, n * sizeof *copy);
    /* Stop as soon as it can no longer pass. */
    for (size_t i = 0;
         i < PERMUTATIONS && as_good + 1 <= LEVEL * (PERMUTATIONS + 1); i++) {
        random_shuffle(random, copy, n);
        as_good += best_cut(&elsewhere, copy, n) >= statistic;
    }
    free(copy);
    if ((double)(as_good + 1) > LEVEL * (PERMUTATIONS + 1)) {
        return 0;
    }
    found = divide(out, y, from, from + at, random);
    out[found++] = from + at;
    return found + divide(out + found, y, from + at, to, random);
}

size_t bench_e_divisive(size_t *out, const double *y, size_t n,
                        uint64_t *random)
{
    return divide(out, y, 0, n, random);
}

size_t bench_rolling_z(size_t *out, const double *y, size_t n)
{
    enum { WINDOW = 20, SAME = 10 };
    size_t found = 0;

    for (size_t i = WINDOW; i < n; i++) {
        const double mean = pfg_mean(y + i - WINDOW, WINDOW);
        const double sd = pfg_stddev(y + i - WINDOW, WINDOW);

        if (fabs(y[i] - mean) > 3 * sd &&
            (!found || i > out[found - 1] + SAME)) {
            out[found++] = i;
        }
    }
    return found;
}
