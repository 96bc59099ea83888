#include "cli/options/measuring_options.h"

#include <stdlib.h>
#include <string.h>

#include "app/measure/measure.h"
#include "app/measure/tool/tool.h"

#define BUDGET_DEFAULT   600
#define TIMEOUT_DEFAULT  1800
#define PROFILE_BUDGET   180
#define PRIORITY_DEFAULT -5
/* Seconds for which a measured program is repeated if there are few rounds; in
 * many rounds it runs once each. */
#define BATCH_IN_TURN 0.1
#define BATCH_ALONE   1
#define CPU_LIMIT     4096

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
        return pfg_fail(err, PFG_USAGE, "--%s expects %ld to %ld, not '%s'",
                        option, least, most, text);
    }
    *out = (int)number;
    return 0;
}

static int read_statuses(struct pfg_process_options *out,
                         const struct pfg_arguments *arguments,
                         struct pfg_error *err)
{
    const char *const *texts;
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
    pfg_fail(err, PFG_USAGE, "--cpus '%s' is not a list of CPUs", text);
    return pfg_hint(err, "use numbers and ranges: 2, 0-3, 1,3");
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

/* --- combinations --- */

static int check_sides(const struct pfg_measure_options *all,
                       struct pfg_error *err)
{
    const struct pfg_side_options *run = &all->sides;
    const struct pfg_process_options *process = &all->process;
    bool commands = run->base_command || run->head_command;

    bool programs = process->programs[PFG_HEAD].n > 0;

    if (commands && (run->base || run->head || process->command.n)) {
        return pfg_fail(
            err, PFG_USAGE,
            "--base-command and --head-command cannot be combined with %s",
            run->base   ? "--base"
            : run->head ? "--head"
                        : "COMMAND");
    }
    if (process->n_only && !pfg_tool_can_choose(&process->command)) {
        pfg_fail(err, PFG_USAGE,
                 "perfgate does not know how to select benchmarks of '%s'",
                 process->command.n ? process->command.at[0]
                 : programs         ? process->programs[PFG_HEAD].at[0].name
                                    : "--size");
        return pfg_hint(err,
                        "select them in the command, or compare only some "
                        "results: --filter '%s'",
                        process->only[0]);
    }
    if (commands && !(run->base_command && run->head_command)) {
        return pfg_fail(
            err, PFG_USAGE,
            "--base-command and --head-command must be used together");
    }
    if (run->head && !run->base) {
        pfg_fail(err, PFG_USAGE, "--head '%s' without --base", run->head);
        return pfg_hint(
            err,
            "to measure one version, check it out, or name it with --commit");
    }
    if (!programs && !process->n_sizes) {
        pfg_fail(err, PFG_USAGE, "no command to run the benchmarks");
        return pfg_hint(err, "perfgate run --base main -- go test -bench . "
                             "-count 1 ./..., or \"benchmarks\" in "
                             "perfgate.json");
    }
    if (all->commit && run->base) {
        return pfg_fail(
            err, PFG_USAGE,
            "--commit is only for measuring one version; use --head");
    }
    return 0;
}

/* The rounds of the suite with the most, if all suites set them; else 0. */
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
    if (!all->process.programs[PFG_HEAD].n) {
        out->exactly = 1; /* sizes do not vary */
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
    all->process.batch = !pair ? BATCH_ALONE : out->most ? BATCH_IN_TURN : 0;
    if (out->exactly && !all->process.programs[PFG_HEAD].at[0].suite &&
        !all->process.repeat) {
        all->process.repeat = 1;
    }
    /* One alone is counted twice, which shows whether the counts are exact. */
    all->process.counted = all->process.repeat ? all->process.repeat
                           : pair              ? 1
                                               : 2;
    out->budget = out->exactly ? 0 : BUDGET_DEFAULT;
    return read_seconds(&out->budget, arguments, "time-budget", err);
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
    out->n_keep_env = pfg_arguments_all(arguments, "keep-env", &out->keep_env);
    out->n_only = pfg_arguments_all(arguments, "only", &out->only);
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

static void read_sides(struct pfg_side_options *out,
                       const struct pfg_arguments *arguments)
{
    out->prepare = pfg_arguments_value(arguments, "prepare");
    out->before_each = pfg_arguments_value(arguments, "before-each");
    out->cleanup = pfg_arguments_value(arguments, "cleanup");
    if (!out->prepare) {
        out->prepare = pfg_arguments_value(arguments, "setup");
    }
}

int pfg_profile_options(struct pfg_profile_options *out,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    static const char *const whats[] = {
        [PFG_PROFILE_REGRESSED] = "regressed",
        [PFG_PROFILE_CHANGED] = "changed",
        [PFG_PROFILE_ALL] = "all",
    };
    const char *profiler = pfg_arguments_value(arguments, "profile");
    const char *of = pfg_arguments_value(arguments, "profile-of");
    size_t i = 0;

    *out = (struct pfg_profile_options){
        .wanted = profiler != NULL, .most = 3, .budget = PROFILE_BUDGET};
    if (profiler && pfg_profiler_parse(&out->by, profiler, err)) {
        return -1;
    }
    while (of && i <= PFG_PROFILE_ALL && strcmp(of, whats[i])) {
        i++;
    }
    if (i > PFG_PROFILE_ALL) {
        return pfg_fail(
            err, PFG_USAGE,
            "--profile-of expects regressed, changed or all, not '%s'", of);
    }
    out->of = (enum pfg_profile_of)i;
    return pfg_option_count(&out->most, arguments, "profile-most", 1, err) ||
                   read_seconds(&out->budget, arguments, "profile-budget", err)
               ? -1
               : 0;
}

int pfg_measuring_options(struct pfg_measure_options *out,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err)
{
    read_sides(&out->sides, arguments);
    if (read_process(&out->process, arguments, err) ||
        pfg_program_options(&out->process, &out->sides, arguments, err) ||
        check_sides(out, err) || read_rounds(out, arguments, err) ||
        read_seconds(&out->settle, arguments, "settle", err) ||
        read_evaluate(&out->evaluate, arguments, err)) {
        return -1;
    }
    if (out->process.programs[PFG_HEAD].n &&
        out->process.programs[PFG_HEAD].at[0].suite) {
        /* --suite has already chosen suites. */
        out->evaluate.files.read.collect.suite = NULL;
    }
    out->sides.timeout = out->process.timeout;
    out->process.read = &out->evaluate.files.read;
    return 0;
}
