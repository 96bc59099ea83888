#include "stats/history/partition.h"

#include "base/arena.h"
#include "check.h"
#include "random.h"

#define N 200

static double squared_error(const double *z, size_t from, size_t to)
{
    double mean = 0, sum = 0;

    for (size_t i = from; i < to; i++) {
        mean += z[i];
    }
    mean /= (double)(to - from);
    for (size_t i = from; i < to; i++) {
        sum += (z[i] - mean) * (z[i] - mean);
    }
    return sum;
}

/* The lowest possible cost, found by trying every start of the last segment. */
static double least_cost(const double *z, size_t n, double penalty)
{
    double best[N + 1] = {0};

    for (size_t end = 1; end <= n; end++) {
        best[end] = INFINITY;
        for (size_t start = 0; start + 3 <= end; start++) {
            best[end] = fmin(best[end], best[start] + penalty +
                                            squared_error(z, start, end));
        }
    }
    return best[n];
}

static double cost_of(const size_t *starts, size_t count, const double *z,
                      size_t n, double penalty)
{
    double cost = penalty * (double)(count + 1);

    for (size_t i = 0; i <= count; i++) {
        const size_t from = i ? starts[i - 1] : 0;
        const size_t to = i < count ? starts[i] : n;

        assert_true(to >= from + PFG_PARTITION_SHORTEST);
        cost += squared_error(z, from, to);
    }
    return cost;
}

static void draw(double *z, size_t n, int shape, uint64_t *seed)
{
    double level = 0;

    for (size_t i = 0; i < n; i++) {
        const double noise = random_normal(seed);

        level += random_below(seed, 15) == 0 ? 4 * noise : 0;
        z[i] = shape == 0   ? noise                              /* nothing */
               : shape == 1 ? level + random_normal(seed)        /* steps */
               : shape == 2 ? 0.1 * (double)i + noise            /* drift */
               : shape == 3 ? floor(level + random_normal(seed)) /* ties */
               : shape == 4 ? exp(3 * noise)                     /* spikes */
                            : (double)(i / 5 % 2);               /* no noise */
    }
}

static void no_partition_costs_less(void **state)
{
    static const double penalties[] = {0.5, 5, 26, 200};
    double z[N];
    size_t starts[N / PFG_PARTITION_SHORTEST];
    uint64_t seed = 1;
    (void)state;

    for (int round = 0; round < 240; round++) {
        const size_t n = 6 + random_below(&seed, N - 5);
        const double penalty = penalties[round % 4];
        struct pfg_arena *arena = pfg_arena_new();
        double cost, least;

        draw(z, n, round % 6, &seed);
        cost = cost_of(starts, pfg_partition(starts, z, n, penalty, arena), z,
                       n, penalty);
        least = least_cost(z, n, penalty);
        assert_near(cost, least, 1e-9 * (1 + least));
        pfg_arena_free(arena);
    }
}

static void too_few_points_stay_whole(void **state)
{
    const double z[] = {0, 0, 0, 9, 9, 9};
    struct pfg_arena *arena = pfg_arena_new();
    size_t starts[2];
    (void)state;

    for (size_t n = 0; n < 6; n++) {
        assert_int_equal(pfg_partition(starts, z, n, 0.1, arena), 0);
    }
    assert_int_equal(pfg_partition(starts, z, 6, 0.1, arena), 1);
    assert_int_equal(starts[0], 3);
    assert_int_equal(pfg_partition(starts, z, 6, 1000, arena), 0);
    pfg_arena_free(arena);
}

static void odd_numbers_do_not_hang_it(void **state)
{
    double z[60];
    size_t starts[20];
    (void)state;

    for (int kind = 0; kind < 4; kind++) {
        static const double odd[] = {NAN, INFINITY, 1e308, 0};
        struct pfg_arena *arena = pfg_arena_new();

        for (size_t i = 0; i < 60; i++) {
            z[i] = i % 7 ? (double)(i % 3) : odd[kind];
        }
        assert_true(pfg_partition(starts, z, 60, 1, arena) <= 20);
        pfg_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_partition_costs_less),
        cmocka_unit_test(too_few_points_stay_whole),
        cmocka_unit_test(odd_numbers_do_not_hang_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
