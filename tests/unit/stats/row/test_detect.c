#include "stats/row/detect.h"

#include "check.h"
#include "random.h"
#include "stats/dist.h"
#include "stats/row/noise.h"

static void the_factor_follows_the_design(void **state)
{
    struct pfg_design design = {
        .replicated = false, .n = 10, .tests = 14, .q = 0.01};
    (void)state;

    assert_near(pfg_detect_factor(&design),
                1.3 * (pfg_t_quantile_upper(0.01 / 14, 3) +
                       pfg_t_quantile_upper(0.1, 3)),
                1e-11);
    design.replicated = true; /* a second channel halves q */
    assert_near(
        pfg_detect_factor(&design),
        (pfg_t_quantile_upper(0.01 / 28, 9) + pfg_t_quantile_upper(0.1, 9)) /
            2.2,
        1e-11);
    design.n = 5; /* too few processes for a second channel */
    assert_near(
        pfg_detect_factor(&design),
        1.15 / 1.6 *
            (pfg_t_quantile_upper(0.01 / 14, 4) + pfg_t_quantile_upper(0.1, 4)),
        1e-11);
    design.n = 7; /* both */
    assert_near(
        pfg_detect_factor(&design),
        1.15 / 1.84 *
            (pfg_t_quantile_upper(0.01 / 28, 6) + pfg_t_quantile_upper(0.1, 6)),
        1e-11);
}

static void more_samples_detect_less_and_more_tests_more(void **state)
{
    struct pfg_design design = {.replicated = true, .tests = 14, .q = 0.01};
    double before = INFINITY;
    (void)state;

    for (design.n = 8; design.n < 50; design.n++) {
        const double factor = pfg_detect_factor(&design);

        assert_true(factor < before);
        before = factor;
    }
    design.tests = 1000;
    assert_true(pfg_detect_factor(&design) > before);
    design.tests = 0;
    assert_true(isfinite(pfg_detect_factor(&design)));
}

static void the_limit_and_the_interval_bound_it_from_below(void **state)
{
    (void)state;
    assert_near(pfg_detectable(0.1, 0.02, 0.01, 5), 0.113, 1e-15);
    assert_near(pfg_detectable(0.1, 0.02, 0.05, 5), 0.25, 1e-15);
}

/* The shift's own test detects a shift of that size nine times in ten, if the
 * difference is as noisy as its error says. */
static void a_change_of_that_size_is_called_nine_times_in_ten(void **state)
{
    const struct pfg_design design = {
        .replicated = true, .n = 10, .tests = 1, .q = 0.01};
    const double error = 0.03, gain = pfg_noise_gain(true, 10);
    const double change = pfg_detect_factor(&design) * error;
    uint64_t seed = 1;
    int called = 0;
    (void)state;

    for (int round = 0; round < 20000; round++) {
        double squares = 0, shift;

        for (int i = 0; i < 9; i++) {
            const double z = random_normal(&seed);

            squares += z * z;
        }
        /* The noise that the t distribution models, in units of SE/g. */
        shift = change + error / gain * random_normal(&seed);
        called +=
            pfg_shift_p(shift, error * sqrt(squares / 9), true, 10) <= 0.01 / 2;
    }
    assert_near(called / 20000.0, 0.9, 0.035);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_factor_follows_the_design),
        cmocka_unit_test(more_samples_detect_less_and_more_tests_more),
        cmocka_unit_test(the_limit_and_the_interval_bound_it_from_below),
        cmocka_unit_test(a_change_of_that_size_is_called_nine_times_in_ten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
