#include "forge/forge.h"

static const char *const github_tokens[] = {"GITHUB_TOKEN", "GH_TOKEN", NULL};
static const char *const gitlab_tokens[] = {"GITLAB_TOKEN", NULL};
static const char *const gitea_tokens[] = {"GITEA_TOKEN", "FORGEJO_TOKEN",
                                           "GITHUB_TOKEN", NULL};
static const char *const github_headers[] = {
    "Accept: application/vnd.github+json",
    "X-GitHub-Api-Version: 2022-11-28",
    "User-Agent: perfgate/" PFG_VERSION,
    NULL,
};
static const char *const headers[] = {
    "Accept: application/json",
    "User-Agent: perfgate/" PFG_VERSION,
    NULL,
};

/* GitHub's addresses, which Gitea has as well. */
#define GITHUB_ADDRESSES                                                       \
    .comments = "/repos/{repo}/issues/{number}/comments",                      \
    .comment = "/repos/{repo}/issues/comments/{id}",                           \
    .issues = "/repos/{repo}/issues",                                          \
    .statuses = "/repos/{repo}/statuses/{sha}",                                \
    .request_path = "/repos/{repo}/pulls/{number}", .head = "head"

const struct pfg_forge pfg_forges[] = {
    {
        /* And GitHub Enterprise: docs.github.com/rest. */
        .name = "github",
        .title = "GitHub",
        .request = "pull request",
        .api_url = "https://api.github.com",
        .tokens = github_tokens,
        .authorization = "Authorization: Bearer ",
        .headers = github_headers,
        .permission = "the job needs 'permissions: pull-requests: write' (and "
                      "'checks: write' or 'statuses: write' for --status, "
                      "'issues: write' for --alert)",
        .page_size = 100,
        .listing = "",
        .update = "PATCH",
        GITHUB_ADDRESSES,
        .requests = "/repos/{repo}/pulls",
        .issue = {.number = "number",
                  .body = "body",
                  .state = "state",
                  .open = "open",
                  .close = "closed",
                  .size = "per_page",
                  .listing = "&state=all",
                  .by_login = "&creator=",
                  .page = "/issues/"},
        .failure = "failure",
        .title_most = 140,
        .check_runs = true,
    },
    {
        /* docs.gitlab.com/api/notes.html#merge-requests */
        .name = "gitlab",
        .title = "GitLab",
        .request = "merge request",
        .api_url = "https://gitlab.com/api/v4",
        .tokens = gitlab_tokens,
        .authorization = "PRIVATE-TOKEN: ",
        .headers = headers,
        .permission = "the token needs the scope 'api' and the role Developer "
                      "(or Reporter, without --status); CI_JOB_TOKEN cannot "
                      "write notes or issues",
        .page_size = 100,
        .listing = "&sort=asc&order_by=created_at",
        .update = "PUT",
        .comments = "/projects/{project}/merge_requests/{number}/notes",
        .comment = "/projects/{project}/merge_requests/{number}/notes/{id}",
        .issues = "/projects/{project}/issues",
        .statuses = "/projects/{project}/statuses/{sha}",
        .request_path = "/projects/{project}/merge_requests/{number}",
        .issue = {.number = "iid",
                  .body = "description",
                  .state = "state_event",
                  .open = "reopen",
                  .close = "close",
                  .size = "per_page",
                  .listing = "&scope=all",
                  .by_id = "&author_id=",
                  .page = "/-/issues/"},
        .failure = "failed",
        .title_most = 255,
    },
    {
        /* And Forgejo: /api/swagger of any instance. */
        .name = "gitea",
        .title = "Gitea",
        .request = "pull request",
        .tokens = gitea_tokens,
        .authorization = "Authorization: token ",
        .headers = headers,
        .permission = "the token needs write:issue (and write:repository for "
                      "--status)",
        .listing = "",
        .update = "PATCH",
        GITHUB_ADDRESSES,
        .issue = {.number = "number",
                  .body = "body",
                  .state = "state",
                  .open = "open",
                  .close = "closed",
                  .size = "limit",
                  .listing = "&state=all&type=issues",
                  .by_login = "&created_by=",
                  .page = "/issues/"},
        .failure = "failure",
        .title_most = 255,
    },
    {0},
};
