#include "app/input/ci.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "check.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SHA_C "cccccccccccccccccccccccccccccccccccccccc"

/* A made-up environment: names and values alternate. */
struct world {
    const char *const *variables;
    char event[64]; /* the path in GITHUB_EVENT_PATH */
    struct pfg_arena *arena;
};

static const char *variable(void *self, const char *name)
{
    const struct world *world = self;

    if (!strcmp(name, "GITHUB_EVENT_PATH")) {
        return world->event[0] ? world->event : NULL;
    }
    for (const char *const *v = world->variables; v && *v; v += 2) {
        if (!strcmp(v[0], name)) {
            return v[1];
        }
    }
    return NULL;
}

/* `event` NULL: there is no event file. */
static struct pfg_ci read_ci(struct world *world, const char *const *variables,
                             const char *event)
{
    struct pfg_context context = {.env = variable, .self = world};
    struct pfg_ci ci;

    world->variables = variables;
    world->event[0] = 0;
    if (event) {
        int fd;

        strcpy(world->event, "/tmp/perfgate-event-XXXXXX");
        fd = mkstemp(world->event);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, event, strlen(event)), strlen(event));
        close(fd);
    }
    pfg_ci_read(&ci, &context, world->arena);
    if (event) {
        unlink(world->event);
    }
    return ci;
}

static int setup(void **state)
{
    static struct world world;

    world = (struct world){.arena = pfg_arena_new()};
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    pfg_arena_free(((struct world *)*state)->arena);
    return 0;
}

#define GITHUB                                                                 \
    "GITHUB_ACTIONS", "true", "GITHUB_REPOSITORY", "corp/app", "GITHUB_SHA",   \
        SHA_C

#define PULL(more)                                                             \
    "{\"pull_request\": {\"number\": 12, \"head\": {\"sha\": \"" SHA_A         \
    "\", \"repo\": {\"full_name\": \"%s\"}}, \"base\": {\"sha\": \"" SHA_B     \
    "\", \"ref\": \"release/2\", \"repo\": {\"full_name\": "                   \
    "\"corp/app\"}}" more "}}"

static const char *pull_from(struct world *world, const char *repository)
{
    return pfg_arena_printf(world->arena, PULL(""), repository);
}

static void test_outside_of_ci_nothing_is_known(void **state)
{
    struct pfg_ci ci = read_ci(*state, NULL, NULL);

    assert_string_equal(ci.forge, "");
    assert_string_equal(ci.api_url, "");
    assert_string_equal(ci.repository, "");
    assert_string_equal(ci.head_sha, "");
    assert_false(ci.pull_request);
    assert_int_equal(ci.n_labels, 0);
    assert_string_equal(ci.trouble, "");
}

static void test_a_github_pull_request_is_read_from_its_event(void **state)
{
    static const char *const vars[] = {GITHUB,         "GITHUB_RUN_ID",
                                       "77",           "GITHUB_EVENT_NAME",
                                       "pull_request", NULL};
    struct pfg_ci ci = read_ci(*state, vars, pull_from(*state, "corp/app"));

    assert_string_equal(ci.forge, "github");
    assert_string_equal(ci.api_url, "https://api.github.com");
    assert_string_equal(ci.server_url, "https://github.com");
    assert_string_equal(ci.repository, "corp/app");
    assert_string_equal(ci.event, "pull_request");
    assert_string_equal(ci.run_url,
                        "https://github.com/corp/app/actions/runs/77");
    assert_true(ci.pull_request);
    assert_int_equal(ci.pull_number, 12);
    assert_string_equal(ci.head_sha, SHA_A);
    assert_string_equal(ci.base_sha, SHA_B);
    assert_string_equal(ci.base_branch, "release/2");
    assert_false(ci.is_fork);
    assert_string_equal(ci.trouble, "");
}

static void test_a_head_in_another_repository_is_a_fork(void **state)
{
    static const char *const vars[] = {GITHUB, NULL};
    static const char deleted[] =
        "{\"pull_request\": {\"number\": 1, \"head\": {\"repo\": null}, "
        "\"base\": {\"repo\": {\"full_name\": \"corp/app\"}}}}";

    assert_true(read_ci(*state, vars, pull_from(*state, "me/app")).is_fork);
    assert_true(read_ci(*state, vars, deleted).is_fork);
}

static void test_enterprise_and_gitea_have_addresses_of_their_own(void **state)
{
    static const struct {
        const char *vars[12];
        const char *forge, *api;
    } table[] = {
        {{GITHUB, "GITHUB_SERVER_URL", "https://git.corp/", "GITHUB_API_URL",
          "https://git.corp/api/v3/"},
         "github",
         "https://git.corp/api/v3"},
        {{GITHUB, "GITHUB_SERVER_URL", "https://git.corp"},
         "github",
         "https://git.corp/api/v3"},
        {{GITHUB, "GITEA_ACTIONS", "true", "GITHUB_SERVER_URL",
          "https://tea.corp"},
         "gitea",
         "https://tea.corp/api/v1"},
        {{GITHUB, "FORGEJO_ACTIONS", "true", "GITHUB_API_URL",
          "http://code.corp:3000/api/v1"},
         "gitea",
         "http://code.corp:3000/api/v1"},
    };

    for (size_t i = 0; i < PFG_COUNT(table); i++) {
        struct pfg_ci ci = read_ci(*state, table[i].vars, NULL);

        assert_string_equal(ci.forge, table[i].forge);
        assert_string_equal(ci.api_url, table[i].api);
        assert_string_equal(ci.repository, "corp/app");
        assert_string_equal(ci.trouble, "");
    }
}

