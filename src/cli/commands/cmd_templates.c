#include <string.h>

#include "app/commands/templates.h"
#include "cli/options.h"

static const struct pfg_option options[] = {
    {"templates", 0, "DIR", "the folder to check (default: templates)"},
    {0},
};

static int check(const struct pfg_context *context,
                 const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *folder = arguments->n_words > 1
                             ? arguments->words[1]
                             : pfg_arguments_value(arguments, "templates");

    return pfg_templates_check(context, folder ? folder : "templates", err);
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *verb = arguments->n_words ? arguments->words[0] : "";

    if (!strcmp(verb, "check") && arguments->n_words <= 2) {
        return check(context, arguments, err);
    }
    if (!strcmp(verb, "show") && arguments->n_words == 2) {
        return pfg_templates_show(context, arguments->words[1], err);
    }
    if (!strcmp(verb, "list") && arguments->n_words == 1) {
        pfg_templates_list(context);
        return 0;
    }
    pfg_fail(err, PFG_USAGE,
             "'perfgate templates' wants check [DIR], show NAME or list");
    return pfg_hint(err, "'perfgate help templates' tells what they do");
}

const struct pfg_command pfg_command_templates = {
    .name = "templates",
    .group = "measure and look closer",
    .summary = "templates of the HTML page and the pull request comment",
    .usage = "check [DIR] | show NAME | list",
    .about =
        "The HTML report and the comment are made from templates (ctemplate). "
        "A folder\ngiven with --templates overrides those of the same "
        "name.\n\n"
        "  check [DIR]  whether the templates in DIR parse, escape what they "
        "show, and have\n"
        "               no marker that perfgate does not fill\n"
        "  show NAME    print a built-in template, to begin with\n"
        "  list         the names of the built-in templates\n\n"
        "  mkdir mine && perfgate templates show report.md > mine/report.md\n"
        "  perfgate templates check mine\n"
        "  perfgate compare --templates mine --report markdown\n",
    .options = options,
    .run = run,
};
