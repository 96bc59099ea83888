#include "stats/statistic.h"

#include "check.h"

static const double values[] = {90, 100, 100, 110, 120, 130, 140, 150};
enum { N = PFG_COUNT(values) };

static void logs_of(double *x, double sign)
{
    for (size_t i = 0; i < N; i++) {
        x[sign < 0 ? N - 1 - i : i] = sign * log(values[i]);
    }
}

static double value_of(enum pfg_statistic statistic, double sign)
{
    double copy[N];

    memcpy(copy, values, sizeof copy);
    return pfg_statistic_value(statistic, copy, N, sign);
}

static double from_logs(enum pfg_statistic statistic, double sign)
{
    double x[N];

    logs_of(x, sign);
    return exp(sign * pfg_statistic_of(statistic, x, N, N, sign, 1).level);
}

static void the_best_value_is_the_highest_where_higher_is_better(void **state)
{
    (void)state;
    assert_near(value_of(PFG_STATISTIC_MIN, 1), 90, 0);
    assert_near(value_of(PFG_STATISTIC_MIN, -1), 150, 0);
    assert_near(value_of(PFG_STATISTIC_LOW, 1), 95, 1e-12);
    assert_near(value_of(PFG_STATISTIC_LOW, -1), 145, 1e-12);
    assert_near(from_logs(PFG_STATISTIC_MIN, -1), 150, 1e-10);
}

static void the_mean_is_of_values_not_of_logs(void **state)
{
    (void)state;
    assert_near(value_of(PFG_STATISTIC_MEAN, 1), 117.5, 1e-12);
    assert_near(from_logs(PFG_STATISTIC_MEAN, 1), 117.5, 1e-10);
    assert_near(from_logs(PFG_STATISTIC_MEAN, -1), 117.5, 1e-10);
    assert_near(from_logs(PFG_STATISTIC_MEDIAN, 1), sqrt(110 * 120), 1e-10);
    assert_near(value_of(PFG_STATISTIC_MEDIAN, 1), 115, 1e-12);
    assert_near(value_of(PFG_STATISTIC_DEFAULT, 1), 115, 1e-12);
}

/* The lowest of two values out of three is the lowest of all in two of three
 * cases. */
static void more_samples_alone_do_not_lower_the_minimum(void **state)
{
    const double x[] = {1, 4, 7};

    (void)state;
    assert_near(pfg_statistic_of(PFG_STATISTIC_MIN, x, 3, 2, 1, 1).level, 2,
                1e-14);
    assert_near(pfg_statistic_of(PFG_STATISTIC_MIN, x, 3, 3, 1, 1).level, 1, 0);
}

/* Half the sum of both squares is the variance of a difference. */
static void the_smear_is_the_error_that_the_test_multiplies(void **state)
{
    const double x[] = {-1, 0, 0, 1};
    double mean = pfg_statistic_of(PFG_STATISTIC_MEAN, x, 4, 4, 1, 2).smear;
    double median = pfg_statistic_of(PFG_STATISTIC_MEDIAN, x, 4, 4, 1, 2).smear;

    (void)state;
    assert_near(mean * mean, 4 * 2 * (2.0 / 3) / 4, 1e-14);
    assert_near(median * median / (mean * mean), M_PI_2, 1e-14);
}

static void every_statistic_has_a_name(void **state)
{
    enum pfg_statistic read;

    (void)state;
    for (enum pfg_statistic s = 0; s < PFG_N_STATISTICS; s++) {
        assert_int_equal(
            pfg_enum_find(&pfg_statistic_names,
                          pfg_slice_of(pfg_statistic_name(s)), &read), 0);
        assert_int_equal(read, s);
    }
    assert_int_equal(pfg_enum_find(&pfg_statistic_names, PFG_LIT("max"), &read), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_value_is_the_highest_where_higher_is_better),
        cmocka_unit_test(the_mean_is_of_values_not_of_logs),
        cmocka_unit_test(more_samples_alone_do_not_lower_the_minimum),
        cmocka_unit_test(the_smear_is_the_error_that_the_test_multiplies),
        cmocka_unit_test(every_statistic_has_a_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
