#include "run_fixture.h"

#define N(array) (sizeof(array) / sizeof *(array))

struct sides {
    struct pfg_run *base, *head;
    struct pfg_run *history[64];
    size_t n_history;
    struct pfg_policy policy;
    struct pfg_report *report;
};

static struct sides begin(double percent)
{
    return (struct sides){
        .base = pfg_run_new(),
        .head = pfg_run_new(),
        .policy = fixture_policy(percent),
    };
}

static const struct pfg_report_row *judge(struct sides *s, const char *name)
{
    struct pfg_comparison comparison = {
        .base = {.runs = &s->base, .n = 1, .origin = {.id = ""}},
        .head = {.runs = &s->head, .n = 1},
        .policy = &s->policy,
        .no_base = "",
        .history = s->history,
        .n_history = s->n_history,
    };

    pfg_report_free(s->report);
    s->report = pfg_report_new(&s->policy);
    pfg_compare(s->report, &comparison);
    pfg_report_finish(s->report, true, false);
    return fixture_find(s->report, name);
}

static void end(struct sides *s)
{
    pfg_report_free(s->report);
    pfg_run_free(s->base);
    pfg_run_free(s->head);
    for (size_t i = 0; i < s->n_history; i++) {
        pfg_run_free(s->history[i]);
    }
}

static struct pfg_run *add_history(struct sides *s, double value)
{
    struct pfg_run *run = pfg_run_new();

    fixture_time(run, "a", &value, 1, ONE_PROCESS);
    s->history[s->n_history++] = run;
    return run;
}

/* The processes have different numbers of samples. The lower quartile of twenty
 * lies far below a single sample, but nothing changed. */
static void processes_of_different_sizes_are_compared_at_one_size(void **state)
{
    struct sides s = begin(2);
    const struct pfg_report_row *row;
    double values[20];

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        double center = 1 + 1e-4 * (double)i;

        fixture_spread(values, 20, center, 0.2);
        fixture_piece(s.base, fixture_series(s.base, "a", "time", PFG_LOWER),
                      values, 20);
        fixture_spread(values, 1, center, 0);
        fixture_piece(s.head, fixture_series(s.head, "a", "time", PFG_LOWER),
                      values, 1);
    }
    row = judge(&s, "a");
    assert_int_equal(row->evidence, PFG_REPLICATED);
    assert_true(row->working.low_shift < 0.03);
    assert_true(row->verdict == PFG_INCONCLUSIVE ||
                row->verdict == PFG_UNCHANGED);
    end(&s);
}

static void no_more_than_thirty_earlier_runs_are_used(void **state)
{
    struct sides s = begin(5);
    const struct pfg_report_row *row;
    double value = 1;

    (void)state;
    /* Noisy long ago, steady since. */
    for (size_t i = 0; i < 50; i++) {
        add_history(&s, i < 20 ? 1 + 0.001 * (i % 2 ? 1 : -1)
                               : 1 + 0.0001 * (i % 2 ? 1 : -1));
    }
    fixture_time(s.base, "a", &value, 1, ONE_PROCESS);
    fixture_time(s.head, "a", &value, 1, ONE_PROCESS);
    row = judge(&s, "a");
    assert_int_equal(row->evidence, PFG_HISTORY);
    assert_true(row->working.earlier <= 30);
    end(&s);
}

static void eight_earlier_runs_are_a_history_and_seven_are_none(void **state)
{
    struct sides s = begin(5);
    double value = 1;

    (void)state;
    fixture_time(s.base, "a", &value, 1, ONE_PROCESS);
    fixture_time(s.head, "a", &value, 1, ONE_PROCESS);
    for (size_t i = 0; i < 7; i++) {
        add_history(&s, 1 + 0.001 * (double)(i % 3));
    }
    assert_int_equal(judge(&s, "a")->evidence, PFG_POINT);
    add_history(&s, 1);
    assert_int_equal(judge(&s, "a")->evidence, PFG_HISTORY);
    end(&s);
}

