#include "stats/row/lower_quartile.h"

#include "check.h"
#include "random.h"
#include "stats/sample.h"

static size_t low_count(size_t n)
{
    const double k = floor((double)n / 4 + 0.5);

    return k > 1 ? (size_t)k : 1;
}

/* L and s of a sample at its own size, from their definitions. */
static struct pfg_low plain(const double *sorted, size_t n)
{
    const size_t k = low_count(n), h = n / 2 + 1;

    return (struct pfg_low){
        .level = pfg_mean(sorted, k),
        .smear = pfg_mean(sorted, h) - sorted[0],
    };
}

static void a_sample_at_its_own_size_is_a_plain_mean(void **state)
{
    double x[64];
    uint64_t seed = 1;
    (void)state;

    for (size_t n = 1; n <= 64; n++) {
        struct pfg_low got, expected;

        for (size_t i = 0; i < n; i++) {
            x[i] = 3 + random_normal(&seed);
        }
        pfg_sort(x, n);
        got = pfg_lower_quartile(x, n, n);
        expected = plain(x, n);
        assert_near(got.level, expected.level, 1e-15 * 16);
        assert_near(got.smear, expected.smear, 1e-15 * 16);
        assert_true(got.smear >= 0);
    }
}

static void at_four_samples_the_level_is_the_minimum(void **state)
{
    const double x[] = {1, 2, 4, 9};
    const struct pfg_low got = pfg_lower_quartile(x, 4, 4);
    (void)state;

    assert_near(got.level, 1, 0);
    assert_near(got.smear, 7.0 / 3 - 1, 1e-15);
}

/* The mean of plain() over all subsamples of size n. */
static struct pfg_low over_all_subsamples(const double *sorted, size_t N,
                                          size_t n)
{
    struct pfg_low sum = {0, 0};
    double chosen[16], count = 0;

    for (unsigned bits = 0; bits < 1u << N; bits++) {
        struct pfg_low one;
        size_t m = 0;

        if ((size_t)__builtin_popcount(bits) != n) {
            continue;
        }
        for (size_t i = 0; i < N; i++) {
            if (bits >> i & 1) {
                chosen[m++] = sorted[i];
            }
        }
        one = plain(chosen, n);
        sum.level += one.level - sorted[0];
        sum.smear += one.smear;
        count++;
    }
    return (struct pfg_low){sorted[0] + sum.level / count, sum.smear / count};
}

static void unequal_sizes_give_the_mean_over_all_subsamples(void **state)
{
    double x[14];
    uint64_t seed = 2;
    (void)state;

    for (size_t N = 1; N <= 14; N++) {
        for (size_t i = 0; i < N; i++) {
            x[i] = -18 + 0.1 * random_normal(&seed);
            x[i] = N % 3 ? x[i] : floor(4 * x[i]); /* sometimes with ties */
        }
        pfg_sort(x, N);
        for (size_t n = 1; n <= N; n++) {
            const struct pfg_low got = pfg_lower_quartile(x, N, n);
            const struct pfg_low expected = over_all_subsamples(x, N, n);

            assert_near(got.level, expected.level, 2e-14);
            assert_near(got.smear, expected.smear, 2e-14);
        }
    }
}

/* On average the j-th lowest of n out of the ranks 1 .. N is
 * j (N + 1) / (n + 1), which gives the means of ranks for any sample size. */
static void large_samples_keep_every_digit(void **state)
{
    static const size_t sizes[][2] = {
        {10000, 1},     {10000, 4},       {10000, 5000},
        {10000, 9999},  {10000, 20},      {200000, 7},
        {200000, 3000}, {200000, 150000}, {200000, 199999},
    };
    static double x[200000];
    (void)state;

    for (size_t i = 0; i < 200000; i++) {
        x[i] = (double)i + 1;
    }
    for (size_t i = 0; i < PFG_COUNT(sizes); i++) {
        const size_t N = sizes[i][0], n = sizes[i][1];
        const struct pfg_low got = pfg_lower_quartile(x, N, n);
        const double gap = (double)(N + 1) / (double)(n + 1);
        const double level = ((double)low_count(n) + 1) / 2 * gap;
        const double smear = ((double)(n / 2 + 1) - 1) / 2 * gap;

        assert_near(got.level / level, 1, 1e-12);
        assert_near(smear > 0 ? got.smear / smear : 1 + got.smear, 1, 1e-12);
    }
}

static void more_samples_alone_do_not_move_the_level(void **state)
{
    static double x[400], level_small, level_large;
    uint64_t seed = 3;
    (void)state;

    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < 400; i++) {
            x[i] = random_normal(&seed);
        }
        pfg_sort(x, 400);
        level_large += pfg_lower_quartile(x, 400, 10).level;
        for (size_t i = 0; i < 10; i++) {
            x[i] = random_normal(&seed);
        }
        pfg_sort(x, 10);
        level_small += pfg_lower_quartile(x, 10, 10).level;
    }
    assert_near(level_small / 2000, level_large / 2000, 0.03);
}

static void degenerate_samples_have_no_smear(void **state)
{
    static double equal[10000];
    const double one = 5;
    (void)state;

    for (size_t i = 0; i < 10000; i++) {
        equal[i] = 0.1;
    }
    assert_near(pfg_lower_quartile(equal, 10000, 4).level, 0.1, 0);
    assert_near(pfg_lower_quartile(equal, 10000, 4).smear, 0, 0);
    assert_near(pfg_lower_quartile(equal, 20, 20).smear, 0, 0);
    assert_near(pfg_lower_quartile(&one, 1, 1).level, 5, 0);
    assert_near(pfg_lower_quartile(&one, 1, 1).smear, 0, 0);
    assert_true(isnan(pfg_lower_quartile(equal, 0, 0).level));
}

static void a_constant_added_moves_the_level_by_itself(void **state)
{
    double x[50], y[50];
    uint64_t seed = 4;
    (void)state;

    for (size_t i = 0; i < 50; i++) {
        x[i] = 0.1 * random_normal(&seed);
    }
    pfg_sort(x, 50);
    for (size_t i = 0; i < 50; i++) {
        y[i] = x[i] + log(1e9);
    }
    assert_near(pfg_lower_quartile(y, 50, 11).level,
                pfg_lower_quartile(x, 50, 11).level + log(1e9), 1e-14);
    assert_near(pfg_lower_quartile(y, 50, 11).smear,
                pfg_lower_quartile(x, 50, 11).smear, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_at_its_own_size_is_a_plain_mean),
        cmocka_unit_test(at_four_samples_the_level_is_the_minimum),
        cmocka_unit_test(unequal_sizes_give_the_mean_over_all_subsamples),
        cmocka_unit_test(large_samples_keep_every_digit),
        cmocka_unit_test(more_samples_alone_do_not_move_the_level),
        cmocka_unit_test(degenerate_samples_have_no_smear),
        cmocka_unit_test(a_constant_added_moves_the_level_by_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
