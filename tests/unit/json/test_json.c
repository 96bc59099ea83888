#include "json/json.h"

#include "base/str.h"
#include "check.h"

static struct pfg_json_document *parse(const char *text, unsigned flags)
{
    struct pfg_json_document *document = NULL;
    struct pfg_error err = {0};

    if (pfg_json_parse(&document, pfg_slice_of(text), "x.json", flags, &err)) {
        print_error("%s:%ld:%ld: %s\n", err.file, err.line, err.column,
                    err.message);
        fail();
    }
    return document;
}

static void a_document_is_read_by_name_and_in_order(void **state)
{
    struct pfg_json_document *d =
        parse("{\"a\": {\"b\": [1, 2.50, \"x\\u00b5\", true, null, false]},"
              " \"A\": {}}",
              0);
    const struct pfg_json_value *root = pfg_json_root(d);
    const struct pfg_json_value *list = pfg_json_path(root, "a/b");
    const struct pfg_json_value *at = pfg_json_first(list);
    (void)state;

    assert_int_equal(pfg_json_type(root), PFG_JSON_OBJECT);
    assert_int_equal(pfg_json_count(root), 2);
    assert_int_equal(pfg_json_type(list), PFG_JSON_ARRAY);
    assert_int_equal(pfg_json_count(list), 6);
    assert_int_equal(pfg_json_type(at), PFG_JSON_NUMBER);
    assert_slice(pfg_json_digits(d, at), "1");
    at = pfg_json_next(at);
    assert_slice(pfg_json_digits(d, at), "2.50");
    assert_near(pfg_json_number(d, at), 2.5, 0);
    at = pfg_json_next(at);
    assert_string_equal(pfg_json_string(at), "x\xc2\xb5");
    at = pfg_json_next(at);
    assert_int_equal(pfg_json_type(at), PFG_JSON_BOOL);
    assert_true(pfg_json_is_true(at));
    at = pfg_json_next(at);
    assert_int_equal(pfg_json_type(at), PFG_JSON_NULL);
    at = pfg_json_next(at);
    assert_int_equal(pfg_json_type(at), PFG_JSON_BOOL);
    assert_false(pfg_json_is_true(at));
    assert_null(pfg_json_next(at));
    assert_string_equal(pfg_json_key(pfg_json_first(root)), "a");
    assert_int_equal(pfg_json_count(pfg_json_get(root, "A")), 0);
    pfg_json_free(d);
}

/* The digits that a cursor visits, with their lines and columns: "1@1:4 ". */
static void list(struct pfg_str *out, const struct pfg_json_document *d,
                 const struct pfg_json_value *parent)
{
    struct pfg_json_cursor children = {parent};
    const struct pfg_json_value *at;

    pfg_str_clear(out);
    while ((at = pfg_json_each(&children))) {
        struct pfg_pos pos = pfg_json_pos(d, at);

        pfg_str_printf(out, "%.*s@%ld:%ld ", PFG_SLICE(pfg_json_digits(d, at)),
                       pos.line, pos.column);
    }
}

static void numbers_of_an_array_come_with_nodes_and_without(void **state)
{
    struct pfg_json_document *d =
        parse("[[ 1,-2.50e3\n,/* , */3 ], [4, \"5\"], [], [-Infinity,6]]",
              PFG_JSON_COMMENTS | PFG_JSON_NONFINITE);
    const struct pfg_json_value *numbers = pfg_json_first(pfg_json_root(d));
    const struct pfg_json_value *mixed = pfg_json_next(numbers);
    const struct pfg_json_value *none = pfg_json_next(mixed), *at;
    struct pfg_str text;
    (void)state;

    pfg_str_init(&text, 0);
    for (int asked = 0; asked < 2; asked++) {
        assert_int_equal(pfg_json_count(numbers), 3);
        assert_int_equal(pfg_json_type(numbers), PFG_JSON_ARRAY);
        list(&text, d, numbers);
        assert_string_equal(text.ptr, "1@1:4 -2.50e3@1:6 3@2:9 ");
        at = pfg_json_next(pfg_json_first(numbers)); /* has nodes from now on */
        assert_slice(pfg_json_digits(d, at), "-2.50e3");
        assert_near(pfg_json_number(d, pfg_json_next(at)), 3, 0);
        assert_null(pfg_json_next(pfg_json_next(at)));
    }
    list(&text, d, mixed);
    assert_string_equal(text.ptr, "4@2:15 @2:18 ");
    list(&text, d, none);
    assert_string_equal(text.ptr, "");
    list(&text, d, pfg_json_next(none));
    assert_string_equal(text.ptr, "-Infinity@2:29 6@2:39 ");
    list(&text, d, NULL);
    assert_string_equal(text.ptr, "");
    pfg_str_free(&text);
    pfg_json_free(d);
}