static void test_a_push_has_a_commit_and_no_pull_request(void **state)
{
    static const char *const vars[] = {GITHUB, "GITHUB_EVENT_NAME", "push",
                                       NULL};
    struct pfg_ci ci =
        read_ci(*state, vars,
                "{\"ref\": \"refs/heads/main\", "
                "\"repository\": {\"full_name\": \"corp/app\"}}");

    assert_string_equal(ci.head_sha, SHA_C);
    assert_false(ci.pull_request);
    assert_int_equal(ci.pull_number, 0);
    assert_string_equal(ci.trouble, "");
}

static void test_a_workflow_run_speaks_of_the_run_before_it(void **state)
{
    static const char *const vars[] = {GITHUB, NULL};
    static const char event[] =
        "{\"workflow_run\": {\"event\": \"pull_request\", "
        "\"head_sha\": \"" SHA_A "\", \"pull_requests\": [], "
        "\"head_repository\": {\"full_name\": \"me/app\"}, "
        "\"repository\": {\"full_name\": \"corp/app\"}}}";
    struct pfg_ci ci = read_ci(*state, vars, event);

    assert_true(ci.pull_request);
    assert_true(ci.is_fork);
    assert_int_equal(ci.pull_number, 0);
    assert_string_equal(ci.head_sha, SHA_A);
}

static void test_a_comment_names_its_pull_request_and_no_commit(void **state)
{
    static const char *const vars[] = {GITHUB, NULL};
    struct pfg_ci ci = read_ci(*state, vars,
                               "{\"issue\": {\"number\": 5, "
                               "\"pull_request\": {}}}");

    assert_true(ci.pull_request);
    assert_int_equal(ci.pull_number, 5);
    assert_string_equal(ci.head_sha, "");
    assert_false(
        read_ci(*state, vars, "{\"issue\": {\"number\": 5}}").pull_request);
}

static void test_a_merge_queue_says_what_it_merges_into(void **state)
{
    static const char *const vars[] = {GITHUB, NULL};
    struct pfg_ci ci = read_ci(*state, vars,
                               "{\"merge_group\": {\"head_sha\": \"" SHA_A
                               "\", \"base_sha\": \"" SHA_B
                               "\", \"base_ref\": \"refs/heads/main\"}}");

    assert_false(ci.pull_request);
    assert_string_equal(ci.head_sha, SHA_A);
    assert_string_equal(ci.base_sha, SHA_B);
    assert_string_equal(ci.base_branch, "main");
}

static void test_labels_are_read_and_kept_within_bounds(void **state)
{
    static const char *const vars[] = {GITHUB, NULL};
    struct world *world = *state;
    struct pfg_str event;
    struct pfg_ci ci;

    ci = read_ci(world, vars,
                 "{\"pull_request\": {\"labels\": [{\"name\": \" a \"}, "
                 "{\"name\": 7}, 8, {\"name\": \"perfgate-accept: b/*\"}, "
                 "{\"name\": \"two\\nlines\"}]}}");
    assert_int_equal(ci.n_labels, 2);
    assert_string_equal(ci.labels[0], "a");
    assert_string_equal(ci.labels[1], "perfgate-accept: b/*");
    assert_non_null(strstr(ci.trouble, "control characters"));

    pfg_str_init(&event, 0);
    pfg_str_puts(&event, "{\"pull_request\": {\"labels\": [{\"name\": \"x\"}");
    pfg_str_repeat(&event, ", {\"name\": \"x\"}", 5000);
    pfg_str_puts(&event, "]}}");
    ci = read_ci(world, vars, event.ptr);
    pfg_str_free(&event);
    assert_int_equal(ci.n_labels, PFG_CI_LABELS_MAX);
    assert_non_null(strstr(ci.trouble, "more than 100 labels"));
}

