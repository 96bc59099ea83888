#include "app/input/ci.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "base/str.h"
#include "forge/forge.h"
#include "json/json.h"

#define EVENT_MAX  ((size_t)16 << 20)
#define REPO_MAX   200
#define BRANCH_MAX 1024

struct reading {
    struct pfg_ci *ci;
    const struct pfg_context *context;
    struct pfg_arena *arena;
    PFG_VEC(const char *) labels;
};

static const char *env(const struct reading *r, const char *name)
{
    const char *value = pfg_env(r->context, name);

    return value ? value : "";
}

/* The first variable that is set; the list ends with NULL. */
static const char *env_first(const struct reading *r, const char *const *names)
{
    const char *value = "";

    for (; *names && !*value; names++) {
        value = env(r, *names);
    }
    return value;
}

static bool env_is_true(const struct reading *r, const char *name)
{
    return !strcmp(env(r, name), "true");
}

/* Only the first trouble is kept. */
__attribute__((format(printf, 2, 3))) static void note_trouble(
    struct reading *r, const char *format, ...)
{
    va_list arguments;

    if (!*r->ci->trouble) {
        va_start(arguments, format);
        r->ci->trouble = pfg_arena_vprintf(r->arena, format, arguments);
        va_end(arguments);
    }
}

/* --- checks of values --- */

/* GitLab writes zeros for a commit that does not exist. */
static bool is_sha(const char *text)
{
    return pfg_forge_is_sha(text) && text[strspn(text, "0")];
}

static bool is_repository(const char *text)
{
    return strlen(text) <= REPO_MAX && pfg_forge_is_repository(text);
}

static bool is_url(const char *text)
{
    struct pfg_slice rest = pfg_slice_of(text);

    if (!pfg_take(&rest, "https://") && !pfg_take(&rest, "http://")) {
        return false;
    }
    return rest.len && !pfg_slice_has_control(rest) &&
           pfg_slice_find_byte(rest, ' ') == rest.len;
}

static bool is_line(const char *text, size_t max)
{
    struct pfg_slice line = pfg_slice_of(text);

    return line.len && line.len <= max && !pfg_slice_has_control(line);
}

/* Stores a value if it is good, else notes a warning. */
static void set_checked(struct reading *r, const char **out, const char *value,
                        bool good, const char *what)
{
    if (good) {
        *out = pfg_arena_strdup(r->arena, value);
    } else if (*value) {
        note_trouble(r, "ignoring invalid %s from CI: '%s'", what,
                     is_line(value, 80) ? value : "...");
    }
}

static void set_sha(struct reading *r, const char **out, const char *value,
                    const char *what)
{
    set_checked(r, out, value, is_sha(value), what);
}

static void set_repository(struct reading *r, const char *value)
{
    set_checked(r, &r->ci->repository, value, is_repository(value),
                "repository");
}

static void set_branch(struct reading *r, const char *value)
{
    set_checked(r, &r->ci->base_branch, value, is_line(value, BRANCH_MAX),
                "base branch");
}

static void set_url(struct reading *r, const char **out, const char *value)
{
    struct pfg_slice url = pfg_slice_of(value);

    while (pfg_slice_ends(url, "/")) {
        url.len--;
    }
    value = pfg_arena_slice(r->arena, url);
    set_checked(r, out, value, is_url(value), "address of an API or a server");
}

static void set_label(struct reading *r, struct pfg_slice text)
{
    const char *label = pfg_arena_slice(r->arena, pfg_slice_trim(text));

    if (!*label) {
        return;
    }
    if (r->labels.n == PFG_CI_LABELS_MAX) {
        note_trouble(r, "more than %d labels: ignoring the others",
                     PFG_CI_LABELS_MAX);
    } else if (!is_line(label, PFG_CI_LABEL_MAX)) {
        note_trouble(r,
                     "ignoring a label that is longer than %d "
                     "bytes or has control characters",
                     PFG_CI_LABEL_MAX);
    } else {
        pfg_vec_push(&r->labels, r->arena, label);
    }
}

/* --- the event file: GitHub's, Gitea's, Forgejo's --- */

