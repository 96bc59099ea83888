#include "stats/row/limit.h"

#include "check.h"

static void a_written_limit_is_reached_by_the_written_change(void **state)
{
    (void)state;
    assert_true(pfg_reaches(log(110) - log(100), pfg_limit_rise(0.10)));
    assert_true(pfg_reaches(log(100) - log(90), pfg_limit_fall(0.10)));
    assert_false(pfg_reaches(log(109.99) - log(100), pfg_limit_rise(0.10)));
    assert_false(pfg_reaches(log(100) - log(90.01), pfg_limit_fall(0.10)));
    /* For every whole per cent, wherever rounding falls. */
    for (int i = 1; i < 100; i++) {
        assert_true(pfg_reaches(log(1e-9 * (100 + i)) - log(1e-7),
                                pfg_limit_rise(i / 100.0)));
        assert_true(pfg_reaches(log(1e7) - log(1e5 * (100 - i)),
                                pfg_limit_fall(i / 100.0)));
    }
}

static void a_fall_by_everything_is_never_reached(void **state)
{
    (void)state;
    assert_near(pfg_limit_fall(1), INFINITY, 0);
    assert_near(pfg_limit_fall(2.5), INFINITY, 0);
    assert_near(pfg_limit_rise(2), log(3), 1e-15);
    assert_false(pfg_reaches(1e300, pfg_limit_fall(1)));
    assert_false(pfg_reaches(NAN, 0));
}

static void two_percent_is_the_smallest_size_of_interest(void **state)
{
    (void)state;
    assert_near(pfg_limit_floor(0.10), log(1.02), 1e-16);
    assert_near(pfg_limit_floor(0.01), log(1.01), 1e-16);
    assert_near(pfg_limit_unchanged(log(1.1)), log(1.1), 0);
    assert_near(pfg_limit_unchanged(log(1.001)), log(1.02), 1e-16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_written_limit_is_reached_by_the_written_change),
        cmocka_unit_test(a_fall_by_everything_is_never_reached),
        cmocka_unit_test(two_percent_is_the_smallest_size_of_interest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
