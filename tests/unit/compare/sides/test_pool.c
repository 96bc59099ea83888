#include "compare/sides/pool.h"

#include "run_fixture.h"

#define MANY 8

/* The rounds or the times of one side's processes, ending with 0. */
struct side {
    long marks[MANY + 1];
};

static struct pfg_run *run_of(const struct side *side, bool rounds,
                              bool summaries)
{
    struct pfg_run *run = pfg_run_new();
    struct pfg_series *series = fixture_series(run, "A", "time", PFG_LOWER);

    for (size_t i = 0; side->marks[i]; i++) {
        const double value = 1;
        struct pfg_piece *piece =
            fixture_piece(run, series, &value, summaries ? 0 : 1);

        piece->has_summary = summaries;
        piece->summary = pfg_summary_of(1);
        run->processes.at[i] = (struct pfg_process){
            .round = rounds ? side->marks[i] : 0,
            .time = rounds ? 0 : side->marks[i] * PFG_SECOND,
        };
    }
    return run;
}

static bool alternates(const struct side *base, const struct side *head,
                       bool rounds, bool summaries)
{
    struct pfg_run *runs[] = {run_of(base, rounds, summaries),
                              run_of(head, rounds, summaries)};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_pool pools[2];
    const char *key = runs[0]->series.at[0]->key;
    bool result;

    pfg_pool_build(&pools[0], &runs[0], 1, arena);
    pfg_pool_build(&pools[1], &runs[1], 1, arena);
    result = pfg_pool_alternates(pfg_pool_find(&pools[0], key),
                                 pfg_pool_find(&pools[1], key), arena);
    pfg_arena_free(arena);
    pfg_run_free(runs[0]);
    pfg_run_free(runs[1]);
    return result;
}

struct example {
    const char *what;
    struct side base, head;
    bool result;
};

static void check(const struct example *cases, size_t n, bool rounds)
{
    for (size_t i = 0; i < n; i++) {
        for (int summaries = 0; summaries < 2; summaries++) {
            if (alternates(&cases[i].base, &cases[i].head, rounds, summaries) !=
                cases[i].result) {
                fail_msg("%s: not %s", cases[i].what,
                         cases[i].result ? "seen" : "refused");
            }
            if (alternates(&cases[i].head, &cases[i].base, rounds, summaries) !=
                cases[i].result) {
                fail_msg("%s, sides swapped: not %s", cases[i].what,
                         cases[i].result ? "seen" : "refused");
            }
        }
    }
}

static void rounds_alternate_when_they_pair_up(void **state)
{
    static const struct example cases[] = {
        {"three rounds", {{1, 2, 3}}, {{1, 2, 3}}, true},
        {"rounds from anywhere", {{7, 8, 9}}, {{7, 8, 9}}, true},
        {"in another order", {{3, 1, 2}}, {{2, 3, 1}}, true},
        {"two are too few", {{1, 2}}, {{1, 2}}, false},
        {"a round without head", {{1, 2, 3, 4}}, {{1, 2, 3}}, false},
        {"other rounds", {{1, 2, 3}}, {{4, 5, 6}}, false},
        {"one other round", {{1, 2, 3}}, {{1, 2, 4}}, false},
        {"a round twice", {{1, 2, 2}}, {{1, 2, 2}}, false},
    };
    (void)state;

    check(cases, PFG_COUNT(cases), true);
}

