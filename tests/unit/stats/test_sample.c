#include "stats/sample.h"

#include "check.h"
#include "random.h"

/* Orders that are hard for a selection algorithm. */
enum shape { RANDOM, SORTED, REVERSED, EQUAL, TWO_VALUES, ORGAN, N_SHAPES };

static void fill(double *x, size_t n, enum shape shape, uint64_t *state)
{
    for (size_t i = 0; i < n; i++) {
        const double values[N_SHAPES] = {
            [RANDOM] = random_normal(state),
            [SORTED] = (double)i,
            [REVERSED] = (double)(n - i),
            [EQUAL] = 7,
            [TWO_VALUES] = (double)random_below(state, 2),
            [ORGAN] = (double)(i < n / 2 ? i : n - i),
        };

        x[i] = values[shape];
    }
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void sorting_gives_what_the_library_gives(void **state)
{
    static double x[3000], y[3000];
    uint64_t seed = 1;
    (void)state;

    for (size_t n = 0; n < 3000; n += n < 70 ? 1 : 977) {
        for (int shape = 0; shape < N_SHAPES; shape++) {
            fill(x, n, shape, &seed);
            memcpy(y, x, n * sizeof *y);
            pfg_sort(x, n);
            qsort(y, n, sizeof *y, ascending);
            assert_memory_equal(x, y, n * sizeof *x);
        }
    }
}

static void selection_finds_every_rank_and_parts_the_rest(void **state)
{
    static double x[500], sorted[500];
    uint64_t seed = 2;
    (void)state;

    for (size_t n = 1; n < 500; n += n < 40 ? 1 : 111) {
        for (int shape = 0; shape < N_SHAPES; shape++) {
            fill(sorted, n, shape, &seed);
            memcpy(x, sorted, n * sizeof *x);
            pfg_sort(sorted, n);
            for (size_t k = 0; k < n; k++) {
                assert_near(pfg_select(x, n, k), sorted[k], 0);
                for (size_t i = 0; i < n; i++) {
                    assert_true(i < k ? x[i] <= x[k] : x[i] >= x[k]);
                }
            }
        }
    }
    assert_true(isnan(pfg_select(x, 3, 3)));
}

static void selection_survives_what_is_no_number(void **state)
{
    double x[40];
    (void)state;

    for (size_t i = 0; i < 40; i++) {
        x[i] = i % 3 ? NAN : (double)i;
    }
    for (size_t k = 0; k < 40; k++) {
        pfg_select(x, 40, k);
    }
    assert_true(isnan(pfg_select(x, 0, 0)));
}

static void medians_and_quantiles_are_those_of_type_seven(void **state)
{
    double x[] = {1, 2, 4, 8};
    double shuffled[] = {8, 1, 4, 2}, odd[] = {5, 1, 3};
    (void)state;

    assert_near(pfg_median_sorted(x, 4), 3, 0);
    assert_near(pfg_median_sorted(x, 3), 2, 0);
    assert_near(pfg_median(shuffled, 4), 3, 0);
    assert_near(pfg_median(odd, 3), 3, 0);
    assert_near(pfg_quantile_sorted(x, 4, 0), 1, 0);
    assert_near(pfg_quantile_sorted(x, 4, 0.5), 3, 0);
    assert_near(pfg_quantile_sorted(x, 4, 0.9), 6.8, 1e-14);
    assert_near(pfg_quantile_sorted(x, 4, 1), 8, 0);
    assert_near(pfg_quantile_sorted(x, 4, 2), 8, 0);
    assert_near(pfg_quantile_sorted(x, 4, -1), 1, 0);
    assert_near(pfg_quantile_sorted(x, 1, 0.3), 1, 0);
    assert_true(isnan(pfg_median_sorted(x, 0)));
    assert_true(isnan(pfg_median(x, 0)));
    assert_true(isnan(pfg_quantile_sorted(x, 0, 0.5)));
}

static void mean_and_deviation_keep_their_digits(void **state)
{
    static double x[100000];
    double far[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    (void)state;

    for (size_t i = 0; i < 100000; i++) {
        x[i] = 0.1;
    }
    assert_near(pfg_mean(x, 100000), 0.1, 2e-17);
    assert_near(pfg_stddev(x, 100000), 0, 1e-16);
    assert_near(pfg_mean(far, 4), 1e9 + 10, 0);
    assert_near(pfg_stddev(far, 4), sqrt(30), 1e-14);
    assert_true(isnan(pfg_mean(x, 0)));
    assert_true(isnan(pfg_stddev(x, 1)));
}

/* 2^-n times the sum of C(n, i), i < d, by Pascal's triangle. */
static double tail_of_coins(size_t n, size_t d)
{
    double row[64] = {1}, sum = 0;

    for (size_t i = 1; i <= n; i++) {
        for (size_t j = i; j > 0; j--) {
            row[j] += row[j - 1];
        }
    }
    for (size_t i = 0; i < d; i++) {
        sum += row[i];
    }
    return ldexp(sum, -(int)n);
}

static void the_median_interval_is_the_narrowest_that_covers(void **state)
{
    static const double levels[] = {0.5, 0.9, 0.95, 0.99};
    double x[60];
    (void)state;

    for (size_t i = 0; i < 60; i++) {
        x[i] = (double)i + 1; /* each value is its rank */
    }
    for (size_t n = 1; n <= 60; n++) {
        for (size_t l = 0; l < 4; l++) {
            const struct pfg_interval got =
                pfg_median_interval(x, n, levels[l]);
            const size_t d = (size_t)got.lower;

            assert_near(got.upper, (double)(n + 1 - d), 0);
            assert_true(got.lower <= got.upper);
            assert_near(got.level, 1 - 2 * tail_of_coins(n, d), 1e-14);
            assert_true(got.level >= levels[l] - 1e-12 || d == 1);
            /* One value further in would be too narrow. */
            assert_true(2 * (d + 1) > n + 1 ||
                        1 - 2 * tail_of_coins(n, d + 1) < levels[l]);
        }
    }
}

static void at_95_percent_a_median_interval_needs_six(void **state)
{
    const double x[] = {1, 2, 3, 4, 5, 6};
    struct pfg_interval got = pfg_median_interval(x, 5, 0.95);
    (void)state;

    assert_near(got.level, 0.9375, 0);
    got = pfg_median_interval(x, 6, 0.95);
    assert_near(got.level, 0.96875, 0);
    got = pfg_median_interval(x, 1, 0.95);
    assert_near(got.lower, 1, 0);
    assert_near(got.upper, 1, 0);
    assert_near(got.level, 0, 0);
    got = pfg_median_interval(x, 0, 0.95);
    assert_true(isnan(got.lower) && isnan(got.upper) && isnan(got.level));
}

static void long_samples_have_the_same_interval_rule(void **state)
{
    static double x[20000];
    (void)state;

    for (size_t i = 0; i < 20000; i++) {
        x[i] = (double)i + 1;
    }
    /* Both sides of the size at which the computation changes. */
    for (size_t n = 999; n <= 20000; n += n < 1003 ? 1 : 6333) {
        const struct pfg_interval got = pfg_median_interval(x, n, 0.95);
        const double half = 0.5 * 1.959964 * sqrt((double)n);

        assert_near(got.lower, ((double)n + 1) / 2 - half, 1.0);
        assert_near(got.lower + got.upper, (double)n + 1, 0);
        assert_true(got.level >= 0.95 && got.level < 0.957);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorting_gives_what_the_library_gives),
        cmocka_unit_test(selection_finds_every_rank_and_parts_the_rest),
        cmocka_unit_test(selection_survives_what_is_no_number),
        cmocka_unit_test(medians_and_quantiles_are_those_of_type_seven),
        cmocka_unit_test(mean_and_deviation_keep_their_digits),
        cmocka_unit_test(the_median_interval_is_the_narrowest_that_covers),
        cmocka_unit_test(at_95_percent_a_median_interval_needs_six),
        cmocka_unit_test(long_samples_have_the_same_interval_rule),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
