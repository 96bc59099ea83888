#include "json/scan.h"

#include "base/number.h"
#include "check.h"
#include "json/json.h"

static const char point[] =
    "{\"metric\":\"http_req_duration\",\"type\":\"Point\",\"data\":{\"time\":"
    "\"2026-11-21T07:49:48.796382846Z\",\"value\":6.491087,\"tags\":"
    "{\"expected_response\":\"true\",\"group\":\"::browse\",\"method\":\"GET\""
    ",\"name\":\"http://127.0.0.1:18080/\",\"status\":\"200\"}}}";

static void wanted_paths_are_picked_in_one_pass(void **state)
{
    struct pfg_json_pick picks[] = {
        {.path = "type"},           {.path = "metric"},
        {.path = "data.time"},      {.path = "data.value"},
        {.path = "data.tags"},      {.path = "data.tags.name"},
        {.path = "data.tags.nam"},  {.path = "data.tags.name.x"},
        {.path = "data.tags.none"}, {.path = "value"},
    };
    (void)state;

    assert_int_equal(pfg_json_scan(pfg_slice_of(point), picks, 10, NULL),
                     PFG_JSON_SCAN_OK);
    assert_slice(picks[0].value, "Point");
    assert_int_equal(picks[0].type, '"');
    assert_false(picks[0].escaped);
    assert_slice(picks[1].value, "http_req_duration");
    assert_slice(picks[2].value, "2026-11-21T07:49:48.796382846Z");
    assert_slice(picks[3].value, "6.491087");
    assert_int_equal(picks[3].type, '0');
    assert_int_equal(picks[4].type, '{');
    assert_true(pfg_slice_starts(picks[4].value, "{\"expected_response\""));
    assert_true(pfg_slice_ends(picks[4].value, "\"200\"}"));
    assert_slice(picks[5].value, "http://127.0.0.1:18080/");
    for (size_t i = 6; i < 10; i++) {
        assert_null(picks[i].value.ptr);
        assert_int_equal(picks[i].type, 0);
    }
}

static void a_pick_says_what_it_is(void **state)
{
    static const struct {
        const char *text, *value;
        char type;
        bool escaped;
        enum pfg_json_scan result;
    } cases[] = {
        {"{\"a\":{\"b\":-1.5e3}}", "-1.5e3", '0', false, PFG_JSON_SCAN_OK},
        {" { \"a\" : { \"b\" : true } } ", "true", 't', false,
         PFG_JSON_SCAN_OK},
        {"{\"a\":{\"b\":false}}", "false", 'f', false, PFG_JSON_SCAN_OK},
        {"{\"a\":{\"b\":null}}", "null", 'n', false, PFG_JSON_SCAN_OK},
        {"{\"a\":{\"b\":[1, 2]}}", "[1, 2]", '[', false, PFG_JSON_SCAN_OK},
        {"{\"a\":{\"b\":{}}}", "{}", '{', false, PFG_JSON_SCAN_OK},
        {"{\"a\":{\"b\":\"\"}}", "", '"', false, PFG_JSON_SCAN_OK},
        {"{\"a\":{\"b\":\"x\\ny\"}}", "x\\ny", '"', true, PFG_JSON_SCAN_OK},
        {"{\"a\":{\"b\":1},\"c\":{\"b\":2}}", "1", '0', false,
         PFG_JSON_SCAN_OK},
        {"{\"a\":{\"b\":1,\"b\":2}}", "2", '0', false, PFG_JSON_SCAN_UNSURE},
        {"{\"a\":{\"b\":1},\"a\":{}}", "1", '0', false, PFG_JSON_SCAN_UNSURE},
        {"{\"a\":{\"\\u0062\":1}}", NULL, 0, false, PFG_JSON_SCAN_UNSURE},
        {"{\"a.b\":1}", NULL, 0, false, PFG_JSON_SCAN_OK},
        {"[{\"a\":{\"b\":1}}]", NULL, 0, false, PFG_JSON_SCAN_OK},
        {"{\"a\":[{\"b\":1}]}", NULL, 0, false, PFG_JSON_SCAN_OK},
        {"{\"\":{\"b\":1},\"ab\":2,\"A\":{\"b\":3}}", NULL, 0, false,
         PFG_JSON_SCAN_OK},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_json_pick pick = {.path = "a.b"};

        assert_int_equal(
            pfg_json_scan(pfg_slice_of(cases[i].text), &pick, 1, NULL),
            cases[i].result);
        if (cases[i].value) {
            assert_slice(pick.value, cases[i].value);
        } else {
            assert_null(pick.value.ptr);
        }
        assert_int_equal(pick.type, cases[i].type);
        assert_int_equal(pick.escaped, cases[i].escaped);
    }
}