static void what_is_not_there_is_nothing(void **state)
{
    struct pfg_json_document *d = parse("[{\"a\": 1}]", 0);
    const struct pfg_json_value *root = pfg_json_root(d);
    uint64_t whole;
    (void)state;

    assert_null(pfg_json_get(root, "a"));
    assert_null(pfg_json_get(pfg_json_first(root), "b"));
    assert_null(pfg_json_path(NULL, "a"));
    assert_null(pfg_json_path(pfg_json_first(root), "a/b"));
    assert_int_equal(pfg_json_type(NULL), PFG_JSON_NOTHING);
    assert_null(pfg_json_first(NULL));
    assert_null(pfg_json_next(NULL));
    assert_null(pfg_json_key(NULL));
    assert_null(pfg_json_string(NULL));
    assert_null(pfg_json_string(root));
    assert_false(pfg_json_is_true(NULL));
    assert_int_equal(pfg_json_count(NULL), 0);
    assert_int_equal(pfg_json_digits(d, NULL).len, 0);
    assert_near(pfg_json_number(d, root), NAN, 0);
    assert_int_equal(pfg_json_u64(&whole, d, root), -1);
    pfg_json_free(d);
    pfg_json_free(NULL);
}

static void whole_numbers_are_exact_up_to_64_bits(void **state)
{
    static const struct {
        const char *text;
        int status;
        uint64_t value;
    } cases[] = {
        {"0", 0, 0},
        {"9007199254740993", 0, UINT64_C(9007199254740993)},
        {"18446744073709551615", 0, UINT64_MAX},
        {"18446744073709551616", -1, 0},
        {"99999999999999999999999", -1, 0},
        {"100.0", 0, 100},
        {"100.000", 0, 100},
        {"1e3", 0, 1000},
        {"1.5e3", 0, 1500},
        {"1500e-2", 0, 15},
        {"1.8446744073709551615E+19", 0, UINT64_MAX},
        {"0e999999999999999999999", 0, 0},
        {"0.0", 0, 0},
        {"1e0000000000000000000000002", 0, 100},
        {"1e20", -1, 0},
        {"1e99999999999999999999", -1, 0},
        {"1e-99999999999999999999", -1, 0},
        {"1.5", -1, 0},
        {"15e-1", -1, 0},
        {"-1", -1, 0},
        {"\"1\"", -1, 0},
        {"true", -1, 0},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_json_document *d = parse(cases[i].text, 0);
        uint64_t value = 0;

        if (pfg_json_u64(&value, d, pfg_json_root(d)) != cases[i].status ||
            value != cases[i].value) {
            print_error("%s became %llu\n", cases[i].text,
                        (unsigned long long)value);
            fail();
        }
        pfg_json_free(d);
    }
}

static void numbers_keep_every_character(void **state)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0.1", 0.1},
        {"-0", -0.0},
        {"1E-3", 0.001},
        {"1e400", INFINITY},
        {"0.1000000000000000055511151231257827021181583404541015625000000000",
         0.1},
        {"1234567890123456789012345678901234567890123456789012345678901234567",
         1234567890123456789012345678901234567890123456789012345678901234567.},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[256];
        struct pfg_json_document *d;
        const struct pfg_json_value *at;

        snprintf(text, sizeof text, "[%s,%s ,7]", cases[i].text, cases[i].text);
        d = parse(text, 0);
        at = pfg_json_first(pfg_json_root(d));
        assert_slice(pfg_json_digits(d, at), cases[i].text);
        at = pfg_json_next(at);
        assert_slice(pfg_json_digits(d, at), cases[i].text);
        assert_near(pfg_json_number(d, at), cases[i].value, 0);
        assert_slice(pfg_json_digits(d, pfg_json_next(at)), "7");
        pfg_json_free(d);
    }
}

