#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "forge/forge.h"
#include "json/write.h"

/* GitHub, and GitHub Enterprise: docs.github.com/rest. */

static bool read_comment(struct pfg_forge_comment *out,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *value,
                         struct pfg_arena *arena)
{
    const struct pfg_json_value *user = pfg_json_get(value, "user");
    const char *type = pfg_json_string(pfg_json_get(user, "type"));

    *out = (struct pfg_forge_comment){
        .id = pfg_forge_digits(document, pfg_json_get(value, "id"), arena),
        .author = pfg_forge_digits(document, pfg_json_get(user, "id"), arena),
        .body = pfg_json_string(pfg_json_get(value, "body")),
        .by_machine = type && !strcmp(type, "Bot"),
    };
    return *out->id && out->body;
}

static const char *requests_path(const struct pfg_forge_place *place,
                                 struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "/repos/%s/pulls", place->repository);
}

static const char *of_branch(const char *branch, struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_str_puts(&text, "&state=open&head=");
    for (const char *c = branch; *c; c++) {
        pfg_str_printf(&text, isalnum((unsigned char)*c) ? "%c" : "%%%02X",
                       (unsigned char)*c);
    }
    return text.ptr;
}

static void write_check_run(struct pfg_str *out,
                            const struct pfg_forge_session *session,
                            const struct pfg_forge_status *status)
{
    static const char *const conclusions[] = {
        [PFG_CONCLUDES_SUCCESS] = "success",
        [PFG_CONCLUDES_FAILURE] = "failure",
        [PFG_CONCLUDES_NEUTRAL] = "neutral",
    };
    struct pfg_json_writer w = {.out = out};

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
}

static enum pfg_http_result put_check_run(
    const struct pfg_forge_session *session,
    const struct pfg_forge_status *status, struct pfg_error *err)
{
    struct pfg_str body;
    enum pfg_http_result result;

    pfg_str_init(&body, 0);
    write_check_run(&body, session, status);
    result = pfg_http_send(
        NULL, session->http,
        &(struct pfg_http_request){
            .method = "POST",
            .path = pfg_arena_printf(session->arena, "/repos/%s/check-runs",
                                     session->place->repository),
            .body = pfg_str_slice(&body),
            .repeatable = true, /* the newest of a name counts */
        },
        err);
    pfg_str_free(&body);
    return result;
}

/* Only apps may make check runs; the token of a workflow is one, with
 * `checks: write`. Anybody else gets a commit status. */
static enum pfg_http_result put_status(const char **how,
                                       const struct pfg_forge_session *session,
                                       const struct pfg_forge_status *status,
                                       struct pfg_error *err)
{
    const struct pfg_forge_place *place = session->place;
    enum pfg_http_result result = put_check_run(session, status, err);

    *how = "check run";
    if (result != PFG_HTTP_FORBIDDEN && result != PFG_HTTP_GONE) {
        return result;
    }
    *how = "commit status";
    return pfg_forge_put_commit_status(
        session,
        pfg_arena_printf(session->arena, "/repos/%s/statuses/%s",
                         place->repository, place->sha),
        status->conclusion == PFG_CONCLUDES_FAILURE ? "failure" : "success",
        140, status, err);
}

static const char *const tokens[] = {"GITHUB_TOKEN", "GH_TOKEN", NULL};
static const char *const headers[] = {
    "Accept: application/vnd.github+json",
    "X-GitHub-Api-Version: 2022-11-28",
    "User-Agent: perfgate/" PFG_VERSION,
    NULL,
};

const struct pfg_forge pfg_forge_github = {
    .name = "github",
    .title = "GitHub",
    .request = "pull request",
    .api_url = "https://api.github.com",
    .tokens = tokens,
    .authorization = "Authorization: Bearer ",
    .headers = headers,
    .permission = "the job needs 'permissions: pull-requests: write' (and "
                  "'checks: write' or 'statuses: write' for --status, "
                  "'issues: write' for --alert)",
    .page_size = 100,
    .listing = "",
    .update = "PATCH",
    .list_path = pfg_forge_comments_path,
    .one_path = pfg_forge_comment_path,
    .request_path = pfg_forge_pull_path,
    .head = "head",
    .requests_path = requests_path,
    .of_branch = of_branch,
    .issues_path = pfg_forge_issues_path,
    .issue = {.number = "number",
              .body = "body",
              .state = "state",
              .open = "open",
              .close = "closed",
              .size = "per_page",
              .listing = "&state=all",
              .by_login = "&creator="},
    .read_comment = read_comment,
    .put_status = put_status,
};
