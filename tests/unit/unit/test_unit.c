#include "unit/unit.h"

#include "check.h"

static void units_are_turned_into_base_units(void **state)
{
    static const struct {
        const char *written, *number, *base;
        double value;
        enum pfg_direction better;
        const char *metric;
    } cases[] = {
        {"ns/op", "1726", "s", 1.726e-6, PFG_LOWER, "time"},
        {"sec/op", "1.5", "s", 1.5, PFG_LOWER, "time"},
        {"ns/iter", "1.5", "s", 1.5e-9, PFG_LOWER, "time"},
        {"ps", "3", "s", 3e-12, PFG_LOWER, "time"},
        {"ns", "3", "s", 3e-9, PFG_LOWER, "time"},
        {"us", "3", "s", 3e-6, PFG_LOWER, "time"},
        {"\xc2\xb5s", "3", "s", 3e-6, PFG_LOWER, "time"},
        {"\xce\xbcs", "3", "s", 3e-6, PFG_LOWER, "time"},
        {"ms", "0.89", "s", 0.89e-3, PFG_LOWER, "time"},
        {"s", "1.01", "s", 1.01, PFG_LOWER, "time"},
        {"m", "1.5", "s", 90, PFG_LOWER, "time"},
        {"min", "2", "s", 120, PFG_LOWER, "time"},
        {"h", "2", "s", 7200, PFG_LOWER, "time"},
        {"\xc2\xb5s/req", "7", "s", 7e-6, PFG_LOWER, NULL},
        {"ns/GC", "7", "s", 7e-9, PFG_LOWER, NULL},
        {"MB/s", "12.5", "B/s", 12.5e6, PFG_HIGHER, "throughput"},
        {"GiB/s", "2", "B/s", 2147483648.0, PFG_HIGHER, "throughput"},
        {"KiB/s", "1", "B/s", 1024, PFG_HIGHER, "throughput"},
        {"B/s", "3", "B/s", 3, PFG_HIGHER, "throughput"},
        {"Mb/s", "8", "B/s", 1e6, PFG_HIGHER, "throughput"},
        {"B/op", "48", "B", 48, PFG_LOWER, "bytes"},
        {"KB/op", "2", "B", 2000, PFG_LOWER, "bytes"},
        {"allocs/op", "3", "1", 3, PFG_LOWER, "allocs"},
        {"B", "5", "B", 5, PFG_NEUTRAL, NULL},
        {"MiB", "1", "B", 1048576, PFG_NEUTRAL, NULL},
        {"MB", "1", "B", 1e6, PFG_NEUTRAL, NULL},
        {"elem/s", "3", "elem/s", 3, PFG_HIGHER, "throughput"},
        {"Kelem/s", "3", "elem/s", 3e3, PFG_HIGHER, "throughput"},
        {"Melem/s", "3", "elem/s", 3e6, PFG_HIGHER, "throughput"},
        {"Gelem/s", "3", "elem/s", 3e9, PFG_HIGHER, "throughput"},
        {"req/sec", "199.78", "1/s", 199.78, PFG_HIGHER, "requests"},
        {"events/s", "5", "elem/s", 5, PFG_HIGHER, NULL},
        {"messages/ms", "5", "elem/s", 5000, PFG_HIGHER, NULL},
        {"requests/s", "5", "1/s", 5, PFG_HIGHER, "requests"},
        {"ops/ms", "5", "1/s", 5000, PFG_HIGHER, "throughput"},
        {"ops/ns", "5", "1/s", 5e9, PFG_HIGHER, "throughput"},
        {"req/min", "120", "1/s", 2, PFG_HIGHER, "requests"},
        {"1/s", "5", "1/s", 5, PFG_NEUTRAL, NULL},
        {"/s", "5", "1/s", 5, PFG_NEUTRAL, NULL},
        {"%", "0.11", "1", 0.0011, PFG_NEUTRAL, NULL},
        {"cycles", "5", "1", 5, PFG_LOWER, "cycles"},
        {"", "5", "1", 5, PFG_NEUTRAL, NULL},
        {"  ns/op ", "5", "s", 5e-9, PFG_LOWER, "time"},
        {"p99-ns/op", "5", "s", 5e-9, PFG_NEUTRAL, NULL},
        {"p99-ns/GC", "5", "s", 5e-9, PFG_NEUTRAL, NULL},
        {"peak-RSS-bytes", "5", "B", 5, PFG_NEUTRAL, NULL},
        {"end-vmstat-MB/s", "5", "B/s", 5e6, PFG_NEUTRAL, NULL},
        {"RPS", "5", "1/s", 5, PFG_HIGHER, "requests"},
        {"krps", "5", "1/s", 5e3, PFG_HIGHER, "requests"},
        {"QPS", "5", "1/s", 5, PFG_HIGHER, "throughput"},
        {"kIOPS", "5", "1/s", 5e3, PFG_HIGHER, "throughput"},
        {"KIOPS", "5", "1/s", 5e3, PFG_HIGHER, "throughput"},
        {"FPS", "5", "elem/s", 5, PFG_HIGHER, NULL},
        {"Ops/sec", "5", "1/s", 5, PFG_HIGHER, "throughput"},
        {"OPS/S", "5", "1/s", 5, PFG_HIGHER, "throughput"},
        {"MB/SEC", "5", "B/s", 5e6, PFG_HIGHER, "throughput"},
        {"Tokens/Sec", "5", "elem/s", 5, PFG_HIGHER, NULL},
        {"Mops/s", "5", "1/s", 5e6, PFG_HIGHER, "throughput"},
        {"Requests per Second", "5", "1/s", 5, PFG_HIGHER, "requests"},
        {"ops / sec", "5", "1/s", 5, PFG_HIGHER, "throughput"},
        {"Bytes", "5", "B", 5, PFG_NEUTRAL, NULL},
        {"Bytes per op", "5", "B", 5, PFG_LOWER, "bytes"},
        {"kb", "5", "B", 5e3, PFG_NEUTRAL, NULL},
        {"Mb", "5", "B", 5e6, PFG_NEUTRAL, NULL},
        {"mib", "1", "B", 1048576, PFG_NEUTRAL, NULL},
        {"Gibibytes", "1", "B", 1073741824.0, PFG_NEUTRAL, NULL},
        {"bits", "8", "B", 1, PFG_NEUTRAL, NULL},
        {"mb/s", "8", "B/s", 8e6, PFG_HIGHER, "throughput"},
        {"b/s", "8", "B/s", 1, PFG_HIGHER, "throughput"},
        {"MB/S", "5", "B/s", 5e6, PFG_HIGHER, "throughput"},
        {"Mbit/s", "8", "B/s", 1e6, PFG_HIGHER, "throughput"},
        {"Gbits/sec", "8", "B/s", 1e9, PFG_HIGHER, "throughput"},
        {"MBPS", "8", "B/s", 1e6, PFG_HIGHER, "throughput"},
        {"MiBps", "1", "B/s", 1048576, PFG_HIGHER, "throughput"},
        {"MS", "5", "s", 5e-3, PFG_LOWER, "time"},
        {"Seconds", "5", "s", 5, PFG_LOWER, "time"},
        {"NS/OP", "5", "s", 5e-9, PFG_LOWER, "time"},
        {"Allocs/op", "5", "1", 5, PFG_LOWER, "allocs"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_unit unit = pfg_unit_find(pfg_slice_of(cases[i].written));
        double value;

        assert_slice(unit.base, cases[i].base);
        assert_int_equal(unit.better, cases[i].better);
        assert_int_equal(!unit.metric, !cases[i].metric);
        if (unit.metric) {
            assert_string_equal(unit.metric, cases[i].metric);
        }
        assert_int_equal(
            pfg_unit_convert(&value, pfg_slice_of(cases[i].number), &unit), 0);
        assert_near(value, cases[i].value, 0);
    }
}

static void an_unknown_unit_is_its_own_base(void **state)
{
    static const char *const cases[] = {
        "widgets", "frobs/s", "foo-bar", "-",  "/",     "-ns-",  "ns/",
        "%/s",     "ns/s",    "M",       "s/", "//s/s", "a/b/c", "-ns/op",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_unit unit = pfg_unit_find(pfg_slice_of(cases[i]));

        assert_slice(unit.base, cases[i]);
        assert_int_equal(unit.exp10, 0);
        assert_near(unit.factor, 1, 0);
        assert_int_equal(unit.better, PFG_NEUTRAL);
        assert_null(unit.metric);
    }
}

static void the_same_time_in_ns_and_us_is_one_double(void **state)
{
    struct pfg_unit ns = pfg_unit_find(PFG_LIT("ns/op"));
    struct pfg_unit us = pfg_unit_find(PFG_LIT("us"));
    (void)state;

    for (int i = 1; i < 5000; i++) {
        char text[32];
        double a, b;

        snprintf(text, sizeof text, "%d", i);
        assert_int_equal(pfg_unit_convert(&a, pfg_slice_of(text), &ns), 0);
        snprintf(text, sizeof text, "%d.%03d", i / 1000, i % 1000);
        assert_int_equal(pfg_unit_convert(&b, pfg_slice_of(text), &us), 0);
        assert_near(a, b, 0);
    }
}

static void what_is_no_number_is_not_converted(void **state)
{
    struct pfg_unit unit = pfg_unit_find(PFG_LIT("KiB"));
    double value = 42;
    (void)state;

    assert_int_equal(pfg_unit_convert(&value, PFG_LIT("1,5"), &unit), -1);
    assert_near(value, 42, 0);
    assert_int_equal(pfg_unit_convert(&value, PFG_LIT("NaN"), &unit), 0);
    assert_true(isnan(value));
    assert_int_equal(pfg_unit_convert(&value, PFG_LIT("-Inf"), &unit), 0);
    assert_near(value, -INFINITY, 0);
}

static void directions_have_names_both_ways(void **state)
{
    enum pfg_direction better = PFG_NEUTRAL;
    (void)state;

    for (int i = PFG_NEUTRAL; i <= PFG_HIGHER; i++) {
        const char *name = pfg_direction_name((enum pfg_direction)i);

        assert_int_equal(pfg_direction_parse(&better, pfg_slice_of(name)), 0);
        assert_int_equal(better, i);
    }
    assert_int_equal(pfg_direction_parse(&better, PFG_LIT("up")), -1);
    assert_int_equal(better, PFG_HIGHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_turned_into_base_units),
        cmocka_unit_test(an_unknown_unit_is_its_own_base),
        cmocka_unit_test(the_same_time_in_ns_and_us_is_one_double),
        cmocka_unit_test(what_is_no_number_is_not_converted),
        cmocka_unit_test(directions_have_names_both_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
