#include "stats/dist.h"

#include "check.h"

/* P(X >= k) in n trials at p, term by term. */
static double binomial_upper(int k, int n, double p)
{
    double sum = 0, term = pow(1 - p, n);

    for (int i = 0; i <= n; i++) {
        sum += i >= k ? term : 0;
        term *= (double)(n - i) / (i + 1) * p / (1 - p);
    }
    return sum;
}

static void p_is_the_binomial_tail(void **state)
{
    (void)state;
    for (int base = 0; base <= 12; base++) {
        for (int head = 1; head <= 12; head++) {
            assert_near(pfg_proportion_greater(base, 3000, head, 1000),
                        binomial_upper(head, base + head, 0.25), 1e-13);
        }
    }
}

static void one_timeout_in_many_requests_is_no_evidence(void **state)
{
    (void)state;
    assert_near(pfg_proportion_greater(0, 700000, 1, 700000), 0.5, 1e-14);
    assert_true(pfg_proportion_greater(0, 700000, 6, 700000) > 0.01);
    assert_true(pfg_proportion_greater(0, 700000, 7, 700000) < 0.01);
    assert_true(pfg_proportion_greater(100, 1e6, 200, 1e6) < 1e-7);
    assert_true(pfg_proportion_greater(1e8, 1e9, 1e8, 1e9) > 0.49);
    assert_true(pfg_proportion_greater(1e8, 1e9, 1.01e8, 1e9) < 1e-100);
}

static void nothing_to_compare_is_no_evidence(void **state)
{
    (void)state;
    assert_near(pfg_proportion_greater(0, 100, 0, 100), 1, 0);
    assert_near(pfg_proportion_greater(5, 100, 0, 100), 1, 0);
    assert_near(pfg_proportion_greater(0, 0, 5, 100), 1, 0);
    assert_near(pfg_proportion_greater(0, 100, 5, 0), 1, 0);
    assert_near(pfg_proportion_greater(NAN, 100, 5, 100), 1, 0);
    assert_near(pfg_proportion_greater(1, 100, NAN, 100), 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p_is_the_binomial_tail),
        cmocka_unit_test(one_timeout_in_many_requests_is_no_evidence),
        cmocka_unit_test(nothing_to_compare_is_no_evidence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