static const char *text_of(const struct pfg_json_value *value)
{
    const char *text = pfg_json_string(value);

    return text ? text : "";
}

static void read_labels(struct reading *r, const struct pfg_json_value *list)
{
    for (const struct pfg_json_value *v = pfg_json_first(list); v;
         v = pfg_json_next(v)) {
        set_label(r, pfg_slice_of(text_of(pfg_json_get(v, "name"))));
    }
}

static void read_number(struct reading *r,
                        const struct pfg_json_document *document,
                        const struct pfg_json_value *number)
{
    uint64_t value;

    if (number && (pfg_json_u64(&value, document, number) || !value)) {
        note_trouble(
            r, "the pull request's number in the event file is not a number");
    } else if (number) {
        r->ci->pull_number = value;
    }
}

static const char *repository_of(const struct pfg_json_value *side)
{
    return text_of(pfg_json_path(side, "repo/full_name"));
}

static void read_pull_request(struct reading *r,
                              const struct pfg_json_document *document,
                              const struct pfg_json_value *pull)
{
    const struct pfg_json_value *head = pfg_json_get(pull, "head");
    const struct pfg_json_value *base = pfg_json_get(pull, "base");
    const char *to = repository_of(base);

    r->ci->pull_request = true;
    r->ci->head_sha = r->ci->base_sha = r->ci->base_branch = "";
    read_number(r, document, pfg_json_get(pull, "number"));
    set_sha(r, &r->ci->head_sha, text_of(pfg_json_get(head, "sha")),
            "head commit");
    set_sha(r, &r->ci->base_sha, text_of(pfg_json_get(base, "sha")),
            "base's commit");
    set_branch(r, text_of(pfg_json_get(base, "ref")));
    /* The repository of a deleted fork is null. */
    r->ci->is_fork = *to && strcmp(repository_of(head), to) != 0;
    read_labels(r, pfg_json_get(pull, "labels"));
}

/* A comment on a pull request; the event does not describe the change itself.
 */
static void read_issue(struct reading *r,
                       const struct pfg_json_document *document,
                       const struct pfg_json_value *issue)
{
    if (pfg_json_get(issue, "pull_request")) {
        r->ci->pull_request = true;
        r->ci->head_sha = "";
        read_number(r, document, pfg_json_get(issue, "number"));
        read_labels(r, pfg_json_get(issue, "labels"));
    }
}

/* A workflow started by another one. The list of pull requests is empty for
 * those of forks. */
static void read_workflow_run(struct reading *r,
                              const struct pfg_json_document *document,
                              const struct pfg_json_value *run)
{
    const struct pfg_json_value *pulls = pfg_json_get(run, "pull_requests");
    const char *from = text_of(pfg_json_path(run, "head_repository/full_name"));
    const char *to = text_of(pfg_json_path(run, "repository/full_name"));

    r->ci->head_sha = "";
    r->ci->head_label = pfg_arena_printf(
        r->arena, "%s:%s",
        text_of(pfg_json_path(run, "head_repository/owner/login")),
        text_of(pfg_json_get(run, "head_branch")));
    r->ci->pull_request =
        !strncmp(text_of(pfg_json_get(run, "event")), "pull_request", 12);
    set_sha(r, &r->ci->head_sha, text_of(pfg_json_get(run, "head_sha")),
            "head commit");
    r->ci->is_fork = *from && *to && strcmp(from, to) != 0;
    if (pfg_json_count(pulls) == 1) {
        const struct pfg_json_value *pull = pfg_json_first(pulls);

        read_number(r, document, pfg_json_get(pull, "number"));
        set_sha(r, &r->ci->base_sha, text_of(pfg_json_path(pull, "base/sha")),
                "base's commit");
        set_branch(r, text_of(pfg_json_path(pull, "base/ref")));
    }
}

static void read_merge_group(struct reading *r,
                             const struct pfg_json_document *document,
                             const struct pfg_json_value *group)
{
    struct pfg_slice ref =
        pfg_slice_of(text_of(pfg_json_get(group, "base_ref")));

    (void)document;
    set_sha(r, &r->ci->head_sha, text_of(pfg_json_get(group, "head_sha")),
            "head commit");
    set_sha(r, &r->ci->base_sha, text_of(pfg_json_get(group, "base_sha")),
            "base's commit");
    pfg_take(&ref, "refs/heads/");
    set_branch(r, pfg_arena_slice(r->arena, ref));
}

