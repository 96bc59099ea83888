#include "run_fixture.h"

static const struct pfg_report_row *judge(struct pfg_report **report,
                                          struct pfg_run *base,
                                          struct pfg_run *head,
                                          const struct pfg_policy *policy,
                                          const char *name)
{
    struct pfg_comparison comparison = {
        .base = {.runs = &base, .n = 1, .origin.id = ""},
        .head = {.runs = &head, .n = 1},
        .policy = policy,
        .no_base = "",
    };

    pfg_report_free(*report);
    *report = pfg_report_new(policy);
    pfg_compare(*report, &comparison);
    pfg_report_finish(*report, true, false);
    return fixture_find(*report, name);
}

static struct pfg_run *run_of(double factor, size_t n, double half)
{
    struct pfg_run *run = pfg_run_new();
    double values[40];

    fixture_spread(values, n, factor, half);
    fixture_time(run, "a", values, n, IN_TURN);
    return run;
}

/* If the gate fails at some slowdown, it fails at every larger one. */
static void check_monotone(const struct pfg_policy *policy, size_t n,
                           double half)
{
    struct pfg_run *base = run_of(1, n, half);
    struct pfg_report *report = NULL;
    bool failed = false;

    for (double factor = 1; factor < 2; factor *= 1.003) {
        struct pfg_run *head = run_of(factor, n, half);

        judge(&report, base, head, policy, "a");
        if (failed && !report->status) {
            print_error("n=%zu, spread %g: +%g %% passes\n", n, half,
                        100 * (factor - 1));
            fail();
        }
        failed |= report->status != 0;
        pfg_report_free(report);
        report = NULL;
        pfg_run_free(head);
    }
    assert_true(failed);
    pfg_run_free(base);
}

static void a_larger_slowdown_never_passes_where_a_smaller_failed(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 12; n++) {
        for (int strict = 0; strict < 2; strict++) {
            for (int given = 0; given < 2; given++) {
                struct pfg_policy policy = fixture_policy(given ? 5 : 0);

                policy.strict_threshold = strict;
                check_monotone(&policy, n, 0.01);
                check_monotone(&policy, n, 0.06);
            }
        }
    }
}

/* A suite with one process per side, in which the first rows slow down. */
static struct pfg_run *suite_of(size_t changed, double factor)
{
    struct pfg_run *run = pfg_run_new();
    double values[10];

    for (size_t i = 0; i < 20; i++) {
        double own = 1 + 0.0005 * (double)(i * 7 % 20);
        char name[8];

        snprintf(name, sizeof name, "%zu", i);
        fixture_spread(values, 10, own * (i < changed ? factor : 1), 0.003);
        fixture_time(run, name, values, 10, ONE_PROCESS);
    }
    return run;
}

/* If a slowdown fails, a larger one or one of more rows does not pass. */
static void a_slowdown_of_all_does_not_pass_where_that_of_some_fails(void **s)
{
    static const size_t changed[] = {10, 11, 12, 13, 20};
    struct pfg_policy policy = fixture_policy(0);
    struct pfg_run *base = suite_of(0, 1);

    (void)s;
    for (double factor = 1.03; factor < 1.3; factor += 0.005) {
        bool failed = false;

        for (size_t i = 0; i < PFG_COUNT(changed); i++) {
            struct pfg_run *head = suite_of(changed[i], factor);
            struct pfg_report *report = NULL;

            judge(&report, base, head, &policy, "0");
            if (failed && !report->status) {
                print_error("%zu rows by %g pass\n", changed[i], factor);
                fail();
            }
            failed |= report->status != 0;
            pfg_report_free(report);
            pfg_run_free(head);
        }
        assert_true(failed || factor < 1.06);
        assert_false(failed && factor < 1.045);
    }
    pfg_run_free(base);
}

/* The difference is significant and its estimate over the limit, but its
 * interval reaches below. With the strict limit this is not a failure, and the
 * report says why. */
