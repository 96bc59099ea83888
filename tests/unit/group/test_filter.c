#include "group/filter.h"

#include "check.h"

#define TERMS    3

static const struct pfg_series join = {
    .suite = "example.org/words",
    .benchmark = "BenchmarkJoin/n=8",
    .metric = "time",
};
static const char *const label = "BenchmarkJoin/n=8 cpus=2 [go=1.23]";

static void terms_choose_series(void **state)
{
    static const struct {
        const char *terms[TERMS];
        bool passes;
    } cases[] = {
        {{NULL}, true},
        {{"*Join*"}, true},
        {{"BenchmarkJoin"}, false}, /* a glob matches the whole word */
        {{"BenchmarkJoin/n=8"}, true},
        {{"BenchmarkJoin*"}, true}, /* a slash is not special */
        {{"example.org/words/Bench*"}, true},
        {{"BenchmarkJoin/n=?"}, true},
        {{"BenchmarkJoin/n=[1-9]"}, true},
        {{"/Join/"}, true},
        {{"/^Join/"}, false},
        {{"/n=(4|8)/"}, true},
        {{"/go=1\\.23/"}, true},
        {{"/words.Bench/"}, true},
        {{"/"}, false},
        {{"!*Join*"}, false},
        {{"!*Split*"}, true},
        {{"*Split*", "*Join*"}, true},
        {{"*Join*", "!/cpus=2/"}, false},
        {{"*Join*", "!/cpus=4/"}, true},
        {{"suite:*words"}, true},
        {{"suite:*letters"}, false},
        {{"suite:/^example/"}, true},
        {{"suite:*Join*"}, false},
        {{"metric:time"}, true},
        {{"metric:ns/op"}, true}, /* the tool's name for it */
        {{"metric:allocs"}, false},
        {{"metric:/^ti/"}, true},
        {{"!metric:time"}, false},
        {{"benchmark:*n=8*"}, true},
        {{"benchmark:example.org/*"}, false},
        {{"suite:*words", "metric:allocs"}, false}, /* all fields must match */
        {{"metric:allocs", "metric:time"}, true},   /* one of a field is
                                                       enough */
        {{"suite:*words", "metric:time", "!*Join*"}, false},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        size_t n = 0;

        while (n < TERMS && cases[i].terms[n]) {
            n++;
        }
        assert_int_equal(pfg_filter_check(cases[i].terms, n, NULL), 0);
        if (pfg_filter_passes(cases[i].terms, n, &join, label) !=
            cases[i].passes) {
            fail_msg("case %zu ('%s'...) is wrong", i,
                     n ? cases[i].terms[0] : "");
        }
    }
}

static void terms_that_cannot_be_are_usage_errors(void **state)
{
    static const char *const cases[] = {
        "", "!", "suite:", "!metric:", "/(/", "/a{2,1}/", "!suite:/[/", "/*(/",
    };
    char huge[2000];
    const char *term = huge;
    struct pfg_error err = {0};
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        err = (struct pfg_error){0};
        if (pfg_filter_check(&cases[i], 1, &err) != -1) {
            fail_msg("'%s' is taken", cases[i]);
        }
        assert_int_equal(err.code, PFG_USAGE);
        assert_non_null(strstr(err.message, cases[i]));
    }
    memset(huge, 'a', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    assert_int_equal(pfg_filter_check(&term, 1, &err), -1);
}

static void a_name_longer_than_any_pattern_is_no_trouble(void **state)
{
    char *name = malloc(100000);
    struct pfg_series series = {.suite = "s", .metric = "time"};
    const char *terms[] = {"s/a*z"};
    (void)state;

    memset(name, 'a', 99999);
    name[99998] = 'z';
    name[99999] = '\0';
    series.benchmark = name;
    assert_true(pfg_filter_passes(terms, 1, &series, name));
    free(name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_choose_series),
        cmocka_unit_test(terms_that_cannot_be_are_usage_errors),
        cmocka_unit_test(a_name_longer_than_any_pattern_is_no_trouble),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