/* The subjects of events; the first one present counts. */
static const struct {
    const char *key;
    void (*read)(struct reading *r, const struct pfg_json_document *document,
                 const struct pfg_json_value *value);
} subjects[] = {
    {"pull_request", read_pull_request},
    {"issue", read_issue},
    {"workflow_run", read_workflow_run},
    {"merge_group", read_merge_group},
};

static void read_event(struct reading *r,
                       const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const char *name = text_of(pfg_json_path(root, "repository/full_name"));

    if (*name) {
        set_repository(r, name);
    }
    for (size_t i = 0; i < PFG_COUNT(subjects); i++) {
        const struct pfg_json_value *value =
            pfg_json_get(root, subjects[i].key);

        if (pfg_json_type(value) == PFG_JSON_OBJECT) {
            subjects[i].read(r, document, value);
            return;
        }
    }
}

static void read_event_file(struct reading *r, const char *path)
{
    struct pfg_json_document *document = NULL;
    struct pfg_error why = {0};
    struct pfg_str text;

    pfg_str_init(&text, 0);
    if (pfg_file_read(&text, path, EVENT_MAX, &why) ||
        pfg_json_parse(&document, pfg_str_slice(&text), path, 0, &why)) {
        note_trouble(r, "ignoring the CI's event file: %s", why.message);
    } else {
        read_event(r, document);
    }
    pfg_json_free(document);
    pfg_str_free(&text);
}

/* --- the forges --- */

/* Read before the event file, which knows more. */
static void read_github_variables(struct reading *r)
{
    set_repository(r, env(r, "GITHUB_REPOSITORY"));
    set_sha(r, &r->ci->head_sha, env(r, "GITHUB_SHA"), "commit");
    set_branch(r, env(r, "GITHUB_BASE_REF"));
    r->ci->event = pfg_arena_strdup(r->arena, env(r, "GITHUB_EVENT_NAME"));
}

static void read_github_urls(struct reading *r, const char *public,
                             const char *api)
{
    const char *server = env(r, "GITHUB_SERVER_URL");
    const char *run = env(r, "GITHUB_RUN_ID");
    const char *here = env(r, "GITHUB_REPOSITORY");

    set_url(r, &r->ci->server_url, *server ? server : public);
    server = r->ci->server_url;
    if (*env(r, "GITHUB_API_URL")) {
        set_url(r, &r->ci->api_url, env(r, "GITHUB_API_URL"));
    } else if (!strcmp(server, "https://github.com")) {
        r->ci->api_url = "https://api.github.com";
    } else if (*server) {
        r->ci->api_url = pfg_arena_printf(r->arena, "%s%s", server, api);
    }
    if (*server && *run && strspn(run, "0123456789") == strlen(run) &&
        is_repository(here)) {
        r->ci->run_url = pfg_arena_printf(r->arena, "%s/%s/actions/runs/%s",
                                          server, here, run);
    }
}

static void read_github(struct reading *r, const char *public, const char *api)
{
    const char *path = env(r, "GITHUB_EVENT_PATH");

    read_github_variables(r);
    read_github_urls(r, public, api);
    if (*path) {
        read_event_file(r, path);
    }
}

static void read_gitlab_labels(struct reading *r)
{
    struct pfg_slice rest = pfg_slice_of(env(r, "CI_MERGE_REQUEST_LABELS"));

    while (rest.len) {
        set_label(r, pfg_take_until(&rest, ','));
    }
}

/* The head of a merge request is its source branch: a pipeline for merged
 * results checks out a commit made for the test. */
