#include "forge/forge.h"

#include <string.h>

#include "base/str.h"
#include "forge/forges.h"
#include "json/write.h"

#define X(name) extern const struct pfg_forge pfg_forge_##name;
PFG_FORGE_LIST(X)
#undef X

#define X(name) &pfg_forge_##name,
const struct pfg_forge *const pfg_forges[] = {PFG_FORGE_LIST(X) NULL};
#undef X

const struct pfg_forge *pfg_forge_find(const char *name)
{
    for (size_t i = 0; pfg_forges[i]; i++) {
        if (!strcmp(pfg_forges[i]->name, name)) {
            return pfg_forges[i];
        }
    }
    return NULL;
}

const char *pfg_forge_digits(const struct pfg_json_document *document,
                             const struct pfg_json_value *value,
                             struct pfg_arena *arena)
{
    struct pfg_slice digits = pfg_json_digits(document, value);

    for (size_t i = digits.len && digits.ptr[0] == '-'; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') {
            return "";
        }
    }
    return pfg_arena_slice(arena, digits);
}

const char *pfg_forge_pull_path(const struct pfg_forge_place *place,
                                struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "/repos/%s/pulls/%llu", place->repository,
                            (unsigned long long)place->number);
}

const char *pfg_forge_issues_path(const struct pfg_forge_place *place,
                                  struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "/repos/%s/issues", place->repository);
}

const char *pfg_forge_comments_path(const struct pfg_forge_place *place,
                                    struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "/repos/%s/issues/%llu/comments",
                            place->repository,
                            (unsigned long long)place->number);
}

const char *pfg_forge_comment_path(const struct pfg_forge_place *place,
                                   const char *id, struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "/repos/%s/issues/comments/%s",
                            place->repository, id);
}

bool pfg_forge_is_repository(const char *text)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
    size_t n = strlen(text);

    return n && n <= 255 && strspn(text, good) == n && strchr(text, '/') &&
           text[0] != '/' && text[n - 1] != '/' && !strstr(text, "//") &&
           !strstr(text, "..");
}

bool pfg_forge_is_sha(const char *text)
{
    size_t n = strlen(text);

    return (n == 40 || n == 64) && strspn(text, "0123456789abcdef") == n;
}

/* The first `most` characters of one line. */
static struct pfg_slice cut(const char *text, size_t most)
{
    size_t bytes = 0;

    for (size_t n = 0; text[bytes] && text[bytes] != '\n'; bytes++) {
        bool begins = ((unsigned char)text[bytes] & 0xc0) != 0x80;

        if (begins && n++ == most) {
            break;
        }
    }
    return pfg_slice_make(text, bytes);
}

enum pfg_http_result pfg_forge_put_commit_status(
    const struct pfg_forge_session *session, const char *path,
    const char *state, size_t most, const struct pfg_forge_status *status,
    struct pfg_error *err)
{
    /* There is no such state: a success, whose words say so. */
    const char *title =
        status->conclusion == PFG_CONCLUDES_NEUTRAL
            ? pfg_arena_printf(session->arena, "neutral: %s", status->title)
            : status->title;
    struct pfg_json_writer w = {0};
    struct pfg_str body;
    enum pfg_http_result result;

    pfg_str_init(&body, 0);
    w.out = &body;
    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "state", state);
    pfg_json_put_string(&w, "context", status->name);
    pfg_json_put_slice(&w, "description", cut(title, most));
    if (status->url) {
        pfg_json_put_string(&w, "target_url", status->url);
    }
    pfg_json_end(&w, '}');
    result = pfg_http_send(NULL, session->http,
                           &(struct pfg_http_request){
                               .method = "POST",
                               .path = path,
                               .body = pfg_str_slice(&body),
                               .repeatable = true,
                           },
                           err);
    pfg_str_free(&body);
    return result;
}