static void times_alternate_when_they_interleave(void **state)
{
    static const struct example cases[] = {
        {"in turn", {{1, 3, 5}}, {{2, 4, 6}}, true},
        {"ABBA", {{1, 4, 5, 8}}, {{2, 3, 6, 7}}, true},
        {"all base first", {{1, 2, 3}}, {{4, 5, 6}}, false},
        {"ten and ten",
         {{1, 2, 3, 4, 5, 6, 7, 8}},
         {{11, 12, 13, 14, 15, 16, 17, 18}},
         false},
        {"three in a row", {{1, 2, 3, 6}}, {{4, 5, 7, 8}}, false},
        {"three in a row at the end", {{1, 3, 5}}, {{2, 4, 6, 7, 8}}, false},
        {"at the same time", {{1, 3, 5}}, {{1, 3, 5}}, false},
        {"one has not two", {{1, 3}}, {{2, 4}}, false},
        {"two pairs first", {{1, 2, 5, 6}}, {{3, 4, 7, 8}}, true},
    };
    (void)state;

    check(cases, PFG_COUNT(cases), false);
}

static void no_marks_are_no_alternation(void **state)
{
    static const double values[] = {1, 1, 1, 1};
    struct pfg_run *runs[] = {pfg_run_new(), pfg_run_new()};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_pool pools[2];
    (void)state;

    for (int side = 0; side < 2; side++) {
        fixture_time(runs[side], "A", values, 4, IN_TURN);
        for (size_t i = 0; i < 4; i++) {
            runs[side]->processes.at[i] = (struct pfg_process){0};
        }
        pfg_pool_build(&pools[side], &runs[side], 1, arena);
    }
    assert_false(pfg_pool_alternates(
        pfg_pool_find(&pools[0], runs[0]->series.at[0]->key),
        pfg_pool_find(&pools[1], runs[0]->series.at[0]->key), arena));
    pfg_arena_free(arena);
    pfg_run_free(runs[0]);
    pfg_run_free(runs[1]);
}

static void runs_of_a_side_are_brought_together(void **state)
{
    static const double values[] = {1, 2, 3};
    struct pfg_run *runs[] = {pfg_run_new(), pfg_run_new()};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_pool pool;
    struct pfg_pooled *a;
    struct pfg_piece *failed;
    (void)state;

    fixture_time(runs[0], "A", values, 3, ONE_PROCESS);
    fixture_time(runs[1], "B", values, 1, ONE_PROCESS);
    fixture_time(runs[1], "A", values, 2, IN_TURN);
    failed = fixture_piece(runs[1], runs[1]->series.at[1], values, 0);
    failed->error = "it broke";
    pfg_pool_build(&pool, runs, 2, arena);
    assert_int_equal(pool.series.n, 2);
    assert_int_equal(pool.benchmarks.n, 2);
    assert_int_equal(pool.suites.n, 1);
    a = pfg_pool_find(&pool, runs[0]->series.at[0]->key);
    assert_int_equal(a->processes.n, 4);
    assert_int_equal(a->n_used, 3);
    assert_int_equal(a->n_values, 5);
    assert_string_equal(a->error, "it broke");
    assert_null(pfg_pool_find(&pool, "nothing"));
    pfg_arena_free(arena);
    pfg_run_free(runs[0]);
    pfg_run_free(runs[1]);
}

/* Names are rewritten after reading, so that two series may get one key. */
static void a_series_that_a_run_has_twice_is_one(void **state)
{
    static const double values[] = {1, 2, 3};
    struct pfg_run *run = pfg_run_new();
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_pool pool;
    (void)state;

    fixture_time(run, "A", values, 3, ONE_PROCESS);
    fixture_time(run, "B", values, 1, ONE_PROCESS);
    fixture_time(run, "A", values, 2, ONE_PROCESS);
    pfg_pool_build(&pool, &run, 1, arena);
    assert_int_equal(pool.series.n, 2);
    assert_int_equal(pfg_pool_find(&pool, run->series.at[0]->key)->n_values, 5);
    pfg_arena_free(arena);
    pfg_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_alternate_when_they_pair_up),
        cmocka_unit_test(times_alternate_when_they_interleave),
        cmocka_unit_test(no_marks_are_no_alternation),
        cmocka_unit_test(runs_of_a_side_are_brought_together),
        cmocka_unit_test(a_series_that_a_run_has_twice_is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
