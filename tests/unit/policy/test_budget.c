#include "policy/bound.h"

#include "check.h"

static void limits_are_read_with_their_units(void **state)
{
    static const struct {
        const char *text;
        double lower, upper;
        const char *unit, *metric; /* unit NULL: refused */
    } cases[] = {
        {"< 8ms", -INFINITY, 0.008, "s", ""},
        {"<8 ms", -INFINITY, 0.008, "s", ""},
        {">= 10000/s", 10000, INFINITY, "1/s", ""},
        {"<= 1.05", -INFINITY, 1.05, "1", ""},
        {"errors == 0", 0, 0, "1", "errors"},
        {"latency p99 <= 200ms", -INFINITY, 0.2, "s", "latency p99"},
        {"cpu < 5 %", -INFINITY, 0.05, "1", "cpu"},
        {"0.4..0.6", 0.4, 0.6, "1", ""},
        {"1..8ms", 0.001, 0.008, "s", ""},
        {"100us..8ms", 0.0001, 0.008, "s", ""},
        {"< 100 MB", -INFINITY, 1e8, "B", ""},
        {"> 1e4 req/s", 1e4, INFINITY, "1/s", ""},
        {"8ms", 0, 0, NULL, ""},
        {"< ", 0, 0, NULL, ""},
        {"", 0, 0, NULL, ""},
        {"< ms", 0, 0, NULL, ""},
        {"< 8ms or so", 0, 0, NULL, ""},
        {"= 8ms", 0, 0, NULL, ""},
        {"=< 8ms", 0, 0, NULL, ""},
        {"< nan", 0, 0, NULL, ""},
        {"< 1e999", 0, 0, NULL, ""},
        {"0.6..0.4", 0, 0, NULL, ""},
        {"1s..8MB", 0, 0, NULL, ""},
        {"..8", 0, 0, NULL, ""},
        {"4..", 0, 0, NULL, ""},
    };
    struct pfg_arena *arena = pfg_arena_new();
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_error err = {0};
        struct pfg_bound bound;
        int failed =
            pfg_bound_parse(&bound, pfg_slice_of(cases[i].text), arena, &err);

        if (failed != (cases[i].unit ? 0 : -1)) {
            fail_msg("'%s' gives %d", cases[i].text, failed);
        }
        if (failed) {
            assert_int_equal(err.code, PFG_USAGE);
            continue;
        }
        assert_near(bound.lower, cases[i].lower, 1e-15);
        assert_near(bound.upper, cases[i].upper, 1e-15);
        assert_string_equal(bound.unit, cases[i].unit);
        assert_string_equal(bound.metric, cases[i].metric);
    }
    pfg_arena_free(arena);
}

static void a_value_keeps_its_limit_or_not(void **state)
{
    static const struct {
        const char *text;
        double value;
        bool holds;
    } cases[] = {
        {"< 8ms", 0.0079, true},
        {"< 8ms", 0.008, false},
        {"<= 8ms", 0.008, true},
        {"<= 8ms", 0.0081, false},
        {"<= 1.05", 105e-9 / 100e-9, true},
        {"< 1.05", 105e-9 / 100e-9, false},
        {">= 10", 10, true},
        {"> 10", 10, false},
        {"> 10", 10.1, true},
        {"== 0", 0, true},
        {"== 0", 1e-12, false},
        {"0.4..0.6", 0.4, true},
        {"0.4..0.6", 0.6, true},
        {"0.4..0.6", 0.61, false},
        {"0.4..0.6", 0.39, false},
        {"< 8ms", NAN, false},
        {"> 8ms", NAN, false},
        {"> 8ms", INFINITY, true},
        {"< 8ms", INFINITY, false},
    };
    struct pfg_arena *arena = pfg_arena_new();
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_bound bound;

        assert_int_equal(
            pfg_bound_parse(&bound, pfg_slice_of(cases[i].text), arena, NULL),
            0);
        if (pfg_bound_holds(&bound, cases[i].value) != cases[i].holds) {
            fail_msg("%.17g %s", cases[i].value, cases[i].text);
        }
    }
    pfg_arena_free(arena);
}

static void metrics_are_measured_in_what_they_are(void **state)
{
    static const struct {
        const char *metric, *unit;
        bool allowed;
    } cases[] = {
        {"time", "s", true},         {"ns/op", "s", true},
        {"time", "B", false},        {"latency p99", "s", true},
        {"p(95)", "s", true},        {"latency p99", "1/s", false},
        {"bytes", "B", true},        {"B/op", "B", true},
        {"bytes", "s", false},       {"throughput", "elem/s", true},
        {"throughput", "B/s", true}, {"throughput", "s", false},
        {"errors", "1", true},       {"errors", "s", false},
        {"widgets", "s", true},      {"error rate", "1", true},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        if (pfg_metric_allows_unit(cases[i].metric, cases[i].unit) !=
            cases[i].allowed) {
            fail_msg("%s in %s", cases[i].metric, cases[i].unit);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_read_with_their_units),
        cmocka_unit_test(a_value_keeps_its_limit_or_not),
        cmocka_unit_test(metrics_are_measured_in_what_they_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