static void a_bad_text_is_pointed_at(void **state)
{
    static const struct {
        const char *text;
        size_t offset;
    } cases[] = {
        {"", 0},          {"{\"a\":1}}", 7}, {"{\"a\":tru}", 5},
        {"[1,2", 4},      {"{\"a\":01}", 5}, {"{\"a\":\"\x01\"}", 6},
        {"{\"a\" 1}", 5}, {"\"\xff\"", 1},   {"[1,]", 3},
        {"NaN", 0},       {"[1]//c", 3},     {"\"\\u00\"", 1},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        size_t offset = 99;

        assert_int_equal(
            pfg_json_scan(pfg_slice_of(cases[i].text), NULL, 0, &offset),
            PFG_JSON_SCAN_BAD);
        assert_int_equal(offset, cases[i].offset);
    }
}

static void as_many_picks_as_bits_fit(void **state)
{
    struct pfg_json_pick picks[PFG_JSON_PICKS_MAX] = {0};
    char names[PFG_JSON_PICKS_MAX][8];
    (void)state;

    for (int i = 0; i < PFG_JSON_PICKS_MAX; i++) {
        snprintf(names[i], sizeof names[i], "k%d", i);
        picks[i].path = names[i];
    }
    assert_int_equal(pfg_json_scan(PFG_LIT("{\"k0\":1,\"k63\":2}"), picks,
                                   PFG_JSON_PICKS_MAX, NULL),
                     PFG_JSON_SCAN_OK);
    assert_slice(picks[0].value, "1");
    assert_slice(picks[63].value, "2");
    assert_null(picks[62].value.ptr);
}

static void escapes_are_undone(void **state)
{
    static const struct {
        const char *raw, *text;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"},
        {"a\\u00b5\\u20AC", "a\xc2\xb5\xe2\x82\xac"},
        {"\\u0041", "A"},
        {"\\ud83d\\ude00!", "\xf0\x9f\x98\x80!"},
        {"\\ud83dx", "\xef\xbf\xbdx"},
        {"\\ude00", "\xef\xbf\xbd"},
        {"\\ud83d\\u0041", "\xef\xbf\xbd"
                           "A"},
        {"\\x", NULL},
        {"\\", NULL},
        {"\\u12", NULL},
        {"\\u0000", NULL},
        {"\\u00g0", NULL},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        size_t len = strlen(cases[i].raw);
        char *out = malloc(len + 1); /* exact size, for the sanitizers */
        long got = pfg_json_unescape(out, pfg_slice_of(cases[i].raw));

        if (cases[i].text) {
            assert_int_equal(got, strlen(cases[i].text));
            assert_string_equal(out, cases[i].text);
        } else {
            assert_int_equal(got, -1);
        }
        free(out);
    }
}

/*
 * A second, independent JSON reader, written as plainly as the grammar in RFC
 * 8259, and as slow. It does not check for duplicate keys.
 */
struct reader {
    const unsigned char *p, *end;
    int depth;
};

static bool read_value(struct reader *r);

static int front(const struct reader *r)
{
    return r->p < r->end ? *r->p : -1;
}

static bool take(struct reader *r, int c)
{
    bool there = front(r) == c;

    r->p += there;
    return there;
}

static void read_blanks(struct reader *r)
{
    while (take(r, ' ') || take(r, '\t') || take(r, '\n') || take(r, '\r')) {
    }
}

static bool read_digits(struct reader *r)
{
    const unsigned char *begin = r->p;

    while (front(r) >= '0' && front(r) <= '9') {
        r->p++;
    }
    return r->p > begin;
}

static bool read_number(struct reader *r)
{
    take(r, '-');
    if (!take(r, '0') && !read_digits(r)) {
        return false;
    }
    if (take(r, '.') && !read_digits(r)) {
        return false;
    }
    if (take(r, 'e') || take(r, 'E')) {
        (void)(take(r, '+') || take(r, '-'));
        return read_digits(r);
    }
    return true;
}

