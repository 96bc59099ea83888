#include "json/write.h"

#include "check.h"
#include "json/json.h"

static void objects_and_arrays_get_commas_and_lines(void **state)
{
    struct pfg_str text;
    struct pfg_json_writer w = {.out = &text, .indent = 2};
    (void)state;

    pfg_str_init(&text, 0);
    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "name", "x");
    pfg_json_begin(&w, "empty", '[');
    pfg_json_end(&w, ']');
    pfg_json_begin(&w, "list", '[');
    pfg_json_put_integer(&w, NULL, INT64_MIN);
    pfg_json_begin(&w, NULL, '{');
    pfg_json_end(&w, '}');
    pfg_json_put_bool(&w, NULL, true);
    pfg_json_end(&w, ']');
    pfg_json_put_numbers(&w, "values", (const double[]){1, 0.1, NAN}, 3);
    pfg_json_put_string(&w, "none", NULL);
    pfg_json_end(&w, '}');
    assert_string_equal(text.ptr, "{\n"
                                  "  \"name\": \"x\",\n"
                                  "  \"empty\": [],\n"
                                  "  \"list\": [\n"
                                  "    -9223372036854775808,\n"
                                  "    {},\n"
                                  "    true\n"
                                  "  ],\n"
                                  "  \"values\": [1, 0.1, null],\n"
                                  "  \"none\": null\n"
                                  "}");
    pfg_str_free(&text);
}

static void without_indentation_it_is_one_line(void **state)
{
    struct pfg_str text;
    struct pfg_json_writer w = {.out = &text};
    (void)state;

    pfg_str_init(&text, 0);
    pfg_json_begin(&w, NULL, '[');
    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_null(&w, "a\"b");
    pfg_json_put_bool(&w, "c", false);
    pfg_json_put_numbers(&w, "d", (const double[]){1, 2}, 2);
    pfg_json_put_numbers(&w, "e", NULL, 0);
    pfg_json_end(&w, '}');
    pfg_json_put_number(&w, NULL, -INFINITY);
    pfg_json_end(&w, ']');
    assert_string_equal(
        text.ptr, "[{\"a\\\"b\":null,\"c\":false,\"d\":[1,2],\"e\":[]},null]");
    pfg_str_free(&text);
}

static void strings_come_out_as_sound_json(void **state)
{
    static const struct {
        struct pfg_slice value;
        const char *json;
    } cases[] = {
        {{NULL, 0}, "\"\""},
        {{"plain and longer than eight", 27},
         "\"plain and longer than eight\""},
        {{"a\"b\\c/d", 7}, "\"a\\\"b\\\\c/d\""},
        {{"\b\f\n\r\t", 5}, "\"\\b\\f\\n\\r\\t\""},
        {{"\0\x01\x1f\x7f", 4}, "\"\\u0000\\u0001\\u001f\x7f\""},
        {{"\xc2\xb5s", 3}, "\"\xc2\xb5s\""},
        {{"\xf0\x9f\x98\x80", 4}, "\"\xf0\x9f\x98\x80\""},
        {{"a\xff"
          "b",
          3},
         "\"a\xef\xbf\xbd"
         "b\""},
        {{"\xe2\x80", 2}, "\"\xef\xbf\xbd\xef\xbf\xbd\""},
        {{"\xed\xa0\x80", 3}, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_str text;
        struct pfg_json_writer w = {.out = &text};

        pfg_str_init(&text, 0);
        pfg_json_put_slice(&w, NULL, cases[i].value);
        assert_string_equal(text.ptr, cases[i].json);
        pfg_str_free(&text);
    }
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void numbers_read_back_to_the_last_bit(void **state)
{
    uint64_t seed = 88172645463325252;
    (void)state;

    for (int i = 0; i < 2000; i++) {
        uint64_t bits = next_random(&seed);
        struct pfg_json_document *document;
        struct pfg_str text;
        struct pfg_json_writer w = {.out = &text};
        double value, back;

        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) {
            continue;
        }
        pfg_str_init(&text, 0);
        pfg_json_put_number(&w, NULL, value);
        assert_int_equal(
            pfg_json_parse(&document, pfg_str_slice(&text), "x", 0, NULL), 0);
        back = pfg_json_number(document, pfg_json_root(document));
        assert_memory_equal(&back, &value, sizeof value);
        pfg_json_free(document);
        pfg_str_free(&text);
    }
}

static void any_bytes_read_back_as_a_string(void **state)
{
    uint64_t seed = 362436069;
    (void)state;

    for (int i = 0; i < 2000; i++) {
        struct pfg_json_document *document;
        struct pfg_str text;
        struct pfg_json_writer w = {.out = &text, .indent = i % 3};
        char bytes[24];

        for (size_t j = 0; j < sizeof bytes; j++) {
            bytes[j] = (char)(next_random(&seed) % 255 + 1);
        }
        pfg_str_init(&text, 0);
        pfg_json_begin(&w, NULL, '[');
        pfg_json_put_slice(&w, NULL, pfg_slice_make(bytes, sizeof bytes));
        pfg_json_end(&w, ']');
        assert_int_equal(
            pfg_json_parse(&document, pfg_str_slice(&text), "x", 0, NULL), 0);
        pfg_json_free(document);
        pfg_str_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_and_arrays_get_commas_and_lines),
        cmocka_unit_test(without_indentation_it_is_one_line),
        cmocka_unit_test(strings_come_out_as_sound_json),
        cmocka_unit_test(numbers_read_back_to_the_last_bit),
        cmocka_unit_test(any_bytes_read_back_as_a_string),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
