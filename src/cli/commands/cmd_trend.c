#include "app/alert/alert.h"
#include "app/history/histories.h"
#include "app/publish/comment.h"
#include "app/publish/publish.h"
#include "base/number.h"
#include "cli/options/database_options.h"
#include "render/history/trend_formats.h"

static const struct pfg_option options[] = {
    {"report", 'r', "FORMAT[=FILE]",
     "text, markdown or json, to a file or stdout; repeatable"},
    {"fail-on", 0, "regressed",
     "exit 1 if there is a confirmed regression that is not accepted"},
    {"threshold", 't', "PCT",
     "with --fail-on: only regressions of more than PCT per cent (default: "
     "any)"},
    {"config", 0, "FILE",
     "the configuration with the acceptances (default: perfgate.json in this "
     "or a parent folder)"},
    {"alert", 0, NULL,
     "open an issue for each cause of a regression that --fail-on would "
     "report, update it, and close it when the regression is accepted or gone"},
    {"max-alerts", 0, "N",
     "open at most N issues per run; the last one lists all the rest (default: "
     "5)"},
    {"webhook", 0, "URL",
     "with --alert: also notify Slack, Mattermost or Teams of what is new; "
     "preferably set in the environment, PERFGATE_WEBHOOK"},
    {"id", 0, "NAME",
     "names these alerts; each has its own (default: default)"},
    {"forge", 0, "NAME", "github, gitlab or gitea (default: from the CI)"},
    {"repo", 0, "OWNER/NAME", "the repository (default: the CI's)"},
    {"api-url", 0, "URL",
     "the address of the forge's API (default: the CI's, else the public one)"},
    {"token-file", 0, "FILE",
     "the token (default: PERFGATE_TOKEN, GITHUB_TOKEN, GITLAB_TOKEN or "
     "GITEA_TOKEN)"},
    {"dry-run", 0, NULL, "print the issues without connecting to the forge"},
    PFG_HISTORY_OPTIONS,
    {0},
};

static int render(struct pfg_str *out, struct pfg_slice format,
                  const void *what, const struct pfg_render_options *how,
                  struct pfg_error *err)
{
    const struct pfg_histories *all = what;

    if (pfg_slice_is(format, "text")) {
        pfg_trend_text(out, all->trends, all->n, how);
    } else if (pfg_slice_is(format, "markdown")) {
        pfg_trend_markdown(out, all->trends, all->n, all->several);
    } else if (pfg_slice_is(format, "json")) {
        pfg_trend_json(out, all->trends, all->n, all->several);
    } else {
        pfg_fail(err, PFG_USAGE, "unknown format '%.*s'", PFG_SLICE(format));
        return pfg_hint(err, "formats are text, markdown and json");
    }
    return 0;
}

static int publish_all(const struct pfg_context *context,
                       const struct pfg_arguments *arguments,
                       const struct pfg_histories *all, struct pfg_error *err)
{
    const struct pfg_render_options how = {.color = context->color};
    const char *const *reports;
    size_t n = pfg_arguments_all(arguments, "report", &reports);

    for (size_t i = 0; i < all->n; i++) {
        for (size_t j = 0; j < all->trends[i].n_warnings; j++) {
            pfg_context_warn(context, "%s", all->trends[i].warnings[j]);
        }
    }
    return pfg_publish_formats(context, reports, n, render, all, &how, err);
}

static int read_options(struct pfg_trend_options *out, bool *gate,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    const char *threshold = pfg_arguments_value(arguments, "threshold");
    const char *fail_on = pfg_arguments_value(arguments, "fail-on");
    struct pfg_slice number = pfg_slice_of(threshold ? threshold : "0");

    *out = (struct pfg_trend_options){
        .config = pfg_arguments_value(arguments, "config")};
    *gate = fail_on != NULL;
    if (fail_on && !pfg_slice_is(pfg_slice_of(fail_on), "regressed")) {
        return pfg_fail(err, PFG_USAGE, "--fail-on expects regressed, not '%s'",
                        fail_on);
    }
    if (pfg_slice_ends(number, "%")) {
        number.len--;
    }
    if (pfg_number_parse(&out->threshold, number, -2) ||
        !(out->threshold >= 0)) {
        return pfg_fail(err, PFG_USAGE,
                        "--threshold expects a percentage, not '%s'",
                        threshold);
    }
    return 0;
}

