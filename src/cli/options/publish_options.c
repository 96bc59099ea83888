#include "cli/options/publish_options.h"

#include "app/publish/actions.h"

int pfg_reporting_options(struct pfg_reporting *out,
                          const struct pfg_context *context,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err)
{
    const char *const *reports;

    *out = (struct pfg_reporting){
        .render = {
            .color = context->color,
            .width = context->width,
            .all = pfg_arguments_flag(arguments, "all"),
            .quiet = pfg_arguments_flag(arguments, "quiet"),
            .verbose = pfg_arguments_flag(arguments, "verbose"),
            .templates = pfg_arguments_value(arguments, "templates"),
            .report_url = pfg_arguments_value(arguments, "report-url"),
        }};
    out->n = pfg_arguments_all(arguments, "report", &reports);
    out->destinations =
        pfg_arena_new_array(arguments->arena, struct pfg_destination, out->n);
    for (size_t i = 0; i < out->n; i++) {
        if (pfg_destination_parse(&out->destinations[i], reports[i], err)) {
            return -1;
        }
    }
    return 0;
}

int pfg_commenting_options(struct pfg_commenting *out,
                           const struct pfg_arguments *arguments,
                           struct pfg_error *err)
{
    bool comment = pfg_arguments_flag(arguments, "comment");

    *out = (struct pfg_commenting){
        .ci = pfg_arguments_flag(arguments, "ci"),
        .post = {
            .target =
                {
                    .forge = pfg_arguments_value(arguments, "forge"),
                    .repository = pfg_arguments_value(arguments, "repo"),
                    .number = pfg_arguments_value(arguments, "pr"),
                    .sha = pfg_arguments_value(arguments, "sha"),
                    .api_url = pfg_arguments_value(arguments, "api-url"),
                    .token_file = pfg_arguments_value(arguments, "token-file"),
                    .report_url = pfg_arguments_value(arguments, "report-url"),
                },
            .id = pfg_arguments_value(arguments, "id"),
            .part = pfg_arguments_value(arguments, "part"),
            .status = pfg_arguments_value(arguments, "status"),
            .only_on_change = pfg_arguments_flag(arguments, "only-on-change"),
            .keep = pfg_arguments_flag(arguments, "keep"),
            .require = pfg_arguments_flag(arguments, "require"),
            .no_comment = !comment,
        }};
    out->posts = comment || out->post.status;
    return out->posts ? pfg_comment_check(&out->post, err) : 0;
}

static int comment(const struct pfg_commenting *commenting,
                   const struct pfg_context *context,
                   const struct pfg_report *report,
                   const struct pfg_reporting *reporting, int *status,
                   struct pfg_error *err)
{
    struct pfg_named_report named = {report, "the report"};
    struct pfg_error why;
    int failed = 0;

    if (commenting->ci) {
        failed = pfg_actions_publish(context, report, reporting->destinations,
                                     reporting->n, &reporting->render, err);
    }
    if (commenting->posts &&
        pfg_comment_post(context, &named, 1, &commenting->post, &why)) {
        pfg_context_report(context, &why);
        if (commenting->post.require && !*status) {
            *status = PFG_SYSTEM;
        }
    }
    return failed;
}

int pfg_publish_evaluation(struct pfg_evaluation *evaluation,
                           const struct pfg_context *context,
                           const struct pfg_reporting *reporting,
                           const struct pfg_commenting *commenting, int *status,
                           struct pfg_error *err)
{
    const struct pfg_report *report = evaluation->report;
    struct pfg_error later;
    int failed = pfg_publish(context, report, reporting->destinations,
                             reporting->n, &reporting->render, err);

    *status = report->status;
    if (comment(commenting, context, report, reporting, status,
                failed ? &later : err)) {
        failed = -1;
    }
    pfg_evaluation_free(evaluation);
    return failed;
}
