#include "forge/issues.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "forge/list.h"
#include "json/write.h"

struct finding {
    const struct pfg_forge_session *session;
    const char *marker;
    struct pfg_forge_self self;
    PFG_VEC(struct pfg_forge_issue) issues;
};

static void begin(void *self)
{
    ((struct finding *)self)->issues.n = 0;
}

/* GitHub lists pull requests among the issues. */
static void add_issue(void *self, const struct pfg_json_document *document,
                      const struct pfg_json_value *value)
{
    struct finding *f = self;
    const struct pfg_forge_issue_words *words = &f->session->forge->issue;
    struct pfg_arena *arena = f->session->arena;
    const char *state = pfg_json_string(pfg_json_get(value, "state"));
    const char *body = pfg_forge_own_text(&f->self, document, value,
                                          words->body, f->marker, arena);
    struct pfg_forge_issue issue = {
        .number = pfg_forge_digits(document, pfg_json_get(value, words->number),
                                   arena),
        .open = state && !strncmp(state, "open", 4),
    };

    if (body && *issue.number && !pfg_json_get(value, "pull_request")) {
        issue.body = pfg_arena_strdup(arena, body);
        pfg_vec_push(&f->issues, arena, issue);
    }
}

static int by_number(const void *left, const void *right)
{
    const char *a = ((const struct pfg_forge_issue *)left)->number;
    const char *b = ((const struct pfg_forge_issue *)right)->number;
    const size_t n = strlen(a), m = strlen(b);

    return n != m ? (n > m) - (n < m) : strcmp(a, b);
}

enum pfg_http_result pfg_forge_find_issues(
    struct pfg_forge_issue **out, size_t *n,
    const struct pfg_forge_session *session, const char *marker,
    struct pfg_error *err)
{
    const struct pfg_forge_issue_words *words = &session->forge->issue;
    struct finding f = {.session = session, .marker = marker};
    struct pfg_forge_list list = {
        .of = "issues",
        .path = pfg_forge_path(session->place, session->forge->issues, NULL,
                               session->arena),
        .size_name = words->size,
        .size = session->forge->page_size ? session->forge->page_size : 50,
        .more = words->listing,
        .begin = begin,
        .take = add_issue,
        .self = &f,
    };
    enum pfg_http_result result = pfg_forge_find_self(&f.self, session, err);

    if (*f.self.login && words->by_login) {
        list.more = pfg_arena_printf(session->arena, "%s%s%s", words->listing,
                                     words->by_login, f.self.login);
    } else if (*f.self.id && words->by_id) {
        list.more = pfg_arena_printf(session->arena, "%s%s%s", words->listing,
                                     words->by_id, f.self.id);
    }
    if (result == PFG_HTTP_OK) {
        result = pfg_forge_read_list(session, &list, err);
    }
    if (result == PFG_HTTP_OK && f.issues.n) {
        qsort(f.issues.at, f.issues.n, sizeof *f.issues.at, by_number);
    }
    *out = f.issues.at;
    *n = f.issues.n;
    return result;
}

enum pfg_http_result pfg_forge_put_issue(
    const char **number, const struct pfg_forge_session *session,
    const struct pfg_forge_issue_text *text, struct pfg_error *err)
{
    const struct pfg_forge *forge = session->forge;
    const char *path =
        pfg_forge_path(session->place, forge->issues, NULL, session->arena);
    const bool is_new = !**number;
    struct pfg_http_answer answer;
    struct pfg_str body = pfg_str_in(session->arena);
    struct pfg_json_writer w = {.out = &body};
    enum pfg_http_result result;

    pfg_json_begin(&w, NULL, '{');
    if (text->title) {
        pfg_json_put_string(&w, "title", text->title);
    }
    if (text->body) {
        pfg_json_put_string(&w, forge->issue.body, text->body);
    }
    if (text->close || text->reopen) {
        pfg_json_put_string(&w, forge->issue.state,
                            text->close ? forge->issue.close
                                        : forge->issue.open);
    }
    pfg_json_end(&w, '}');
    result = pfg_http_send(
        &answer, session->http,
        &(struct pfg_http_request){
            .method = is_new ? "POST" : forge->update,
            .path = is_new ? path
                           : pfg_arena_printf(session->arena, "%s/%s", path,
                                              *number),
            .body = pfg_str_slice(&body),
            .repeatable = !is_new,
        },
        err);
    if (result == PFG_HTTP_OK) {
        *number =
            is_new ? pfg_forge_digits(answer.json,
                                      pfg_json_get(pfg_json_root(answer.json),
                                                   forge->issue.number),
                                      session->arena)
                   : *number;
        pfg_json_free(answer.json);
    }
    return result;
}