static bool read_escape(struct reader *r)
{
    int value = 0;

    if (!take(r, 'u')) {
        int c = front(r);

        r->p++;
        return c > 0 && strchr("\"\\/bfnrt", c);
    }
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdef";
        int c = front(r) >= 'A' && front(r) <= 'F' ? front(r) + 32 : front(r);
        const char *at = c > 0 ? strchr(digits, c) : NULL;

        if (!at) {
            return false;
        }
        value = value * 16 + (int)(at - digits);
        r->p++;
    }
    return value != 0;
}

/* Decodes the character, and checks that this is its shortest encoding. */
static bool read_utf8(struct reader *r)
{
    int c = front(r);
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
    long value = c & (0x3f >> more);

    if (c < 0xc0 || c > 0xf7) {
        return false;
    }
    r->p++;
    for (int i = 0; i < more; i++, r->p++) {
        if (front(r) < 0 || (front(r) & 0xc0) != 0x80) {
            return false;
        }
        value = value << 6 | (front(r) & 0x3f);
    }
    return value >= (more == 1   ? 0x80
                     : more == 2 ? 0x800
                                 : 0x10000) &&
           value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
}

static bool read_string(struct reader *r)
{
    if (!take(r, '"')) {
        return false;
    }
    while (!take(r, '"')) {
        if (front(r) < 0x20) {
            return false;
        }
        if (take(r, '\\')) {
            if (!read_escape(r)) {
                return false;
            }
        } else if (front(r) >= 0x80) {
            if (!read_utf8(r)) {
                return false;
            }
        } else {
            r->p++;
        }
    }
    return true;
}

static bool read_word(struct reader *r, const char *word)
{
    while (*word && take(r, *word)) {
        word++;
    }
    return !*word;
}

static bool read_container(struct reader *r, int close)
{
    bool good = ++r->depth <= 256;

    r->p++;
    read_blanks(r);
    if (good && take(r, close)) {
        r->depth--;
        return true;
    }
    while (good) {
        read_blanks(r);
        if (close == '}') {
            good = read_string(r);
            read_blanks(r);
            good = good && take(r, ':');
            read_blanks(r);
        }
        good = good && read_value(r);
        read_blanks(r);
        if (good && take(r, close)) {
            r->depth--;
            return true;
        }
        good = good && take(r, ',');
    }
    return false;
}

static bool read_value(struct reader *r)
{
    switch (front(r)) {
    case '{':
        return read_container(r, '}');
    case '[':
        return read_container(r, ']');
    case '"':
        return read_string(r);
    case 't':
        return read_word(r, "true");
    case 'f':
        return read_word(r, "false");
    case 'n':
        return read_word(r, "null");
    default:
        return read_number(r);
    }
}

