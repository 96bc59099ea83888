#include <stdlib.h>
#include <string.h>

#include "app/measure/measure.h"
#include "app/publish/publish.h"
#include "base/number.h"
#include "cli/comment_options.h"
#include "cli/compare_options.h"
#include "cli/program_options.h"
#include "cli/report_options.h"

#define ROUNDS_DECIDED   28
#define BUDGET_DEFAULT   600
#define TIMEOUT_DEFAULT  1800
#define PRIORITY_DEFAULT -5
/* Seconds that a program is started again for, where that is measured. */
#define BATCH_IN_TURN 0.1
#define BATCH_ALONE   1
#define CPU_LIMIT     4096

static const struct pfg_option options[] = {
    {"base", 'b', "REV",
     "measure this, too, and compare; auto: where the branch left the base "
     "branch, on that branch the commit before"},
    {"head", 0, "REV", "what is judged (default: what is checked out)"},
    {"prepare", 'p', "SHELL", "builds a work tree: 'make bench'"},
    {"setup", 0, "SHELL", "the same as --prepare"},
    {"base-command", 0, "SHELL",
     "instead of COMMAND and --base: runs the old build"},
    {"head-command", 0, "SHELL", "and this the new one"},
    {"results", 'o', "PATH",
     "what the command writes, where it is not stdout; below its work tree, "
     "and removed before each run; repeatable"},
    {"only", 0, "BENCHMARK",
     "measure only this one, through the tool's filter; repeatable"},
    {"rounds", 'n', "N",
     "exactly N processes a side (default: until decided; without --base: 1)"},
    {"runs", 0, "N", "the same as --rounds"},
    {"max-rounds", 0, "N",
     "at most so many, until decided (default: 28), and as many again of what "
     "is then likely, not proven"},
    {"time-budget", 0, "TIME",
     "begin no round that would end later than 10m, 90s or 1h after the first; "
     "three are always made (default: 10m, none with --rounds)"},
    {"timeout", 0, "TIME", "of one process (default: 30m)"},
    {"warmup", 0, "N",
     "rounds before, that do not count (default: 1; without --base: 0)"},
    {"settle", 0, "TIME", "wait for a quiet machine, at most so long"},
    {"cpus", 0, "LIST", "run on these processors: 2, 0-3, 1,3"},
    {"priority", 0, "NICE", "nice value, where allowed (default: -5)"},
    {"seed", 0, "TEXT", "draws which side goes first (default: the base)"},
    {"keep-env", 0, "NAME",
     "a variable that holds a token and that the command is to see all the "
     "same; repeatable"},
    {"exit-ok", 0, "STATUS",
     "an exit status of the command that is no failure; repeatable (k6's 99 is "
     "known)"},
    PFG_PROGRAM_OPTIONS,
    PFG_JUDGING_OPTIONS,
    PFG_REPORTING_OPTIONS,
    PFG_COMMENTING_OPTIONS,
    {"no-gate", 0, NULL, "report, and exit 0 whatever was found"},
    {"allow-no-baseline", 0, NULL,
     "where the base cannot be measured, measure the head alone, and exit 0"},
    {"base-branch", 0, "BRANCH",
     "of --base auto (default: origin/HEAD, main, master)"},
    {"commit", 'c', "REV|NAME", "without --base: the version measured"},
    {"hardware", 0, "NAME",
     "the machine measured (default: this one, detected)"},
    {"db", 0, "FILE",
     "where results are kept (default: .perfgate/perfgate.db; with --base only "
     "if it is there)"},
    {"variant", 0, "KEY=VALUE",
     "how it was built (go=1.23): never pooled with another; repeatable"},
    {"env", 0, "KEY=VALUE", "a fact to record; repeatable"},
    PFG_READING_OPTIONS,
    {0},
};

/* --- values --- */

static int read_seconds(double *out, const struct pfg_arguments *arguments,
                        const char *option, struct pfg_error *err)
{
    const char *text = pfg_arguments_value(arguments, option);

    return text ? pfg_option_duration(out, option, text, err) : 0;
}

