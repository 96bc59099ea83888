#include "app/commands/init.h"
#include "cli/options.h"

static const struct pfg_option options[] = {
    {"forge", 0, "NAME",
     "github, gitlab, gitea or forgejo (default: by the remote 'origin', else "
     "by the files that are there)"},
    {"action", 0, "OWNER/NAME@REF",
     "where workflows have perfgate from (default: a placeholder to fill in)"},
    {0},
};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const struct pfg_init_options init = {
        .forge = pfg_arguments_value(arguments, "forge"),
        .action = pfg_arguments_value(arguments, "action"),
    };

    if (arguments->n_words) {
        return pfg_fail(err, PFG_USAGE, "'perfgate init' takes no '%s'",
                        arguments->words[0]);
    }
    return pfg_init(context, &init, err);
}

const struct pfg_command pfg_command_init = {
    .name = "init",
    .group = "start here",
    .summary = "write perfgate.json and a workflow for this repository",
    .usage = "[OPTIONS]",
    .about =
        "Looks for what measures here (Go benchmarks, criterion, pytest, k6 "
        "scripts and\nothers) and writes a commented perfgate.json and a "
        "workflow for GitHub, GitLab,\nGitea or Forgejo that installs what it "
        "needs. It overwrites nothing, and says what\nit found and what to do "
        "next.\n",
    .options = options,
    .run = run,
};
