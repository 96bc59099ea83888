#include "run_fixture.h"

#include "random.h"

#define MAX_RUNS 8
#define N        10 /* samples per run */
#define SERIES   14

/* Runs of several versions, oldest first, and a run of the head. */
struct history {
    struct pfg_run *runs[MAX_RUNS], *head;
    size_t n;
    struct pfg_report *report;
};

static struct history begin(size_t n)
{
    struct history history = {.n = n, .head = pfg_run_new()};

    for (size_t i = 0; i < n; i++) {
        history.runs[i] = pfg_run_new();
        history.runs[i]->revision.id =
            pfg_arena_printf(history.runs[i]->arena, "version %zu", i + 1);
    }
    return history;
}

static void judge(struct history *history, bool window, double percent)
{
    struct pfg_policy policy = fixture_policy(percent);
    struct pfg_comparison comparison = {
        .base = {.runs = history->runs, .n = history->n, .origin.id = ""},
        .head = {.runs = &history->head, .n = 1},
        .policy = &policy,
        .window = window,
        .no_base = "",
    };

    pfg_report_free(history->report);
    history->report = pfg_report_new(&policy);
    pfg_compare(history->report, &comparison);
    pfg_report_finish(history->report, true, false);
}

static void end(struct history *history)
{
    pfg_report_free(history->report);
    for (size_t i = 0; i < history->n; i++) {
        pfg_run_free(history->runs[i]);
    }
    pfg_run_free(history->head);
}

static void add(struct pfg_run *run, const char *metric, double center,
                double half, enum fixture_design design)
{
    double values[N];

    fixture_spread(values, N, center, half);
    fixture_add(run, "A", metric, PFG_LOWER, values, N, design);
}

static void a_window_of_scattered_runs_does_not_look_fast(void **state)
{
    static const double levels[MAX_RUNS] = {1.00, 1.05, 0.96, 1.03,
                                            0.97, 1.00, 0.95, 1.04};
    struct history history = begin(MAX_RUNS);

    (void)state;
    for (size_t i = 0; i < MAX_RUNS; i++) {
        add(history.runs[i], "time", 1e-6 * levels[i], 0.002, ONE_PROCESS);
    }
    add(history.head, "time", 1e-6, 0.002, ONE_PROCESS);
    judge(&history, false, 5);
    assert_true(fixture_find(history.report, "A")->working.low_shift > 0.02);
    judge(&history, true, 5);
    assert_near(fixture_find(history.report, "A")->working.low_shift, 0, 0.005);
    end(&history);
}

static void a_window_is_never_replicated(void **state)
{
    struct history history = begin(1);

    (void)state;
    add(history.runs[0], "time", 1e-6, 0.01, IN_TURN);
    add(history.head, "time", 1e-6, 0.01, IN_TURN);
    judge(&history, false, 5);
    assert_int_equal(fixture_find(history.report, "A")->evidence,
                     PFG_REPLICATED);
    judge(&history, true, 5);
    assert_int_equal(fixture_find(history.report, "A")->evidence, PFG_SINGLE);
    end(&history);
}

static void runs_of_one_number_are_no_sample_of_many(void **state)
{
    struct history history = begin(MAX_RUNS);
    const double one = 1e-6;

    (void)state;
    for (size_t i = 0; i < MAX_RUNS; i++) {
        fixture_time(history.runs[i], "A", &one, 1, ONE_PROCESS);
    }
    add(history.head, "time", 1e-6, 0.01, ONE_PROCESS);
    judge(&history, true, 5);
    assert_int_equal(fixture_find(history.report, "A")->evidence, PFG_POINT);
    end(&history);
}

static void a_count_is_compared_with_what_it_was_last(void **state)
{
    struct history history = begin(4);

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        add(history.runs[i], "allocs", i < 2 ? 5 : 6, 0, ONE_PROCESS);
    }
    add(history.head, "allocs", 6, 0, ONE_PROCESS);
    judge(&history, true, 0);
    assert_verdict(fixture_find(history.report, "A"), PFG_UNCHANGED);
    assert_int_equal(fixture_find(history.report, "A")->base.n, 2 * N);
    end(&history);
}

static void a_window_ends_at_an_accepted_change(void **state)
{
    struct history history = begin(4);
    struct pfg_policy policy = fixture_policy(5);
    struct pfg_patterns patterns = {.arena = pfg_arena_new()};
    struct pfg_acceptance of = {.expired = ""};
    struct pfg_segment segment = {.of = &of, .from = 3};
    struct pfg_comparison comparison = {
        .base = {.runs = history.runs, .n = 4, .origin.id = ""},
        .head = {.runs = &history.head, .n = 1},
        .policy = &policy,
        .window = true,
        .segments = &segment,
        .n_segments = 1,
        .no_base = "",
    };

    (void)state;
    assert_int_equal(pfg_pattern_new(&of.benchmark, &patterns, "A", NULL), 0);
    for (size_t i = 0; i < 4; i++) {
        add(history.runs[i], "time", i < 3 ? 1e-6 : 2e-6, 0.01, ONE_PROCESS);
    }
    add(history.head, "time", 2e-6, 0.01, ONE_PROCESS);
    history.report = pfg_report_new(&policy);
    pfg_compare(history.report, &comparison);
    assert_int_equal(fixture_find(history.report, "A")->base.n, N);
    assert_near(fixture_find(history.report, "A")->change, 0, 0.001);
    end(&history);
    pfg_patterns_free(&patterns);
    pfg_arena_free(patterns.arena);
}

/* Every run has its own level, as runs on different days do. Only the first
 * series may change. */
static void simulate(struct pfg_run *run, double change, uint64_t *random)
{
    for (size_t s = 0; s < SERIES; s++) {
        double level =
            1e-6 * (s ? 1 : change) * (1 + 0.027 * random_normal(random));
        double values[N];
        char name[8];

        for (size_t i = 0; i < N; i++) {
            values[i] = level * (1 + 0.01 * fabs(random_normal(random)));
        }
        snprintf(name, sizeof name, "%zu", s);
        fixture_time(run, name, values, N, ONE_PROCESS);
    }
}

static size_t count_failed(size_t suites, double change)
{
    uint64_t random = 7;
    size_t failed = 0;

    for (size_t k = 0; k < suites; k++) {
        struct history history = begin(MAX_RUNS);

        for (size_t i = 0; i < MAX_RUNS; i++) {
            simulate(history.runs[i], 1, &random);
        }
        simulate(history.head, change, &random);
        judge(&history, true, 0);
        failed += history.report->counts[PFG_REGRESSED] > 0;
        end(&history);
    }
    return failed;
}

/* The promise that verdict.md makes about suites: 2 % of 300, plus three
 * standard deviations of that count. */
static void a_window_keeps_the_promise_about_suites(void **state)
{
    (void)state;
    assert_true(count_failed(300, 1) <= 13);
    assert_true(count_failed(20, 2) >= 18);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_of_scattered_runs_does_not_look_fast),
        cmocka_unit_test(a_window_is_never_replicated),
        cmocka_unit_test(runs_of_one_number_are_no_sample_of_many),
        cmocka_unit_test(a_count_is_compared_with_what_it_was_last),
        cmocka_unit_test(a_window_ends_at_an_accepted_change),
        cmocka_unit_test(a_window_keeps_the_promise_about_suites),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