static int read_integer(int *out, const char *option, const char *text,
                        long least, long most, struct pfg_error *err)
{
    char *end;
    long number = strtol(text, &end, 10);

    if (!*text || *end || number < least || number > most) {
        return pfg_fail(err, PFG_USAGE, "--%s wants %ld to %ld, not '%s'",
                        option, least, most, text);
    }
    *out = (int)number;
    return 0;
}

static int read_statuses(struct pfg_process_options *out,
                         const struct pfg_arguments *arguments,
                         struct pfg_error *err)
{
    const char **texts;
    size_t n = pfg_arguments_all(arguments, "exit-ok", &texts);
    int *statuses = pfg_arena_new_array(arguments->arena, int, n);

    for (size_t i = 0; i < n; i++) {
        if (read_integer(&statuses[i], "exit-ok", texts[i], 0, 255, err)) {
            return -1;
        }
    }
    out->judged = statuses;
    out->n_judged = n;
    return 0;
}

static int bad_cpus(const char *text, struct pfg_error *err)
{
    pfg_fail(err, PFG_USAGE, "--cpus '%s' is no list of processors", text);
    return pfg_hint(err, "numbers and ranges: 2, 0-3, 1,3");
}

/* "1,3-5" */
static int read_cpus(struct pfg_process_options *out,
                     const struct pfg_arguments *arguments,
                     struct pfg_error *err)
{
    const char *text = pfg_arguments_value(arguments, "cpus");
    int *cpus = pfg_arena_new_array(arguments->arena, int, CPU_LIMIT);
    const char *at = text;

    while (at && *at) {
        char *end;
        long first = strtol(at, &end, 10), last = first;

        if (end == at || first < 0) {
            return bad_cpus(text, err);
        }
        if (*end == '-') {
            at = end + 1;
            last = strtol(at, &end, 10);
        }
        if (end == at || last < first || last >= CPU_LIMIT ||
            out->n_cpus + (size_t)(last - first) >= CPU_LIMIT ||
            (*end && *end != ',') || (*end == ',' && !end[1])) {
            return bad_cpus(text, err);
        }
        for (; first <= last; first++) {
            cpus[out->n_cpus++] = (int)first;
        }
        at = *end ? end + 1 : end;
    }
    out->cpus = cpus;
    return text && !out->n_cpus ? bad_cpus(text, err) : 0;
}

/* --- what goes with what --- */

static int check_sides(const struct pfg_measure_options *all,
                       struct pfg_error *err)
{
    const struct pfg_side_options *run = &all->sides;
    const struct pfg_process_options *process = &all->process;
    bool commands = run->base_command || run->head_command;

    bool programs = process->programs[PFG_HEAD].n > 0;

    if (commands && (run->base || run->head || process->command.n)) {
        return pfg_fail(err, PFG_USAGE,
                        "--base-command and --head-command "
                        "stand alone: %s is too much",
                        run->base   ? "--base"
                        : run->head ? "--head"
                                    : "COMMAND");
    }
    if (process->n_only && !pfg_tool_can_choose(&process->command)) {
        pfg_fail(err, PFG_USAGE, "'%s' has no filter that perfgate knows",
                 process->command.n ? process->command.at[0]
                 : programs         ? process->programs[PFG_HEAD].at[0].name
                                    : "--size");
        return pfg_hint(err,
                        "let the command choose, or look only at some "
                        "results: --filter '%s'",
                        process->only[0]);
    }
    if (commands && !(run->base_command && run->head_command)) {
        return pfg_fail(err, PFG_USAGE,
                        "--base-command and --head-command go "
                        "together");
    }
    if (run->head && !run->base) {
        pfg_fail(err, PFG_USAGE, "--head '%s' without --base", run->head);
        return pfg_hint(err, "to measure one version check it out, or name it "
                             "with --commit");
    }
    if (!programs && !process->n_sizes) {
        pfg_fail(err, PFG_USAGE, "which command runs the benchmarks?");
        return pfg_hint(err, "perfgate run --base main -- go test -bench . "
                             "-count 1 ./..., or \"benchmarks\" in "
                             "perfgate.json");
    }
    if (all->commit && run->base) {
        return pfg_fail(err, PFG_USAGE,
                        "--commit goes with one version; here "
                        "--head names it");
    }
    return 0;
}

