#include "app/input/watching.h"

#include "check.h"

static void test_a_line_says_what_is_read_how_much_and_how_fast(void **state)
{
    static const struct {
        struct pfg_seen seen;
        double seconds;
        const char *line;
    } cases[] = {
        {{"a.txt", 54000000, 120000000, 600000, 0, 0},
         0.5,
         "reading a.txt: 45% of 120 MB, 1.2 M lines/s"},
        {{"a.txt", 1500, 0, 12, 0, 0}, 2, "reading a.txt: 1.5 kB, 6 lines/s"},
        {{"grows", 2000, 1000, 0, 0, 0}, 2, "reading grows: 2.0 kB"},
        {{"a\nb\x1b[2J", 7, 0, 0, 0, 0}, 1, "reading a\\nb\\x1b[2J: 7 B"},
        {{"target/criterion", 0, 0, 0, 12, 9000},
         1,
         "reading target/criterion: 12 of 9000 files"},
    };

    (void)state;
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_str line;

        pfg_str_init(&line, 0);
        pfg_watching_line(&line, &cases[i].seen, cases[i].seconds);
        assert_string_equal(line.ptr, cases[i].line);
        pfg_str_free(&line);
    }
}

static void test_who_has_no_terminal_is_not_told(void **state)
{
    struct pfg_context context = {0};
    struct pfg_watching watching;

    (void)state;
    assert_null(pfg_watching_begin(&watching, &context));
    pfg_watching_say(&context, "comparing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_says_what_is_read_how_much_and_how_fast),
        cmocka_unit_test(test_who_has_no_terminal_is_not_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
