#include "stats/test/rank.h"

#include "base/arena.h"
#include "check.h"
#include "random.h"
#include "stats/test/rankdist.h"

/* ------------------------------------------------------- Mann-Whitney */

/* Deals values[0..n) to the two sides by the bits of `deal`. */
static void split(const double *values, size_t n, unsigned deal, double *base,
                  size_t *n_base, double *head, size_t *n_head)
{
    *n_base = *n_head = 0;
    for (size_t i = 0; i < n; i++) {
        if (deal >> i & 1) {
            base[(*n_base)++] = values[i];
        } else {
            head[(*n_head)++] = values[i];
        }
    }
}

/* Twice the number of pairs in which the head is larger, plus the number of
 * ties. */
static size_t twice_larger(const double *base, size_t n_base,
                           const double *head, size_t n_head)
{
    size_t twice = 0;

    for (size_t i = 0; i < n_base; i++) {
        for (size_t j = 0; j < n_head; j++) {
            twice += 2 * (head[j] > base[i]) + (head[j] == base[i]);
        }
    }
    return twice;
}

/* Every way to deal n_base of these values to the base: the p of each is the
 * share of deals that are at least as extreme. */
static void check_every_deal(const double *values, size_t n, size_t n_base)
{
    double base[16], head[16];
    double share[200] = {0};
    size_t b, h, deals = 0;

    for (unsigned deal = 0; deal < 1u << n; deal++) {
        if ((size_t)__builtin_popcount(deal) == n_base) {
            split(values, n, deal, base, &b, head, &h);
            share[twice_larger(base, b, head, h)]++;
            deals++;
        }
    }
    for (size_t u = 199; u-- > 0;) {
        share[u] += share[u + 1];
    }
    for (unsigned deal = 0; deal < 1u << n; deal++) {
        if ((size_t)__builtin_popcount(deal) == n_base) {
            split(values, n, deal, base, &b, head, &h);
            assert_near(pfg_mann_whitney_greater(NULL, base, b, head, h),
                        share[twice_larger(base, b, head, h)] / (double)deals,
                        1e-14);
        }
    }
}

static void p_is_the_share_of_deals_without_ties(void **state)
{
    double values[12];
    (void)state;

    for (size_t i = 0; i < 12; i++) {
        values[i] = sqrt((double)i) - 2;
    }
    for (size_t n = 2; n <= 12; n++) {
        for (size_t n_base = 1; n_base < n; n_base++) {
            check_every_deal(values, n, n_base);
        }
    }
}

/* Every pattern of ties among up to nine values. */
static void p_is_the_share_of_deals_with_every_kind_of_ties(void **state)
{
    (void)state;
    for (size_t n = 2; n <= 9; n++) {
        for (unsigned steps = 0; steps < 1u << (n - 1); steps++) {
            double values[9] = {0};

            for (size_t i = 1; i < n; i++) {
                values[i] = values[i - 1] + (steps >> (i - 1) & 1);
            }
            for (size_t n_base = 1; n_base < n; n_base++) {
                check_every_deal(values, n, n_base);
            }
        }
    }
}

static void apart_samples_have_the_published_least_p(void **state)
{
    static const double two_sided[] = {
        0.1, 0.02857, 0.007937, 0.002165, 0.0005828, 0.0001554, 4.1135e-05};
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    const double y[] = {11, 12, 13, 14, 15, 16, 17, 18, 19};
    (void)state;

    for (size_t n = 3; n <= 9; n++) {
        const double expected = two_sided[n - 3];

        assert_near(2 * pfg_mann_whitney_greater(NULL, x, n, y, n), expected,
                    expected * 3e-4);
        assert_near(pfg_mann_whitney_greater(NULL, y, n, x, n), 1, 1e-15);
    }
}

/* P(U <= u), counted or by the normal approximation. */
static double cdf(double u, size_t n1, size_t n2)
{
    const double n = (double)n1, m = (double)n2;

    return n1 * n2 <= PFG_RANK_EXACT_PAIRS
               ? pfg_rankdist_cdf(NULL, (size_t)u, n1, n2)
               : 0.5 * erfc((n * m / 2 - u - 0.5) /
                            sqrt(2 * n * m * (n + m + 1) / 12));
}

