#include "app/commands/init.h"

#include <string.h>

/* --- the configuration --- */

/* A key with a value that needs no escapes in JSON. */
static void put_key(struct pfg_str *out, const char *before, const char *name,
                    const char *value)
{
    if (*value) {
        pfg_str_printf(out, "%s\"%s\": \"%s\"", before, name, value);
    }
}

static void put_suites(struct pfg_str *out, const struct pfg_init_plan *plan)
{
    pfg_str_puts(
        out, "  // What 'perfgate run --base main' measures, in this order.\n"
             "  \"benchmarks\": [\n");
    for (size_t i = 0; i < plan->n; i++) {
        const struct pfg_init_found *found = &plan->found[i];

        if (found->tool->server) {
            pfg_str_printf(out,
                           "    // %s:\n"
                           "    // \"service\": \"./server --port 8080\", "
                           "\"ready\": \"tcp:8080\"\n",
                           found->tool->server);
        }
        put_key(out, "    { ", "suite", found->tool->id);
        put_key(out, ", ", "command", found->command);
        put_key(out, ",\n      ", "prepare", found->prepare);
        put_key(out, ",\n      ", "results", found->results);
        pfg_str_puts(out, i + 1 < plan->n ? " },\n" : " }\n");
    }
    pfg_str_puts(out, "  ],\n\n");
}

void pfg_init_write_config(struct pfg_str *out,
                           const struct pfg_init_plan *plan)
{
    pfg_str_puts(out, "// The performance gate of this repository. 'perfgate "
                      "config check' checks\n"
                      "// this file, 'perfgate config show BENCHMARK' shows "
                      "the settings in effect.\n"
                      "{\n");
    if (plan->n) {
        put_suites(out, plan);
    }
    pfg_str_puts(
        out,
        "  // The limit in per cent, unless a rule sets another. Because it "
        "is\n"
        "  // written here, likely but unproven changes over it fail, too.\n"
        "  \"threshold\": 10,\n"
        "\n"
        "  // All matching rules apply; later ones override earlier ones, key "
        "by\n"
        "  // key. They match the names shown in the report. For example:\n"
        "  //   { \"benchmark\": \"core/*\", \"threshold\": 5 }\n"
        "  //   { \"metric\": \"time\", \"min_change\": \"50ns\" }\n"
        "  //   { \"benchmark\": \"startup\", \"budget\": \"< 200ms\" }\n"
        "  //   { \"benchmark\": \"flaky/*\", \"severity\": \"warn\" }\n"
        "  \"rules\": [\n");
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->found[i].tool->rule) {
            pfg_str_printf(out, "%s\n", plan->found[i].tool->rule);
        }
    }
    pfg_str_puts(out,
                 "  ],\n\n"
                 "  // Limits between two benchmarks of one run. For example:\n"
                 "  //   { \"name\": \"overhead\", \"of\": \"*/traced\", "
                 "\"to\": \"*/native\", \"limit\": \"<= 1.05\" }\n"
                 "  \"ratios\": [],\n"
                 "\n"
                 "  // A missing benchmark fails (error), is only shown "
                 "(warn), or ignored (ok).\n"
                 "  \"missing\": \"error\"\n"
                 "\n"
                 "  // Judge a change by the policy of the base branch instead "
                 "of its own:\n"
                 "  // , \"trust\": \"base\"\n"
                 "}\n");
}

/* --- GitHub, Gitea, Forgejo --- */

#define GITHUB "https://github.com/"

struct workflow {
    const struct pfg_init_plan *plan;
    bool elsewhere; /* other than GitHub */
};

/* Gitea and Forgejo look for actions on their own host; this gives those in
 * `text` GitHub's address. */
static void put_steps(struct pfg_str *out, const char *text, bool absolute)
{
    static const char uses[] = "uses: ";
    const char *at;

    while (absolute && (at = strstr(text, uses))) {
        at += sizeof uses - 1;
        pfg_str_add(out, pfg_slice_make(text, (size_t)(at - text)));
        pfg_str_puts(out, GITHUB);
        text = at;
    }
    pfg_str_puts(out, text);
}

