#include "stats/row/noise.h"

#include "check.h"
#include "random.h"
#include "stats/dist.h"
#include "stats/sample.h"

static void rice_of_a_few_values_is_its_definition(void **state)
{
    const double x[] = {1, 2, 4, 3}; /* differences 1, 2, 1 */
    const double step[] = {0, 0, 0, 1, 1, 1};
    (void)state;

    assert_near(pfg_rice(x, 4), 1.4826 / sqrt(2), 1e-15);
    assert_near(pfg_rice(x, 2), 1.4826 / sqrt(2), 1e-15);
    assert_near(pfg_rice(x, 1), 0, 0);
    assert_near(pfg_rice(x, 0), 0, 0);
    /* The median difference is 0, so half of the root mean square remains. */
    assert_near(pfg_rice(step, 6), 0.5 * sqrt(0.2 / 2), 1e-15);
    assert_near(pfg_rice_lagged(step, 6, 2, 0.25), 1.4826 * 0.5 / sqrt(2),
                1e-15);
    assert_near(pfg_rice_lagged(step, 2, 2, 0.25), 0, 0);
}

static void rice_measures_noise_and_not_drift_or_steps(void **state)
{
    static double x[5000];
    uint64_t seed = 1;
    (void)state;

    for (size_t i = 0; i < 5000; i++) {
        x[i] =
            0.03 * random_normal(&seed) + 1e-3 * (double)i + (i > 2000 ? 1 : 0);
    }
    assert_near(pfg_rice(x, 5000), 0.03, 0.0015);
}

static void draw_suite(double *x, size_t K, uint64_t *seed)
{
    for (size_t i = 0; i < K; i++) {
        x[i] = 0.02 * random_normal(seed);
    }
}

static void suite_spread_is_right_on_average(void **state)
{
    double x[200];
    uint64_t seed = 2;
    (void)state;

    for (size_t K = 6; K <= 200; K += K < 60 ? 1 : 70) {
        double sum = 0;

        for (int round = 0; round < 4000; round++) {
            draw_suite(x, K, &seed);
            pfg_sort(x, K);
            sum += pfg_suite_spread(x, K) / 0.02;
        }
        /* Up to 50 the factor is from a table, beyond that from a curve. */
        assert_near(sum / 4000, 1, K <= 50 ? 0.02 : 0.06);
    }
}

static void half_of_a_suite_changing_does_not_hide_the_noise(void **state)
{
    double x[20], sum = 0;
    uint64_t seed = 3;
    (void)state;

    for (int round = 0; round < 1000; round++) {
        draw_suite(x, 20, &seed);
        for (size_t i = 0; i < 10; i++) {
            x[i] += 0.3 + 0.1 * (double)i;
        }
        pfg_sort(x, 20);
        sum += pfg_suite_spread(x, 20) / 0.02;
    }
    /* The shifted half is spread over fifty times the noise. */
    assert_true(sum / 1000 > 1 && sum / 1000 < 4);
}

static void suite_spread_needs_six_and_survives_equal_rows(void **state)
{
    const double x[] = {1, 1, 1, 1, 1, 1};
    const double y[] = {0, 1, 3, 6, 10, 15};
    (void)state;

    assert_near(pfg_suite_spread(y, 5), 0, 0);
    assert_near(pfg_suite_spread(x, 6), 0, 0);
    /* The shortest window of three is 0 .. 3. */
    assert_near(pfg_suite_spread(y, 6), 1.5 / 0.524 * 2.242, 1e-12);
}

static void the_spread_is_at_most_what_the_sides_make_likely(void **state)
{
    const double x[] = {1, 2, 3}, y[] = {10, 14};
    (void)state;

    assert_near(pfg_pooled_variance(x, 3, y, 2), (2 + 8) / 3.0, 1e-12);
    assert_true(isnan(pfg_pooled_variance(x, 1, y, 1)));
    assert_near(pfg_capped_spread(1, 0.1, true, 3), 0.06, 1e-12);
    assert_near(pfg_capped_spread(0.02, 0.1, true, 10), 0.02, 0);
    assert_near(pfg_capped_spread(1, 0.1, false, 7), 0.6, 1e-12);
    assert_near(pfg_capped_spread(1, 0.1, false, 8), 0.3, 1e-12);
    assert_near(pfg_capped_spread(1, 0.1, false, 15), 0.2, 1e-12);
    /* With alternating processes a spread of zero is real; with one process it
     * is unknown. */
    assert_near(pfg_capped_spread(1, 0, true, 5), 0, 0);
    assert_near(pfg_capped_spread(1, 0, false, 5), 1, 0);
    assert_near(pfg_capped_spread(1, NAN, true, 5), 1, 0);
}