static void every_value_and_key_has_its_place(void **state)
{
    struct pfg_json_document *d = parse("\xef\xbb\xbf{\n"
                                        "  \"a\": 1,\n"
                                        "  \"b\" :\n"
                                        "    [true, {\"c\": \"x\"}]\n"
                                        "}\n",
                                        0);
    const struct pfg_json_value *root = pfg_json_root(d);
    const struct pfg_json_value *b = pfg_json_get(root, "b");
    const struct pfg_json_value *c =
        pfg_json_get(pfg_json_next(pfg_json_first(b)), "c");
    const struct {
        struct pfg_pos pos;
        long line, column;
    } cases[] = {
        {pfg_json_pos(d, root), 1, 1},
        {pfg_json_key_pos(d, pfg_json_get(root, "a")), 2, 3},
        {pfg_json_pos(d, pfg_json_get(root, "a")), 2, 8},
        {pfg_json_key_pos(d, b), 3, 3},
        {pfg_json_pos(d, b), 4, 5},
        {pfg_json_key_pos(d, pfg_json_first(b)), 4, 6},
        {pfg_json_key_pos(d, c), 4, 13},
        {pfg_json_pos(d, c), 4, 18},
        {pfg_json_pos(d, NULL), 0, 0},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        assert_string_equal(cases[i].pos.file, "x.json");
        assert_int_equal(cases[i].pos.line, cases[i].line);
        assert_int_equal(cases[i].pos.column, cases[i].column);
    }
    pfg_json_free(d);
}