static void a_strict_limit_calls_only_what_is_over_it_as_a_whole(void **state)
{
    struct pfg_policy policy = fixture_policy(5);
    struct pfg_run *base = run_of(1, 10, 0.01), *head = run_of(1.052, 10, 0.01);
    struct pfg_report *report = NULL;
    const struct pfg_report_row *row;

    (void)state;
    row = judge(&report, base, head, &policy, "a");
    assert_verdict(row, PFG_REGRESSED);
    policy.strict_threshold = true;
    row = judge(&report, base, head, &policy, "a");
    assert_verdict(row, PFG_SLOWER);
    assert_true(row->listed);
    assert_string_equal(row->reason, "over the limit, its lower bound is not");
    assert_int_equal(report->status, 0);
    pfg_report_free(report);
    pfg_run_free(base);
    pfg_run_free(head);
}

static void a_strict_limit_holds_for_one_number_a_side_too(void **state)
{
    struct pfg_policy policy = fixture_policy(20);
    struct pfg_run *base = run_of(1, 1, 0), *head = run_of(1.22, 1, 0);
    struct pfg_report *report = NULL;
    const struct pfg_report_row *row;

    (void)state;
    row = judge(&report, base, head, &policy, "a");
    assert_verdict(row, PFG_REGRESSED);
    policy.strict_threshold = true;
    row = judge(&report, base, head, &policy, "a");
    assert_verdict(row, PFG_INCONCLUSIVE);
    assert_true(row->listed);
    pfg_report_free(report);
    pfg_run_free(base);
    pfg_run_free(head);
}

static void add_rate(struct pfg_run *run, double events, double trials)
{
    double value = events / trials;
    struct pfg_piece *piece = fixture_piece(
        run, fixture_series(run, "e", "error rate", PFG_LOWER), &value, 1);

    piece->events = events;
    piece->trials = trials;
}

static void rates_are_judged_by_counting(void **state)
{
    static const struct {
        double before, now, trials;
        enum pfg_verdict verdict;
    } cases[] = {
        {0, 1, 700000, PFG_UNCHANGED},  {100, 100, 1000, PFG_UNCHANGED},
        {3, 5, 1000, PFG_INCONCLUSIVE}, /* may be chance, but a change is not
                                           ruled out either */
        {3, 50, 1000, PFG_REGRESSED},   {50, 3, 1000, PFG_IMPROVED},
    };
    struct pfg_policy policy = fixture_policy(5);

    (void)state;
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_run *base = pfg_run_new(), *head = pfg_run_new();
        struct pfg_report *report = NULL;

        add_rate(base, cases[i].before, cases[i].trials);
        add_rate(head, cases[i].now, cases[i].trials);
        assert_verdict(judge(&report, base, head, &policy, "e"),
                       cases[i].verdict);
        pfg_report_free(report);
        pfg_run_free(base);
        pfg_run_free(head);
    }
}

/* If the base has no cost at all, the evidence for a ratio does not matter. */
static void a_new_cost_is_called_whatever_evidence_is_demanded(void **state)
{
    struct pfg_policy policy = fixture_policy(5);
    struct pfg_run *base = pfg_run_new(), *head = pfg_run_new();
    struct pfg_report *report = NULL;
    double none = 0, some = 1;

    (void)state;
    policy.demanding = true;
    policy.evidence = PFG_REPLICATED;
    fixture_time(base, "a", &none, 1, ONE_PROCESS);
    fixture_time(head, "a", &some, 1, ONE_PROCESS);
    assert_verdict(judge(&report, base, head, &policy, "a"), PFG_REGRESSED);
    pfg_report_free(report);
    pfg_run_free(base);
    pfg_run_free(head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_larger_slowdown_never_passes_where_a_smaller_failed),
        cmocka_unit_test(
            a_slowdown_of_all_does_not_pass_where_that_of_some_fails),
        cmocka_unit_test(a_strict_limit_calls_only_what_is_over_it_as_a_whole),
        cmocka_unit_test(a_strict_limit_holds_for_one_number_a_side_too),
        cmocka_unit_test(rates_are_judged_by_counting),
        cmocka_unit_test(a_new_cost_is_called_whatever_evidence_is_demanded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