/* The same counts, as coefficients of the Gaussian binomial in integers. */
static void the_untied_distribution_is_the_gaussian_binomial(void **state)
{
    enum { N = 20, PAIRS = N * N };
    int64_t c[PAIRS + 1] = {1};
    double sum = 0, total;
    (void)state;

    for (int i = 1; i <= N; i++) {
        for (int u = PAIRS; u >= N + i; u--) {
            c[u] -= c[u - N - i]; /* multiply by 1 - x^(N + i) */
        }
        for (int u = i; u <= PAIRS; u++) {
            c[u] += c[u - i]; /* divide by 1 - x^i */
        }
    }
    total = pfg_rankdist_total(N, N);
    assert_near(total, 137846528820.0, 0);
    for (int u = 0; u <= PAIRS; u++) {
        sum += (double)c[u];
        assert_near(cdf(u, N, N), sum / total, 1e-15);
    }
}

static void large_tables_are_symmetric_and_nearly_normal(void **state)
{
    double x[51], y[50], exact;

    (void)state;
    /* The two halves of the distribution are counted separately. */
    assert_near(cdf(1249, 50, 50) + cdf(1250, 50, 50), 1, 1e-13);
    assert_near(cdf(1000, 50, 50),
                0.5 * erfc((1250 - 1000.5) / sqrt(2 * 2500 * 101.0 / 12)),
                3e-4);
    assert_near(cdf(0, 1, 2500), 1.0 / 2501, 1e-16);
    /* 50 x 50 is counted and 51 x 50 is not, without a visible step. */
    for (size_t i = 0; i < 50; i++) {
        x[i] = (double)i;
        y[i] = (double)i + 5.25;
    }
    x[50] = 27.1; /* between the others */
    exact = pfg_mann_whitney_greater(NULL, x, 50, y, 50);
    pfg_sort(x, 51);
    assert_near(pfg_mann_whitney_greater(NULL, x, 51, y, 50), exact, 0.004);
    assert_true(exact > 0.01 && exact < 0.1);
}

static void counting_with_ties_agrees_with_counting_without(void **state)
{
    size_t ties[60];
    (void)state;

    for (size_t i = 0; i < 60; i++) {
        ties[i] = 1;
    }
    for (size_t n1 = 1; n1 <= 12; n1++) {
        for (size_t n2 = 1; n2 <= 12; n2++) {
            for (size_t u = 0; u <= n1 * n2; u++) {
                assert_near(pfg_rankdist_tied_cdf(2 * u, ties, n1 + n2, n1, n2),
                            pfg_rankdist_cdf(NULL, u, n1, n2), 1e-15);
            }
        }
    }
}

/* The exact count at 60 values must agree with the approximation at 61. */
static void the_approximation_with_ties_meets_the_exact_count(void **state)
{
    double base[31], head[31];
    uint64_t seed = 3;
    (void)state;

    for (int round = 0; round < 20; round++) {
        double exact, approximate;

        for (size_t i = 0; i < 31; i++) {
            base[i] = floor(3 * random_normal(&seed));
            head[i] = floor(3 * random_normal(&seed) + round * 0.2);
        }
        /* The base's 31st value is its median, so it changes little. */
        base[30] = floor(round * 0.1);
        pfg_sort(base, 30);
        pfg_sort(head, 30);
        exact = pfg_mann_whitney_greater(NULL, base, 30, head, 30);
        pfg_sort(base, 31);
        approximate = pfg_mann_whitney_greater(NULL, base, 31, head, 30);
        assert_near(approximate, exact, 0.02);
        assert_true(approximate > 0 && approximate <= 1);
    }
}

static void tables_change_nothing_but_the_time(void **state)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_rank_tables *tables = pfg_rank_tables_new(arena);
    uint64_t seed = 4;
    (void)state;

    for (int round = 0; round < 300; round++) {
        const size_t n_x = 1 + random_below(&seed, 30);
        const size_t n_y = 1 + random_below(&seed, 30);
        double x[30], y[30];
        struct pfg_shift a, b;

        for (size_t i = 0; i < 30; i++) {
            x[i] = random_normal(&seed);
            y[i] = random_normal(&seed);
            if (round % 3 == 0) {
                x[i] = floor(x[i] * 4);
                y[i] = floor(y[i] * 4);
            }
        }
        pfg_sort(x, n_x);
        pfg_sort(y, n_y);
        assert_near(pfg_mann_whitney_greater(tables, x, n_x, y, n_y),
                    pfg_mann_whitney_greater(NULL, x, n_x, y, n_y), 0);
        a = pfg_hodges_lehmann(tables, x, n_x, y, n_y, 0.95);
        b = pfg_hodges_lehmann(NULL, x, n_x, y, n_y, 0.95);
        assert_memory_equal(&a, &b, sizeof a);
    }
    pfg_arena_free(arena);
}