static bool is_json(struct pfg_slice text)
{
    struct reader r = {(const unsigned char *)text.ptr,
                       (const unsigned char *)text.ptr + text.len, 0};
    bool good;

    if (text.len >= 3 && !memcmp(text.ptr, "\xef\xbb\xbf", 3)) {
        r.p += 3;
    }
    read_blanks(&r);
    good = read_value(&r);
    read_blanks(&r);
    return good && r.p == r.end;
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Replaces, removes, doubles or inserts a few bytes, or truncates the text. */
static size_t mutate(char *text, size_t len, uint64_t *seed)
{
    static const char likely[] = "{}[]\",:\\/.-+eE0129tfnu \t\n\x01\x7f\x80"
                                 "\xbf\xc2\xe2\xed\xef\xf0\xf4\xff";

    for (uint64_t n = next_random(seed) % 4; n-- && len;) {
        uint64_t random = next_random(seed);
        size_t at = (size_t)(random >> 8) % len;
        char c = likely[(random >> 40) % (sizeof likely)]; /* also NUL */

        switch (random % 6) {
        case 0:
        case 1:
            text[at] = c;
            break;
        case 2:
            memmove(text + at, text + at + 1, len - at - 1);
            len--;
            break;
        case 3:
            memmove(text + at + 1, text + at, len - at);
            text[at] = c;
            len++;
            break;
        case 4:
            memmove(text + at + 1, text + at, len - at);
            len++;
            break;
        default:
            len = random & 64 ? at : len;
        }
    }
    return len;
}

static const char *const paths[] = {"metric",        "type",      "data.time",
                                    "data.value",    "data.tags", "a.b",
                                    "data.tags.name"};
#define N_PATHS PFG_COUNT(paths)

static const struct pfg_json_value *follow(
    const struct pfg_json_document *document, const char *path)
{
    const struct pfg_json_value *value = pfg_json_root(document);
    struct pfg_slice rest = pfg_slice_of(path);
    char name[32];

    while (rest.len) {
        struct pfg_slice step = pfg_take_until(&rest, '.');

        snprintf(name, sizeof name, "%.*s", PFG_SLICE(step));
        value = pfg_json_get(value, name);
    }
    return value;
}

static void check_pick(const struct pfg_json_pick *pick,
                       const struct pfg_json_document *document)
{
    const struct pfg_json_value *value = follow(document, pick->path);
    char *text;

    assert_int_equal(pick->value.ptr != NULL, value != NULL);
    if (!value) {
        return;
    }
    switch (pfg_json_type(value)) {
    case PFG_JSON_STRING:
        assert_int_equal(pick->type, '"');
        text = malloc(pick->value.len + 1);
        assert_true(pfg_json_unescape(text, pick->value) >= 0);
        assert_string_equal(text, pfg_json_string(value));
        free(text);
        break;
    case PFG_JSON_NUMBER:
        assert_int_equal(pick->type, '0');
        assert_true(
            pfg_slice_eq(pick->value, pfg_json_digits(document, value)));
        break;
    case PFG_JSON_OBJECT:
        assert_int_equal(pick->type, '{');
        break;
    case PFG_JSON_ARRAY:
        assert_int_equal(pick->type, '[');
        break;
    default:
        assert_non_null(strchr("tfn", pick->type));
    }
}

/* The scanner, the parser and the reader above must agree. Returns whether the
 * text is JSON. */
static bool check_agreement(struct pfg_slice text)
{
    struct pfg_json_pick picks[N_PATHS] = {0};
    struct pfg_json_document *document;
    struct pfg_error err = {0};
    enum pfg_json_scan scanned;
    bool parsed, twice;

    for (size_t i = 0; i < N_PATHS; i++) {
        picks[i].path = paths[i];
    }
    scanned = pfg_json_scan(text, picks, N_PATHS, NULL);
    parsed = !pfg_json_parse(&document, text, "x", 0, &err);
    twice = !parsed && strstr(err.message, "duplicate key");
    if ((scanned != PFG_JSON_SCAN_BAD) != is_json(text) ||
        (parsed || twice) != (scanned != PFG_JSON_SCAN_BAD)) {
        print_error("%.*s: scan %d, parse %d (%s)\n", PFG_SLICE(text),
                    (int)scanned, parsed, err.message);
        fail();
    }
    if (parsed && scanned == PFG_JSON_SCAN_OK) {
        for (size_t i = 0; i < N_PATHS; i++) {
            check_pick(&picks[i], document);
        }
    }
    pfg_json_free(parsed ? document : NULL);
    return scanned != PFG_JSON_SCAN_BAD;
}

static void scan_and_parser_agree_on_mutated_samples(void **state)
{
    static const char *const samples[] = {
        point,
        "{\"type\":\"Metric\",\"data\":{\"name\":\"x\",\"type\":\"trend\","
        "\"thresholds\":[\"p(95)<500\"],\"submetrics\":[{\"name\":\"y\"}],"
        "\"tags\":null},\"metric\":\"x\"}",
        "[0, -0.5, 1e9, 1E-3, 12.25, true, false, null, [], {}, [[]]]",
        "{\"a\":{\"b\":\"\\u00b5\\ud83d\\ude00\\n\\\"\"},\"type\":\"caf\xc3"
        "\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"}",
        " { \"a\" : { \"b\" : [ 1 , 2 ] } , \"data\" : { \"value\" : -1 } }\n",
        "\xef\xbb\xbf{\"metric\":1,\"type\":{\"a\":{\"b\":2}}}",
        "-0.0e+10",
        "\"\\u0041\"",
    };
    uint64_t seed = 0x9e3779b97f4a7c15;
    size_t good = 0, bad = 0;
    (void)state;

    for (int round = 0; round < 60000; round++) {
        const char *sample = samples[(size_t)round % PFG_COUNT(samples)];
        size_t len = strlen(sample);
        char text[1024];
        char *exact; /* so that sanitizers notice reads beyond the end */

        memcpy(text, sample, len);
        len = mutate(text, len, &seed);
        exact = malloc(len ? len : 1);
        memcpy(exact, text, len);
        if (check_agreement(pfg_slice_make(exact, len))) {
            good++;
        } else {
            bad++;
        }
        free(exact);
    }
    /* The agreement means something only with many texts of both kinds. */
    assert_true(good > 10000 && bad > 10000);
}