static void bad_json_is_refused_with_its_place_and_reason(void **state)
{
    static const struct {
        const char *text;
        long line, column;
        const char *message;
    } cases[] = {
        {"", 1, 1, "no JSON: the text is empty"},
        {" \n ", 2, 2, "no JSON: the text is empty"},
        {"{\n \"a\": 1\n", 3, 1,
         "JSON ends early: '}' missing for the object begun at line 1"},
        {"{\"a\"", 1, 5,
         "JSON ends early: '}' missing for the object begun at line 1"},
        {"{\"a\":", 1, 6,
         "JSON ends early: '}' missing for the object begun at line 1"},
        {"[1,\n[2,", 2, 4,
         "JSON ends early: ']' missing for the array begun at line 2"},
        {"[\n\"ab", 2, 4,
         "JSON ends early: '\"' missing for the string begun at line 2"},
        {"\"a\\", 1, 4,
         "JSON ends early: '\"' missing for the string begun at line 1"},
        {"\"a\\u12", 1, 7,
         "JSON ends early: '\"' missing for the string begun at line 1"},
        {"\"\\u12\"", 1, 2, "'\\u' is not a JSON escape"},
        {"[1] x", 1, 5, "unexpected 'x' after the end of the JSON value"},
        {"1 2", 1, 3, "unexpected '2' after the end of the JSON value"},
        {"[1,]", 1, 4, "a comma before ']'"},
        {"{\"a\":1,}", 1, 8, "a comma before '}'"},
        {"{a:1}", 1, 2, "a key in double quotes expected, not 'a'"},
        {"{\"a\" 1}", 1, 6, "':' expected after the key, not '1'"},
        {"{\"a\":1 \"b\":2}", 1, 8, "',' or '}' expected, not '\"'"},
        {"[1 2]", 1, 4, "',' or ']' expected, not '2'"},
        {"[01]", 1, 2, "number '01' has a leading zero"},
        {"[-]", 1, 3, "a digit expected, not ']'"},
        {"[1.]", 1, 4, "a digit expected, not ']'"},
        {"[1.e3]", 1, 4, "a digit expected, not 'e3'"},
        {"1e", 1, 3, "a digit expected, not the end of the text"},
        {"[+1]", 1, 2, "a JSON value expected, not '+1'"},
        {"[.5]", 1, 2, "a JSON value expected, not '.5'"},
        {"[NaN]", 1, 2, "a JSON value expected, not 'NaN'"},
        {"[-Infinity]", 1, 3, "a digit expected, not 'Infinity'"},
        {"[tru]", 1, 2, "a JSON value expected, not 'tru'"},
        {"[True]", 1, 2, "a JSON value expected, not 'True'"},
        {"['a']", 1, 2, "a JSON value expected, not '''"},
        {"// c\n1", 1, 1, "a JSON value expected, not '/'"},
        {"[abcdefghijklmnopqrstuvw]", 1, 2,
         "a JSON value expected, not 'abcdefghijklmnopqrst...'"},
        {"[\xe2\x80\x9c]", 1, 2, "a JSON value expected, not '\xe2\x80\x9c'"},
        {"[\xff]", 1, 2, "a JSON value expected, not byte 0xff"},
        {"\"a\tb\"", 1, 3, "byte 0x09 inside a string"},
        {"\"a\nb\"", 1, 3, "byte 0x0a inside a string"},
        {"\"\\x\"", 1, 2, "'\\x' is not a JSON escape"},
        {"\"\\u0000\"", 1, 2, "a NUL character inside a string"},
        {"\"\xc0\xaf\"", 1, 2, "byte 0xc0 inside a string is not UTF-8"},
        {"\"\xed\xa0\x80\"", 1, 2, "byte 0xed inside a string is not UTF-8"},
        {"\"\xe2\x80\"", 1, 2, "byte 0xe2 inside a string is not UTF-8"},
        {"\"\xf4\x90\x80\x80\"", 1, 2,
         "byte 0xf4 inside a string is not UTF-8"},
        {"{\"a\":1,\n\"b\":2,\n \"\\u0061\":3}", 3, 2,
         "duplicate key 'a' in an object"},
        {"[{\"x\":{\"a\":1,\"a\":{}}}]", 1, 14,
         "duplicate key 'a' in an object"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_json_document *d;
        struct pfg_error err = {0};

        assert_int_equal(
            pfg_json_parse(&d, pfg_slice_of(cases[i].text), "x.json", 0, &err),
            -1);
        assert_null(d);
        assert_int_equal(err.code, PFG_DATA);
        assert_string_equal(err.file, "x.json");
        assert_string_equal(err.message, cases[i].message);
        assert_int_equal(err.line, cases[i].line);
        assert_int_equal(err.column, cases[i].column);
    }
}

static void nesting_has_a_limit(void **state)
{
    struct pfg_json_document *d;
    struct pfg_error err = {0};
    struct pfg_str text;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_repeat(&text, "[", 256);
    pfg_str_repeat(&text, "]", 256);
    assert_int_equal(pfg_json_parse(&d, pfg_str_slice(&text), "x", 0, &err), 0);
    pfg_json_free(d);
    pfg_str_clear(&text);
    pfg_str_repeat(&text, "{\"a\":", 1000000);
    assert_int_equal(pfg_json_parse(&d, pfg_str_slice(&text), "x", 0, &err),
                     -1);
    assert_int_equal(err.column, 256 * 5 + 1);
    assert_string_equal(err.message,
                        "arrays and objects nested more than 256 deep");
    pfg_str_free(&text);
}

static void the_number_of_values_has_a_limit(void **state)
{
    struct pfg_json_document *d;
    struct pfg_error err = {0};
    struct pfg_str text;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_putc(&text, '[');
    pfg_str_repeat(&text, "0,0,0,0,0,0,0,0,0,0,", 1000000);
    pfg_str_puts(&text, "0]");
    assert_int_equal(pfg_json_parse(&d, pfg_str_slice(&text), "x", 0, &err),
                     -1);
    assert_string_equal(err.message,
                        "more than 10 million values in one document");
    pfg_str_free(&text);
}

static void keys_may_stand_again_in_another_object(void **state)
{
    struct pfg_json_document *d =
        parse("{\"a\":{\"a\":1,\"A\":2},\"b\":[{\"a\":3},{\"a\":4}]}", 0);
    (void)state;

    assert_near(pfg_json_number(d, pfg_json_path(pfg_json_root(d), "a/A")), 2,
                0);
    pfg_json_free(d);
}

static void comments_are_blanks_where_they_are_allowed(void **state)
{
    struct pfg_json_document *d = parse("// head\n"
                                        "{ /* a, \"b\": 2 */ \"a\" // x\n"
                                        " :/**/\"/* no */\"/***/,/*\n*/\n"
                                        " \"c\": [ 1.50/* one */, // two\n"
                                        " 2 ] } // tail",
                                        PFG_JSON_COMMENTS);
    const struct pfg_json_value *root = pfg_json_root(d);
    const struct pfg_json_value *c = pfg_json_get(root, "c");
    (void)state;

    assert_int_equal(pfg_json_count(root), 2);
    assert_string_equal(pfg_json_string(pfg_json_get(root, "a")), "/* no */");
    assert_slice(pfg_json_digits(d, pfg_json_first(c)), "1.50");
    assert_int_equal(pfg_json_key_pos(d, c).line, 5);
    assert_int_equal(pfg_json_pos(d, pfg_json_first(c)).column, 9);
    assert_int_equal(pfg_json_count(c), 2);
    pfg_json_free(d);
}

static void bad_comments_are_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[1] /* open",
         "JSON ends early: '*/' missing for the comment begun at line 1"},
        {"[1, /*/ 2]",
         "JSON ends early: '*/' missing for the comment begun at line 1"},
        {"[1, / 2]", "a JSON value expected, not '/'"},
        {"[1] /", "unexpected '/' after the end of the JSON value"},
        {"// only", "no JSON: the text is empty"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_json_document *d;
        struct pfg_error err = {0};

        assert_int_equal(pfg_json_parse(&d, pfg_slice_of(cases[i].text), "x",
                                        PFG_JSON_COMMENTS, &err),
                         -1);
        assert_string_equal(err.message, cases[i].message);
    }
}

