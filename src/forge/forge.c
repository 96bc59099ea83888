#include "forge/forge.h"

#include <string.h>

#include "base/str.h"
#include "json/write.h"

const struct pfg_forge *pfg_forge_find(const char *name)
{
    for (const struct pfg_forge *forge = pfg_forges; forge->name; forge++) {
        if (!strcmp(forge->name, name)) {
            return forge;
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

const char *pfg_forge_path(const struct pfg_forge_place *place,
                           const char *address, const char *id,
                           struct pfg_arena *arena)
{
    const struct {
        const char *name, *value;
    } known[] = {
        {"{repo}", place->repository},
        {"{project}",
         *place->project_id
             ? place->project_id
             : pfg_arena_replace(arena, place->repository, "/", "%2F")},
        {"{number}",
         pfg_arena_printf(arena, "%llu", (unsigned long long)place->number)},
        {"{sha}", place->sha},
        {"{id}", id},
    };

    for (size_t i = 0; i < PFG_COUNT(known); i++) {
        if (known[i].value) {
            address = pfg_arena_replace(arena, address, known[i].name,
                                        known[i].value);
        }
    }
    return address;
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

static enum pfg_http_result post(const struct pfg_forge_session *session,
                                 const char *address,
                                 const struct pfg_str *body,
                                 struct pfg_error *err)
{
    return pfg_http_send(NULL, session->http,
                         &(struct pfg_http_request){
                             .method = "POST",
                             .path = pfg_forge_path(session->place, address,
                                                    NULL, session->arena),
                             .body = pfg_str_slice(body),
                             .repeatable = true, /* the newest status counts */
                         },
                         err);
}

static enum pfg_http_result put_check_run(
    const struct pfg_forge_session *session,
    const struct pfg_forge_status *status, struct pfg_error *err)
{
    static const char *const conclusions[] = {
        [PFG_CONCLUDES_SUCCESS] = "success",
        [PFG_CONCLUDES_FAILURE] = "failure",
        [PFG_CONCLUDES_NEUTRAL] = "neutral",
    };
    struct pfg_str body = pfg_str_in(session->arena);
    struct pfg_json_writer w = {.out = &body};

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "name", status->name);
    pfg_json_put_string(&w, "head_sha", session->place->sha);
    pfg_json_put_string(&w, "status", "completed");
    pfg_json_put_string(&w, "conclusion", conclusions[status->conclusion]);
    if (status->url) {
        pfg_json_put_string(&w, "details_url", status->url);
    }
    pfg_json_begin(&w, "output", '{');
    pfg_json_put_string(&w, "title", status->title);
    pfg_json_put_string(&w, "summary", status->summary);
    pfg_json_end(&w, '}');
    pfg_json_end(&w, '}');
    return post(session, "/repos/{repo}/check-runs", &body, err);
}

static enum pfg_http_result put_commit_status(
    const struct pfg_forge_session *session,
    const struct pfg_forge_status *status, struct pfg_error *err)
{
    const struct pfg_forge *forge = session->forge;
    /* There is no neutral state: success, with a title that says so. */
    const char *title =
        status->conclusion == PFG_CONCLUDES_NEUTRAL
            ? pfg_arena_printf(session->arena, "neutral: %s", status->title)
            : status->title;
    struct pfg_str body = pfg_str_in(session->arena);
    struct pfg_json_writer w = {.out = &body};
    enum pfg_http_result result;

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "state",
                        status->conclusion == PFG_CONCLUDES_FAILURE
                            ? forge->failure
                            : "success");
    pfg_json_put_string(&w, "context", status->name);
    pfg_json_put_slice(&w, "description", cut(title, forge->title_most));
    if (status->url) {
        pfg_json_put_string(&w, "target_url", status->url);
    }
    pfg_json_end(&w, '}');
    result = post(session, forge->statuses, &body, err);
    /* GitLab rejects setting the same state again, which then is set. */
    return result == PFG_HTTP_REFUSED && err &&
                   strstr(err->message, "Cannot transition status")
               ? PFG_HTTP_OK
               : result;
}

/* Only GitHub Apps may create check runs, and a workflow's token belongs to one
 * if it has `checks: write`. Others set a commit status. */
enum pfg_http_result pfg_forge_put_status(
    const char **how, const struct pfg_forge_session *session,
    const struct pfg_forge_status *status, struct pfg_error *err)
{
    if (session->forge->check_runs) {
        enum pfg_http_result result = put_check_run(session, status, err);

        *how = "check run";
        if (result != PFG_HTTP_FORBIDDEN && result != PFG_HTTP_GONE) {
            return result;
        }
    }
    *how = "commit status";
    return put_commit_status(session, status, err);
}
