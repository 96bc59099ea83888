#include "model/metric.h"

#include "check.h"
#include "model/verdict.h"

static void metrics_are_known_by_one_vocabulary(void **state)
{
    static const struct {
        const char *name;
        enum pfg_metric_kind kind;
        enum pfg_direction better;
        bool gated;
    } cases[] = {
        {"time", PFG_METRIC_MICRO, PFG_LOWER, true},
        {"throughput", PFG_METRIC_MICRO, PFG_HIGHER, true},
        {"bytes", PFG_METRIC_COUNT, PFG_LOWER, true},
        {"allocs", PFG_METRIC_COUNT, PFG_LOWER, true},
        {"requests", PFG_METRIC_LOAD, PFG_HIGHER, true},
        {"latency mean", PFG_METRIC_LOAD, PFG_LOWER, true},
        {"latency median", PFG_METRIC_LOAD, PFG_LOWER, true},
        {"latency p50", PFG_METRIC_LOAD, PFG_LOWER, true},
        {"latency p75", PFG_METRIC_LOAD, PFG_LOWER, true},
        {"latency p90", PFG_METRIC_TAIL, PFG_LOWER, true},
        {"latency p95", PFG_METRIC_TAIL, PFG_LOWER, true},
        {"latency p99", PFG_METRIC_TAIL, PFG_LOWER, true},
        {"latency p99.9", PFG_METRIC_TAIL, PFG_LOWER, false},
        {"latency p99.999", PFG_METRIC_TAIL, PFG_LOWER, false},
        {"latency max", PFG_METRIC_OTHER, PFG_LOWER, false},
        {"latency min", PFG_METRIC_OTHER, PFG_LOWER, false},
        {"latency stdev", PFG_METRIC_OTHER, PFG_LOWER, false},
        {"blocked mean", PFG_METRIC_LOAD, PFG_NEUTRAL, false},
        {"tls p95", PFG_METRIC_TAIL, PFG_NEUTRAL, false},
        {"error rate", PFG_METRIC_RATE, PFG_LOWER, true},
        {"errors timeout", PFG_METRIC_RATE, PFG_LOWER, true},
        {"checks", PFG_METRIC_RATE, PFG_HIGHER, true},
        {"vus", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
        {"data sent", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
        {"my_trend p95", PFG_METRIC_TAIL, PFG_NEUTRAL, false},
        {"widgets", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
        {"p", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
        {"latency pxx", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
        {"latency p101", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
        {"rate", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
        {"", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_metric metric = pfg_metric_find(cases[i].name);

        assert_string_equal(metric.name, cases[i].name);
        assert_int_equal(metric.kind, cases[i].kind);
        assert_int_equal(metric.better, cases[i].better);
        assert_int_equal(metric.gated, cases[i].gated);
    }
    assert_string_equal(pfg_metric_find("ns/op").name, "time");
}

static void the_tools_own_words_mean_the_metric(void **state)
{
    static const struct {
        const char *metric, *name;
        bool matches;
    } cases[] = {
        {"time", "time", true},
        {"time", "ns/op", true},
        {"time", "B/op", false},
        {"bytes", "B/op", true},
        {"latency p95", "p(95)", true},
        {"latency p95", "p95", true},
        {"latency p95", "95%", true},
        {"latency p95", "p(99)", false},
        {"latency p95", "latency p(95)", true},
        {"latency p95", "http_req_duration p95", true},
        {"waiting p95", "latency p95", false},
        {"waiting p95", "p95", true},
        {"latency median", "med", true},
        {"latency median", "latency p50", true},
        {"latency mean", "avg", true},
        {"latency mean", "med", false},
        {"widgets", "widgets", true},
        {"widgets", "time", false},
        {"", "", true},
        {"time", "", false},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        assert_int_equal(pfg_metric_matches(cases[i].metric, cases[i].name),
                         cases[i].matches);
    }
}

static void an_unknown_metric_is_gated_only_in_a_direction_it_came_with(
    void **state)
{
    (void)state;
    assert_true(pfg_metric_gated("time", PFG_NEUTRAL));
    assert_true(pfg_metric_gated("time", PFG_LOWER));
    assert_false(pfg_metric_gated("widgets", PFG_NEUTRAL));
    assert_true(pfg_metric_gated("widgets", PFG_LOWER));
    assert_true(pfg_metric_gated("widgets", PFG_HIGHER));
    assert_false(pfg_metric_gated("vus", PFG_HIGHER));
    assert_false(pfg_metric_gated("blocked p95", PFG_LOWER));
    assert_false(pfg_metric_gated("latency max", PFG_LOWER));
    assert_false(pfg_metric_gated("latency p99.9", PFG_LOWER));
    assert_true(pfg_metric_gated("latency p99", PFG_LOWER));
    assert_true(pfg_metric_gated("my_trend p95", PFG_LOWER));
    assert_false(pfg_metric_gated("my_trend p95", PFG_NEUTRAL));
    assert_false(pfg_metric_gated("my_trend max", PFG_LOWER));
}

static void verdicts_have_names_both_ways(void **state)
{
    enum pfg_verdict verdict = PFG_UNCHANGED;
    (void)state;

    for (int i = 0; i < PFG_N_VERDICTS; i++) {
        const char *name = pfg_verdict_name((enum pfg_verdict)i);

        assert_int_equal(pfg_verdict_parse(&verdict, pfg_slice_of(name)), 0);
        assert_int_equal(verdict, i);
    }
    assert_int_equal(pfg_verdict_parse(&verdict, PFG_LIT("fine")), -1);
    for (int i = 0; i < PFG_N_EVIDENCES; i++) {
        assert_true(*pfg_evidence_name((enum pfg_evidence)i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metrics_are_known_by_one_vocabulary),
        cmocka_unit_test(the_tools_own_words_mean_the_metric),
        cmocka_unit_test(
            an_unknown_metric_is_gated_only_in_a_direction_it_came_with),
        cmocka_unit_test(verdicts_have_names_both_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
