#include "compare/trend/shifts.h"

#include <string.h>

#include "base/arena.h"
#include "check.h"
#include "random.h"

#define N 3000

static const struct pfg_series of_time = {
    .suite = "s", .benchmark = "b", .metric = "time", .better = PFG_LOWER};

/* Noise of 2 % with occasional steps, stretches that climb, spikes, and values
 * without a logarithm. */
static void make(struct pfg_history_value *values, uint64_t *seed)
{
    double level = 0, slope = 0;

    for (size_t i = 0; i < N; i++) {
        if (random_below(seed, 250) == 0) {
            level += random_below(seed, 2) ? 0.08 : -0.08;
        }
        if (random_below(seed, 500) == 0) {
            slope = slope != 0 ? 0 : 0.0004;
        }
        level += slope;
        values[i].value = exp(level + 0.02 * random_normal(seed) +
                              (random_below(seed, 60) ? 0 : 0.5));
        if (random_below(seed, 100) == 0) {
            values[i].value = 0;
        }
    }
}

static struct pfg_history_series series_of(struct pfg_history_value *values,
                                           size_t n)
{
    return (struct pfg_history_series){
        .series = &of_time, .values = values, .n_values = n};
}

static void assert_same(const struct pfg_history_shift *a,
                        const struct pfg_history_shift *b)
{
    assert_int_equal(a->drift, b->drift);
    assert_int_equal(a->candidate, b->candidate);
    assert_int_equal(a->worse, b->worse);
    assert_int_equal(a->good, b->good);
    assert_int_equal(a->bad, b->bad);
    assert_int_equal(a->earliest, b->earliest);
    assert_int_equal(a->latest, b->latest);
    assert_true(a->before == b->before && a->after == b->after);
    assert_true(a->change == b->change && a->change_lower == b->change_lower &&
                a->change_upper == b->change_upper);
}

static void a_series_that_grows_is_told_as_one_that_is_whole(void **state)
{
    static struct pfg_history_value values[N];
    uint64_t seed = 1;
    size_t n_settled = 0, n_drifts = 0;
    (void)state;

    for (int round = 0; round < 10; round++) {
        struct pfg_history_settled settled = {0};
        struct pfg_arena *kept = pfg_arena_new();

        make(values, &seed);
        for (size_t n = 400 + random_below(&seed, 50); n <= N;
             n += 1 + random_below(&seed, 40)) {
            struct pfg_arena *arena = pfg_arena_new();
            struct pfg_history_series whole = series_of(values, n);
            struct pfg_history_series grown = series_of(values, n);
            const size_t known = settled.n_shifts;

            pfg_shifts_find(&whole, NULL, NULL, arena);
            pfg_shifts_find(&grown, &settled, NULL, kept);
            assert_int_equal(grown.n_shifts, whole.n_shifts);
            assert_true(grown.noise == whole.noise);
            for (size_t i = 0; i < whole.n_shifts; i++) {
                assert_same(&grown.shifts[i], &whole.shifts[i]);
            }
            assert_true(settled.n_shifts >= known && settled.n <= n);
            for (size_t i = 0; i < settled.n_shifts; i++) {
                assert_same(&settled.shifts[i], &whole.shifts[i]);
                n_drifts += settled.shifts[i].drift;
            }
            pfg_arena_free(arena);
        }
        n_settled += settled.n_shifts;
        pfg_arena_free(kept);
    }
    assert_true(n_settled > 40 && n_drifts > 0);
}

/* The values that are not searched again may be anything. */
static void only_the_tail_is_looked_at_again(void **state)
{
    static struct pfg_history_value values[N];
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_history_settled settled = {0}, before;
    struct pfg_history_series whole, spoilt;
    uint64_t seed = 2;
    (void)state;

    for (size_t i = 0; i < N; i++) {
        values[i].value = exp((i >= 700 ? 0.1 : 0) + (i >= N - 40 ? 0.1 : 0) +
                              0.02 * random_normal(&seed));
    }
    whole = series_of(values, N - 1);
    pfg_shifts_find(&whole, &settled, NULL, arena);
    before = settled;
    assert_true(settled.n + PFG_SHIFTS_SPAN > N - 1);
    assert_true(settled.from + PFG_SHIFTS_SPAN >= N - 1);
    whole = series_of(values, N);
    pfg_shifts_find(&whole, NULL, NULL, arena);
    for (size_t i = 0; i + 60 < settled.from; i++) {
        values[i].value = 1e3;
    }
    spoilt = series_of(values, N);
    pfg_shifts_find(&spoilt, &settled, NULL, arena);
    assert_int_equal(settled.n, before.n);
    assert_int_equal(spoilt.n_shifts, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_same(&spoilt.shifts[i], &whole.shifts[i]);
    }
    assert_in_range(whole.shifts[0].bad, 698, 702);
    assert_in_range(whole.shifts[1].bad, N - 42, N - 38);
    pfg_arena_free(arena);
}

/* A drift longer than the span that is searched at a time is found as one. */
static void a_long_drift_is_one(void **state)
{
    static struct pfg_history_value values[N];
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_history_series series = series_of(values, N);
    uint64_t seed = 3;
    (void)state;

    for (size_t i = 0; i < N; i++) {
        const double way = i < 1000 ? 0 : i > 2500 ? 1500 : (double)i - 1000;

        values[i].value = exp(0.0004 * way + 0.02 * random_normal(&seed));
    }
    pfg_shifts_find(&series, NULL, NULL, arena);
    /* Its end may be off by one place of the grid; the rest is then a small
     * step. */
    assert_in_range(series.n_shifts, 1, 2);
    assert_true(series.shifts[0].drift);
    assert_in_range(series.shifts[0].good, 850, 1150);
    assert_in_range(series.shifts[0].bad, 2350, 2650);
    pfg_arena_free(arena);
}

static void quiet_histories_stay_quiet(void **state)
{
    static struct pfg_history_value values[N];
    uint64_t seed = 4;
    size_t found = 0;
    (void)state;

    for (int round = 0; round < 30; round++) {
        struct pfg_arena *arena = pfg_arena_new();
        struct pfg_history_series series = series_of(values, N);

        for (size_t i = 0; i < N; i++) {
            values[i].value = exp(0.02 * random_normal(&seed));
        }
        pfg_shifts_find(&series, NULL, NULL, arena);
        found += series.n_shifts;
        pfg_arena_free(arena);
    }
    print_message("%zu false changes in 90,000 values\n", found);
    assert_true(found <= 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_that_grows_is_told_as_one_that_is_whole),
        cmocka_unit_test(only_the_tail_is_looked_at_again),
        cmocka_unit_test(a_long_drift_is_one),
        cmocka_unit_test(quiet_histories_stay_quiet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
