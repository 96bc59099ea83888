#include "app/input/report_file.h"
#include "app/publish/actions.h"
#include "base/arena.h"
#include "cli/options/publish_options.h"

static const struct pfg_option options[] = {
    {"from", 0, "FILE", "the same as FILE: a JSON report, or - for stdin"},
    {"gate", 0, NULL, "exit with the gate's status in the report"},
    PFG_REPORTING_OPTIONS,
    PFG_CI_OPTIONS,
    {0},
};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *from = pfg_arguments_value(arguments, "from");
    struct pfg_reporting reporting;
    struct pfg_report *report;
    int failed;

    if (arguments->n_words > (from ? 0 : 1)) {
        return pfg_fail(err, PFG_USAGE,
                        "report expects one report; unexpected argument '%s'",
                        arguments->words[from ? 0 : 1]);
    }
    from = from ? from : arguments->n_words ? arguments->words[0] : NULL;
    if (!from) {
        pfg_fail(err, PFG_USAGE, "which report?");
        return pfg_hint(
            err, "write one with 'perfgate compare --report json=report.json', "
                 "then run 'perfgate report report.json'");
    }
    if (pfg_reporting_options(&reporting, context, arguments, err) ||
        pfg_report_file_read(&report, from, true, err)) {
        return -1;
    }
    failed = pfg_publish(context, report, reporting.destinations, reporting.n,
                         &reporting.render, err);
    if (!failed && pfg_arguments_flag(arguments, "ci")) {
        failed = pfg_actions_publish(context, report, reporting.destinations,
                                     reporting.n, &reporting.render, err);
    }
    if (!failed && pfg_arguments_flag(arguments, "gate")) {
        *arguments->status = report->status;
    }
    pfg_arena_free(report->arena);
    return failed;
}

const struct pfg_command pfg_command_report = {
    .name = "report",
    .group = "measure and look closer",
    .summary = "render a report again, or in another format",
    .usage = "[OPTIONS] FILE",
    .about =
        "Renders a report written by 'perfgate compare --report json=FILE' in "
        "any format. It needs no database and does not change the "
        "verdicts.\n\n"
        "  perfgate compare --report json=report.json\n"
        "  perfgate report report.json --report html=report.html\n"
        "  perfgate report report.json --report badge=perf.svg\n\n"
        "Exits with 0 whatever the verdict, unless --gate is given.\n",
    .options = options,
    .run = run,
};
