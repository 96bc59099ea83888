#include <string.h>

#include "app/baseline/baseline_files.h"
#include "app/baseline/named_baselines.h"
#include "cli/options/database_options.h"
#include "cli/subcommands.h"

static const struct pfg_option options[] = {
    {"commit", 'c', "REV",
     "the commit whose results to save or export (default: the tag called "
     "NAME, else the commit under test)"},
    {"hardware", 0, "NAME", "only on this hardware profile (default: on all)"},
    {"to-file", 0, NULL, "save or export to a file in baselines/"},
    {"output", 'o', "FILE", "export to FILE (- for stdout)"},
    {"as", 0, "NAME", "import under this name (default: the file's)"},
    {"baselines", 0, "DIR", "where the files are (default: baselines)"},
    PFG_DATABASE_OPTIONS,
    {"force", 'f', NULL,
     "save even the results of a dirty work tree or a failed run"},
    {0},
};

static struct pfg_named_baselines_options settings_of(
    const struct pfg_arguments *arguments)
{
    return (struct pfg_named_baselines_options){
        .database = pfg_arguments_value(arguments, "db"),
        .revision = pfg_arguments_value(arguments, "commit"),
        .hardware = pfg_arguments_value(arguments, "hardware"),
        .folder = pfg_arguments_value(arguments, "baselines"),
        .as = pfg_arguments_value(arguments, "as"),
        .force = pfg_arguments_flag(arguments, "force"),
    };
}

static int to_file(const struct pfg_context *context,
                   const struct pfg_arguments *arguments, const char *file,
                   bool stored, struct pfg_error *err)
{
    struct pfg_baseline_save_options settings = {
        .database = pfg_arguments_value(arguments, "db"),
        .name = pfg_subcommands_word(arguments, 1),
        .stored = stored,
        .revision = pfg_arguments_value(arguments, "commit"),
        .hardware = pfg_arguments_value(arguments, "hardware"),
        .folder = pfg_arguments_value(arguments, "baselines"),
        .file = file,
        .force = pfg_arguments_flag(arguments, "force"),
    };

    return pfg_baseline_files_save(context, &settings, err);
}

static int save(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_named_baselines_options settings = settings_of(arguments);
    const char *name = pfg_subcommands_word(arguments, 1);

    if (name && pfg_named_baselines_check(name, err)) {
        return -1;
    }
    if (!name || pfg_arguments_flag(arguments, "to-file")) {
        return to_file(context, arguments, NULL, false, err);
    }
    return pfg_named_baselines_save(context, name, &settings, err);
}

/* A name in the database; with --commit, that commit's results called so. */
static int export(const struct pfg_context *context,
                  const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_named_baselines_options settings = settings_of(arguments);
    const char *file = pfg_arguments_value(arguments, "output");
    const char *name = pfg_subcommands_word(arguments, 1);

    if (name && pfg_named_baselines_check(name, err)) {
        return -1;
    }
    if (pfg_arguments_flag(arguments, "to-file")) {
        if (file) {
            return pfg_fail(err, PFG_USAGE,
                            "--output and --to-file: which one?");
        }
    } else {
        file = file ? file : "-";
    }
    return to_file(context, arguments, file, name && !settings.revision, err);
}

static int list(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_named_baselines_options settings = settings_of(arguments);

    return pfg_named_baselines_list(context, &settings, err);
}

static int show(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_named_baselines_options settings = settings_of(arguments);

    return pfg_named_baselines_show(context, arguments->words + 1,
                                    arguments->n_words - 1, &settings, err);
}

static int forget(const struct pfg_context *context,
                  const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_named_baselines_options settings = settings_of(arguments);

    return pfg_named_baselines_delete(
        context, pfg_subcommands_word(arguments, 1), &settings, err);
}

static int promote(const struct pfg_context *context,
                   const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_named_baselines_options settings = settings_of(arguments);

    if (pfg_named_baselines_check(pfg_subcommands_word(arguments, 2), err)) {
        return -1;
    }
    return pfg_named_baselines_promote(
        context, pfg_subcommands_word(arguments, 1),
        pfg_subcommands_word(arguments, 2), &settings, err);
}

static int import(const struct pfg_context *context,
                  const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_named_baselines_options settings = settings_of(arguments);

    return pfg_named_baselines_import(context, arguments->words + 1,
                                      arguments->n_words - 1, &settings, err);
}

static const struct pfg_verb verbs[] = {
    {"save", 0, 1, "save [NAME]", save},
    {"list", 0, 0, "list", list},
    {"show", 0, PFG_VERB_ANY, "show [NAME|FILE...]", show},
    {"promote", 2, 2, "promote FROM TO", promote},
    {"delete", 1, 1, "delete NAME", forget},
    {"export", 0, 1, "export [NAME] [-o FILE]", export},
    {"import", 1, PFG_VERB_ANY, "import FILE...", import},
};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    return pfg_subcommands_run(verbs, PFG_COUNT(verbs), context, arguments,
                               err);
}

const struct pfg_command pfg_command_baseline = {
    .name = "baseline",
    .group = "results and machines",
    .summary = "manage named baselines and baseline files",
    .usage = "save|list|show|promote|delete|export|import [WORD...]",
    .about =
        "A baseline is what later results are compared with: a name in the "
        "database, which\n"
        "stands for some runs on each hardware profile, or a file for each "
        "profile, which\n"
        "holds the results with their samples and is committed and reviewed "
        "like code.\n"
        "\n"
        "  save            write baselines/<hardware>.json from the database, "
        "for each\n"
        "                  profile that has results\n"
        "  save NAME       name the results of --commit, else of the git tag "
        "NAME, else\n"
        "                  of the commit under test. With --to-file, write "
        "them to\n"
        "                  baselines/<hardware>.NAME.json instead\n"
        "  list            list the baselines in the database and in files\n"
        "  show [NAME|FILE...]\n"
        "                  show their contents, and what a name has meant\n"
        "  promote FROM TO make TO mean what FROM means\n"
        "  delete NAME     delete a name; its results stay\n"
        "  export [NAME]   write a name, or a commit with --commit, as a "
        "baseline file: to\n"
        "                  stdout, to -o FILE, or with --to-file to "
        "baselines/\n"
        "  import FILE...  import baseline files into the database, as results "
        "and names\n"
        "\n"
        "'perfgate compare --baseline NAME' looks in the database, for the "
        "hardware of the\n"
        "head, then in baselines/. '--baseline auto' takes the file for that "
        "hardware: the\n"
        "one with the same fingerprint, else the one with the most specific "
        "\"match\" rule,\n"
        "such as {\"gpu\": \"*RTX 3080*\"}.\n",
    .options = options,
    .run = run,
};
