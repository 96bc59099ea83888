#include "term/table.h"

#include "check.h"

static void width_is_counted_in_terminal_columns(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {
        {"", 0},         {"abc", 3},     {"µs", 2},
        {"日本", 4},     {"e\u0301", 1}, {"\U0001f680", 2},
        {"\xff\xfe", 2}, {"±12%", 4},    {"a\u200bb", 2},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        assert_int_equal(pfg_text_width(pfg_slice_of(cases[i].text)),
                         cases[i].width);
    }
}

static void hidden_characters_are_spelt_out(void **state)
{
    static const struct {
        const char *text, *visible;
    } cases[] = {
        {"plain µ 日本 \U0001f680", "plain µ 日本 \U0001f680"},
        {"a\nb\tc\r", "a\\nb\\tc\\r"},
        {"\033[31mred", "\\x1b[31mred"},
        {"\xc2\x85\xc2\x9b", "\\x85\\x9b"},
        {"\u202eevil\u2066", "\\u202eevil\\u2066"},
        {"line\u2028sep", "line\\u2028sep"},
        {"\xff\xc3", "\\xff\\xc3"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
        {"\x7f", "\\x7f"},
    };
    struct pfg_str out;
    (void)state;

    pfg_str_init(&out, 0);
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        pfg_str_clear(&out);
        pfg_text_visible(&out, pfg_slice_of(cases[i].text));
        assert_string_equal(out.ptr, cases[i].visible);
    }
    pfg_str_clear(&out);
    pfg_text_visible(&out, pfg_slice_make("a\0b", 3));
    assert_string_equal(out.ptr, "a\\x00b");
    pfg_str_free(&out);
}

struct fixture {
    struct pfg_arena *arena;
    struct pfg_str out;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    f->arena = pfg_arena_new();
    pfg_str_init(&f->out, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    pfg_str_free(&f->out);
    pfg_arena_free(f->arena);
    free(f);
    return 0;
}

static struct pfg_table *three_columns(struct fixture *f, const char *name)
{
    struct pfg_table *table = pfg_table_new(f->arena, 3);

    pfg_table_align(table, 1, PFG_RIGHT);
    pfg_table_row(table);
    pfg_table_cell(table, PFG_BOLD, "name");
    pfg_table_cell(table, PFG_PLAIN, "base");
    pfg_table_cell(table, PFG_PLAIN, "verdict");
    pfg_table_rule(table);
    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "%s", name);
    pfg_table_cell(table, PFG_PLAIN, "%d µs", 100);
    pfg_table_cell(table, PFG_RED, "regressed");
    pfg_table_line(table, PFG_DIM, 2, "  why: \033 because");
    return table;
}

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
    struct fixture *f = *state;

    pfg_table_print(&f->out, three_columns(f, "日本"), 0, false);
    assert_string_equal(f->out.ptr, "name    base  verdict\n"
                                    "───────────────────────\n"
                                    "日本  100 µs  regressed\n"
                                    "  why: \\x1b because\n");
}

static void lines_are_broken_between_words(void **state)
{
    struct fixture *f = *state;
    struct pfg_table *table = three_columns(f, "a");
    struct pfg_slice rest = PFG_LIT("  one two  three-and-more ");
    struct pfg_slice line = pfg_text_take_line(&rest, 7);

    assert_true(pfg_slice_is(line, "one two"));
    line = pfg_text_take_line(&rest, 7);
    assert_true(pfg_slice_is(line, "three-and-more"));
    assert_int_equal(pfg_text_take_line(&rest, 7).len, 0);
    pfg_table_line(table, PFG_DIM, 4,
                   "  why: because there is so much to be said of it");
    pfg_table_print(&f->out, table, 30, false);
    assert_non_null(strstr(f->out.ptr, "  why: because there is so\n"
                                       "    much to be said of it\n"));
}

static void color_is_there_only_when_asked_for(void **state)
{
    struct fixture *f = *state;

    pfg_table_print(&f->out, three_columns(f, "x"), 0, true);
    assert_non_null(strstr(f->out.ptr, "\033[31mregressed\033[0m\n"));
    assert_non_null(strstr(f->out.ptr, "\033[1mname\033[0m    base"));
}

static void the_first_left_column_gives_way_in_its_middle(void **state)
{
    struct fixture *f = *state;

    pfg_table_print(&f->out,
                    three_columns(f, "BenchmarkSomething/with/a/tail=8"), 40,
                    false);
    assert_non_null(strstr(f->out.ptr, "\nBenchmarkS…h/a/tail=8  100 µs  "
                                       "regressed\n"));
    pfg_str_clear(&f->out);
    pfg_table_print(
        &f->out, three_columns(f, "日本日本日本日本日本日本日本日本日本日本"),
        40, false);
    assert_non_null(strstr(f->out.ptr, "\n日本日本日…本日本日本  100 µs  "
                                       "regressed\n"));
    pfg_str_clear(&f->out);
    /* A name is never cut so short that it becomes ambiguous. */
    pfg_table_print(&f->out,
                    three_columns(f, "BenchmarkSomething/with/a/tail=8"), 5,
                    false);
    assert_non_null(strstr(f->out.ptr, "\nBenchma…a/tail=8  100 µs"));
}

static void a_column_can_have_a_limit(void **state)
{
    struct fixture *f = *state;
    struct pfg_table *table = three_columns(f, "x");

    pfg_table_limit(table, 2, 5);
    pfg_table_print(&f->out, table, 0, false);
    assert_non_null(strstr(f->out.ptr, "x     100 µs  re…ed\n"));
}

static void an_empty_column_costs_nothing(void **state)
{
    struct fixture *f = *state;
    struct pfg_table *table = pfg_table_new(f->arena, 3);

    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "a");
    pfg_table_cell(table, PFG_PLAIN, "%s", "");
    pfg_table_cell(table, PFG_PLAIN, "b");
    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "cc");
    pfg_table_print(&f->out, table, 80, false);
    assert_string_equal(f->out.ptr, "a   b\ncc\n");
}

static void more_cells_than_columns_are_dropped(void **state)
{
    struct fixture *f = *state;
    struct pfg_table *table = pfg_table_new(f->arena, 1);

    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "a");
    pfg_table_cell(table, PFG_PLAIN, "b");
    pfg_table_print(&f->out, table, 80, false);
    assert_string_equal(f->out.ptr, "a\n");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(width_is_counted_in_terminal_columns),
        cmocka_unit_test(hidden_characters_are_spelt_out),
        T(columns_are_as_wide_as_their_widest_cell),
        T(lines_are_broken_between_words),
        T(color_is_there_only_when_asked_for),
        T(the_first_left_column_gives_way_in_its_middle),
        T(a_column_can_have_a_limit),
        T(an_empty_column_costs_nothing),
        T(more_cells_than_columns_are_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
