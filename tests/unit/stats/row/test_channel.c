#include "stats/row/channel.h"

#include "check.h"
#include "stats/row/limit.h"
#include "stats/row/noise.h"

static const struct pfg_change over = {
    .low_shift = 0.05,
    .effect = 0.05,
    .error = 0.01,
    .floor = 0.0198026272961797, /* ln 1.02 */
    .replicated = true,
    .n = 5,
};

static void both_shifts_must_be_over_the_floor(void **state)
{
    struct pfg_change change = over;
    (void)state;

    assert_near(pfg_change_p(&change, NAN), pfg_shift_p(0.05, 0.01, true, 5),
                0);
    change.effect = 0.019;
    assert_near(pfg_change_p(&change, NAN), 1, 0);
    change = over;
    change.low_shift = 0.019;
    assert_near(pfg_change_p(&change, NAN), 1, 0);
    change.low_shift = change.effect = pfg_limit_floor(0.05);
    assert_true(pfg_change_p(&change, NAN) < 1);
    change.low_shift = NAN;
    assert_near(pfg_change_p(&change, NAN), 1, 0);
}

static void seven_alternating_processes_open_the_second_channel(void **state)
{
    struct pfg_change change = over;
    (void)state;

    assert_false(pfg_change_wants_bulk(&change));
    change.n = 7;
    assert_true(pfg_change_wants_bulk(&change));
    /* Twice the smaller of the two. */
    assert_near(pfg_change_p(&change, 1e-9), 2e-9, 1e-24);
    assert_near(pfg_change_p(&change, 0.5),
                2 * pfg_shift_p(0.05, 0.01, true, 7), 0);
    change.replicated = false;
    assert_false(pfg_change_wants_bulk(&change));
    assert_near(pfg_change_p(&change, 1e-9), pfg_shift_p(0.05, 0.01, false, 7),
                0);
}

static void the_bulk_alone_can_be_evidence(void **state)
{
    struct pfg_change change = over;
    (void)state;

    change.n = 10;
    change.low_shift = 0;
    assert_true(pfg_change_wants_bulk(&change));
    assert_near(pfg_change_p(&change, 0.001), 0.002, 1e-17);
    assert_near(pfg_change_p(&change, 0.9), 1, 0);
    change.effect = 0.01;
    assert_false(pfg_change_wants_bulk(&change));
    assert_near(pfg_change_p(&change, 0.001), 1, 0);
}

static void no_change_has_p_one_in_both_directions(void **state)
{
    struct pfg_change change = {
        .error = 0, .floor = 0.02, .n = 20, .replicated = true};
    (void)state;

    assert_near(pfg_change_p(&change, 1), 1, 0);
    change.error = 0.01;
    assert_near(pfg_change_p(&change, 1), 1, 0);
}

static void a_slow_half_alone_is_a_change_of_the_distribution(void **state)
{
    double base[10], head[10];
    const double limit = log(1.05);
    (void)state;

    for (size_t i = 0; i < 10; i++) {
        base[i] = 0.001 * (double)i;
        head[i] = base[i] + (i >= 5 ? log(1.25) : 0);
    }
    assert_true(pfg_distribution_changed(base, 10, head, 10, 0, limit, 0.005));
    assert_false(pfg_distribution_changed(base, 10, head, 10, 0, limit, 0.02));
    assert_false(
        pfg_distribution_changed(base, 10, head, 10, 0.1, limit, 0.005));
    assert_false(
        pfg_distribution_changed(base, 10, head, 10, 0, log(1.1), 0.005));
    assert_false(pfg_distribution_changed(base, 0, head, 10, 0, limit, 0.005));
    assert_false(pfg_distribution_changed(base, 10, head, 10, 0, limit, NAN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_shifts_must_be_over_the_floor),
        cmocka_unit_test(seven_alternating_processes_open_the_second_channel),
        cmocka_unit_test(the_bulk_alone_can_be_evidence),
        cmocka_unit_test(no_change_has_p_one_in_both_directions),
        cmocka_unit_test(a_slow_half_alone_is_a_change_of_the_distribution),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
