#include "app/measure/measure.h"
#include "cli/options/database_options.h"
#include "cli/options/measuring_options.h"
#include "cli/options/publish_options.h"

static const struct pfg_option options[] = {
    {"base", 'b', "REV",
     "also measure this revision, and compare; auto: where the branch left the "
     "base branch, or on the base branch the previous commit"},
    {"head", 0, "REV", "what to judge (default: what is checked out)"},
    {"base-command", 0, "SHELL",
     "instead of COMMAND and --base: the command that runs the old build"},
    {"head-command", 0, "SHELL", "the command that runs the new build"},
    {"always", 0, NULL,
     "measure even if none of the \"paths\" in perfgate.json changed, or both "
     "sides are built to the same program"},
    {"no-gate", 0, NULL, "report only: exit 0 even if the gate fails"},
    {"allow-no-baseline", 0, NULL,
     "if the base cannot be measured, measure only the head and exit 0"},
    {"base-branch", 0, "BRANCH",
     "the base branch for --base auto (default: origin/HEAD, main, master)"},
    PFG_MEASURING_OPTIONS,
    PFG_PROFILE_OPTIONS,
    PFG_JUDGING_OPTIONS,
    PFG_REPORTING_OPTIONS,
    PFG_COMMENTING_OPTIONS,
    PFG_HEADING("storage"),
    {"commit", 'c', "REV|NAME", "without --base: the measured version"},
    {"hardware", 0, "NAME",
     "the measured machine (default: this one, detected)"},
    {"db", 0, "FILE",
     "where to store results (default: .perfgate/perfgate.db; with --base only "
     "if it exists)"},
    PFG_PROJECT_OPTION,
    {"variant", 0, "KEY=VALUE",
     "how the code was built (go=1.23); variants are never mixed; repeatable"},
    {"env", 0, "KEY=VALUE", "a fact to record with the results; repeatable"},
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
    out->store_verdicts = !pfg_arguments_flag(arguments, "no-gate");
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
        "Checks out base and head into two work trees and runs COMMAND in "
        "each in turn, process by process, so disturbances on this machine "
        "affect both sides. It needs no history, no baseline file and no "
        "quiet machine.\n\n"
        "  perfgate run --base main -- go test -bench . -count 1 ./...\n"
        "  perfgate run --base auto --prepare 'make' -- ./bench --json\n\n"
        "It stops when every benchmark is decided, and at the latest after "
        "--max-rounds or --time-budget, but not before three rounds. If the "
        "tool can select benchmarks (go, criterion, google-benchmark, pytest, "
        "hyperfine, k6), later rounds measure only the undecided ones. "
        "Stopping early does not raise the false-alarm rate.\n\n"
        "Many short rounds detect more than a few long ones. So unless "
        "COMMAND sets the length or number of observations, perfgate makes "
        "these tools take short ones, if they measure the same; with --rounds "
        "or --max-rounds it does not.\n\n"
        "Two existing builds:\n\n"
        "  perfgate run --base-command './old/bench' --head-command "
        "'./new/bench'\n\n"
        "If a program prints no results, perfgate measures its time, memory "
        "and so on, and the size of files:\n\n"
        "  perfgate run --base main --prepare make -- ./convert big.png\n"
        "  perfgate run --base main --command './sort {n}' -L n 10,1000 "
        "--size ./sort\n\n"
        "A server for each version, started before the command and stopped "
        "after it:\n\n"
        "  perfgate run --base main --prepare make --service './server -p "
        "{port}' \\\n"
        "      -- wrk -d5s http://127.0.0.1:{port}/\n\n"
        "Without a command it measures the suites listed under \"benchmarks\" "
        "in perfgate.json, or those given with --suite.\n\n"
        "Without --base it measures what is checked out and stores each "
        "process as a run:\n\n"
        "  perfgate run --runs 5 -- wrk -d10s http://localhost:8080/\n\n"
        "PERFGATE_SIDE (base, head) and PERFGATE_ROUND are set for the "
        "command and --before-each. Tokens of GitHub, GitLab, Gitea and CI "
        "systems are removed from the environment of the command, but not of "
        "--prepare, since a build may need a private registry.\n\n"
        "Ctrl-C stops after the current process, a second Ctrl-C stops "
        "immediately. The results are stored but not judged, because part of "
        "the rounds proves nothing.\n\n"
        "exit status: as compare: 0 passed, 1 the gate failed, 2 wrong usage, "
        "3 the head cannot be measured, 4 disk, database or git failed, 5 the "
        "base cannot be built or measured, 130 interrupted, 143 terminated.\n",
    .options = options,
    .wraps = true,
    .run = run,
};
