#include "base/number.h"

#include <stdlib.h>

#include "base/clock.h"
#include "check.h"

static void decimals_are_read_to_the_last_bit(void **state)
{
    static const struct {
        const char *text;
        int exp10;
        double value;
    } cases[] = {
        {"0", 0, 0.0},
        {"1", 0, 1.0},
        {"-1.5", 0, -1.5},
        {"+2.5", 0, 2.5},
        {".5", 0, 0.5},
        {"1e+09", 0, 1e9},
        {"1e-3", -6, 1e-9},
        {"1726", -9, 1.726e-6},
        {"1.726", -6, 1.726e-6},
        {"0.1", 0, 0.1},
        {"9007199254740993", 0, 9007199254740992.0},
        {"1e400", 0, INFINITY},
        {"+Inf", 0, INFINITY},
        {"-inf", 0, -INFINITY},
        {"NaN", 0, NAN},
        {"-nan", 0, NAN},
        {"Infinity", -9, INFINITY},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        double value = 42;

        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(cases[i].text),
                                          cases[i].exp10),
                         0);
        assert_near(value, cases[i].value, 0);
    }
}

static void what_is_no_number_is_refused(void **state)
{
    static const char *const cases[] = {
        "",   "-",   ".",   "1.",    "1,234", "0x10", " 1",   "1 ",
        "1e", "1e+", "--1", "1.2.3", "inff",  "na",   "1e2.", "1e+-2",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        double value = 42;

        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(cases[i]), 0),
                         -1);
        assert_near(value, 42, 0);
    }
}

static void the_same_time_in_ns_and_us_is_one_double(void **state)
{
    (void)state;
    for (int i = 1; i < 10000; i++) {
        char ns[32], us[32];
        double a, b;

        snprintf(ns, sizeof ns, "%d", i);
        snprintf(us, sizeof us, "%d.%03d", i / 1000, i % 1000);
        pfg_number_parse(&a, pfg_slice_of(ns), -9);
        pfg_number_parse(&b, pfg_slice_of(us), -6);
        assert_near(a, b, 0);
    }
}

/* Short numbers take a faster path, which must round as strtod() does. */
static void a_short_number_is_the_nearest_double(void **state)
{
    unsigned long long chance = 1;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        char text[40], powered[48];
        int exp10 = i % 45 - 22;
        double value;

        chance = chance * 6364136223846793005u + 1442695040888963407u;
        snprintf(text, sizeof text, "%s%llu.%0*llu", i % 7 ? "" : "-",
                 (chance >> 33) % 1000000, 1 + i % 9,
                 (chance >> 20) % (i % 9 < 4 ? 10u : 10000u));
        snprintf(powered, sizeof powered, "%se%d", text, exp10);
        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(text), exp10),
                         0);
        assert_near(value, strtod(powered, NULL), 0);
        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(powered), 0), 0);
        assert_near(value, strtod(powered, NULL), 0);
    }
}

/* Zeros in front are no digits of the mantissa. */
static void zeros_in_front_do_not_matter(void **state)
{
    unsigned long long chance = 1;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        char text[60];
        double value;

        chance = chance * 6364136223846793005u + 1442695040888963407u;
        snprintf(text, sizeof text, "%.*s.%.*s%llu", 1 + i % 3, "000", i % 12,
                 "000000000000", chance >> (i % 20));
        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(text), 0), 0);
        assert_near(value, strtod(text, NULL), 0);
    }
}

/* A tie between two doubles, and numbers just beside it. */
static void a_tie_is_rounded_to_the_even_double(void **state)
{
    static const char *const fractions[] = {"5",   "50", "51",
                                            "501", "49", "499"};
    unsigned long long chance = 1;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        char text[40], powered[48];
        int exp10 = -(i % 28);
        double value;

        chance = chance * 6364136223846793005u + 1442695040888963407u;
        snprintf(text, sizeof text, "%llu.%s", (1ull << 52) + (chance >> 12),
                 fractions[i % PFG_COUNT(fractions)]);
        snprintf(powered, sizeof powered, "%se%d", text, exp10);
        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(text), exp10),
                         0);
        assert_near(value, strtod(powered, NULL), 0);
        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(powered), 0), 0);
        assert_near(value, strtod(powered, NULL), 0);
    }
}

/* Numbers of any size, including those that lose digits and those that
 * overflow. */