/* The rounds of the suite that has most, where all say how many; else 0. */
static size_t most_of_suites(const struct pfg_programs *programs)
{
    size_t most = 0;

    for (size_t i = 0; i < programs->n; i++) {
        size_t rounds = programs->at[i].rounds;

        if (!rounds) {
            return 0;
        }
        most = rounds > most ? rounds : most;
    }
    return most;
}

static int read_rounds(struct pfg_measure_options *all,
                       const struct pfg_arguments *arguments,
                       struct pfg_error *err)
{
    struct pfg_round_options *out = &all->rounds;
    bool pair = pfg_measure_is_pair(all);
    size_t least = pair ? 3 : 1;

    out->seed = pfg_arguments_value(arguments, "seed");
    out->most = ROUNDS_DECIDED;
    if (!all->process.programs[PFG_HEAD].n) {
        out->exactly = 1; /* sizes do not change */
        return 0;
    }
    out->warmup = pair;
    out->exactly = most_of_suites(&all->process.programs[PFG_HEAD]);
    if (pfg_option_count(&out->exactly, arguments, "runs", least, err) ||
        pfg_option_count(&out->exactly, arguments, "rounds", least, err) ||
        pfg_option_count(&out->most, arguments, "max-rounds", 3, err) ||
        pfg_option_count(&out->warmup, arguments, "warmup", 0, err)) {
        return -1;
    }
    all->process.batch = pair ? BATCH_IN_TURN : BATCH_ALONE;
    if (out->exactly && !all->process.programs[PFG_HEAD].at[0].suite &&
        !all->process.repeat) {
        all->process.repeat = 1;
    }
    out->budget = out->exactly ? 0 : BUDGET_DEFAULT;
    return read_seconds(&out->budget, arguments, "time-budget", err);
}

static void read_sides(struct pfg_side_options *out,
                       const struct pfg_arguments *arguments)
{
    *out = (struct pfg_side_options){
        .base_command = pfg_arguments_value(arguments, "base-command"),
        .head_command = pfg_arguments_value(arguments, "head-command"),
        .base = pfg_arguments_value(arguments, "base"),
        .head = pfg_arguments_value(arguments, "head"),
        .base_branch = pfg_arguments_value(arguments, "base-branch"),
        .prepare = pfg_arguments_value(arguments, "prepare"),
        .before_each = pfg_arguments_value(arguments, "before-each"),
        .cleanup = pfg_arguments_value(arguments, "cleanup"),
    };
    if (!out->prepare) {
        out->prepare = pfg_arguments_value(arguments, "setup");
    }
}

static int read_process(struct pfg_process_options *out,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    const char *priority = pfg_arguments_value(arguments, "priority");

    *out = (struct pfg_process_options){
        .command = {arguments->words, arguments->n_words},
        .timeout = TIMEOUT_DEFAULT,
        .priority = PRIORITY_DEFAULT,
        .quiet = pfg_arguments_flag(arguments, "quiet"),
    };
    out->n_keep_env = pfg_arguments_all(arguments, "keep-env",
                                        (const char ***)&out->keep_env);
    out->n_only =
        pfg_arguments_all(arguments, "only", (const char ***)&out->only);
    return read_seconds(&out->timeout, arguments, "timeout", err) ||
                   read_cpus(out, arguments, err) ||
                   read_statuses(out, arguments, err) ||
                   (priority && read_integer(&out->priority, "priority",
                                             priority, -20, 19, err))
               ? -1
               : 0;
}

