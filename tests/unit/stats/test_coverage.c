/* How often the printed intervals contain the true value, simulated with a
 * fixed seed. */
#include "stats/sample.h"
#include "stats/test/rank.h"

#include "check.h"
#include "random.h"

#define ROUNDS 4000
#define MOST   20

/* Skewed like times: log-normal around `center`. */
static void draw(uint64_t *seed, double *x, size_t n, double center)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = center + exp(0.5 * random_normal(seed));
    }
    pfg_sort(x, n);
}

/* Three standard errors of a share near 0.95 over this many rounds. */
static double slack(double level)
{
    return 3 * sqrt(level * (1 - level) / ROUNDS);
}

static void intervals_of_the_change_hold_the_truth_as_often_as_they_say(
    void **state)
{
    static const size_t sizes[] = {4, 5, 10, 20};
    uint64_t seed = 20261121;
    (void)state;

    for (size_t s = 0; s < PFG_COUNT(sizes); s++) {
        size_t n = sizes[s], held = 0;
        double base[MOST], head[MOST], level = 0;

        for (int i = 0; i < ROUNDS; i++) {
            struct pfg_shift shift;

            draw(&seed, base, n, 0);
            draw(&seed, head, n, 0.3);
            shift = pfg_hodges_lehmann(NULL, base, n, head, n, 0.95);
            held += shift.interval.lower <= 0.3 &&
                    0.3 <= shift.interval.upper;
            level = shift.interval.level;
        }
        assert_true(level >= 0.95);
        assert_near((double)held / ROUNDS, level, slack(level));
    }
}

static void intervals_of_a_median_hold_it_at_least_as_often_as_they_say(
    void **state)
{
    static const size_t sizes[] = {6, 9, 20};
    uint64_t seed = 2026;
    (void)state;

    for (size_t s = 0; s < PFG_COUNT(sizes); s++) {
        size_t n = sizes[s], held = 0;
        double x[MOST];
        struct pfg_interval interval = {0, 0, 0};

        for (int i = 0; i < ROUNDS; i++) {
            draw(&seed, x, n, 0);
            interval = pfg_median_interval(x, n, 0.95);
            held += interval.lower <= 1 && 1 <= interval.upper;
        }
        assert_true((double)held / ROUNDS >= interval.level - slack(0.95));
    }
}

static void samples_written_twice_do_not_move_the_change(void **state)
{
    uint64_t seed = 7;
    double base[MOST], head[MOST], twice_base[2 * MOST], twice_head[2 * MOST];
    (void)state;

    for (size_t n = 1; n <= MOST; n++) {
        draw(&seed, base, n, 0);
        draw(&seed, head, n, 0.2);
        for (size_t i = 0; i < n; i++) {
            twice_base[2 * i] = twice_base[2 * i + 1] = base[i];
            twice_head[2 * i] = twice_head[2 * i + 1] = head[i];
        }
        assert_near(pfg_hodges_lehmann(NULL, twice_base, 2 * n, twice_head, 2 * n,
                                       0.95)
                        .estimate,
                    pfg_hodges_lehmann(NULL, base, n, head, n, 0.95).estimate, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            intervals_of_the_change_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(
            intervals_of_a_median_hold_it_at_least_as_often_as_they_say),
        cmocka_unit_test(samples_written_twice_do_not_move_the_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
