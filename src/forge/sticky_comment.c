#include "forge/sticky_comment.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "forge/list.h"
#include "json/write.h"

enum { MOST_TRIES = 4 };

struct finding {
    const struct pfg_forge_session *session;
    const struct pfg_forge_wish *wish;
    struct pfg_forge_self self;
    struct pfg_error *err;

    const char *first, *first_body; /* our oldest one; NULL: none */
    PFG_VEC(const char *) more;     /* our other ones */
};

static void add_comment(void *self, const struct pfg_json_document *document,
                        const struct pfg_json_value *value)
{
    struct finding *f = self;
    struct pfg_arena *arena = f->session->arena;
    const char *id =
        pfg_forge_digits(document, pfg_json_get(value, "id"), arena);
    const char *body = pfg_forge_own_text(&f->self, document, value, "body",
                                          f->wish->marker, arena);

    if (!*id || !body) {
        return;
    }
    if (f->first) {
        pfg_vec_push(&f->more, arena, id);
    } else {
        f->first = id;
        f->first_body = pfg_arena_strdup(arena, body);
    }
}

static void begin(void *self)
{
    struct finding *f = self;

    f->first = f->first_body = NULL;
    f->more.n = 0;
}

static const char *comments_path(const struct pfg_forge_session *s)
{
    return pfg_forge_path(s->place, s->forge->comments, NULL, s->arena);
}

/* Finds all our comments on all pages. */
static enum pfg_http_result find(struct finding *f)
{
    const struct pfg_forge_session *s = f->session;
    const struct pfg_forge_list list = {
        .of = "comments",
        .path = comments_path(s),
        .size_name = "per_page",
        .size = s->forge->page_size,
        .more = s->forge->listing,
        .begin = begin,
        .take = add_comment,
        .self = f,
    };

    return pfg_forge_read_list(s, &list, f->err);
}

static enum pfg_http_result write_comment(struct finding *f, const char *method,
                                          const char *path, const char *text)
{
    struct pfg_str body = pfg_str_in(f->session->arena);
    struct pfg_json_writer w = {.out = &body};

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "body", text);
    pfg_json_end(&w, '}');
    return pfg_http_send(NULL, f->session->http,
                         &(struct pfg_http_request){
                             .method = method,
                             .path = path,
                             .body = pfg_str_slice(&body),
                             .repeatable = strcmp(method, "POST") != 0,
                         },
                         f->err);
}

static enum pfg_http_result update(struct finding *f, const char *id,
                                   const char *text)
{
    const struct pfg_forge_session *s = f->session;

    return write_comment(
        f, s->forge->update,
        pfg_forge_path(s->place, s->forge->comment, id, s->arena), text);
}

/* Deletes a surplus comment of ours. It may be gone already; a failure is
 * visible to people, and the next comment tries again. */
static void drop(const struct finding *f, const char *id)
{
    const struct pfg_forge_session *s = f->session;
    struct pfg_error ignored;

    pfg_http_send(
        NULL, s->http,
        &(struct pfg_http_request){
            .method = "DELETE",
            .path = pfg_forge_path(s->place, s->forge->comment, id, s->arena),
            .repeatable = true,
        },
        &ignored);
}

/* After creating a comment: another job may have created one at the same
 * moment. The oldest stays. The creation counts, whatever happens here. */
static void drop_duplicates(const struct finding *found, const char *text)
{
    struct pfg_error ignored;
    struct finding f = *found;

    f.err = &ignored;
    if (find(&f) != PFG_HTTP_OK || !f.first || !f.more.n ||
        (strcmp(f.first_body, text) &&
         update(&f, f.first, text) != PFG_HTTP_OK)) {
        return;
    }
    for (size_t i = 0; i < f.more.n; i++) {
        drop(&f, f.more.at[i]);
    }
}

static enum pfg_http_result create(enum pfg_forge_done *out, struct finding *f)
{
    const struct pfg_forge_session *s = f->session;
    enum pfg_http_result result;

    if (f->wish->only_update) {
        *out = PFG_FORGE_NOTHING;
        return PFG_HTTP_OK;
    }
    result = write_comment(f, "POST", comments_path(s), f->wish->body);
    if (result == PFG_HTTP_OK) {
        *out = PFG_FORGE_CREATED;
        drop_duplicates(f, f->wish->body);
    }
    return result;
}

