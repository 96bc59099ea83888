#include "unit/scale.h"

#include "check.h"

static void a_row_shares_the_scale_of_its_smallest_number(void **state)
{
    static const struct {
        const char *unit;
        double values[3];
        const char *texts[3];
    } cases[] = {
        {"s", {1.423e-6, 1.5e-6, 2e-6}, {"1.423 µs", "1.500 µs", "2.000 µs"}},
        {"s", {999e-9, 1.2e-6, 0}, {"999.0 ns", "1200.0 ns", "0.0 ns"}},
        {"s", {999.97e-9, 1.2e-6, 0}, {"1.000 µs", "1.200 µs", "0.000 µs"}},
        {"s", {12e-3, 13.37e-3, 1}, {"12.00 ms", "13.37 ms", "1000.00 ms"}},
        {"s",
         {1e-12, 2e-12, 3e-12},
         {"0.001000 ns", "0.002000 ns", "0.003000 ns"}},
        {"s", {3600, 7200, -1800}, {"3600 s", "7200 s", "-1800 s"}},
        {"s", {0, 0, 0}, {"0 s", "0 s", "0 s"}},
        {"s", {NAN, 1e-3, INFINITY}, {"–", "1.000 ms", "–"}},
        {"B", {48, 64, 0}, {"48 B", "64 B", "0 B"}},
        {"B", {1000, 1020, 1023}, {"1000 B", "1020 B", "1023 B"}},
        {"B", {2048, 3000, 4096}, {"2.000 KiB", "2.930 KiB", "4.000 KiB"}},
        {"B", {1044480, 1044480, 2e6}, {"1020 KiB", "1020 KiB", "1953 KiB"}},
        {"B", {48.5, 64, 1}, {"48.500 B", "64.000 B", "1.000 B"}},
        {"B/s",
         {606.33 * 1048576, 7e8, 7e8},
         {"606.3 MiB/s", "667.6 MiB/s", "667.6 MiB/s"}},
        {"1/s", {748868.53, 7e5, 8e5}, {"748.9k/s", "700.0k/s", "800.0k/s"}},
        {"1/s", {199.78, 200, 201}, {"199.8/s", "200.0/s", "201.0/s"}},
        {"elem/s",
         {1.5e6, 2e6, 3e6},
         {"1.500 Melem/s", "2.000 Melem/s", "3.000 Melem/s"}},
        {"1", {3, 4, 0}, {"3", "4", "0"}},
        {"1", {99999, 12345, 20000}, {"99999", "12345", "20000"}},
        {"1", {123456, 234567, 1e6}, {"123.5k", "234.6k", "1000.0k"}},
        {"1", {0.0011, 0.5, 1}, {"0.001100", "0.500000", "1.000000"}},
        {"%", {0.0011, 0.01, 0}, {"0.1100%", "1.0000%", "0.0000%"}},
        {"rows/s",
         {12.5, 20, 30},
         {"12.50 rows/s", "20.00 rows/s", "30.00 rows/s"}},
        {"rows/s",
         {125000, 2e5, 3e5},
         {"125.0k rows/s", "200.0k rows/s", "300.0k rows/s"}},
        {"a-very-long-unit-of-somebody",
         {125000, 2e5, 3e5},
         {"125.0k", "200.0k", "300.0k"}},
    };
    char text[PFG_SCALE_TEXT];
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_scale scale =
            pfg_scale_for(cases[i].unit, cases[i].values, 3);

        for (int k = 0; k < 3; k++) {
            assert_string_equal(
                pfg_scale_print(text, cases[i].values[k], &scale),
                cases[i].texts[k]);
        }
    }
}

static void numbers_far_apart_stay_readable(void **state)
{
    const double values[] = {1e-7, 10};
    struct pfg_scale scale = pfg_scale_for("s", values, 2);
    char text[PFG_SCALE_TEXT];
    (void)state;

    assert_string_equal(pfg_scale_print(text, values[0], &scale),
                        "0.0000001000 s");
    assert_string_equal(pfg_scale_print(text, values[1], &scale),
                        "10.0000000000 s");
}

static void no_number_is_too_large_for_its_text(void **state)
{
    static const double extremes[] = {5e-324, 1e-12, 1e15,   1e300,
                                      -1e300, 0,     -1e-12, 9.99999e14};
    static const char *const units[] = {
        "s", "B", "1/s", "1", "%", "", "0123456789abcdef"};
    const size_t n = PFG_COUNT(extremes);
    (void)state;

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            const double pair[] = {extremes[i], extremes[k]};

            for (size_t u = 0; u < PFG_COUNT(units); u++) {
                struct pfg_scale scale = pfg_scale_for(units[u], pair, 2);
                char text[PFG_SCALE_TEXT];

                pfg_scale_print(text, pair[0], &scale);
                assert_true(strlen(text) < PFG_SCALE_TEXT - 1);
                assert_true(scale.factor > 0);
            }
        }
    }
}

static void digits_come_without_the_suffix(void **state)
{
    const double value = 1.5e-3;
    struct pfg_scale scale = pfg_scale_for("s", &value, 1);
    char text[PFG_SCALE_TEXT];
    (void)state;

    assert_string_equal(pfg_scale_digits(text, value, &scale), "1.500");
    assert_string_equal(pfg_scale_digits(text, NAN, &scale), "–");
    scale = pfg_scale_for("s", NULL, 0);
    assert_string_equal(pfg_scale_print(text, 0, &scale), "0 s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_shares_the_scale_of_its_smallest_number),
        cmocka_unit_test(numbers_far_apart_stay_readable),
        cmocka_unit_test(no_number_is_too_large_for_its_text),
        cmocka_unit_test(digits_come_without_the_suffix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