static int read_evaluate(struct pfg_evaluate_options *out,
                         const struct pfg_arguments *arguments,
                         struct pfg_error *err)
{
    struct pfg_read_options *read = &out->files.read;

    if (pfg_comparing_judging(out, arguments, err) ||
        pfg_input_options(read, arguments, err) ||
        pfg_input_facts(&read->collect.variant, &read->collect.n_variant,
                        arguments, "variant", err) ||
        pfg_input_facts(&read->facts, &read->n_facts, arguments, "env", err)) {
        return -1;
    }
    out->gate = !pfg_arguments_flag(arguments, "no-gate");
    out->allow_no_baseline = pfg_arguments_flag(arguments, "allow-no-baseline");
    out->stored.search.base_branch =
        pfg_arguments_value(arguments, "base-branch");
    return 0;
}

static int read_options(struct pfg_measure_options *out,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    *out = (struct pfg_measure_options){
        .commit = pfg_arguments_value(arguments, "commit"),
        .hardware = pfg_arguments_value(arguments, "hardware"),
    };
    read_sides(&out->sides, arguments);
    out->keep = !pfg_measure_is_pair(out) ||
                pfg_arguments_value(arguments, "db") != NULL;
    if (read_process(&out->process, arguments, err) ||
        pfg_program_options(&out->process, &out->sides, arguments, err) ||
        check_sides(out, err) || read_rounds(out, arguments, err) ||
        read_seconds(&out->settle, arguments, "settle", err) ||
        read_evaluate(&out->evaluate, arguments, err)) {
        return -1;
    }
    if (out->process.programs[PFG_HEAD].n &&
        out->process.programs[PFG_HEAD].at[0].suite) {
        /* --suite chose among them. */
        out->evaluate.files.read.collect.suite = NULL;
    }
    out->sides.timeout = out->process.timeout;
    out->process.read = &out->evaluate.files.read;
    return 0;
}

static int run_pair(const struct pfg_context *context,
                    const struct pfg_arguments *arguments,
                    const struct pfg_measure_options *run,
                    struct pfg_error *err)
{
    struct pfg_evaluation evaluation;
    struct pfg_reporting reporting;
    struct pfg_commenting commenting;
    struct pfg_error later;
    int failed;

    if (pfg_reporting_options(&reporting, context, arguments, err) ||
        pfg_commenting_options(&commenting, arguments, err) ||
        pfg_measure_pair(&evaluation, context, run, err)) {
        return -1;
    }
    failed = pfg_publish(context, evaluation.report, reporting.destinations,
                         reporting.n, &reporting.render, err);
    *arguments->status = evaluation.report->status;
    if (pfg_commenting_publish(&commenting, context, evaluation.report,
                               &reporting, arguments->status,
                               failed ? &later : err)) {
        failed = -1;
    }
    pfg_evaluation_free(&evaluation);
    return failed;
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
        "Two builds that are there already:\n\n"
        "  perfgate run --base-command './old/bench' --head-command "
        "'./new/bench'\n\n"
        "A program that prints no results is measured itself: its time, "
        "memory and so on, and\nthe size of files:\n\n"
        "  perfgate run --base main --prepare make -- ./convert big.png\n"
        "  perfgate run --base main --command './sort {n}' -L n 10,1000 "
        "--size ./sort\n\n"
        "Without a command it measures the suites that \"benchmarks\" in "
        "perfgate.json names,\nor those of --suite.\n\n"
        "Without --base it measures what is checked out and stores the "
        "results, one process\neach time:\n\n"
        "  perfgate run --runs 5 -- wrk -d10s http://localhost:8080/\n\n"
        "The command sees PERFGATE_SIDE (base, head) and PERFGATE_ROUND. It "
        "does not see the\ntokens of GitHub, GitLab, Gitea and of CI systems; "
        "--prepare does, since a build may\nfetch from a private registry.\n\n"
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
