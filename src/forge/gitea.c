#include <string.h>

#include "forge/forge.h"

/* Gitea and Forgejo: /api/swagger of any instance. */

/* Its own users, that of the actions among them, have negative numbers. */
static bool read_comment(struct pfg_forge_comment *out,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *value,
                         struct pfg_arena *arena)
{
    const struct pfg_json_value *user = pfg_json_get(value, "user");

    *out = (struct pfg_forge_comment){
        .id = pfg_forge_digits(document, pfg_json_get(value, "id"), arena),
        .author = pfg_forge_digits(document, pfg_json_get(user, "id"), arena),
        .body = pfg_json_string(pfg_json_get(value, "body")),
    };
    out->by_machine = out->author[0] == '-';
    return *out->id && out->body;
}

static enum pfg_http_result put_status(const char **how,
                                       const struct pfg_forge_session *session,
                                       const struct pfg_forge_status *status,
                                       struct pfg_error *err)
{
    const struct pfg_forge_place *place = session->place;

    *how = "commit status";
    return pfg_forge_put_commit_status(
        session,
        pfg_arena_printf(session->arena, "/repos/%s/statuses/%s",
                         place->repository, place->sha),
        status->conclusion == PFG_CONCLUDES_FAILURE ? "failure" : "success",
        255, status, err);
}

static const char *const tokens[] = {"GITEA_TOKEN", "FORGEJO_TOKEN",
                                     "GITHUB_TOKEN", NULL};
static const char *const headers[] = {
    "Accept: application/json",
    "User-Agent: perfgate/" PFG_VERSION,
    NULL,
};

const struct pfg_forge pfg_forge_gitea = {
    .name = "gitea",
    .title = "Gitea",
    .request = "pull request",
    .tokens = tokens,
    .authorization = "Authorization: token ",
    .headers = headers,
    .permission = "the token needs write:issue (and write:repository for "
                  "--status)",
    .listing = "",
    .update = "PATCH",
    .list_path = pfg_forge_comments_path,
    .one_path = pfg_forge_comment_path,
    .request_path = pfg_forge_pull_path,
    .head = "head",
    .issues_path = pfg_forge_issues_path,
    .issue = {.number = "number",
              .body = "body",
              .state = "state",
              .open = "open",
              .close = "closed",
              .size = "limit",
              .listing = "&state=all&type=issues",
              .by_login = "&created_by="},
    .read_comment = read_comment,
    .put_status = put_status,
};