/* A value, as a block, which no character can end early. */
static void put_value(struct pfg_str *out, int indent, const char *name,
                      const char *value)
{
    if (*value) {
        pfg_str_printf(out, "%*s%s: >-\n%*s%s\n", indent, "", name, indent + 2,
                       "", value);
    }
}

/* The action, or with `folder` another one of its repository; `more`: inputs
 * follow. Outside GitHub it needs the address of its releases: the account of
 * that name may belong to somebody else there. */
static void put_action(struct pfg_str *out, const struct workflow *w,
                       const char *folder, bool more)
{
    const char *action = w->plan->action;
    int name = (int)strcspn(action, "@");

    pfg_str_printf(out, "        uses: %.*s%s%s\n", name, action, folder,
                   action + name);
    if (w->elsewhere || more) {
        pfg_str_puts(out, "        with:\n");
    }
    if (w->elsewhere) {
        pfg_str_printf(
            out, "          release-url: " GITHUB "%.*s/releases/download\n",
            name, action);
    }
}

static void put_measuring(struct pfg_str *out, const struct workflow *w,
                          const struct pfg_init_found *found)
{
    pfg_str_printf(out,
                   "      - name: %s\n"
                   "        if: ${{ !cancelled() }}\n",
                   found->tool->name);
    if (found->tool->server) {
        pfg_str_printf(out, "        # %s\n", found->tool->server);
    }
    put_action(out, w, "", true);
    if (w->plan->n > 1) {
        pfg_str_printf(out,
                       "          id: %s\n"
                       "          comment: 'false' # the last step does\n",
                       found->tool->id);
    }
    put_value(out, 10, "command", found->command);
    put_value(out, 10, "prepare", found->prepare);
    put_value(out, 10, "results", found->results);
}

static void put_measurements(struct pfg_str *out, const struct workflow *w)
{
    const struct pfg_init_plan *plan = w->plan;

    for (size_t i = 0; i < plan->n; i++) {
        pfg_str_puts(out, plan->found[i].steps);
    }
    for (size_t i = 0; i < plan->n && !plan->listed; i++) {
        put_measuring(out, w, &plan->found[i]);
    }
    if (!plan->n || plan->listed) {
        pfg_str_puts(out, "      - name: perfgate\n");
        put_action(out, w, "", !plan->n);
    }
    if (!plan->n) {
        pfg_str_puts(out, "          command: COMMAND\n");
    }
}

static void put_job(struct pfg_str *out, const struct workflow *w,
                    const char *head, const char *fetch, bool comment)
{
    struct pfg_str steps;

    pfg_str_printf(out, "%s    steps:\n", head);
    pfg_str_init(&steps, 0);
    pfg_str_printf(&steps,
                   "      - uses: actions/checkout@"
                   "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n"
                   "        with:\n"
                   "          fetch-depth: 0 # %s\n",
                   fetch);
    put_measurements(&steps, w);
    if (comment && w->plan->n > 1 && !w->plan->listed) {
        pfg_str_puts(&steps, "      - name: one comment for all\n"
                             "        if: ${{ !cancelled() }}\n");
        put_action(&steps, w, "/ci/post", true);
        pfg_str_puts(&steps,
                     "          reports: perfgate-report-*/report.json\n");
    }
    put_steps(out, steps.ptr, w->elsewhere);
    pfg_str_free(&steps);
}

/* Two jobs, so that no job of a pull request can write to the repository. */
static void write_workflow(struct pfg_str *out, const struct workflow *w)
{
    pfg_str_printf(
        out,
        "# Measures base and head of a pull request in turn, on one machine,\n"
        "# and fails if something got slower. The default branch is measured\n"
        "# for the history. The limits are in perfgate.json.\n"
        "%sname: perfgate\n"
        "on:\n"
        "  pull_request:\n"
        "    # labeled: a label perfgate-accept counts at once\n"
        "    types: [opened, synchronize, reopened, labeled]\n"
        "  push:\n"
        "    branches: [%s] # the default branch\n"
        "permissions: {}\n"
        "concurrency:\n"
        "  group: perfgate-${{ github.event.pull_request.number || github.sha "
        "}}\n"
        "  cancel-in-progress: true\n"
        "jobs:\n",
        strcmp(w->plan->action, PFG_INIT_ACTION)
            ? ""
            : "# Replace PERFGATE_OWNER with the account that hosts "
              "perfgate.\n",
        w->plan->branch);
    put_job(out, w,
            "  perfgate:\n"
            "    if: github.event_name == 'pull_request'\n"
            "    runs-on: ubuntu-latest\n"
            "    permissions:\n"
            "      contents: read\n"
            "      pull-requests: write # the comment\n",
            "the base is measured, too", true);
    put_job(out, w,
            "  history:\n"
            "    if: github.event_name == 'push'\n"
            "    runs-on: ubuntu-latest\n"
            "    permissions:\n"
            "      contents: write # of the branch perfgate-history\n",
            "what came before is compared with", false);
}

