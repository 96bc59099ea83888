#include "cli/help/help.h"
#include "cli/options/options.h"

static const struct pfg_option options[] = {
    {"man", 0, NULL, "print the manual page, for man"},
    {"completion", 0, "SHELL", "print completions: bash, zsh or fish"},
    {0},
};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *shell = pfg_arguments_value(arguments, "completion");
    const struct pfg_command *command;

    if (shell) {
        return pfg_manual_completion(context, shell, err);
    }
    if (pfg_arguments_flag(arguments, "man")) {
        pfg_manual_page(context);
        return 0;
    }
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
    .summary = "show help",
    .usage = "[--man | --completion SHELL] [COMMAND]",
    .about =
        "Prints an overview, or the help of one command. The manual page and "
        "completions are generated from the same tables; 'make install' "
        "installs them. To use them without installing:\n\n"
        "  perfgate help --man | man -l -\n"
        "  source <(perfgate help --completion bash)\n",
    .options = options,
    .run = run,
};
