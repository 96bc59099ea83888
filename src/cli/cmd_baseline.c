#include <string.h>

#include "app/baselines.h"
#include "cli/options.h"

static const struct pfg_option options[] = {
    {"baselines", 0, "DIR", "where the files are (default: baselines)"},
    {"commit", 'c', "REV", "whose results to save (default: HEAD)"},
    {"output", 'o', "FILE", "export to FILE (- for stdout)"},
    {"db", 0, "FILE", "the database (default: .perfgate/perfgate.db)"},
    {"force", 'f', NULL, "save results of a dirty work tree or a failed run"},
    {0},
};

static int save(const struct pfg_context *context,
                const struct pfg_arguments *arguments, const char *file,
                struct pfg_error *err)
{
    struct pfg_baseline_save_options settings = {
        .database = pfg_arguments_value(arguments, "db"),
        .name = arguments->n_words > 1 ? arguments->words[1] : NULL,
        .revision = pfg_arguments_value(arguments, "commit"),
        .folder = pfg_arguments_value(arguments, "baselines"),
        .file = file,
        .force = pfg_arguments_flag(arguments, "force"),
    };

    if (settings.name && strchr(settings.name, '/')) {
        return pfg_fail(err, PFG_USAGE, "'%s' is no name for a baseline: it "
                        "becomes part of a file name", settings.name);
    }
    return pfg_baselines_save(context, &settings, err);
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *verb = arguments->n_words ? arguments->words[0] : "";
    const char *file = pfg_arguments_value(arguments, "output");

    if (!strcmp(verb, "save")) {
        return save(context, arguments, NULL, err);
    }
    if (!strcmp(verb, "export")) {
        return save(context, arguments, file ? file : "-", err);
    }
    if (!strcmp(verb, "show")) {
        return pfg_baselines_show(context, arguments->words + 1,
                                  arguments->n_words - 1,
                                  pfg_arguments_value(arguments, "baselines"),
                                  err);
    }
    pfg_fail(err, PFG_USAGE, "'perfgate baseline' wants save, show or export%s"
             "%s%s", *verb ? ", not '" : "", verb, *verb ? "'" : "");
    return pfg_hint(err, "'perfgate help baseline' tells what they do");
}

const struct pfg_command pfg_command_baseline = {
    .name = "baseline",
    .group = "results and machines",
    .summary = "baseline files, one a hardware profile",
    .usage = "save [NAME] | show [FILE...] | export [NAME] [-o FILE]",
    .about =
        "A baseline file holds the results of one version on one hardware "
        "profile,\nsamples included, to be committed and reviewed like "
        "code.\n\n"
        "  save [NAME]     write baselines/<hardware>.json (with a name: "
        "<hardware>.NAME.json)\n"
        "                  from the database, for each profile that has "
        "results\n"
        "  show [FILE...]  what the files hold\n"
        "  export [NAME]   the same as save, to stdout or -o FILE\n\n"
        "'perfgate compare --baseline auto' then takes the file that fits the "
        "hardware\nthe head was measured on: the same machine type by "
        "fingerprint, else the most\nspecific \"match\" rule written into a "
        "file, such as {\"gpu\": \"*RTX 3080*\"}.\n",
    .options = options,
    .run = run,
};