static void write_github(struct pfg_str *out, const struct pfg_init_plan *plan)
{
    write_workflow(out, &(struct workflow){plan, false});
}

static void write_gitea(struct pfg_str *out, const struct pfg_init_plan *plan)
{
    write_workflow(out, &(struct workflow){plan, true});
}

/* --- GitLab --- */

/* A job for each, in a suitable image. */
static void put_gitlab_job(struct pfg_str *out,
                           const struct pfg_init_found *found, bool listed)
{
    const char *line = found->tool->shell;

    pfg_str_printf(out, "\nperfgate-%s:\n  extends: .perfgate\n  image: %s\n",
                   found->tool->id, found->tool->image);
    if (line || found->tool->server) {
        pfg_str_puts(out, "  before_script:\n");
    }
    for (; line && *line; line += strcspn(line, "\n") + 1) {
        pfg_str_printf(out, "    - %.*s\n", (int)strcspn(line, "\n"), line);
    }
    if (found->tool->server) {
        pfg_str_printf(out, "    - echo '%s' >&2; exit 1\n",
                       found->tool->server);
    }
    pfg_str_printf(out, "  variables:\n    PERFGATE_ID: %s\n", found->tool->id);
    if (listed) {
        pfg_str_printf(out, "    PERFGATE_SUITE: %s\n", found->tool->id);
        return;
    }
    put_value(out, 4, "PERFGATE_COMMAND", found->command);
    put_value(out, 4, "PERFGATE_PREPARE", found->prepare);
    put_value(out, 4, "PERFGATE_RESULTS", found->results);
}

static void write_gitlab(struct pfg_str *out, const struct pfg_init_plan *plan)
{
    static const struct pfg_init_tool any = {.id = "all", .image = "debian:12"};
    static const struct pfg_init_found command = {&any, "", "COMMAND",
                                                  "",   "", ""};

    pfg_str_puts(
        out,
        "# Measures base and head of a merge request in turn, and fails if\n"
        "# something got slower. The default branch is measured for the\n"
        "# history. The limits are in perfgate.json. The note needs a masked\n"
        "# variable GITLAB_TOKEN, see perfgate's ci/README.md.\n"
        "#\n"
        "# " PFG_INIT_HOST ": replace it with the address of perfgate\n"
        "include:\n"
        "  - remote: https://" PFG_INIT_HOST
        "/perfgate/-/raw/v0/ci/gitlab.yml\n\n"
        "variables:\n"
        "  PERFGATE_SOURCE: https://" PFG_INIT_HOST "/perfgate.git\n"
        "  PERFGATE_REF: v0\n");
    for (size_t i = 0; i < plan->n; i++) {
        put_gitlab_job(out, &plan->found[i], plan->listed);
    }
    if (!plan->n) {
        put_gitlab_job(out, &command, false);
    }
}

void pfg_init_write_includer(struct pfg_str *out,
                             const struct pfg_init_forge *forge)
{
    pfg_str_printf(out, "include:\n  - local: /%s\n", forge->path);
}

const struct pfg_init_forge pfg_init_forges[] = {
    {"github", "github", NULL, ".github/workflows/perfgate.yml", write_github,
     NULL},
    {"gitlab", "gitlab", ".gitlab-ci.yml", ".gitlab/perfgate.yml", write_gitlab,
     ".gitlab-ci.yml"},
    {"forgejo", "forgejo|codeberg", ".forgejo",
     ".forgejo/workflows/perfgate.yml", write_gitea, NULL},
    {"gitea", "gitea", ".gitea", ".gitea/workflows/perfgate.yml", write_gitea,
     NULL},
    {0},
};