static void test_gitlab_speaks_in_variables(void **state)
{
    static const char *const vars[] = {
        "GITLAB_CI",
        "true",
        "CI_API_V4_URL",
        "https://lab.corp/api/v4",
        "CI_SERVER_URL",
        "https://lab.corp",
        "CI_PROJECT_ID",
        "9",
        "CI_PROJECT_PATH",
        "me/app",
        "CI_MERGE_REQUEST_PROJECT_ID",
        "3",
        "CI_MERGE_REQUEST_PROJECT_PATH",
        "corp/sub/app",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_ID",
        "9",
        "CI_MERGE_REQUEST_IID",
        "44",
        "CI_COMMIT_SHA",
        SHA_C,
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
        SHA_A,
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        SHA_B,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
        "main",
        "CI_MERGE_REQUEST_LABELS",
        "bug,perfgate-accept: core/*",
        "CI_PIPELINE_URL",
        "https://lab.corp/corp/sub/app/-/pipelines/8",
        "CI_PIPELINE_SOURCE",
        "merge_request_event",
        NULL};
    struct pfg_ci ci = read_ci(*state, vars, NULL);

    assert_string_equal(ci.forge, "gitlab");
    assert_string_equal(ci.api_url, "https://lab.corp/api/v4");
    assert_string_equal(ci.repository, "corp/sub/app");
    assert_string_equal(ci.project_id, "3");
    assert_int_equal(ci.pull_number, 44);
    assert_true(ci.pull_request);
    assert_true(ci.is_fork);
    assert_string_equal(ci.head_sha, SHA_A);
    assert_string_equal(ci.base_sha, SHA_B);
    assert_string_equal(ci.base_branch, "main");
    assert_string_equal(ci.run_url,
                        "https://lab.corp/corp/sub/app/-/pipelines/8");
    assert_int_equal(ci.n_labels, 2);
    assert_string_equal(ci.labels[1], "perfgate-accept: core/*");
    assert_string_equal(ci.trouble, "");
}

static void test_a_gitlab_branch_pipeline_is_no_merge_request(void **state)
{
    static const char *const vars[] = {
        "GITLAB_CI", "true", "CI_COMMIT_SHA", SHA_C, "CI_PROJECT_PATH",
        "corp/app",  NULL};
    struct pfg_ci ci = read_ci(*state, vars, NULL);

    assert_false(ci.pull_request);
    assert_string_equal(ci.head_sha, SHA_C);
    assert_string_equal(ci.api_url, "https://gitlab.com/api/v4");
}

static void test_what_cannot_be_is_left_out_and_told_of(void **state)
{
    static const struct {
        const char *event, *trouble;
    } table[] = {
        {"{\"pull_request\": {\"head\": {\"sha\": \"../../etc\"}}}",
         "ignoring invalid head commit from CI"},
        {"{\"pull_request\": {\"head\": {\"sha\": \"ABC\"}}}",
         "ignoring invalid head commit from CI"},
        {"{\"pull_request\": {\"number\": -3}}", "number in the event file"},
        {"{\"pull_request\": {\"number\": 1.5}}", "number in the event file"},
        {"{\"pull_request\": {\"base\": {\"ref\": \"a\\u001bb\"}}}",
         "ignoring invalid base branch from CI"},
        {"{\"repository\": {\"full_name\": \"a/../b\"}}",
         "ignoring invalid repository from CI"},
        {"{\"repository\": {\"full_name\": \"a/b?x=1\"}}",
         "ignoring invalid repository from CI"},
        {"{\"pull_request\":", "ignoring the CI's event file"},
        {"", "ignoring the CI's event file"},
    };
    static const char *const vars[] = {"GITHUB_ACTIONS", "true", NULL};

    for (size_t i = 0; i < PFG_COUNT(table); i++) {
        struct pfg_ci ci = read_ci(*state, vars, table[i].event);

        if (!strstr(ci.trouble, table[i].trouble)) {
            fail_msg("%s: %s", table[i].event, ci.trouble);
        }
        assert_string_equal(ci.head_sha, "");
        assert_string_equal(ci.repository, "");
        assert_int_equal(ci.pull_number, 0);
    }
    assert_string_equal(read_ci(*state, vars, "[1, 2]").trouble, "");
    assert_string_equal(read_ci(*state, vars, "{\"pull_request\": []}").trouble,
                        "");
}

static void test_an_event_file_that_is_not_there_is_told_of(void **state)
{
    struct world *world = *state;
    struct pfg_context context = {.env = variable, .self = world};
    struct pfg_ci ci;

    world->variables = NULL;
    strcpy(world->event, "/nowhere/event.json");
    pfg_ci_read(&ci, &context, world->arena);
    assert_string_equal(ci.forge, "github");
    assert_non_null(strstr(ci.trouble, "/nowhere/event.json"));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_outside_of_ci_nothing_is_known),
        T(test_a_github_pull_request_is_read_from_its_event),
        T(test_a_head_in_another_repository_is_a_fork),
        T(test_enterprise_and_gitea_have_addresses_of_their_own),
        T(test_a_push_has_a_commit_and_no_pull_request),
        T(test_a_workflow_run_speaks_of_the_run_before_it),
        T(test_a_comment_names_its_pull_request_and_no_commit),
        T(test_a_merge_queue_says_what_it_merges_into),
        T(test_labels_are_read_and_kept_within_bounds),
        T(test_gitlab_speaks_in_variables),
        T(test_a_gitlab_branch_pipeline_is_no_merge_request),
        T(test_what_cannot_be_is_left_out_and_told_of),
        T(test_an_event_file_that_is_not_there_is_told_of),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