static void nothing_to_rank_is_no_evidence(void **state)
{
    static double equal[10000], two[10000];
    const double x[] = {1, 2, 3}, none[] = {0};
    (void)state;

    for (size_t i = 0; i < 10000; i++) {
        equal[i] = 5;
        two[i] = i < 5000 ? 5 : 6;
    }
    assert_near(pfg_mann_whitney_greater(NULL, none, 0, x, 3), 1, 0);
    assert_near(pfg_mann_whitney_greater(NULL, x, 3, none, 0), 1, 0);
    assert_near(pfg_mann_whitney_greater(NULL, equal, 10, equal, 10), 1, 0);
    assert_near(pfg_mann_whitney_greater(NULL, equal, 1, equal, 10000), 1, 0);
    assert_near(pfg_mann_whitney_greater(NULL, two, 10000, two, 10000), 0.5,
                0.01);
    assert_true(pfg_mann_whitney_greater(NULL, equal, 10000, two, 10000) <
                1e-100);
    assert_near(pfg_mann_whitney_greater(NULL, two, 10000, equal, 10000), 1,
                1e-12);
    assert_true(pfg_mann_whitney_greater(NULL, x, 1, two, 10000) < 0.05);
    assert_near(pfg_mann_whitney_greater(NULL, x, 1, x, 1), 1, 0);
    assert_near(pfg_mann_whitney_greater(NULL, x, 1, x + 1, 1), 0.5, 0);
}

/* ----------------------------------------------------- Hodges-Lehmann */

/* All differences, sorted; the caller frees them. */
static double *all_differences(const double *x, size_t n_x, const double *y,
                               size_t n_y)
{
    double *all = malloc(n_x * n_y * sizeof *all);

    for (size_t i = 0; i < n_x; i++) {
        for (size_t j = 0; j < n_y; j++) {
            all[i * n_y + j] = y[j] - x[i];
        }
    }
    pfg_sort(all, n_x * n_y);
    return all;
}

static void check_shift(const double *x, size_t n_x, const double *y,
                        size_t n_y, double level)
{
    const struct pfg_shift got =
        pfg_hodges_lehmann(NULL, x, n_x, y, n_y, level);
    const struct pfg_shift back =
        pfg_hodges_lehmann(NULL, y, n_y, x, n_x, level);
    const size_t pairs = n_x * n_y;
    double *all = all_differences(x, n_x, y, n_y);
    size_t c = 0, rank;

    while (2 * (c + 1) <= pairs &&
           2 * cdf((double)c, n_x, n_y) <= (1 - level) * (1 + 1e-9)) {
        c++;
    }
    rank = c ? c : 1;
    assert_near(got.estimate, 0.5 * (all[(pairs - 1) / 2] + all[pairs / 2]), 0);
    assert_near(got.interval.lower, all[rank - 1], 0);
    assert_near(got.interval.upper, all[pairs - rank], 0);
    if (pairs <= 2500) {
        assert_near(got.interval.level, 1 - 2 * cdf((double)rank - 1, n_x, n_y),
                    1e-14);
    }
    assert_true(c == 0 || got.interval.level >= level - 1e-9);
    /* With the sides swapped every sign changes, and not a single other bit. */
    assert_near(back.estimate, -got.estimate, 0);
    assert_near(back.interval.lower, -got.interval.upper, 0);
    assert_near(back.interval.upper, -got.interval.lower, 0);
    assert_near(back.interval.level, got.interval.level, 0);
    free(all);
}

static void fill(double *x, size_t n, int shape, double shift, uint64_t *seed)
{
    for (size_t i = 0; i < n; i++) {
        const double z = random_normal(seed);
        const double values[] = {
            shift + 0.03 * z,                      /* logs of times */
            floor(2 * z + 10 * shift),             /* many ties */
            floor(z) * 0.1 + shift,                /* ties that round */
            random_below(seed, 2) ? 1 : 1 + shift, /* two values */
            shift + exp(6 * z),                    /* wild outliers */
            shift + copysign(pow(10, 90 * z), z),  /* over all magnitudes */
            3,                                     /* all equal */
        };

        x[i] = values[shape];
    }
    pfg_sort(x, n);
}

#define N_SHAPES 7

