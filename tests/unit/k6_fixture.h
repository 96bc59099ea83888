/* For the tests of k6's ingesters: parses a text and returns its stream. */
#ifndef PFG_TESTS_UNIT_K6_FIXTURE_H
#define PFG_TESTS_UNIT_K6_FIXTURE_H

#include "check.h"
#include "stream.h"

/* The stream of a text without file positions; the caller frees it. */
static inline char *read_with_tags(const char *text, const char *k6_tags)
{
    struct pfg_ingest_options options = {.k6_tags = k6_tags};
    struct pfg_slice rest, line;
    struct pfg_str out;
    struct stream s;

    pfg_str_init(&out, 0);
    stream_read(&s, pfg_slice_of(text), "in", &options);
    rest = pfg_str_slice(&s.text);
    while (rest.len) {
        line = pfg_take_until(&rest, '\n');
        pfg_str_add(&out, pfg_slice_first(line, pfg_slice_find(line, " at=")));
        pfg_str_putc(&out, '\n');
    }
    stream_end(&s);
    return out.ptr;
}

static inline char *stream_of(const char *text)
{
    return read_with_tags(text, NULL);
}

static inline void assert_has(const char *stream, const char *wanted)
{
    if (!strstr(stream, wanted)) {
        print_error("no '%s' in\n%s", wanted, stream);
        fail();
    }
}

static inline void assert_lacks(const char *stream, const char *unwanted)
{
    if (strstr(stream, unwanted)) {
        print_error("'%s' in\n%s", unwanted, stream);
        fail();
    }
}

/* A text, with parts that its stream must and must not contain. */
struct expectation {
    const char *text, *has, *lacks;
};

static inline void check_all(const struct expectation *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *stream = stream_of(cases[i].text);

        if (cases[i].has) {
            assert_has(stream, cases[i].has);
        }
        if (cases[i].lacks) {
            assert_lacks(stream, cases[i].lacks);
        }
        free(stream);
    }
}

#define CHECK_ALL(cases) check_all((cases), PFG_COUNT(cases))

#endif
