#include "app/database/share.h"
#include "base/number.h"
#include "cli/database/verbs.h"
#include "cli/options/database_options.h"

static const struct pfg_option options[] = {
    PFG_DATABASE_OPTIONS,
    {"keep", 0, "N", "keep only the newest N versions of each profile"},
    {"before", 0, "TIME", "prune results measured before TIME (2026-01-31)"},
    {"thin", 0, "DAYS",
     "prune results older than DAYS, except for the last version of each week "
     "and those around steps"},
    {"revision", 0, "ID|NAME", "prune the results of this version"},
    {"hardware", 0, "NAME", "prune on this hardware profile only"},
    {"dry-run", 'n', NULL, "show what would be removed, without removing it"},
    {"repair", 0, NULL, "with check: set damaged results aside"},
    {"output", 'o', "FILE", "export to FILE (default: - for stdout)"},
    {"history-branch", 0, "NAME",
     "push and pull: the branch (default: perfgate-history)"},
    {"squash", 0, "MB",
     "push: rewrite the branch as one commit when its history exceeds MB "
     "megabytes (default: 100; 0: never)"},
    {0},
};

static struct pfg_shared_options shared(const struct pfg_arguments *arguments)
{
    return (struct pfg_shared_options){
        .database = pfg_arguments_value(arguments, "db"),
        .remote = pfg_arguments_word(arguments),
        .branch = pfg_arguments_value(arguments, "history-branch"),
    };
}

/* Pulls first, so that it prunes everything the branch has. */
static int pull_and_prune(const struct pfg_context *context,
                          const struct pfg_arguments *arguments,
                          const struct pfg_shared_options *settings,
                          struct pfg_error *err)
{
    return pfg_db_pull(context, settings, err) ||
                   pfg_db_prune(context, arguments, err)
               ? -1
               : 0;
}

static int push(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *squash = pfg_arguments_value(arguments, "squash");
    struct pfg_shared_options settings = shared(arguments);
    double megabytes;

    settings.limit = PFG_SHARED_LIMIT;
    if (squash) {
        if (pfg_number_parse(&megabytes, pfg_slice_of(squash), 0) ||
            !(megabytes >= 0 && megabytes < 1e6)) {
            return pfg_fail(err, PFG_USAGE,
                            "--squash expects a number of megabytes, not '%s'",
                            squash);
        }
        settings.limit = (uint64_t)(megabytes * 1e6);
    }
    if (pfg_arguments_value(arguments, "keep") &&
        pull_and_prune(context, arguments, &settings, err)) {
        return -1;
    }
    return pfg_db_push(context, &settings, err);
}

static int pull(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const struct pfg_shared_options settings = shared(arguments);

    return pfg_db_pull(context, &settings, err);
}

static const struct pfg_verb verbs[] = {
    {"list", 0, 1, "list [FILE]", pfg_db_list},
    {"check", 0, 1, "check [FILE] [--repair]", pfg_db_check},
    {"stats", 0, 1, "stats [FILE]", pfg_db_stats},
    {"prune", 0, 0,
     "prune --keep N|--before TIME|--thin DAYS|--revision ID [-n]",
     pfg_db_prune},
    {"merge", 1, PFG_VERB_ANY, "merge FILE... [--db INTO]", pfg_db_merge},
    {"export", 0, PFG_VERB_ANY, "export [REV...] [-o FILE]", pfg_db_export},
    {"import", 1, PFG_VERB_ANY, "import FILE...", pfg_db_import},
    {"push", 0, 1, "push [REMOTE] [--keep N] [--history-branch NAME]", push},
    {"pull", 0, 1, "pull [REMOTE] [--history-branch NAME]", pull},
    {0},
};

const struct pfg_command pfg_command_db = {
    .name = "db",
    .group = "results and machines",
    .summary = "maintain the database: list, check, prune, merge, share",
    .usage = "list|check|stats|prune|merge|export|import|push|pull [WORD...]",
    .about =
        "  list [FILE]     list the stored versions with their hardware\n"
        "  check [FILE]    verify the database and the digest of each result; "
        "exit with 4\n"
        "                  if it is damaged. --repair removes damaged results "
        "and keeps the\n"
        "                  original as FILE.damaged\n"
        "  stats [FILE]    show the number of results, their age and their "
        "hardware\n"
        "  prune           remove results by --keep N, --before TIME, --thin "
        "DAYS or\n"
        "                  --revision ID; if you give several, all must "
        "match. Results of a\n"
        "                  baseline are never removed\n"
        "  merge FILE...   merge databases into one, such as the shards of "
        "parallel jobs.\n"
        "                  The order does not matter; merging again adds "
        "nothing\n"
        "  export [REV...] write all results, or those of some versions, as "
        "JSON lines\n"
        "  import FILE...  merge exported results (- is stdin)\n"
        "  push [REMOTE]   add the results to the branch perfgate-history of "
        "a remote\n"
        "                  repository (origin), where others can pull them. "
        "Any number\n"
        "                  of jobs can push at once; HEAD, the index and "
        "files are not\n"
        "                  changed\n"
        "  pull [REMOTE]   add the results of that branch to the database\n\n"
        "  perfgate db merge shard-*.db --db all.db\n"
        "  perfgate compare --db all.db --threshold 10\n\n"
        "If there are several results of the same input for the same version "
        "and hardware, the one measured first is kept. For a baseline, the "
        "latest change wins, whichever database it was made in. list, check, "
        "stats, export and merge do not modify the files that they read; "
        "files of older versions are upgraded in memory.\n",
    .options = options,
    .databases = true,
    .verbs = verbs,
};
