#include "stats/row/single_value.h"

#include "check.h"
#include "stats/dist.h"

static void the_factor_grows_with_a_large_suite_only(void **state)
{
    (void)state;
    assert_near(pfg_single_value_factor(0), 4, 0);
    assert_near(pfg_single_value_factor(1), 4, 0);
    assert_near(pfg_single_value_factor(300), 4, 0);
    assert_near(pfg_normal_upper(pfg_single_value_factor(1000)), 1e-5, 1e-17);
    assert_true(pfg_single_value_factor(1000) > 4.26);
}

static void history_blends_the_prior_with_what_was_seen(void **state)
{
    (void)state;
    assert_near(pfg_single_value_history(0.05, 0.03, 8),
                sqrt((2 * 25e-4 + 8 * 9e-4) / 12) * sqrt(1 + 1.57 / 8), 1e-16);
    assert_near(pfg_single_value_history(0.05, 0.03, 30),
                sqrt((2 * 25e-4 + 30 * 9e-4) / 34) * sqrt(1 + 1.57 / 9), 1e-16);
    assert_near(pfg_single_value_history(0.001, 0.001, 30), sqrt(2) * 0.02,
                1e-17);
}

static void summaries_are_trusted_to_a_quarter_of_their_error(void **state)
{
    (void)state;
    assert_near(pfg_single_value_summary(0.05, 0.01, 0.02, false),
                sqrt(25e-4 + 16e-4 + 64e-4), 1e-16);
    assert_near(pfg_single_value_summary(0.05, NAN, 0.02, false),
                sqrt(25e-4 + 64e-4), 1e-16);
    assert_near(pfg_single_value_summary(0.01, 0, 0, false), sqrt(2) * 0.03,
                1e-17);
    assert_near(pfg_single_value_summary(0.01, 0, 0, true), sqrt(2) * 0.08,
                1e-16);
}

static void points_have_the_floor_or_the_prior(void **state)
{
    (void)state;
    assert_near(pfg_single_value_point(0.01, false), sqrt(2) * 0.03, 1e-17);
    assert_near(pfg_single_value_point(0.01, true), sqrt(2) * 0.08, 1e-16);
    assert_near(pfg_single_value_point(0.2, true), 0.2, 0);
}

static void the_base_is_the_median_of_the_last_nine(void **state)
{
    const double x[] = {100, 100, 100, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    (void)state;

    assert_near(pfg_single_value_base(x, 12), 5, 0);
    assert_near(pfg_single_value_base(x, 4), 100, 0);
    assert_near(pfg_single_value_base(x + 10, 2), 1.5, 0);
    assert_true(isnan(pfg_single_value_base(x, 0)));
    /* The history is unchanged. */
    assert_near(x[3], 9, 0);
}

static void the_effective_limit_is_the_wider_one(void **state)
{
    (void)state;
    assert_near(pfg_single_value_limit(0.5, 4, 0.05), 0.5, 0);
    assert_near(pfg_single_value_limit(0.1, 4, 0.05), 0.2, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_factor_grows_with_a_large_suite_only),
        cmocka_unit_test(history_blends_the_prior_with_what_was_seen),
        cmocka_unit_test(summaries_are_trusted_to_a_quarter_of_their_error),
        cmocka_unit_test(points_have_the_floor_or_the_prior),
        cmocka_unit_test(the_base_is_the_median_of_the_last_nine),
        cmocka_unit_test(the_effective_limit_is_the_wider_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
