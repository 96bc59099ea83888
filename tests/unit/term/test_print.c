#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "term/print.h"

static void check_printed(const char *want, const char *format, ...)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    va_list args;

    va_start(args, format);
    pfg_print_list(out, format, args);
    va_end(args);
    fclose(out);
    assert_string_equal(text, want);
    free(text);
}

static void prints_what_printf_does(void **state)
{
    (void)state;
    check_printed("a   |    b|x|100%|7|-7|8|2.5|+1.0%|c\n",
                  "%-4s|%5s|%.1s|%d%%|%zu|%ld|%d|%g|%+.1f%%|%c\n", "a", "b",
                  "xyz", 100, (size_t)7, -7L, 8, 2.5, 1.0, 'c');
    check_printed("", "%s", "");
}

static void spells_out_what_arguments_hide(void **state)
{
    (void)state;
    check_printed("a\\x1bb \\u202e\\n\\xff\n", "%s\x20%s\n", "a\033b",
                  "\u202e\n\xff");
}

static void no_line_is_a_command(void **state)
{
    (void)state;
    check_printed("\\x3a:error::x ::error::\n", "%s %s\n", "::error::x",
                  "::error::");
    check_printed("one\n  \\x3a:set-output name=a::b\n", "one\n  %s\n",
                  "::set-output name=a::b");
    check_printed("\\x23#[error]x\n::operator new\n:: x\n", "%s\n%s\n%s\n",
                  "##[error]x", "::operator new", ":: x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_what_printf_does),
        cmocka_unit_test(spells_out_what_arguments_hide),
        cmocka_unit_test(no_line_is_a_command),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