static void the_prior_yields_to_history(void **state)
{
    struct pfg_noise noise = {.prior = 0.01, .history = 0.03, .m = 7};
    (void)state;

    assert_near(pfg_noise_prior(0.005, 0), 0.005 * sqrt(2), 1e-17);
    assert_near(pfg_noise_prior(0.005, 0.02), 0.02, 0);
    assert_near(pfg_noise_variance(&noise), 0.0001, 1e-18);
    noise.m = 8; /* w = 4 */
    assert_near(pfg_noise_variance(&noise), (4 * 1e-4 + 4 * 2 * 9e-4) / 8,
                1e-17);
    noise.m = 9; /* w = 4.5 */
    assert_near(pfg_noise_variance(&noise), (4 * 1e-4 + 4.5 * 2 * 9e-4) / 8.5,
                1e-17);
    noise.m = 30; /* w = 12 */
    assert_near(pfg_noise_variance(&noise), (4 * 1e-4 + 12 * 2 * 9e-4) / 16,
                1e-17);
}

static void smear_adds_to_the_error(void **state)
{
    const struct pfg_noise noise = {
        .prior = 0.01, .smear_base = 0.03, .smear_head = 0.04};
    (void)state;

    assert_near(pfg_noise_error(&noise), sqrt(1e-4 + 0.5 * 25e-4), 1e-16);
}

static void designs_have_their_freedom_and_gain(void **state)
{
    (void)state;
    assert_near(pfg_noise_freedom(true, 10), 9, 0);
    assert_near(pfg_noise_freedom(true, 3), 2, 0);
    assert_near(pfg_noise_freedom(true, 0), 1, 0);
    assert_near(pfg_noise_freedom(false, 4), 2, 1e-15);
    assert_near(pfg_noise_freedom(false, 8), 2.8, 1e-15);
    assert_near(pfg_noise_freedom(false, 10), 3, 0);
    assert_near(pfg_noise_freedom(false, 10000), 3, 0);
    assert_near(pfg_noise_gain(true, 4), 1.48, 1e-15);
    assert_near(pfg_noise_gain(true, 10), 2.2, 1e-15);
    assert_near(pfg_noise_gain(true, 1000), 2.2, 0);
    assert_near(pfg_noise_gain(false, 1000), 1, 0);
}

static void a_shift_has_the_p_of_its_t(void **state)
{
    (void)state;
    assert_near(pfg_shift_p(0.1, 0.02, true, 5), pfg_t_upper(1.6 * 5, 4),
                1e-18);
    assert_near(pfg_shift_p(0.1, 0.02, false, 4), pfg_t_upper(5, 2), 1e-15);
    assert_near(pfg_shift_p(0, 0.02, false, 4), 0.5, 0);
    assert_near(pfg_shift_p(-0.1, 0.02, true, 5),
                1 - pfg_shift_p(0.1, 0.02, true, 5), 0);
}

static void no_error_at_all_is_no_division_by_zero(void **state)
{
    (void)state;
    assert_near(pfg_shift_p(0, 0, true, 5), 1, 0);
    assert_near(pfg_shift_p(-1, 0, true, 5), 1, 0);
    assert_near(pfg_shift_p(1, 0, true, 5), 0, 0);
    assert_near(pfg_shift_p(NAN, 0.1, true, 5), 1, 0);
    assert_near(pfg_shift_p(1, NAN, true, 5), 1, 0);
}

static void the_assumed_interval_holds_two_and_a_half_percent(void **state)
{
    const double half = pfg_noise_half_width(0.03, false, 10);
    (void)state;

    assert_near(pfg_shift_p(half, 0.03, false, 10), 0.025, 1e-12);
    assert_near(pfg_shift_p(pfg_noise_half_width(0.03, true, 6), 0.03, true, 6),
                0.025, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rice_of_a_few_values_is_its_definition),
        cmocka_unit_test(rice_measures_noise_and_not_drift_or_steps),
        cmocka_unit_test(suite_spread_is_right_on_average),
        cmocka_unit_test(half_of_a_suite_changing_does_not_hide_the_noise),
        cmocka_unit_test(suite_spread_needs_six_and_survives_equal_rows),
        cmocka_unit_test(the_spread_is_at_most_what_the_sides_make_likely),
        cmocka_unit_test(the_prior_yields_to_history),
        cmocka_unit_test(smear_adds_to_the_error),
        cmocka_unit_test(designs_have_their_freedom_and_gain),
        cmocka_unit_test(a_shift_has_the_p_of_its_t),
        cmocka_unit_test(no_error_at_all_is_no_division_by_zero),
        cmocka_unit_test(the_assumed_interval_holds_two_and_a_half_percent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
