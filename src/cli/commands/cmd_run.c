#include "app/measure/measure.h"
#include "app/publish/publish.h"
#include "cli/options/database_options.h"
#include "cli/options/measuring_options.h"
#include "cli/options/publish_options.h"

static const struct pfg_option options[] = {
    {"base", 'b', "REV",
     "measure this, too, and compare; auto: where the branch left the base "
     "branch, on that branch the commit before"},
    {"head", 0, "REV", "what is judged (default: what is checked out)"},
    {"base-command", 0, "SHELL",
     "instead of COMMAND and --base: runs the old build"},
    {"head-command", 0, "SHELL", "and this the new one"},
    {"always", 0, NULL,
     "measure though none of the \"paths\" of perfgate.json changed, or both "
     "are built to the same program"},
    {"no-gate", 0, NULL, "report, and exit 0 whatever was found"},
    {"allow-no-baseline", 0, NULL,
     "where the base cannot be measured, measure the head alone, and exit 0"},
    {"base-branch", 0, "BRANCH",
     "of --base auto (default: origin/HEAD, main, master)"},
    PFG_MEASURING_OPTIONS,
    PFG_PROFILE_OPTIONS,
    PFG_JUDGING_OPTIONS,
    PFG_REPORTING_OPTIONS,
    PFG_COMMENTING_OPTIONS,
    PFG_HEADING("storage"),
    {"commit", 'c', "REV|NAME", "without --base: the version measured"},
    {"hardware", 0, "NAME",
     "the machine measured (default: this one, detected)"},
    {"db", 0, "FILE",
     "where results are kept (default: .perfgate/perfgate.db; with --base only "
     "if it is there)"},
    PFG_PROJECT_OPTION,
    {"variant", 0, "KEY=VALUE",
     "how it was built (go=1.23): never pooled with another; repeatable"},
    {"env", 0, "KEY=VALUE", "a fact to record; repeatable"},
    PFG_READING_OPTIONS,
    {0},
};

static int read_options(struct pfg_measure_options *out,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    *out = (struct pfg_measure_options){
        .commit = pfg_arguments_value(arguments, "commit"),
        .hardware = pfg_arguments_value(arguments, "hardware"),
        .sides = {.base_command =
                      pfg_arguments_value(arguments, "base-command"),
                  .head_command =
                      pfg_arguments_value(arguments, "head-command"),
                  .base = pfg_arguments_value(arguments, "base"),
                  .head = pfg_arguments_value(arguments, "head"),
                  .base_branch = pfg_arguments_value(arguments, "base-branch")},
    };
    out->always = pfg_arguments_flag(arguments, "always");
    out->keep = !pfg_measure_is_pair(out) ||
                pfg_arguments_value(arguments, "db") != NULL;
    out->keep_verdicts = !pfg_arguments_flag(arguments, "no-gate");
    return pfg_measuring_options(out, arguments, err) ||
                   pfg_profile_options(&out->profile, arguments, err)
               ? -1
               : 0;
}

static int run_pair(const struct pfg_context *context,
                    const struct pfg_arguments *arguments,
                    const struct pfg_measure_options *run,
                    struct pfg_error *err)
{
    struct pfg_evaluation evaluation;
    struct pfg_reporting reporting;
    struct pfg_commenting commenting;

    if (pfg_reporting_options(&reporting, context, arguments, err) ||
        pfg_commenting_options(&commenting, arguments, err) ||
        pfg_measure_pair(&evaluation, context, run, err)) {
        return -1;
    }
    return pfg_publish_evaluation(&evaluation, context, &reporting, &commenting,
                                  arguments->status, err);
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_measure_options measure;

    if (read_options(&measure, arguments, err)) {
        return -1;
    }
    return pfg_measure_is_pair(&measure)
               ? run_pair(context, arguments, &measure, err)
               : pfg_measure_alone(context, &measure, err);
}

const struct pfg_command pfg_command_run = {
    .name = "run",
    .group = "start here",
    .summary = "measure base and head in turn, and compare them",
    .usage = "[OPTIONS] [--base REV] -- COMMAND...",
    .about =
        "Checks base and head out into two work trees and runs COMMAND in "
        "each in turn,\nprocess by process, so that whatever happens on this "
        "machine happens to both. It\nneeds no history, no baseline file and "
        "no quiet machine.\n\n"
        "  perfgate run --base main -- go test -bench . -count 1 ./...\n"
        "  perfgate run --base auto --prepare 'make' -- ./bench --json\n\n"
        "It ends when every benchmark is decided, and measures on only what "
        "is not, where\nthe tool can choose (go, criterion, google-benchmark, "
        "pytest, hyperfine, k6); at\nthe latest after --max-rounds or "
        "--time-budget, but never before three rounds.\nStopping early is paid "
        "for: false alarms stay as rare as with one look.\n\n"
        "Many short rounds see more than a few long ones. So where COMMAND "
        "does not say how\nlong or how often to observe, these tools are "
        "asked for short observations, as far\nas they measure the same; "
        "--rounds and --max-rounds leave them as they are.\n\n"
        "Two builds that are there already:\n\n"
        "  perfgate run --base-command './old/bench' --head-command "
        "'./new/bench'\n\n"
        "A program that prints no results is measured itself: its time, "
        "memory and so on, and\nthe size of files:\n\n"
        "  perfgate run --base main --prepare make -- ./convert big.png\n"
        "  perfgate run --base main --command './sort {n}' -L n 10,1000 "
        "--size ./sort\n\n"
        "Each version's own server, started for the command and ended after "
        "it:\n\n"
        "  perfgate run --base main --prepare make --service './server -p "
        "{port}' \\\n      -- wrk -d5s http://127.0.0.1:{port}/\n\n"
        "Without a command it measures the suites that \"benchmarks\" in "
        "perfgate.json names,\nor those of --suite.\n\n"
        "Without --base it measures what is checked out and stores the "
        "results, one process\neach time:\n\n"
        "  perfgate run --runs 5 -- wrk -d10s http://localhost:8080/\n\n"
        "The command and --before-each see PERFGATE_SIDE (base, head) and "
        "PERFGATE_ROUND. The\ncommand does not see the tokens of GitHub, "
        "GitLab, Gitea and of CI systems; --prepare\ndoes, since a build may "
        "fetch from a private registry.\n\n"
        "Ctrl-C ends after the current process, a second one at once. What "
        "was measured is\nstored, but not judged: a part of the rounds "
        "proves nothing.\n\n"
        "exit status: as compare: 0 passed, 1 the gate failed, 2 wrong usage, "
        "3 the head\ncannot be measured, 4 disk, database or git failed, 5 "
        "the base cannot be built or\nmeasured, 130 interrupted, 143 "
        "terminated.\n",
    .options = options,
    .wraps = true,
    .run = run,
};