static enum pfg_http_result replace(enum pfg_forge_done *out, struct finding *f)
{
    const char *text =
        f->wish->only_update ? f->wish->only_update : f->wish->body;
    enum pfg_http_result result = PFG_HTTP_OK;

    if (f->wish->joined) {
        text = f->wish->joined(f->first_body, text, f->session->arena);
    }
    *out = PFG_FORGE_SAME;
    if (strcmp(f->first_body, text)) {
        *out = PFG_FORGE_UPDATED;
        result = update(f, f->first, text);
    }
    for (size_t i = 0; result == PFG_HTTP_OK && i < f->more.n; i++) {
        drop(f, f->more.at[i]);
    }
    return result;
}

enum pfg_http_result pfg_forge_comment(enum pfg_forge_done *out,
                                       const struct pfg_forge_session *session,
                                       const struct pfg_forge_wish *wish,
                                       struct pfg_error *err)
{
    struct finding f = {.session = session, .wish = wish, .err = err};
    enum pfg_http_result result = pfg_forge_find_self(&f.self, session, err);

    for (long tried = 0; result == PFG_HTTP_OK; tried++) {
        result = find(&f);
        if (result != PFG_HTTP_OK) {
            return result;
        }
        result = f.first ? replace(out, &f) : create(out, &f);
        /* Deleted since it was found; or created although no answer came. */
        if (!(f.first ? result == PFG_HTTP_GONE
                      : result == PFG_HTTP_UNCERTAIN) ||
            tried + 1 == MOST_TRIES ||
            !pfg_http_pause(session->http, tried, err ? err->message : "")) {
            return result;
        }
        result = PFG_HTTP_OK;
    }
    return result;
}

enum pfg_http_result pfg_forge_head(const char **out,
                                    const struct pfg_forge_session *session,
                                    struct pfg_error *err)
{
    const struct pfg_forge *forge = session->forge;
    struct pfg_http_request request = {
        .method = "GET",
        .path = pfg_forge_path(session->place, forge->request_path, NULL,
                               session->arena),
        .repeatable = true,
    };
    struct pfg_http_answer answer;
    enum pfg_http_result result =
        pfg_http_send(&answer, session->http, &request, err);

    *out = "";
    if (result == PFG_HTTP_OK) {
        const struct pfg_json_value *value = pfg_json_root(answer.json);
        const char *sha;

        value = forge->head ? pfg_json_get(value, forge->head) : value;
        sha = pfg_json_string(pfg_json_get(value, "sha"));
        if (sha && pfg_forge_is_sha(sha)) {
            *out = pfg_arena_strdup(session->arena, sha);
        }
        pfg_json_free(answer.json);
    }
    return result == PFG_HTTP_FORBIDDEN || result == PFG_HTTP_GONE ? PFG_HTTP_OK
                                                                   : result;
}

/* The search for the request with a certain head among those of a branch. */
struct searching {
    const struct pfg_forge_session *session;
    uint64_t number; /* 0: not found */
};

static void begin_search(void *self)
{
    ((struct searching *)self)->number = 0;
}

static void check_request(void *self, const struct pfg_json_document *document,
                          const struct pfg_json_value *value)
{
    struct searching *s = self;
    const char *sha = pfg_json_string(pfg_json_path(value, "head/sha"));

    if (!s->number && sha && !strcmp(sha, s->session->place->sha)) {
        pfg_number_parse_u64(
            &s->number,
            pfg_slice_of(pfg_forge_digits(
                document, pfg_json_get(value, "number"), s->session->arena)));
    }
}

enum pfg_http_result pfg_forge_find_request(
    uint64_t *out, const struct pfg_forge_session *session, const char *branch,
    struct pfg_error *err)
{
    const struct pfg_forge *forge = session->forge;
    struct searching s = {.session = session};
    struct pfg_str more = pfg_str_in(session->arena);
    struct pfg_forge_list list = {
        .of = "pull requests",
        .path = pfg_forge_path(session->place, forge->requests, NULL,
                               session->arena),
        .size_name = "per_page",
        .size = forge->page_size,
        .begin = begin_search,
        .take = check_request,
        .self = &s,
    };
    enum pfg_http_result result;

    pfg_str_puts(&more, "&state=open&head=");
    for (const char *c = branch; *c; c++) {
        pfg_str_printf(&more, isalnum((unsigned char)*c) ? "%c" : "%%%02X",
                       (unsigned char)*c);
    }
    list.more = more.ptr;
    result = pfg_forge_read_list(session, &list, err);
    *out = s.number;
    return result;
}