static void a_long_number_is_the_nearest_double(void **state)
{
    unsigned long long chance = 1;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        char text[40], powered[48];
        int exp10 = i % 3 ? 0 : i % 701 - 350;
        double value;

        chance = chance * 6364136223846793005u + 1442695040888963407u;
        snprintf(text, sizeof text, "%s%llu.%llu", i % 7 ? "" : "-",
                 chance >> (i % 64), chance);
        snprintf(powered, sizeof powered, "%se%d", text, exp10);
        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(text), exp10),
                         0);
        assert_near(value, strtod(powered, NULL), 0);
        assert_int_equal(pfg_number_parse(&value, pfg_slice_of(powered), 0), 0);
        assert_near(value, strtod(powered, NULL), 0);
    }
}

static void shortest_text_reads_back_the_same(void **state)
{
    static const double cases[] = {0,        1,      0.1,
                                   1.0 / 3,  1e-300, 1e300,
                                   5e-324,   2.5,    123456789012345678.0,
                                   0.1 + 0.2};
    char text[PFG_NUMBER_TEXT];
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        double back;

        pfg_number_shortest(text, cases[i]);
        assert_int_equal(pfg_number_parse(&back, pfg_slice_of(text), 0), 0);
        assert_near(back, cases[i], 0);
    }
    assert_string_equal(pfg_number_shortest(text, 0.1), "0.1");
    assert_string_equal(pfg_number_shortest(text, 1726e-9), "1.726e-06");
    /* A power of two: its nearest number of 16 digits is another double. */
    assert_string_equal(pfg_number_shortest(text, 0x1p-44),
                        "5.6843418860808015e-14");
}

static void numbers_are_printed_as_printf_prints_them(void **state)
{
    static const double cases[] = {
        0,     -0.0, 0.125, 2.5,    9.9995,   123456.5,  -1e15,     1e22,
        1e300, NAN,  -NAN,  5e-324, INFINITY, -INFINITY, 0.1 + 0.2, 1726e-9};
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        for (int n = 0; n <= 30; n++) {
            char printed[PFG_NUMBER_LONG_TEXT], text[PFG_NUMBER_LONG_TEXT];

            snprintf(printed, sizeof printed, "%.*f", n, cases[i]);
            assert_string_equal(
                pfg_number_fixed(text, sizeof text, cases[i], n), printed);
            snprintf(printed, sizeof printed, "%.*g", n, cases[i]);
            assert_string_equal(
                pfg_number_general(text, sizeof text, cases[i], n), printed);
        }
    }
    assert_string_equal(pfg_number_fixed((char[4]){"abc"}, 4, 12.5, 1), "");
    assert_string_equal(pfg_number_fixed((char[5]){"abcd"}, 5, 12.5, 1),
                        "12.5");
}

static void times_are_read_with_zones_and_nanoseconds(void **state)
{
    static const struct {
        const char *text;
        pfg_time time;
    } cases[] = {
        {"1970-01-01T00:00:01Z", PFG_SECOND},
        {"1970-01-02", 86400 * PFG_SECOND},
        {"2026-01-13T14:48:15.630158+05:30", 1768295895630158000},
        {"2026-11-21T07:49:48.796382846Z", 1795247388796382846},
        {"2024-05-01 12:00:00", 1714564800 * PFG_SECOND},
        {"1714564800", 1714564800 * PFG_SECOND},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        pfg_time time = 0;

        assert_int_equal(pfg_time_parse(&time, pfg_slice_of(cases[i].text)), 0);
        assert_true(time == cases[i].time);
    }
    assert_int_equal(pfg_time_parse(&(pfg_time){0}, PFG_LIT("yesterday")), -1);
    assert_int_equal(pfg_time_parse(&(pfg_time){0}, PFG_LIT("2024-13-01")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_read_to_the_last_bit),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(the_same_time_in_ns_and_us_is_one_double),
        cmocka_unit_test(a_short_number_is_the_nearest_double),
        cmocka_unit_test(zeros_in_front_do_not_matter),
        cmocka_unit_test(a_tie_is_rounded_to_the_even_double),
        cmocka_unit_test(a_long_number_is_the_nearest_double),
        cmocka_unit_test(shortest_text_reads_back_the_same),
        cmocka_unit_test(numbers_are_printed_as_printf_prints_them),
        cmocka_unit_test(times_are_read_with_zones_and_nanoseconds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
