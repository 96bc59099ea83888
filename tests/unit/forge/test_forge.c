#include "check.h"

#include "base/arena.h"
#include "forge/forge.h"
#include "forge/transport.h"

static void only_a_redirect_to_the_same_place_keeps_the_token(void **state)
{
    static const char from[] = "https://api.example.com/repos/a/b?page=2";
    static const struct {
        const char *location;
        int where;
        const char *out;
    } cases[] = {
        {"/repositories/1?page=2", 0,
         "https://api.example.com/repositories/1?page=2"},
        {"https://API.example.com/x", 0, NULL},
        {"https://api.example.com:443/x", 0, NULL},
        {"//evil.example/x", 1, "evil.example"},
        {"https://evil.example/x", 1, "evil.example"},
        {"https://api.example.com.evil.example/", 1,
         "api.example.com.evil.example"},
        {"http://api.example.com/x", 1, "api.example.com"},
        {"https://api.example.com:8443/x", 1, "api.example.com"},
        {"https://api.example.com@evil.example/x", -1, ""},
        {"https://user:word@api.example.com/x", -1, ""},
        {"file:///etc/passwd", -1, ""},
        {"https://api.example.com/a\nb", -1, ""},
        {"https://api.example.com:evil/", -1, ""},
        {"page/2", -1, ""},
        {"https://", -1, ""},
    };
    struct pfg_str out;

    (void)state;
    pfg_str_init(&out, 4096);
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        int where = pfg_transport_redirect(&out, from, cases[i].location);

        if (where < 0 ? cases[i].where >= 0 : where != cases[i].where) {
            fail_msg("'%s' is %d", cases[i].location, where);
        }
        if (cases[i].out && where >= 0) {
            assert_string_equal(out.ptr, cases[i].out);
        }
    }
    pfg_str_free(&out);
}

static void only_http_addresses_without_a_user_are_addresses(void **state)
{
    static const struct {
        const char *url;
        int kind;
    } cases[] = {
        {"https://api.github.com", 0},
        {"http://127.0.0.1:80/api", 1},
        {"http://localhost", 1},
        {"http://[::1]:3000", 1},
        {"http://git.intern/api/v4", 2},
        {"http://127.0.0.1.evil.example", 2},
        {"https://user:word@api.github.com", -1},
        {"ftp://api.github.com", -1},
        {"file:///etc/passwd", -1},
        {"api.github.com", -1},
        {"https://", -1},
        {"", -1},
    };

    (void)state;
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        if (pfg_transport_check(cases[i].url) != cases[i].kind) {
            fail_msg("'%s' is %d", cases[i].url,
                     pfg_transport_check(cases[i].url));
        }
    }
}

static void what_goes_into_an_address_cannot_change_it(void **state)
{
    static const char *const bad[] = {"",      "a",       "/a/b",    "a/b/",
                                      "a//b",  "a/../b",  "a/b?x=1", "a/b#c",
                                      "a/b c", "a/%2e%2e"};

    (void)state;
    assert_true(pfg_forge_is_repository("owner/name.x-y_z"));
    assert_true(pfg_forge_is_repository("group/sub/name"));
    for (size_t i = 0; i < PFG_COUNT(bad); i++) {
        assert_false(pfg_forge_is_repository(bad[i]));
    }
    assert_true(pfg_forge_is_sha("0123456789abcdef0123456789abcdef01234567"));
    assert_false(pfg_forge_is_sha("0123456789ABCDEF0123456789abcdef01234567"));
    assert_false(pfg_forge_is_sha("0123456"));
    assert_false(pfg_forge_is_sha("../../../../../../../../../../../../../x"));
}

static void a_number_in_an_answer_is_its_digits_or_nothing(void **state)
{
    static const struct {
        const char *json, *digits;
    } cases[] = {
        {"18446744073709551616", "18446744073709551616"},
        {"-2", "-2"},
        {"1.5", ""},
        {"1e3", ""},
        {"\"7\"", ""},
        {"null", ""},
    };
    struct pfg_arena *arena = pfg_arena_new();

    (void)state;
    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_json_document *document;

        assert_int_equal(
            pfg_json_parse(&document, pfg_slice_of(cases[i].json), "", 0, NULL),
            0);
        assert_string_equal(
            pfg_forge_digits(document, pfg_json_root(document), arena),
            cases[i].digits);
        pfg_json_free(document);
    }
    assert_string_equal(pfg_forge_digits(NULL, NULL, arena), "");
    pfg_arena_free(arena);
}

static void a_project_of_gitlab_is_one_part_of_an_address(void **state)
{
    const struct pfg_forge *gitlab = pfg_forge_find("gitlab");
    struct pfg_forge_place place = {
        .repository = "group/sub/name", .project_id = "", .number = 7};
    struct pfg_arena *arena = pfg_arena_new();

    (void)state;
    assert_string_equal(pfg_forge_path(&place, gitlab->comments, NULL, arena),
                        "/projects/group%2Fsub%2Fname/merge_requests/7/notes");
    place.project_id = "55";
    assert_string_equal(pfg_forge_path(&place, gitlab->comment, "9", arena),
                        "/projects/55/merge_requests/7/notes/9");
    assert_null(pfg_forge_find("sourceforge"));
    pfg_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_redirect_to_the_same_place_keeps_the_token),
        cmocka_unit_test(only_http_addresses_without_a_user_are_addresses),
        cmocka_unit_test(what_goes_into_an_address_cannot_change_it),
        cmocka_unit_test(a_number_in_an_answer_is_its_digits_or_nothing),
        cmocka_unit_test(a_project_of_gitlab_is_one_part_of_an_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
