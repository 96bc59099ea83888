#include "policy/policy.h"

#include "check.h"

static void a_limit_is_a_positive_number_of_per_cent(void **state)
{
    static const struct {
        const char *text;
        double fraction; /* 0: refused */
    } cases[] = {
        {"10", 0.10},     {"10%", 0.10}, {"0.5%", 0.005}, {"10 %", 0.10},
        {" 2.5 ", 0.025}, {"1e1", 0.10}, {"150", 1.5},    {"0", 0},
        {"-5", 0},        {"nan", 0},    {"inf", 0},      {"", 0},
        {"%", 0},         {"ten", 0},    {"10%%", 0},     {"10 20", 0},
        {"0x10", 0},      {"10,5", 0},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_error err = {0};
        double out = 42;
        int failed = pfg_policy_parse_percent(&out, pfg_slice_of(cases[i].text),
                                              "--threshold", &err);

        if (failed != (cases[i].fraction > 0 ? 0 : -1)) {
            fail_msg("'%s' gives %d", cases[i].text, failed);
        }
        if (failed) {
            assert_int_equal(err.code, PFG_USAGE);
            assert_non_null(strstr(err.message, "--threshold"));
            assert_near(out, 42, 0);
        } else {
            assert_near(out, cases[i].fraction, 1e-15);
        }
    }
}

static void fail_on_reads_a_list_of_verdicts(void **state)
{
    static const struct {
        const char *text;
        unsigned mask; /* 0: refused */
    } cases[] = {
        {"regressed", 1u << PFG_REGRESSED},
        {"regressed,missing", 1u << PFG_REGRESSED | 1u << PFG_MISSING},
        {" new , over-budget ", 1u << PFG_NEW | 1u << PFG_OVER_BUDGET},
        {"inconclusive,not-comparable,unchanged", 1u << PFG_INCONCLUSIVE |
                                                      1u << PFG_NOT_COMPARABLE |
                                                      1u << PFG_UNCHANGED},
        {"", 0},
        {",", 0},
        {"regresed", 0},
        {"regressed,", 1u << PFG_REGRESSED},
        {"regressed;missing", 0},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_error err = {0};
        unsigned mask = 0;
        int failed =
            pfg_policy_parse_fail_on(&mask, pfg_slice_of(cases[i].text), &err);

        if (failed != (cases[i].mask ? 0 : -1) || mask != cases[i].mask) {
            fail_msg("'%s' gives %d, %x", cases[i].text, failed, mask);
        }
        assert_int_equal(err.code, failed ? PFG_USAGE : 0);
    }
}

static void what_fails_by_default(void **state)
{
    const struct pfg_policy policy = pfg_policy_default();
    const struct pfg_limit given = {.given = true}, not_given = {0};
    (void)state;

    for (int v = 0; v < PFG_N_VERDICTS; v++) {
        bool always = v == PFG_REGRESSED || v == PFG_OVER_BUDGET ||
                      v == PFG_ERRORED || v == PFG_MISSING;

        assert_int_equal(
            pfg_policy_fails(&policy, &not_given, (enum pfg_verdict)v), always);
        assert_int_equal(pfg_policy_fails(&policy, &given, (enum pfg_verdict)v),
                         always || v == PFG_UNCONFIRMED);
    }
}

static void fail_on_replaces_the_default(void **state)
{
    struct pfg_policy policy = pfg_policy_default();
    const struct pfg_limit given = {.given = true};
    (void)state;

    policy.fail_on = 1u << PFG_NEW;
    for (int v = 0; v < PFG_N_VERDICTS; v++) {
        assert_int_equal(pfg_policy_fails(&policy, &given, (enum pfg_verdict)v),
                         v == PFG_NEW);
    }
}

static void what_is_gated_when_nobody_says_so(void **state)
{
    static const struct {
        const char *metric;
        enum pfg_direction better;
        bool derived, gated, given;
    } cases[] = {
        {"time", PFG_LOWER, false, true, true},
        {"throughput", PFG_HIGHER, false, true, true},
        {"throughput", PFG_HIGHER, true, false, true},
        {"requests", PFG_HIGHER, false, true, true},
        {"allocs", PFG_LOWER, false, true, true},
        {"error rate", PFG_LOWER, false, true, true},
        {"latency mean", PFG_LOWER, false, true, true},
        /* The limit was not chosen for a tail metric, so it does not count as
         * given. */
        {"latency p95", PFG_LOWER, false, true, false},
        {"latency p99.9", PFG_LOWER, false, false, false},
        {"latency max", PFG_LOWER, false, false, true},
        {"latency stdev", PFG_LOWER, false, false, true},
        {"time", PFG_NEUTRAL, false, false, true},
        {"vus", PFG_NEUTRAL, false, false, true},
        {"widgets", PFG_NEUTRAL, false, false, true},
        {"widgets", PFG_HIGHER, false, true, true},
    };
    struct pfg_policy policy = pfg_policy_default();
    (void)state;

    policy.threshold_given = true;
    policy.threshold = 0.1;
    policy.threshold_source = "--threshold";
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_series series = {
            .metric = cases[i].metric,
            .better = cases[i].better,
            .derived = cases[i].derived,
        };
        const struct pfg_subject subject = {&series, "", ""};
        struct pfg_limit limit = pfg_policy_limit_of(&policy, &subject);

        if (limit.gated != cases[i].gated || limit.given != cases[i].given ||
            !*limit.why_not != limit.gated) {
            fail_msg("%s: gated %d (%s), given %d", cases[i].metric,
                     limit.gated, limit.why_not, limit.given);
        }
        assert_near(limit.threshold, 0.1, 0);
        assert_string_equal(limit.source, "--threshold");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_limit_is_a_positive_number_of_per_cent),
        cmocka_unit_test(fail_on_reads_a_list_of_verdicts),
        cmocka_unit_test(what_fails_by_default),
        cmocka_unit_test(fail_on_replaces_the_default),
        cmocka_unit_test(what_is_gated_when_nobody_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
