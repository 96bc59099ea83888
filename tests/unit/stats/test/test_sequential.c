#include "stats/test/sequential.h"

#include "check.h"

static void the_level_is_spent_once(void **state)
{
    (void)state;
    for (size_t most = 3; most <= 1000; most++) {
        struct pfg_looks looks = pfg_looks_until(most);
        double spent = 0;

        for (size_t i = 0; i < looks.n; i++) {
            spent += pfg_looks_share(&looks, looks.rounds[i]);
            assert_true(i == 0 || looks.rounds[i] > looks.rounds[i - 1]);
        }
        assert_int_equal(looks.rounds[looks.n - 1], most);
        assert_near(spent, 1, 1e-12);
    }
}

static void a_row_between_two_looks_uses_the_later_one(void **state)
{
    struct pfg_looks looks = pfg_looks_until(28);

    (void)state;
    assert_near(pfg_looks_share(&looks, 5), 5 / 28.0, 1e-12);
    assert_near(pfg_looks_share(&looks, 3), 5 / 28.0, 1e-12);
    assert_near(pfg_looks_share(&looks, 6), 2 / 28.0, 1e-12);
    assert_near(pfg_looks_share(&looks, 7), 2 / 28.0, 1e-12);
    assert_near(pfg_looks_share(&looks, 21), 8 / 28.0, 1e-12);
    assert_near(pfg_looks_share(&looks, 99), 8 / 28.0, 1e-12);
}

static void one_look_has_the_whole_level(void **state)
{
    struct pfg_looks once = pfg_looks_once(10), none = {0};

    (void)state;
    assert_near(pfg_looks_share(&once, 10), 1, 0);
    assert_near(pfg_looks_share(&once, 4), 1, 0);
    assert_near(pfg_looks_share(&none, 7), 1, 0);
    assert_true(pfg_looks_at(&once, 10));
    assert_false(pfg_looks_at(&once, 5));
    assert_false(pfg_looks_at(&none, 0));
}

static void a_short_plan_ends_where_it_was_told(void **state)
{
    struct pfg_looks looks = pfg_looks_until(6);

    (void)state;
    assert_int_equal(looks.n, 1);
    assert_int_equal(looks.rounds[0], 6);
    looks = pfg_looks_until(7);
    assert_int_equal(looks.n, 2);
    assert_int_equal(looks.rounds[0], 5);
}

static void a_long_plan_ends_with_a_look_worth_waiting_for(void **state)
{
    (void)state;
    for (size_t most = 10; most <= 1000; most++) {
        struct pfg_looks looks = pfg_looks_until(most);

        assert_true(pfg_looks_share(&looks, most) >= 0.125);
        assert_true(looks.n <= PFG_MAX_LOOKS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_level_is_spent_once),
        cmocka_unit_test(a_row_between_two_looks_uses_the_later_one),
        cmocka_unit_test(one_look_has_the_whole_level),
        cmocka_unit_test(a_short_plan_ends_where_it_was_told),
        cmocka_unit_test(a_long_plan_ends_with_a_look_worth_waiting_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
