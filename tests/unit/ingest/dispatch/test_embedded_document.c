#include "check.h"
#include "stream.h"

#include "ingest/dispatch/embedded_document.h"

static void feed(struct pfg_embedded_document *inset, const char *text,
                 enum pfg_embedded_document_status *status)
{
    struct pfg_slice rest = pfg_slice_of(text);
    long line = 0;

    *status = PFG_EMBEDDED_DOCUMENT_NONE;
    while (rest.len) {
        *status = pfg_embedded_document_line(inset, pfg_take_until(&rest, '\n'),
                                             ++line);
    }
}

static void a_document_is_found_where_it_begins_and_ends(void **state)
{
    static const struct {
        const char *text;
        enum pfg_embedded_document_status status;
        long line;
        const char *document;
    } cases[] = {
        {"{\"a\": 1}", PFG_EMBEDDED_DOCUMENT_DONE, 1, "{\"a\": 1}\n"},
        {"noise\n{\n\"a\": [\n1]\n}", PFG_EMBEDDED_DOCUMENT_DONE, 2,
         "{\n\"a\": [\n1]\n}\n"},
        {"window.DATA = {\"a\":\n1};", PFG_EMBEDDED_DOCUMENT_DONE, 1,
         "{\"a\":\n1}\n"},
        {"[INFO] ready\n[\n{}\n]", PFG_EMBEDDED_DOCUMENT_DONE, 2, "[\n{}\n]\n"},
        {"{ cache warm\n[2024-05-01 10:00:00] x\n{\n\"}\": \"\\\"{\"\n}",
         PFG_EMBEDDED_DOCUMENT_DONE, 3, "{\n\"}\": \"\\\"{\"\n}\n"},
        {"{\nprintf(1);\n{\n\"a\": 1}", PFG_EMBEDDED_DOCUMENT_DONE, 3,
         "{\n\"a\": 1}\n"},
        {"{\"a\": 1, broken\n[{\"b\": 1}]", PFG_EMBEDDED_DOCUMENT_DONE, 2,
         "[{\"b\": 1}]\n"},
        {"{\"a\":", PFG_EMBEDDED_DOCUMENT_MORE, 1, "{\"a\":\n"},
        {"<?xml version=\"1.0\"?>\n<Catch>\n</Catch>",
         PFG_EMBEDDED_DOCUMENT_DONE, 1,
         "<?xml version=\"1.0\"?>\n<Catch>\n</Catch>\n"},
        {"x < y\n<Catch name=\"\">\n<a/>", PFG_EMBEDDED_DOCUMENT_MORE, 2,
         "<Catch name=\"\">\n<a/>\n"},
        {"key = value\n= [", PFG_EMBEDDED_DOCUMENT_NONE, 0, NULL},
        {"plain", PFG_EMBEDDED_DOCUMENT_NONE, 0, NULL},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        enum pfg_embedded_document_status status;
        struct pfg_embedded_document inset;

        pfg_embedded_document_begin(&inset);
        feed(&inset, cases[i].text, &status);
        assert_int_equal(status, cases[i].status);
        if (cases[i].document) {
            assert_int_equal(inset.line, cases[i].line);
            assert_string_equal(inset.text.ptr, cases[i].document);
        }
        pfg_embedded_document_end(&inset);
    }
}

static void what_is_whole_of_a_document_is_kept(void **state)
{
    static const struct {
        const char *text, *mended; /* NULL: it has no complete part */
    } cases[] = {
        {"{\"c\": {}, \"b\": [{\"x\": 1}, {\"x\": [2], \"y",
         "{\"c\": {}, \"b\": [{\"x\": 1}]}"},
        {"[{\"a\": {\"b\": [1]}}, {\"a\": {\"b\": [1], \"c\": ",
         "[{\"a\": {\"b\": [1]}}]"},
        {"{\"m\": {\"x\": {\"v\": 1}, \"y\": {\"v\": 2, \"t\": {}, ",
         "{\"m\": {\"x\": {\"v\": 1}}}"},
        {"{\"r\": {\"a\": [[1], [2]], \"b\": [[1], ",
         "{\"r\": {\"a\": [[1], [2]]}}"},
        {"{\"a\": 1, \"b\": ", NULL},
        {"[1, 2, 3", NULL},
        {"[[1], [2], [", NULL},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        enum pfg_embedded_document_status status;
        struct pfg_embedded_document inset;

        pfg_embedded_document_begin(&inset);
        feed(&inset, cases[i].text, &status);
        assert_int_equal(status, PFG_EMBEDDED_DOCUMENT_MORE);
        assert_int_equal(pfg_embedded_document_mend(&inset),
                         cases[i].mended != NULL);
        if (cases[i].mended) {
            assert_slice(pfg_str_slice(&inset.text), cases[i].mended);
        }
        pfg_embedded_document_end(&inset);
    }
}

static void assert_reads(const char *text, const char *wanted)
{
    struct stream s;

    stream_read(&s, pfg_slice_of(text), "x", NULL);
    if (!strstr(s.text.ptr, wanted)) {
        print_error("no '%s' in\n%s", wanted, s.text.ptr);
        fail();
    }
    stream_end(&s);
}

#define RESULT "{\"name\": \"a\", \"unit\": \"ms\", \"value\": 1}"

static void a_log_may_hold_several_documents(void **state)
{
    (void)state;
    assert_reads("go\n" RESULT "\nand\n[\n" RESULT ",\n" RESULT "\n]\nend\n",
                 "bench=a metric=time unit=s better=lower values=[0.001] "
                 "written=[1] unit_written=ms at=x:2:1\n");
    assert_reads("go\n[\n" RESULT ",\n" RESULT "\n]\n", "at=x:4:1\n");
    assert_reads("BenchmarkA 1 5 ns/op\n" RESULT "\nPASS\n",
                 "result tools=gobench,json");
}

static void lines_of_a_tool_are_no_document(void **state)
{
    (void)state;
    /* The brace does not swallow the lines after it. */
    assert_reads("{\nBenchmarkX 1 5 ns/op\nPASS\n", "bench=BenchmarkX");
    assert_reads("{\n\"a\":\nBenchmarkX 1 5 ns/op\nPASS\n" RESULT "\n",
                 "result tools=gobench,json");
}

static void a_document_that_breaks_off_marks_the_run(void **state)
{
    (void)state;
    assert_reads("noise\n[\n" RESULT ",\n{\"name\": \"b\", ",
                 "failed x:2 the JSON that begins here is cut off on line 4");
    assert_reads("[\n" RESULT ",\n{\"name\": \"b\", ", "bench=a");
    assert_reads("{\"a\": {}, \"b", "error 3");
}

static void xml_is_catch2s_or_nobodys(void **state)
{
    (void)state;
    assert_reads("<?xml version=\"1.0\"?>\n<testsuites/>\n</testsuites>\n",
                 "error 3");
    /* a document type is refused before its entities are expanded */
    assert_reads("<?xml version=\"1.0\"?>\n"
                 "<!DOCTYPE Catch2TestRun [<!ENTITY a \"aaaa\">"
                 "<!ENTITY b \"&a;&a;\">]>\n"
                 "<Catch2TestRun name=\"&b;\">\n</Catch2TestRun>\n",
                 "error 3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_found_where_it_begins_and_ends),
        cmocka_unit_test(what_is_whole_of_a_document_is_kept),
        cmocka_unit_test(a_log_may_hold_several_documents),
        cmocka_unit_test(lines_of_a_tool_are_no_document),
        cmocka_unit_test(a_document_that_breaks_off_marks_the_run),
        cmocka_unit_test(xml_is_catch2s_or_nobodys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