/* Reads the options of --alert before any work is done. */
static int read_alerts(struct pfg_alert_options *out, bool *wanted,
                       const struct pfg_arguments *arguments,
                       const struct pfg_history_options *asked,
                       struct pfg_error *err)
{
    const char *id = pfg_arguments_value(arguments, "id");
    const struct pfg_comment_options check = {
        .id = id,
        .target.repository = pfg_arguments_value(arguments, "repo"),
    };

    *out = (struct pfg_alert_options){
        .target = {.forge = pfg_arguments_value(arguments, "forge"),
                   .repository = pfg_arguments_value(arguments, "repo"),
                   .api_url = pfg_arguments_value(arguments, "api-url"),
                   .token_file = pfg_arguments_value(arguments, "token-file"),
                   .dry_run = pfg_arguments_flag(arguments, "dry-run")},
        .id = id ? id : "default",
        .most = 5,
        .webhook = pfg_arguments_value(arguments, "webhook"),
    };
    *wanted = pfg_arguments_flag(arguments, "alert");
    if (*wanted && (asked->n_benchmarks || asked->n_filter) && !id) {
        pfg_fail(err, PFG_USAGE, "--alert works on all benchmarks");
        return pfg_hint(
            err, "for alerts about some benchmarks, set an --id; otherwise the "
                 "issues about the others would be closed");
    }
    if (*wanted && asked->n_projects) {
        pfg_fail(err, PFG_USAGE, "--alert works on one project");
        return pfg_hint(err,
                        "its issues belong to one repository: run it in each");
    }
    return pfg_option_count(&out->most, arguments, "max-alerts", 1, err) ||
                   pfg_comment_check(&check, err)
               ? -1
               : 0;
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_history_options asked;
    struct pfg_trend_options how;
    struct pfg_alert_options alerts;
    struct pfg_histories all;
    bool gate, alert;
    int failed;

    if (read_options(&how, &gate, arguments, err) ||
        pfg_history_options_read(&asked, arguments, err) ||
        read_alerts(&alerts, &alert, arguments, &asked, err)) {
        return -1;
    }
    asked.context = true; /* to see changes of most of the suite, which is more
                             than what is asked for */
    failed = pfg_histories_read(&all, context, &asked, false, &how, err) ||
             publish_all(context, arguments, &all, err);
    for (size_t i = 0; i < all.n && !failed; i++) {
        failed = alert && pfg_alert(context, &all.trends[i], &alerts, err);
        if (!failed && gate && all.trends[i].n_fails) {
            *arguments->status = PFG_GATE;
        }
    }
    pfg_histories_free(&all);
    return failed ? -1 : 0;
}

const struct pfg_command pfg_command_trend = {
    .name = "trend",
    .group = "results and machines",
    .summary = "list lasting changes, and the commits that caused them",
    .usage = "[OPTIONS] [BENCHMARK...]",
    .about =
        "Lists the lasting changes of all benchmarks on one hardware profile, "
        "largest first: steps, with the commits that may have caused them, "
        "and slow drifts. If most benchmarks step at the same place, the step "
        "is reported once, as a change of the machine or the toolchain, with "
        "the differences in the environment. A step in the last two versions "
        "is a candidate; three versions confirm it. It is accepted by a "
        "trailer of its commits (see 'perfgate help accept') or by "
        "perfgate.json, and recovered if a later change undid most of it.\n\n"
        "  perfgate trend --since v1.2\n"
        "  perfgate trend --since 30d --fail-on regressed --report "
        "markdown=trend.md\n"
        "  perfgate trend --last 200 --alert\n\n"
        "With --alert, each step or drift that --fail-on would report gets an "
        "issue, which later runs find by a hidden marker. An issue closed by "
        "a person is not reopened.\n\n"
        "exit status: 0 listed; 1 with --fail-on: there is a regression; 2 "
        "wrong usage; 3 no results; 4 disk, database, git or forge failed.\n",
    .options = options,
    .run = run,
};
