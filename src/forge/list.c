#include "forge/list.h"

#include <string.h>

enum {
    MOST_PAGES = 1000,
    SMALL_PAGE = 20, /* if a page of a hundred entries is too large */
};

enum pfg_http_result pfg_forge_find_self(
    struct pfg_forge_self *out, const struct pfg_forge_session *session,
    struct pfg_error *err)
{
    struct pfg_http_answer answer;
    enum pfg_http_result result =
        pfg_http_send(&answer, session->http,
                      &(struct pfg_http_request){
                          .method = "GET", .path = "/user", .repeatable = true},
                      err);

    *out = (struct pfg_forge_self){"", ""};
    if (result == PFG_HTTP_OK) {
        const struct pfg_json_value *root = pfg_json_root(answer.json);
        const char *login = pfg_json_string(pfg_json_get(root, "login"));

        out->id = pfg_forge_digits(answer.json, pfg_json_get(root, "id"),
                                   session->arena);
        out->login = pfg_arena_strdup(session->arena, login ? login : "");
        pfg_json_free(answer.json);
    }
    return result == PFG_HTTP_FORBIDDEN || result == PFG_HTTP_GONE ? PFG_HTTP_OK
                                                                   : result;
}

/* Gitea's built-in users, such as the one of its Actions, have negative
 * numbers. In GitLab, where every token has a user, "system" marks notes that
 * nobody wrote. */
const char *pfg_forge_own_text(const struct pfg_forge_self *self,
                               const struct pfg_json_document *document,
                               const struct pfg_json_value *value,
                               const char *text, const char *marker,
                               struct pfg_arena *arena)
{
    const struct pfg_json_value *user = pfg_json_get(value, "user");
    const struct pfg_json_value *author =
        user ? user : pfg_json_get(value, "author");
    const char *type = pfg_json_string(pfg_json_get(author, "type"));
    const char *id =
        pfg_forge_digits(document, pfg_json_get(author, "id"), arena);
    const char *body = pfg_json_string(pfg_json_get(value, text));
    bool own = *self->id ? !strcmp(id, self->id)
                         : *id == '-' || (type && !strcmp(type, "Bot"));

    return own && body && pfg_slice_starts(pfg_slice_of(body), marker) &&
                   !pfg_json_is_true(pfg_json_get(value, "system"))
               ? body
               : NULL;
}

static enum pfg_http_result read_page(bool *last,
                                      const struct pfg_forge_session *session,
                                      const struct pfg_forge_list *list,
                                      size_t number, size_t size,
                                      struct pfg_error *err)
{
    struct pfg_http_request request = {
        .method = "GET", .path = list->path, .repeatable = true};
    struct pfg_http_answer answer;
    enum pfg_http_result result;
    const struct pfg_json_value *root;

    if (size) {
        request.path =
            pfg_arena_printf(session->arena, "%s?%s=%zu&page=%zu%s", list->path,
                             list->size_name, size, number, list->more);
    }
    result = pfg_http_send(&answer, session->http, &request, err);
    if (result != PFG_HTTP_OK) {
        return result;
    }
    root = pfg_json_root(answer.json);
    if (pfg_json_type(root) != PFG_JSON_ARRAY) {
        pfg_fail(err, PFG_SYSTEM, "the response of %s is not a list of %s",
                 session->forge->title, list->of);
        result = PFG_HTTP_FAILED;
    }
    for (const struct pfg_json_value *v = pfg_json_first(root);
         v && result == PFG_HTTP_OK; v = pfg_json_next(v)) {
        list->take(list->self, answer.json, v);
    }
    *last = !size || pfg_json_count(root) < size;
    pfg_json_free(answer.json);
    return result;
}

static enum pfg_http_result read_pages(const struct pfg_forge_session *session,
                                       const struct pfg_forge_list *list,
                                       size_t size, struct pfg_error *err)
{
    enum pfg_http_result result = PFG_HTTP_OK;
    bool last = false;

    list->begin(list->self);
    for (size_t i = 1; !last && result == PFG_HTTP_OK; i++) {
        if (i > MOST_PAGES) {
            pfg_fail(err, PFG_SYSTEM,
                     "there are more %s than perfgate can search", list->of);
            return PFG_HTTP_FAILED;
        }
        result = read_page(&last, session, list, i, size, err);
    }
    return result;
}

enum pfg_http_result pfg_forge_read_list(
    const struct pfg_forge_session *session, const struct pfg_forge_list *list,
    struct pfg_error *err)
{
    enum pfg_http_result result = read_pages(session, list, list->size, err);

    return result == PFG_HTTP_TOO_LARGE && list->size > SMALL_PAGE
               ? read_pages(session, list, SMALL_PAGE, err)
               : result;
}
