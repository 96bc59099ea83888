#include "cli/options.h"

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const struct pfg_command *command;

    if (!arguments->n_words) {
        pfg_help_overview(context);
        return 0;
    }
    command = pfg_command_find(arguments->words[0]);
    if (!command) {
        return pfg_command_unknown(arguments->words[0], err);
    }
    pfg_help_long(context, command);
    return 0;
}

const struct pfg_command pfg_command_help = {
    .name = "help",
    .group = "help",
    .summary = "what a command does",
    .usage = "[COMMAND]",
    .about = "Prints this overview, or all about one command.\n",
    .options = (const struct pfg_option[]){{0}},
    .run = run,
};
