#include "stats/history/changepoint.h"

#include <time.h>

#include "base/arena.h"
#include "check.h"
#include "random.h"

#define N 10000

static double noise(uint64_t *seed, double sd)
{
    return sd * random_normal(seed);
}

/* The number of change points in y[0..n); *first is the first of them. */
static size_t find(const double *y, size_t n, struct pfg_changepoint *first)
{
    struct pfg_arena *arena = pfg_arena_new();
    const struct pfg_changepoints found = pfg_changepoints_find(y, n, arena);

    for (size_t i = 0; i < found.n; i++) {
        assert_true(found.at[i].at >= 3 && found.at[i].at + 3 <= n);
        assert_true(i == 0 || found.at[i].at > found.at[i - 1].at);
        assert_true(found.at[i].p >= 0 && found.at[i].p <= 0.001);
    }
    assert_true(found.candidate + 2 >= n && found.candidate <= n);
    if (found.n && first) {
        *first = found.at[0];
    }
    pfg_arena_free(arena);
    return found.n;
}

static void a_step_is_found_where_it_is(void **state)
{
    uint64_t seed = 1;
    int exact = 0;
    (void)state;

    for (int round = 0; round < 100; round++) {
        const size_t n = 40 + random_below(&seed, 160);
        const size_t at = 10 + random_below(&seed, n - 20);
        struct pfg_changepoint first;
        double y[200];

        for (size_t i = 0; i < n; i++) {
            y[i] = -15 + (i >= at ? log(1.10) : 0) + noise(&seed, 0.015);
        }
        assert_int_equal(find(y, n, &first), 1);
        assert_true(first.at + 2 >= at && first.at <= at + 2);
        assert_near(first.after - first.before, log(1.10), 0.03);
        exact += first.at == at;
    }
    assert_true(exact > 85);
}

static void steps_up_and_down_are_all_found(void **state)
{
    static double y[600];
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_changepoints found;
    uint64_t seed = 2;
    (void)state;

    for (size_t i = 0; i < 600; i++) {
        y[i] = noise(&seed, 0.02) + (i >= 100 ? 0.2 : 0) -
               (i >= 250 ? 0.15 : 0) + (i >= 400 ? 0.3 : 0);
    }
    found = pfg_changepoints_find(y, 600, arena);
    assert_int_equal(found.n, 3);
    assert_int_equal(found.at[0].at, 100);
    assert_int_equal(found.at[1].at, 250);
    assert_int_equal(found.at[2].at, 400);
    assert_near(found.noise, 0.02, 0.004);
    assert_int_equal(found.candidate, 600);
    pfg_arena_free(arena);
}

static void lone_spikes_are_no_change(void **state)
{
    static double y[300];
    uint64_t seed = 3;
    (void)state;

    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < 300; i++) {
            y[i] = noise(&seed, 0.02);
        }
        for (size_t i = 0; i < 10; i++) {
            y[7 + 29 * i + random_below(&seed, 20)] += 2;
        }
        assert_int_equal(find(y, 300, NULL), 0);
    }
}

static void changes_under_two_percent_are_no_matter(void **state)
{
    double y[200];
    uint64_t seed = 4;
    (void)state;

    for (size_t i = 0; i < 200; i++) {
        y[i] = noise(&seed, 0.001) + (i >= 100 ? log(1.015) : 0);
    }
    assert_int_equal(find(y, 200, NULL), 0);
    for (size_t i = 100; i < 200; i++) {
        y[i] += log(1.03 / 1.015);
    }
    assert_int_equal(find(y, 200, NULL), 1);
}

static void exact_counts_step_too(void **state)
{
    double y[30];
    struct pfg_changepoint first;
    (void)state;

    for (size_t i = 0; i < 30; i++) {
        y[i] = log(i >= 20 ? 110 : 100);
    }
    assert_int_equal(find(y, 30, &first), 1);
    assert_int_equal(first.at, 20);
    for (size_t i = 0; i < 30; i++) {
        y[i] = log(100);
    }
    assert_int_equal(find(y, 30, NULL), 0);
}

/* The share of unchanged histories in which a change is found. */
static double false_share(size_t n, double relation, bool heavy, uint64_t *seed)
{
    static double y[2000];
    const int rounds = 1000;
    int alarms = 0;

    for (int round = 0; round < rounds; round++) {
        double last = 0;

        for (size_t i = 0; i < n; i++) {
            /* Student's t with 3 degrees of freedom, or a normal deviate. */
            const double z = random_normal(seed), a = random_normal(seed),
                         b = random_normal(seed), c = random_normal(seed);
            const double draw =
                heavy ? z / sqrt((a * a + b * b + c * c) / 3) : z;

            last = relation * last + draw;
            y[i] = 0.03 * last;
        }
        alarms += find(y, n, NULL) > 0;
    }
    return (double)alarms / rounds;
}