static void shifts_are_those_of_all_differences_sorted(void **state)
{
    static const size_t sizes[][2] = {
        {1, 1},   {1, 2},   {2, 2},    {3, 3},     {3, 5},     {4, 4},
        {5, 9},   {10, 10}, {20, 20},  {7, 31},    {32, 32},   {33, 32},
        {40, 60}, {1, 900}, {1, 3000}, {10000, 1}, {300, 200}, {2, 1500},
    };
    static double x[10000], y[10000];
    uint64_t seed = 5;
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(sizes); i++) {
        for (int shape = 0; shape < N_SHAPES; shape++) {
            fill(x, sizes[i][0], shape, 0, &seed);
            fill(y, sizes[i][1], shape, 0.05, &seed);
            check_shift(x, sizes[i][0], y, sizes[i][1], 0.95);
            check_shift(x, sizes[i][0], y, sizes[i][1], 0.5);
        }
    }
}

static void at_95_percent_a_shift_interval_needs_four_a_side(void **state)
{
    const double x[] = {1, 2, 3, 4}, y[] = {11, 13, 17, 19};
    struct pfg_shift got = pfg_hodges_lehmann(NULL, x, 4, y, 4, 0.95);
    (void)state;

    assert_near(got.interval.level, 1 - 2.0 / 70, 1e-15);
    got = pfg_hodges_lehmann(NULL, x, 3, y, 3, 0.95);
    assert_near(got.interval.level, 0.9, 1e-15);
    assert_near(got.interval.lower, 8, 0);
    assert_near(got.interval.upper, 16, 0);
    got = pfg_hodges_lehmann(NULL, x, 1, y, 1, 0.95);
    assert_near(got.interval.level, 0, 0);
    assert_near(got.estimate, 10, 0);
    got = pfg_hodges_lehmann(NULL, x, 0, y, 4, 0.95);
    assert_true(isnan(got.estimate) && isnan(got.interval.lower) &&
                isnan(got.interval.upper) && isnan(got.interval.level));
}

static void large_samples_are_searched_not_multiplied(void **state)
{
    enum { N = 100000 };
    double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
    struct pfg_shift got;
    uint64_t seed = 6;
    (void)state;

    fill(x, N, 0, 0, &seed);
    fill(y, N, 0, 0.05, &seed);
    got = pfg_hodges_lehmann(NULL, x, N, y, N, 0.95);
    assert_near(got.estimate, 0.05, 0.001);
    assert_near(got.interval.upper - got.interval.lower,
                2 * 1.96 * 0.03 * sqrt(2.0 / N * M_PI / 3), 2e-5);
    assert_near(got.interval.level, 0.95, 1e-4);
    free(x);
    free(y);
}

static void the_order_of_the_samples_does_not_matter(void **state)
{
    double x[20], y[20], again[20];
    uint64_t seed = 7;
    struct pfg_shift first, second;
    (void)state;

    fill(x, 20, 0, 0, &seed);
    fill(y, 20, 0, 0.02, &seed);
    first = pfg_hodges_lehmann(NULL, x, 20, y, 20, 0.95);
    for (int i = 0; i < 50; i++) {
        memcpy(again, y, sizeof y);
        random_shuffle(&seed, again, 20);
        pfg_sort(again, 20);
        second = pfg_hodges_lehmann(NULL, x, 20, again, 20, 0.95);
        assert_memory_equal(&first, &second, sizeof first);
    }
}

static void infinities_end_all_the_same(void **state)
{
    static double x[2000], y[2000];
    (void)state;

    for (size_t i = 0; i < 2000; i++) {
        x[i] = i < 1000 ? -INFINITY : INFINITY;
        y[i] = i < 500 ? -INFINITY : INFINITY;
    }
    pfg_hodges_lehmann(NULL, x, 2000, y, 2000, 0.95);
    pfg_hodges_lehmann(NULL, x + 990, 20, y + 490, 20, 0.95);
    pfg_mann_whitney_greater(NULL, x, 2000, y, 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p_is_the_share_of_deals_without_ties),
        cmocka_unit_test(p_is_the_share_of_deals_with_every_kind_of_ties),
        cmocka_unit_test(apart_samples_have_the_published_least_p),
        cmocka_unit_test(the_untied_distribution_is_the_gaussian_binomial),
        cmocka_unit_test(large_tables_are_symmetric_and_nearly_normal),
        cmocka_unit_test(counting_with_ties_agrees_with_counting_without),
        cmocka_unit_test(the_approximation_with_ties_meets_the_exact_count),
        cmocka_unit_test(tables_change_nothing_but_the_time),
        cmocka_unit_test(nothing_to_rank_is_no_evidence),
        cmocka_unit_test(shifts_are_those_of_all_differences_sorted),
        cmocka_unit_test(at_95_percent_a_shift_interval_needs_four_a_side),
        cmocka_unit_test(large_samples_are_searched_not_multiplied),
        cmocka_unit_test(the_order_of_the_samples_does_not_matter),
        cmocka_unit_test(infinities_end_all_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