static void bare_nan_and_infinity_are_numbers_where_allowed(void **state)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"NaN", NAN},
        {"-NaN", NAN},
        {"Infinity", INFINITY},
        {"-Infinity", -INFINITY},
        {"-1", -1},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[64];
        struct pfg_json_document *d;
        const struct pfg_json_value *at;

        snprintf(text, sizeof text, "{\"a\":[%s,%s], \"b\": %s}", cases[i].text,
                 cases[i].text, cases[i].text);
        d = parse(text, PFG_JSON_NONFINITE);
        at = pfg_json_first(pfg_json_get(pfg_json_root(d), "a"));
        assert_int_equal(pfg_json_type(at), PFG_JSON_NUMBER);
        assert_near(pfg_json_number(d, at), cases[i].value, 0);
        at = pfg_json_get(pfg_json_root(d), "b");
        assert_slice(pfg_json_digits(d, at), cases[i].text);
        pfg_json_free(d);
    }
}

static void half_a_surrogate_pair_reads_as_a_replacement(void **state)
{
    struct pfg_json_document *d = parse(
        "[\"\\ud83d\\ude00\", \"a\\ud83d\", \"\\ude00\\ud83d\\ud83d\\ude00\","
        " \"\\ud83d\\n\"]",
        0);
    const struct pfg_json_value *at = pfg_json_first(pfg_json_root(d));
    (void)state;

    assert_string_equal(pfg_json_string(at), "\xf0\x9f\x98\x80");
    at = pfg_json_next(at);
    assert_string_equal(pfg_json_string(at), "a\xef\xbf\xbd");
    at = pfg_json_next(at);
    assert_string_equal(pfg_json_string(at),
                        "\xef\xbf\xbd\xef\xbf\xbd\xf0\x9f\x98\x80");
    at = pfg_json_next(at);
    assert_string_equal(pfg_json_string(at), "\xef\xbf\xbd\n");
    pfg_json_free(d);
}

static void many_members_are_told_apart(void **state)
{
    struct pfg_json_document *d;
    struct pfg_error err = {0};
    struct pfg_str text;
    (void)state;

    pfg_str_init(&text, 0);
    pfg_str_putc(&text, '{');
    for (int i = 0; i < 50000; i++) {
        pfg_str_printf(&text, "\"key%d\":%d,\n", i, i);
    }
    pfg_str_puts(&text, "\"end\":0}");
    assert_int_equal(pfg_json_parse(&d, pfg_str_slice(&text), "x", 0, &err), 0);
    assert_int_equal(pfg_json_count(pfg_json_root(d)), 50001);
    assert_int_equal(
        pfg_json_pos(d, pfg_json_get(pfg_json_root(d), "key49999")).line,
        50000);
    pfg_json_free(d);
    text.len--;
    pfg_str_puts(&text, ",\"key7\":0,\"key3\":1}");
    assert_int_equal(pfg_json_parse(&d, pfg_str_slice(&text), "x", 0, &err),
                     -1);
    assert_string_equal(err.message, "duplicate key 'key7' in an object");
    assert_int_equal(err.line, 50001);
    pfg_str_free(&text);
}

static void a_text_is_whole_again_after_an_error(void **state)
{
    static const char *const texts[] = {
        "{\"a\": [\"b\", {\"c\\n\": \"d\\u00b5\"}], \"e\": \"f\", \"g\" 1}",
        "{\"a\": \"b\", \"\\u0061\": \"c\"}",
        "[\"a\"] [\"b\"]",
        "[\"a\", \"b",
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(texts); i++) {
        struct pfg_json_document *d;
        struct pfg_str text;

        pfg_str_init(&text, 0);
        pfg_str_puts(&text, texts[i]);
        assert_int_equal(pfg_json_parse_taking(&d, &text, "x", 0, NULL, NULL),
                         -1);
        assert_string_equal(text.ptr, texts[i]);
        pfg_str_free(&text);
    }
}

