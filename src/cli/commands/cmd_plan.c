#include <math.h>
#include <stdlib.h>

#include "app/measure/plan.h"
#include "base/number.h"
#include "base/slice.h"
#include "cli/options.h"

static const struct pfg_option options[] = {
    {"base", 0, "REV", "what to compare with (default: origin/HEAD)"},
    {"head", 0, "REV", "what is judged (default: HEAD)"},
    {"time-budget", 0, "TIME",
     "begin no round after 20m, 90s or 1h (default: none; three rounds are "
     "always made)"},
    {"rounds", 'n', "N",
     "at most N rounds (default: 100 of short observations, else 10)"},
    {"only", 0, "BENCHMARK",
     "measure only this one, through the tool's filter; repeatable"},
    {"threshold", 't', "PCT", "for the comparison at the end"},
    {0},
};

static int parse_rounds(long *out, const char *text, struct pfg_error *err)
{
    uint64_t number;

    if (pfg_number_parse_u64(&number, pfg_slice_of(text)) || number < 3 ||
        number > 1000) {
        pfg_fail(err, PFG_USAGE, "--rounds wants 3 to 1000, not '%s'", text);
        return pfg_hint(err, "fewer than three rounds prove nothing; ten see "
                             "a change of 5%% in most suites");
    }
    *out = (long)number;
    return 0;
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *base = pfg_arguments_value(arguments, "base");
    const char *head = pfg_arguments_value(arguments, "head");
    const char *budget = pfg_arguments_value(arguments, "time-budget");
    const char *rounds = pfg_arguments_value(arguments, "rounds");
    struct pfg_plan plan = {
        .base = base ? base : "origin/HEAD",
        .head = head ? head : "HEAD",
        .command = {arguments->words, arguments->n_words},
        .threshold = pfg_arguments_value(arguments, "threshold"),
    };
    struct pfg_str script;
    double seconds = 0;

    if (!plan.command.n) {
        pfg_fail(err, PFG_USAGE, "which command runs the benchmarks?");
        return pfg_hint(err, "perfgate plan --base main -- go test -bench . "
                             "-count 1 ./...");
    }
    if ((budget && pfg_option_duration(&seconds, "time-budget", budget, err)) ||
        (rounds && parse_rounds(&plan.rounds, rounds, err))) {
        return -1;
    }
    plan.seconds = (long)ceil(seconds);
    plan.n_only =
        pfg_arguments_all(arguments, "only", (const char ***)&plan.only);
    if (plan.n_only && !pfg_tool_can_choose(&plan.command)) {
        return pfg_fail(err, PFG_USAGE,
                        "'%s' has no filter that perfgate "
                        "knows: leave --only away",
                        plan.command.at[0]);
    }
    pfg_str_init(&script, 0);
    pfg_plan_write(&script, &plan);
    fwrite(script.ptr, 1, script.len, context->out);
    pfg_str_free(&script);
    return 0;
}

const struct pfg_command pfg_command_plan = {
    .name = "plan",
    .group = "measure and look closer",
    .summary = "print the shell loop that measures base and head in turn",
    .usage = "[OPTIONS] -- COMMAND...",
    .about =
        "Alternating processes of base and head shrink the noise of a "
        "comparison four- to\nsixfold against measuring one after the other. "
        "This prints a script that does it:\ntwo work trees, COMMAND in each "
        "in turn, round markers between, and the\ncomparison at the end.\n\n"
        "  perfgate plan --base main -- go test -bench . -count 1 ./... | "
        "sh\n\n"
        "Of go, criterion, pytest-benchmark and hyperfine it asks for short "
        "observations,\nwhere COMMAND does not say how long or how often: many "
        "short rounds see more.\nWith go, criterion and k6 it knows where "
        "results appear and how to choose\nbenchmarks; any other COMMAND's "
        "output is taken from its stdout.\n",
    .options = options,
    .wraps = true,
    .run = run,
};
