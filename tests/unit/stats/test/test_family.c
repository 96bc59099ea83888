#include "stats/test/family.h"

#include "check.h"
#include "random.h"

static void the_published_example_selects_four(void **state)
{
    /* Benjamini and Hochberg (1995), section 3.2, at q = 0.05. */
    const double p[] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201,
                        0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
                        0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    bool selected[15];
    (void)state;

    assert_int_equal(pfg_benjamini_hochberg(selected, p, 15, 0.05), 4);
    for (size_t i = 0; i < 15; i++) {
        assert_int_equal(selected[i], i < 4);
    }
}

static void selection_follows_the_values_not_their_order(void **state)
{
    const double p[] = {0.9, 0.001, NAN, 0.004, 0.9};
    bool selected[5];
    (void)state;

    assert_int_equal(pfg_benjamini_hochberg(selected, p, 5, 0.01), 2);
    assert_true(!selected[0] && selected[1] && !selected[2] && selected[3] &&
                !selected[4]);
}

static void equal_values_are_selected_together(void **state)
{
    const double p[] = {0.005, 0.005, 0.005, 0.005};
    bool selected[4];
    (void)state;

    assert_int_equal(pfg_benjamini_hochberg(selected, p, 4, 0.01), 4);
    assert_int_equal(pfg_benjamini_hochberg(selected, p, 0, 0.01), 0);
    assert_int_equal(pfg_benjamini_hochberg(selected, p, 1, 0.005), 1);
    assert_int_equal(pfg_benjamini_hochberg(selected, p, 1, 0.0049), 0);
}

static void draw(double *p, size_t n, uint64_t *seed)
{
    for (size_t i = 0; i < n; i++) {
        p[i] = pow(random_uniform(seed), i % 3 ? 1 : 12);
    }
}

static void rows_without_evidence_never_add_a_selection(void **state)
{
    double p[60];
    bool few[60], many[60];
    uint64_t seed = 1;
    (void)state;

    for (int round = 0; round < 500; round++) {
        const size_t n = 1 + random_below(&seed, 30);

        draw(p, n, &seed);
        for (size_t i = n; i < 60; i++) {
            p[i] = 1;
        }
        pfg_benjamini_hochberg(few, p, n, 0.14);
        pfg_benjamini_hochberg(many, p, n + random_below(&seed, 60 - n), 0.14);
        for (size_t i = 0; i < n; i++) {
            assert_true(few[i] || !many[i]);
        }
    }
}

static void less_p_never_loses_a_selection(void **state)
{
    double p[30];
    bool before[30], after[30];
    uint64_t seed = 2;
    (void)state;

    for (int round = 0; round < 500; round++) {
        draw(p, 30, &seed);
        pfg_benjamini_hochberg(before, p, 30, 0.14);
        p[random_below(&seed, 30)] *= 0.1;
        pfg_benjamini_hochberg(after, p, 30, 0.14);
        for (size_t i = 0; i < 30; i++) {
            assert_true(after[i] || !before[i]);
        }
        /* A stricter q selects a subset of what a laxer one selects. */
        pfg_benjamini_hochberg(before, p, 30, 0.01);
        for (size_t i = 0; i < 30; i++) {
            assert_true(after[i] || !before[i]);
        }
    }
}

/* If nothing changed, every selection is a false alarm. */
static void without_changes_false_alarms_keep_to_q(void **state)
{
    double p[14];
    bool selected[14];
    uint64_t seed = 3;
    int alarms = 0;
    (void)state;

    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < 14; i++) {
            p[i] = random_uniform(&seed);
        }
        alarms += pfg_benjamini_hochberg(selected, p, 14, 0.05) > 0;
    }
    assert_near(alarms / 20000.0, 0.05, 0.006);
}

static void a_suite_that_moves_as_one_is_noticed(void **state)
{
    const double shifts[] = {0.10, 0.11, 0.09, 0.10, 0.12, 0.01, 0.5, -0.1};
    const bool selected[] = {true, true, true, true, true, false, true, true};
    struct pfg_suite_shift got;
    bool member[8];
    (void)state;

    got = pfg_suite_shift_find(member, shifts, selected, 8);
    assert_true(got.found);
    /* The median of the six that moved up; 0.5 is more than twice that. */
    assert_near(got.shift, 0.105, 1e-15);
    assert_int_equal(got.n_members, 5);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(member[i], i < 5);
    }
}

static void fewer_rows_or_half_of_them_are_no_suite_shift(void **state)
{
    double shifts[10];
    bool selected[10], member[10];
    struct pfg_suite_shift got;
    (void)state;

    for (size_t i = 0; i < 10; i++) {
        shifts[i] = 0.2;
        selected[i] = true;
    }
    assert_true(pfg_suite_shift_find(member, shifts, selected, 10).found);
    assert_true(pfg_suite_shift_find(member, shifts, selected, 8).found);
    assert_false(pfg_suite_shift_find(member, shifts, selected, 7).found);
    selected[0] = selected[1] = selected[2] = selected[3] = false;
    assert_true(pfg_suite_shift_find(member, shifts, selected, 10).found);
    selected[4] = false;
    got = pfg_suite_shift_find(member, shifts, selected, 10);
    assert_false(got.found);
    assert_near(got.shift, 0.2, 1e-15);
    assert_int_equal(got.n_members, 0);
    assert_false(member[9]);
    memset(selected, 0, sizeof selected);
    got = pfg_suite_shift_find(member, shifts, selected, 10);
    assert_true(!got.found && isnan(got.shift));
    assert_false(pfg_suite_shift_find(member, shifts, selected, 0).found);
}

static void twice_and_half_of_the_median_still_belong(void **state)
{
    const double shifts[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.2, 0.2001};
    const bool selected[] = {true, true, true, true, true, true, true, true};
    bool member[8];
    (void)state;

    assert_int_equal(
        pfg_suite_shift_find(member, shifts, selected, 8).n_members, 7);
    assert_true(member[5] && member[6] && !member[7]);
}

static void a_benchmark_has_one_vote_the_median_of_its_own(void **state)
{
    struct pfg_vote votes[] = {{7, 3}, {2, 10}, {7, 1},  {2, NAN},
                               {7, 2}, {2, 20}, {9, NAN}};

    (void)state;
    assert_int_equal(pfg_votes_count(votes, 7), 2);
    assert_int_equal(votes[0].benchmark, 2);
    assert_float_equal(votes[0].value, 15, 0);
    assert_int_equal(votes[1].benchmark, 7);
    assert_float_equal(votes[1].value, 2, 0);
    assert_int_equal(pfg_votes_count(votes, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_example_selects_four),
        cmocka_unit_test(selection_follows_the_values_not_their_order),
        cmocka_unit_test(equal_values_are_selected_together),
        cmocka_unit_test(rows_without_evidence_never_add_a_selection),
        cmocka_unit_test(less_p_never_loses_a_selection),
        cmocka_unit_test(without_changes_false_alarms_keep_to_q),
        cmocka_unit_test(a_suite_that_moves_as_one_is_noticed),
        cmocka_unit_test(fewer_rows_or_half_of_them_are_no_suite_shift),
        cmocka_unit_test(twice_and_half_of_the_median_still_belong),
        cmocka_unit_test(a_benchmark_has_one_vote_the_median_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