/* With three values per side the medians are compared, so the noise is the
 * spread of the medians over earlier runs, not that of the lowest values. */
static void the_noise_of_a_history_is_that_of_the_medians(void **state)
{
    struct sides s = begin(5);
    double values[3] = {1, 1.001, 1.002};

    (void)state;
    fixture_time(s.base, "a", values, 3, ONE_PROCESS);
    for (size_t i = 0; i < 12; i++) {
        struct pfg_run *run = pfg_run_new();

        /* The lowest value stays the same, the middle one varies. */
        values[1] = i % 2 ? 1.3 : 1.0;
        values[2] = 1.31;
        fixture_time(run, "a", values, 3, ONE_PROCESS);
        s.history[s.n_history++] = run;
    }
    values[1] = 1.3;
    fixture_time(s.head, "a", values, 3, ONE_PROCESS);
    assert_int_equal(judge(&s, "a")->evidence, PFG_HISTORY);
    assert_true(judge(&s, "a")->effective_threshold > 0.5);
    assert_verdict(judge(&s, "a"), PFG_UNCONFIRMED);
    end(&s);
}

/* The upper 40 % of five processes are much slower; the fast mode is not. */
static void a_distribution_change_is_seen_below_seven_processes(void **state)
{
    struct sides s = begin(2);
    double base[6] = {1.000, 1.001, 1.002, 1.003, 1.004, 1.005};
    double head[6] = {1.0055, 1.006, 1.007, 1.2, 1.25, 1.3};
    const struct pfg_report_row *row;
    bool told = false;

    (void)state;
    fixture_time(s.base, "a", base, 6, IN_TURN);
    fixture_time(s.head, "a", head, 6, IN_TURN);
    row = judge(&s, "a");
    assert_int_equal(row->evidence, PFG_REPLICATED);
    for (size_t i = 0; i < row->n_footnotes; i++) {
        told |= strstr(s.report->footnotes[row->footnotes[i]],
                       "distribution") != NULL;
    }
    assert_true(told);
    end(&s);
}

/* A rate that is judged by counts is not a test of the suite: however small its
 * p, it does not make another row's p smaller. */
static void rates_of_counts_take_no_part_in_the_suite(void **state)
{
    struct sides s = begin(5);
    const struct pfg_report_row *row;
    double times[10];

    (void)state;
    fixture_spread(times, 10, 1, 0.01);
    fixture_time(s.base, "a", times, 10, IN_TURN);
    fixture_time(s.head, "a", times, 10, IN_TURN);
    for (size_t i = 0; i < 10; i++) {
        double few = 0.01 + 1e-5 * (double)i, many = 0.5 + 1e-5 * (double)i;
        struct pfg_piece *piece;

        piece = fixture_piece(
            s.base, fixture_series(s.base, "e", "error rate", PFG_LOWER), &few,
            1);
        piece->events = 100;
        piece->trials = 10000;
        piece = fixture_piece(
            s.head, fixture_series(s.head, "e", "error rate", PFG_LOWER), &many,
            1);
        piece->events = 5000;
        piece->trials = 10000;
    }
    row = judge(&s, "e");
    assert_verdict(row, PFG_REGRESSED);
    assert_false(row->working.family);
    assert_int_equal(judge(&s, "a")->working.tests, 1);
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(processes_of_different_sizes_are_compared_at_one_size),
        cmocka_unit_test(no_more_than_thirty_earlier_runs_are_used),
        cmocka_unit_test(eight_earlier_runs_are_a_history_and_seven_are_none),
        cmocka_unit_test(the_noise_of_a_history_is_that_of_the_medians),
        cmocka_unit_test(a_distribution_change_is_seen_below_seven_processes),
        cmocka_unit_test(rates_of_counts_take_no_part_in_the_suite),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