static void scan_and_parser_agree_on_odd_texts(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        {"1", true},
        {" 1 ", true},
        {"-", false},
        {"- 1", false},
        {"1.", false},
        {".1", false},
        {"1e", false},
        {"1e+", false},
        {"0e0", true},
        {"00", false},
        {"-01", false},
        {"0x1", false},
        {"\"\x7f\"", true},
        {"\"\\u12g4\"", false},
        {"\"\\'\"", false},
        {"\v1", false},
        {"\f1", false},
        {"[,1]", false},
        {"[1,,2]", false},
        {"[1", false},
        {"]", false},
        {"{\"a\"}", false},
        {"{\"a\":}", false},
        {"{1:1}", false},
        {"{,}", false},
        {"{\"a\":1,}", false},
        {"[}", false},
        {"nul", false},
        {"nulll", false},
        {"truefalse", false},
        {"\xef\xbb\xbf", false},
        {"\xef\xbb", false},
        {"\"", false},
        {"\"\\", false},
        {"\"\\\"", false},
        {"\xff\xfe", false},
        {"{\"a\":1,\"a\":2}", true},
        {"\"\\ud800\"", true},
        {"\"\xf0\x9f\x98\"", false},
        {"\"12345678\x1f\"", false},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        if (check_agreement(pfg_slice_of(cases[i].text)) != cases[i].good) {
            print_error("%s\n", cases[i].text);
            fail();
        }
    }
}

static void special_bytes_are_seen_at_every_offset(void **state)
{
    static const char special[] = "\x1f\x80\xff\x01";
    char text[64];
    (void)state;

    for (size_t len = 0; len < 40; len++) {
        memset(text, '~', sizeof text);
        text[0] = '"';
        text[len + 1] = '"';
        assert_true(check_agreement(pfg_slice_make(text, len + 2)));
        for (size_t at = 0; at < len * 4; at++) {
            char kept = text[1 + at / 4];

            text[1 + at / 4] = special[at % 4];
            assert_false(check_agreement(pfg_slice_make(text, len + 2)));
            text[1 + at / 4] = kept;
        }
    }
}

static void an_object_that_is_known_is_skipped_where_it_stands_again(
    void **state)
{
    static const struct {
        const char *text;
        int status;
        const char *tags;
    } cases[] = {
        {"{\"tags\":{\"a\":\"b\"},\"x\":1}", PFG_JSON_SCAN_OK, "{\"a\":\"b\"}"},
        {"{\"tags\":{\"a\":\"c\"},\"x\":1}", PFG_JSON_SCAN_OK, "{\"a\":\"c\"}"},
        {"{\"tags\":{\"a\":\"b\"}}}", PFG_JSON_SCAN_BAD, NULL},
        {"{\"tags\":{\"a\":\"b\"", PFG_JSON_SCAN_BAD, NULL},
        {"{\"tags\":{\"a\":\"b\"},\"tags\":{\"a\":\"b\"}}",
         PFG_JSON_SCAN_UNSURE, NULL},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_json_pick pick = {.path = "tags",
                                     .known = PFG_LIT("{\"a\":\"b\"}")};

        assert_int_equal(
            pfg_json_scan(pfg_slice_of(cases[i].text), &pick, 1, NULL),
            cases[i].status);
        if (cases[i].tags) {
            assert_slice(pick.value, cases[i].tags);
            assert_int_equal(pick.type, '{');
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wanted_paths_are_picked_in_one_pass),
        cmocka_unit_test(a_pick_says_what_it_is),
        cmocka_unit_test(a_bad_text_is_pointed_at),
        cmocka_unit_test(as_many_picks_as_bits_fit),
        cmocka_unit_test(escapes_are_undone),
        cmocka_unit_test(scan_and_parser_agree_on_mutated_samples),
        cmocka_unit_test(scan_and_parser_agree_on_odd_texts),
        cmocka_unit_test(special_bytes_are_seen_at_every_offset),
        cmocka_unit_test(
            an_object_that_is_known_is_skipped_where_it_stands_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