static void read_gitlab_merge_request(struct reading *r)
{
    static const char *const heads[] = {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
                                        "CI_COMMIT_SHA", NULL};
    const char *from = env(r, "CI_MERGE_REQUEST_SOURCE_PROJECT_ID");
    const char *to = env(r, "CI_MERGE_REQUEST_PROJECT_ID");
    const char *number = env(r, "CI_MERGE_REQUEST_IID");

    r->ci->pull_request = true;
    if (*number &&
        pfg_number_parse_u64(&r->ci->pull_number, pfg_slice_of(number))) {
        note_trouble(r, "CI_MERGE_REQUEST_IID is not a number");
    }
    set_sha(r, &r->ci->head_sha, env_first(r, heads), "head commit");
    set_sha(r, &r->ci->base_sha, env(r, "CI_MERGE_REQUEST_DIFF_BASE_SHA"),
            "base's commit");
    set_branch(r, env(r, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"));
    r->ci->is_fork = *from && *to && strcmp(from, to) != 0;
    read_gitlab_labels(r);
}

static void read_gitlab(struct reading *r, const char *public, const char *api)
{
    /* In a fork's pipeline CI_PROJECT_* is the fork. */
    static const char *const repositories[] = {"CI_MERGE_REQUEST_PROJECT_PATH",
                                               "CI_PROJECT_PATH", NULL};
    static const char *const projects[] = {"CI_MERGE_REQUEST_PROJECT_ID",
                                           "CI_PROJECT_ID", NULL};
    const char *server = env(r, "CI_SERVER_URL");
    const char *project = env_first(r, projects);

    set_url(r, &r->ci->server_url, *server ? server : public);
    if (*env(r, "CI_API_V4_URL")) {
        set_url(r, &r->ci->api_url, env(r, "CI_API_V4_URL"));
    } else if (*r->ci->server_url) {
        r->ci->api_url =
            pfg_arena_printf(r->arena, "%s%s", r->ci->server_url, api);
    }
    set_url(r, &r->ci->run_url, env(r, "CI_PIPELINE_URL"));
    set_repository(r, env_first(r, repositories));
    set_checked(r, &r->ci->project_id, project,
                *project && strspn(project, "0123456789") == strlen(project),
                "project's number");
    r->ci->event = pfg_arena_strdup(r->arena, env(r, "CI_PIPELINE_SOURCE"));
    if (*env(r, "CI_MERGE_REQUEST_IID") ||
        *env(r, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")) {
        read_gitlab_merge_request(r);
    } else {
        set_sha(r, &r->ci->head_sha, env(r, "CI_COMMIT_SHA"), "commit");
    }
}

static bool is_gitea(const struct reading *r)
{
    return env_is_true(r, "GITEA_ACTIONS") || env_is_true(r, "FORGEJO_ACTIONS");
}

static bool is_github(const struct reading *r)
{
    return env_is_true(r, "GITHUB_ACTIONS") || *env(r, "GITHUB_EVENT_PATH");
}

static bool is_gitlab(const struct reading *r)
{
    return env_is_true(r, "GITLAB_CI") ||
           *env(r, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");
}

/* Gitea and Forgejo also set GITHUB_ACTIONS, so they come first. */
static const struct {
    const char *name;
    bool (*is)(const struct reading *r);
    void (*read)(struct reading *r, const char *public, const char *api);
    const char *public; /* the server, if the CI names none; "" : unknown */
    const char *api;    /* below the server, if the CI names no API */
} forges[] = {
    {"gitea", is_gitea, read_github, "", "/api/v1"},
    {"github", is_github, read_github, "https://github.com", "/api/v3"},
    {"gitlab", is_gitlab, read_gitlab, "https://gitlab.com", "/api/v4"},
};

void pfg_ci_read(struct pfg_ci *out, const struct pfg_context *context,
                 struct pfg_arena *arena)
{
    struct reading r = {.ci = out, .context = context, .arena = arena};

    *out = (struct pfg_ci){
        .forge = "",
        .api_url = "",
        .server_url = "",
        .repository = "",
        .project_id = "",
        .event = "",
        .run_url = "",
        .head_sha = "",
        .base_sha = "",
        .base_branch = "",
        .head_label = "",
        .trouble = "",
    };
    for (size_t i = 0; i < PFG_COUNT(forges); i++) {
        if (forges[i].is(&r)) {
            out->forge = forges[i].name;
            forges[i].read(&r, forges[i].public, forges[i].api);
            break;
        }
    }
    out->labels = r.labels.at;
    out->n_labels = r.labels.n;
}