static void noise_alone_rarely_looks_like_a_change(void **state)
{
    uint64_t seed = 5;
    double share[5];
    (void)state;

    share[0] = false_share(30, 0, false, &seed);
    share[1] = false_share(100, 0, false, &seed);
    share[2] = false_share(500, 0, false, &seed);
    share[3] = false_share(200, 0, true, &seed);
    share[4] = false_share(200, 0.3, false, &seed);
    print_message("false change points: n 30 %.3f, 100 %.3f, 500 %.3f, "
                  "heavy %.3f, related %.3f\n",
                  share[0], share[1], share[2], share[3], share[4]);
    assert_true(share[0] <= 0.02);
    assert_true(share[1] <= 0.02);
    assert_true(share[2] <= 0.02);
    assert_true(share[3] <= 0.02);
    assert_true(share[4] <= 0.05);
}

static void slow_drift_gives_few_steps(void **state)
{
    static double y[500];
    uint64_t seed = 6;
    (void)state;

    for (size_t i = 0; i < 500; i++) {
        y[i] = noise(&seed, 0.03) + 0.0002 * (double)i; /* 10 % in total */
    }
    assert_true(find(y, 500, NULL) <= 4);
}

static void the_newest_points_make_a_candidate_first(void **state)
{
    double y[53];
    uint64_t seed = 7;
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_changepoints found;
    (void)state;

    for (size_t i = 0; i < 53; i++) {
        y[i] = noise(&seed, 0.01) + (i >= 50 ? 0.3 : 0);
    }
    found = pfg_changepoints_find(y, 50, arena);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.candidate, 50); /* none */
    found = pfg_changepoints_find(y, 51, arena);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.candidate, 50); /* the last of 51 */
    found = pfg_changepoints_find(y, 52, arena);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.candidate, 50);
    found = pfg_changepoints_find(y, 53, arena);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.at[0].at, 50);
    assert_int_equal(found.candidate, 53);
    /* One value up and the next down again is not a change. */
    y[51] = 0;
    found = pfg_changepoints_find(y, 52, arena);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.candidate, 52);
    pfg_arena_free(arena);
}

static void short_or_odd_histories_are_survived(void **state)
{
    static const double odd[] = {NAN, INFINITY, -INFINITY, 1e308};
    double y[50] = {0, 0, 0, 9, 9, 9};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_changepoints found;
    (void)state;

    for (size_t n = 0; n < 6; n++) {
        found = pfg_changepoints_find(y, n, arena);
        assert_int_equal(found.n, 0);
        assert_int_equal(found.candidate, n);
    }
    pfg_changepoints_find(y, 6, arena);
    for (size_t kind = 0; kind < 4; kind++) {
        for (size_t i = 0; i < 50; i++) {
            y[i] = i % 9 == 4 ? odd[kind] : (double)(i / 20);
        }
        pfg_changepoints_find(y, 50, arena);
    }
    pfg_arena_free(arena);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void ten_thousand_points_take_little_time(void **state)
{
    static double y[N];
    uint64_t seed = 8;
    (void)state;

    for (int shape = 0; shape < 4; shape++) {
        static const char *const names[] = {"noise", "steps", "drift", "ties"};
        double start, took, level = 0;
        size_t count;

        for (size_t i = 0; i < N; i++) {
            level += i % 200 == 0 ? noise(&seed, 0.1) : 0;
            y[i] = noise(&seed, 0.03) + (shape == 1 ? level : 0) +
                   (shape == 2 ? 1e-4 * (double)i : 0);
            y[i] = shape == 3 ? floor(y[i] * 20) / 20 : y[i];
        }
        start = seconds();
        count = find(y, N, NULL);
        took = seconds() - start;
        print_message("10,000 points of %s: %zu change points, %.1f ms\n",
                      names[shape], count, 1e3 * took);
        /* The target is 20 ms, and 3 ms is usual; the rest is for sanitizers
         * and slow machines. This is CPU time, so that load does not matter. */
        assert_true(took < 0.05);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_is_found_where_it_is),
        cmocka_unit_test(steps_up_and_down_are_all_found),
        cmocka_unit_test(lone_spikes_are_no_change),
        cmocka_unit_test(changes_under_two_percent_are_no_matter),
        cmocka_unit_test(exact_counts_step_too),
        cmocka_unit_test(noise_alone_rarely_looks_like_a_change),
        cmocka_unit_test(slow_drift_gives_few_steps),
        cmocka_unit_test(the_newest_points_make_a_candidate_first),
        cmocka_unit_test(short_or_odd_histories_are_survived),
        cmocka_unit_test(ten_thousand_points_take_little_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