/* Adds the first member of an item to the text at `context`. */
static int add_item(void *context, const struct pfg_json_document *document,
                    const struct pfg_json_value *array,
                    const struct pfg_json_value *item)
{
    (void)document;
    pfg_str_printf(context, "%s %s, ", pfg_json_key(array),
                   pfg_json_string(pfg_json_first(item)));
    return pfg_json_get(item, "stop") != NULL;
}

static void items_are_read_early_and_not_kept(void **state)
{
    static const char given[] =
        "{\"a\": [{\"b\": [{\"c\": \"1\"}, [\"2\"]], \"d\": [[\"3\"]]}, "
        "{\"b\": [{\"c\": \"\\u0034\"}]}], \"b\": [[\"5\"]]}";
    static const char stopped[] =
        "{\"a\": [{\"b\": [{\"c\": \"6\", \"stop\": 0}, [\"7\"]]}]}";
    struct pfg_str read, text;
    struct pfg_json_items items = {"b", 4, add_item, &read};
    struct pfg_json_document *d;
    (void)state;

    pfg_str_init(&read, 0);
    pfg_str_init(&text, 0);
    pfg_str_puts(&text, given);
    assert_int_equal(pfg_json_parse_taking(&d, &text, "x", 0, &items, NULL), 0);
    assert_string_equal(read.ptr, "b 1, b 2, b 4, ");
    assert_int_equal(
        pfg_json_count(pfg_json_path(
            pfg_json_first(pfg_json_path(pfg_json_root(d), "a")), "b")),
        0);
    assert_int_equal(pfg_json_count(pfg_json_path(pfg_json_root(d), "b")), 1);
    pfg_json_give_back(d, &text);
    assert_string_equal(text.ptr, given);

    pfg_str_clear(&text);
    pfg_str_puts(&text, stopped);
    assert_int_equal(pfg_json_parse_taking(&d, &text, "x", 0, &items, NULL),
                     -1);
    assert_string_equal(read.ptr, "b 1, b 2, b 4, b 6, ");
    assert_string_equal(text.ptr, stopped);
    pfg_str_free(&text);
    pfg_str_free(&read);
}

static void a_key_with_escapes_has_its_place(void **state)
{
    struct pfg_json_document *d =
        parse("{\n \"a\\nb\\u00b5\":\n  \"c\\n\"}", 0);
    const struct pfg_json_value *at = pfg_json_first(pfg_json_root(d));
    (void)state;

    assert_string_equal(pfg_json_key(at), "a\nb\xc2\xb5");
    assert_int_equal(pfg_json_key_pos(d, at).line, 2);
    assert_int_equal(pfg_json_key_pos(d, at).column, 2);
    assert_int_equal(pfg_json_pos(d, at).line, 3);
    assert_int_equal(pfg_json_pos(d, at).column, 3);
    pfg_json_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_read_by_name_and_in_order),
        cmocka_unit_test(numbers_of_an_array_come_with_nodes_and_without),
        cmocka_unit_test(what_is_not_there_is_nothing),
        cmocka_unit_test(whole_numbers_are_exact_up_to_64_bits),
        cmocka_unit_test(numbers_keep_every_character),
        cmocka_unit_test(every_value_and_key_has_its_place),
        cmocka_unit_test(bad_json_is_refused_with_its_place_and_reason),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(the_number_of_values_has_a_limit),
        cmocka_unit_test(keys_may_stand_again_in_another_object),
        cmocka_unit_test(comments_are_blanks_where_they_are_allowed),
        cmocka_unit_test(bad_comments_are_refused),
        cmocka_unit_test(bare_nan_and_infinity_are_numbers_where_allowed),
        cmocka_unit_test(half_a_surrogate_pair_reads_as_a_replacement),
        cmocka_unit_test(many_members_are_told_apart),
        cmocka_unit_test(a_text_is_whole_again_after_an_error),
        cmocka_unit_test(items_are_read_early_and_not_kept),
        cmocka_unit_test(a_key_with_escapes_has_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
