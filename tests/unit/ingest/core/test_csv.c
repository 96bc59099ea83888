#include "base/memory.h"
#include "check.h"
#include "ingest/core/csv.h"
#include "ingest/core/ingest.h"
#include "stream.h"

/* The cells of all rows of a text, with "|" between cells, "/" after a row, ">"
 * where a row is cut off and "!" where one was refused. */
static void read_all(struct pfg_str *out, struct pfg_slice text, char separator)
{
    struct pfg_csv csv;
    struct pfg_csv_row row;
    long number = 0;

    pfg_csv_begin(&csv, separator);
    while (text.len) {
        struct pfg_slice line = pfg_take_until(&text, '\n');

        switch (pfg_csv_line(&csv, &row, line, ++number)) {
        case PFG_CSV_ROW:
            for (size_t i = 0; i < row.n; i++) {
                pfg_str_puts(out, i ? "|" : "");
                pfg_str_add(out, row.cells[i]);
            }
            pfg_str_printf(out, "/%ld ", row.line);
            break;
        case PFG_CSV_MORE:
            break;
        case PFG_CSV_REFUSED:
            pfg_str_printf(out, "!%ld ", csv.line);
            break;
        }
    }
    if (pfg_csv_rest(&csv, &row)) {
        assert_true(row.cut);
        pfg_str_printf(out, "%zu cells>", row.n);
    }
    pfg_csv_end(&csv);
}

static void cells_are_split_and_unquoted(void **state)
{
    static const struct {
        const char *text, *cells;
        char separator;
    } cases[] = {
        {"a,b,c\n1,2,3\n", "a|b|c/1 1|2|3/2 ", ','},
        {"a;b\n", "a|b/1 ", ';'},
        {"a\tb\n", "a|b/1 ", '\t'},
        {"\n", "/1 ", ','},
        {",\n", "|/1 ", ','},
        {"a,", "a|/1 ", ','},
        {"\"a\",\"b\"\n", "a|b/1 ", ','},
        {"\"a,b\",c\n", "a,b|c/1 ", ','},
        {"\"a \"\"b\"\"\",c\n", "a \"b\"|c/1 ", ','},
        {"\"\",\"\"\"\"\n", "|\"/1 ", ','},
        /* across lines, including empty ones */
        {"x,\"one\ntwo\n\nthree\",y\nz\n", "x|one\ntwo\n\nthree|y/1 z/5 ", ','},
        {"\"a\n\"\"b\n\"\n", "a\n\"b\n/1 ", ','},
        /* careless quoting */
        {"5\" disk,b\n", "5\" disk|b/1 ", ','},
        {"\"a\"b,c\n", "ab|c/1 ", ','},
        {"a, \"b, c\"\n", "a|b, c/1 ", ','},
        {"a, b \n", "a| b /1 ", ','},
        /* cut off */
        {"a,b\n\"c,d\ne", "a|b/1 1 cells>", ','},
        {"a,b\nx,\"c", "a|b/1 2 cells>", ','},
    };
    (void)state;
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_str out;

        pfg_str_init(&out, 0);
        read_all(&out, pfg_slice_of(cases[i].text), cases[i].separator);
        assert_string_equal(out.ptr, cases[i].cells);
        pfg_str_free(&out);
    }
}

static void a_quote_that_does_not_end_is_given_up(void **state)
{
    struct pfg_str text, out;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_init(&out, 0);
    pfg_str_puts(&text, "a,b\n1,\"");
    pfg_str_repeat(&text, "0123456789\n", PFG_CSV_RECORD_MAX / 11 + 1);
    pfg_str_puts(&text, "c,d\n");
    read_all(&out, pfg_str_slice(&text), ',');
    assert_true(pfg_slice_starts(pfg_str_slice(&out), "a|b/1 !2 "));
    assert_true(pfg_slice_ends(pfg_str_slice(&out), "c|d/95328 "));
    pfg_str_free(&text);
    pfg_str_free(&out);
}

static void columns_are_found_by_name(void **state)
{
    struct pfg_slice cells[] = {PFG_LIT("Name"), PFG_LIT(" Value "),
                                PFG_LIT("Values")};
    struct pfg_csv_row row = {.cells = cells, .n = 3};
    (void)state;

    assert_int_equal(pfg_csv_find(&row, "Value"), 1);
    assert_int_equal(pfg_csv_find(&row, "value"), 3);
    assert_slice(pfg_csv_cell(&row, 2), "Values");
    assert_int_equal(pfg_csv_cell(&row, 3).len, 0);
}

#define STATS                                                                  \
    "Type,Name,Request Count,Failure Count,Average Response Time,Requests/s\n" \
    "GET,/,10,0,12.5,2.5\n"                                                    \
    ",Aggregated,10,0,12.5,2.5\n"

static void assert_reads(const char *text, const char *piece, size_t n)
{
    struct stream s;

    stream_read(&s, pfg_slice_of(text), "x", NULL);
    if (!strstr(s.text.ptr, piece) || s.n_measurements != n) {
        print_error("no '%s', or not %zu measurements, in\n%s", piece, n,
                    s.text.ptr);
        fail();
    }
    stream_end(&s);
}

static void a_table_may_stand_in_a_log(void **state)
{
    (void)state;
    assert_reads(STATS, "tools=locust lines=3", 6);
    /* noise before it, and another tool's output after it */
    assert_reads("locust is starting, wait: 1, 2, 3\n\n" STATS
                 "\nShutting down, exit code 0\n"
                 "BenchmarkX-8 10 5 ns/op\n",
                 "tools=gobench,locust", 7);
    /* timestamps of a CI system before each line, and CRLF */
    assert_reads("2024-05-01T12:00:00.1234567Z Type,Name,Request Count,Failure "
                 "Count,Average Response Time,Requests/s\r\n"
                 "2024-05-01T12:00:00.1234567Z ,Aggregated,10,0,12.5,2.5\r\n",
                 "written=[2.5]", 3);
    /* two runs in sequence, with the failures of one between them */
    assert_reads(STATS "Method,Name,Error,Occurrences\n"
                       "GET,/,\"HTTPError('a, b')\",3\n" STATS,
                 "process round=0", 14);
    /* a line that is not a row of the table is read like any other line */
    assert_reads(STATS "\"BenchmarkX-8\n10 5 ns/op\"\n", "tools=locust", 6);
}

static void a_table_that_breaks_off_fails_the_run(void **state)
{
    (void)state;
    assert_reads("Type,Name,Request Count,Failure Count,Average Response "
                 "Time,Requests/s\nGET,/,10,0,12.5,2.5\n",
                 "failed x:1 Locust's table does not end with a row for all", 3);
    assert_reads("Type,Name,Request Count,Failure Count,Average Response "
                 "Time,Requests/s\nGET,/,10,0,12.5,2.5\nGET,/b,1",
                 "failed x:3 Locust's table ends inside a row", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_split_and_unquoted),
        cmocka_unit_test(a_quote_that_does_not_end_is_given_up),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(a_table_may_stand_in_a_log),
        cmocka_unit_test(a_table_that_breaks_off_fails_the_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
