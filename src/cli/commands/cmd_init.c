#include "app/commands/init.h"
#include "cli/options.h"

static const struct pfg_option options[] = {{0}};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    if (arguments->n_words) {
        return pfg_fail(err, PFG_USAGE, "'perfgate init' takes no '%s'",
                        arguments->words[0]);
    }
    return pfg_init(context, err);
}

const struct pfg_command pfg_command_init = {
    .name = "init",
    .group = "start here",
    .summary = "write perfgate.json and a workflow for this repository",
    .usage = "",
    .about =
        "Looks for what measures here (Go benchmarks, criterion, k6 and wrk "
        "scripts) and\nwrites a commented perfgate.json and "
        ".github/workflows/perfgate.yml. It asks\nnothing, overwrites "
        "nothing, and says what it found and what to do next.\n",
    .options = options,
    .run = run,
};
