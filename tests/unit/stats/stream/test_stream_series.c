/* How points from k6 are summarized while they are read. */
#include "stats/stream/stream_series.h"

#include "base/arena.h"
#include "check.h"

/* A fixed sequence of numbers, spread over six powers of ten. */
static double spread(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return pow(10, (double)(*seed >> 40) / (double)(1 << 24) * 6 - 3);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void quantiles_of_many_are_within_the_stated_error(void **state)
{
    enum { MANY = 50000 };
    static const double wanted[] = {0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.9999, 1};
    struct pfg_block_pool pool = {.arena = pfg_arena_new()};
    struct pfg_sketch sketch = {0};
    double *all = malloc(MANY * sizeof *all), sum = 0;
    uint64_t seed = 1;
    (void)state;

    for (size_t i = 0; i < MANY; i++) {
        all[i] = i % 10 == 0 ? 0 : i % 3 ? spread(&seed) : -spread(&seed);
        sum += all[i];
        pfg_sketch_add(&sketch, &pool, 10000, all[i]);
        assert_int_equal(pfg_sketch_is_exact(&sketch), i < 10000);
    }
    qsort(all, MANY, sizeof *all, ascending);
    for (size_t i = 0; i < PFG_COUNT(wanted); i++) {
        double exact = all[(size_t)(wanted[i] * (MANY - 1))];

        assert_near(pfg_sketch_quantile(&sketch, wanted[i]), exact,
                    fabs(exact) * (PFG_SKETCH_ERROR + 1e-4));
    }
    assert_near(sketch.min, all[0], 0);
    assert_near(sketch.max, all[MANY - 1], 0);
    assert_near(pfg_sketch_mean(&sketch), sum / MANY, 1e-9);
    pfg_sketch_free(&sketch, &pool);
    pfg_arena_free(pool.arena);
    free(all);
}

static void quantiles_of_few_are_exact_whatever_their_size(void **state)
{
    static const double values[] = {1e300, 1e-300, 0, -1e300, 5};
    struct pfg_block_pool pool = {.arena = pfg_arena_new()};
    struct pfg_sketch exact = {0}, binned = {0};
    (void)state;

    for (size_t i = 0; i < 5; i++) {
        pfg_sketch_add(&exact, &pool, 10, values[i]);
        pfg_sketch_add(&binned, &pool, 2, values[i]);
    }
    assert_near(pfg_sketch_quantile(&exact, 0.75), 5, 0);
    assert_near(pfg_sketch_quantile(&exact, 1), 1e300, 0);
    /* Outside the bins the order remains correct. */
    assert_true(pfg_sketch_quantile(&binned, 0) >= -1e300);
    assert_near(pfg_sketch_quantile(&binned, 0.75), 5, 0.025);
    assert_true(isnan(pfg_sketch_quantile(&(struct pfg_sketch){0}, 0.5)));
    pfg_arena_free(pool.arena);
}

static void a_long_run_keeps_its_rates_in_wider_batches(void **state)
{
    struct pfg_block_pool pool = {.arena = pfg_arena_new()};
    struct pfg_stream series = {.type = PFG_STREAM_COUNTER};
    double sum = 0, *rates;
    size_t n;
    (void)state;

    for (int64_t second = 0; second < 10000; second++) {
        pfg_stream_add(&series, &pool, second, second, 1.0);
        pfg_stream_add(&series, &pool, second, second, 2.0);
    }
    assert_true(series.n_batches <= PFG_STREAM_BATCHES_MAX);
    rates = pfg_stream_rates(&series, 10000, &n, pool.arena);
    assert_int_equal(n, 10000 / 8);
    for (size_t i = 0; i < n; i++) {
        sum += rates[i];
        assert_near(rates[i], 3, 1e-12);
    }
    assert_near(sum / (double)n, 3, 1e-12);
    pfg_arena_free(pool.arena);
}

static void a_long_run_keeps_its_medians_in_wider_batches(void **state)
{
    struct pfg_block_pool pool = {.arena = pfg_arena_new()};
    struct pfg_stream series = {.type = PFG_STREAM_TREND, .limit = 512};
    double *medians;
    size_t n;
    (void)state;

    for (int64_t second = 0; second < 3000; second++) {
        for (int i = 0; i < 3; i++) {
            pfg_stream_add(&series, &pool, second, second,
                              (second % 2 ? 10.0 : 20.0) + i);
        }
    }
    pfg_stream_close(&series, &pool);
    medians = pfg_stream_medians(&series, 3000, &n, pool.arena);
    assert_int_equal(n, 1500);
    assert_near(medians[0], 16, 1e-12);
    assert_near(medians[1499], 16, 1e-12);
    pfg_arena_free(pool.arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_of_many_are_within_the_stated_error),
        cmocka_unit_test(quantiles_of_few_are_exact_whatever_their_size),
        cmocka_unit_test(a_long_run_keeps_its_rates_in_wider_batches),
        cmocka_unit_test(a_long_run_keeps_its_medians_in_wider_batches),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
