#include <string.h>

#include "base/str.h"
#include "forge/forge.h"

/* GitLab: docs.gitlab.com/api/notes.html#merge-requests. */

/* The project's number, else its path with each slash as %2F. */
static const char *project(const struct pfg_forge_place *place,
                           struct pfg_arena *arena)
{
    struct pfg_str path = pfg_str_in(arena);

    if (*place->project_id) {
        return place->project_id;
    }
    for (const char *c = place->repository; *c; c++) {
        if (*c == '/') {
            pfg_str_puts(&path, "%2F");
        } else {
            pfg_str_putc(&path, *c);
        }
    }
    return path.ptr;
}

static const char *request_path(const struct pfg_forge_place *place,
                                struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "/projects/%s/merge_requests/%llu",
                            project(place, arena),
                            (unsigned long long)place->number);
}

static const char *issues_path(const struct pfg_forge_place *place,
                               struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "/projects/%s/issues",
                            project(place, arena));
}

static const char *list_path(const struct pfg_forge_place *place,
                             struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "%s/notes", request_path(place, arena));
}

static const char *one_path(const struct pfg_forge_place *place, const char *id,
                            struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "%s/%s", list_path(place, arena), id);
}

/* Every token has a user here, so nobody needs to be taken for a machine. */
static bool read_comment(struct pfg_forge_comment *out,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *value,
                         struct pfg_arena *arena)
{
    *out = (struct pfg_forge_comment){
        .id = pfg_forge_digits(document, pfg_json_get(value, "id"), arena),
        .author = pfg_forge_digits(
            document, pfg_json_path(value, "author", "id", NULL), arena),
        .body = pfg_json_string(pfg_json_get(value, "body")),
    };
    return *out->id && out->body &&
           !pfg_json_is_true(pfg_json_get(value, "system"));
}

/* The same state once more is an error here, which says that it is set. */
static enum pfg_http_result put_status(const char **how,
                                       const struct pfg_forge_session *session,
                                       const struct pfg_forge_status *status,
                                       struct pfg_error *err)
{
    const struct pfg_forge_place *place = session->place;
    enum pfg_http_result result;

    *how = "commit status";
    result = pfg_forge_put_commit_status(
        session,
        pfg_arena_printf(session->arena, "/projects/%s/statuses/%s",
                         project(place, session->arena), place->sha),
        status->conclusion == PFG_CONCLUDES_FAILURE ? "failed" : "success", 255,
        status, err);
    return result == PFG_HTTP_REFUSED && err &&
                   strstr(err->message, "Cannot transition status")
               ? PFG_HTTP_OK
               : result;
}

static const char *const tokens[] = {"GITLAB_TOKEN", NULL};
static const char *const headers[] = {
    "Accept: application/json",
    "User-Agent: perfgate/" PFG_VERSION,
    NULL,
};

const struct pfg_forge pfg_forge_gitlab = {
    .name = "gitlab",
    .title = "GitLab",
    .request = "merge request",
    .api_url = "https://gitlab.com/api/v4",
    .tokens = tokens,
    .authorization = "PRIVATE-TOKEN: ",
    .headers = headers,
    .permission = "the token needs the scope 'api' and the role Developer (or "
                  "Reporter, without --status); CI_JOB_TOKEN may not write "
                  "notes or issues",
    .page_size = 100,
    .listing = "&sort=asc&order_by=created_at",
    .update = "PUT",
    .request_path = request_path,
    .list_path = list_path,
    .one_path = one_path,
    .issues_path = issues_path,
    .issue = {.number = "iid",
              .body = "description",
              .state = "state_event",
              .open = "reopen",
              .close = "close",
              .size = "per_page",
              .listing = "&scope=all",
              .by_id = "&author_id="},
    .read_comment = read_comment,
    .put_status = put_status,
};
