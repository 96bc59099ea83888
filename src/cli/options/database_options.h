#ifndef PFG_CLI_OPTIONS_DATABASE_OPTIONS_H
#define PFG_CLI_OPTIONS_DATABASE_OPTIONS_H

#include "app/history/read_history.h"
#include "cli/options/options.h"

/* The database that a command uses. */
#define PFG_PROJECT_OPTION                                                     \
    {                                                                          \
        "project", 0, "NAME",                                                  \
            "the project in a database on a server (default: named after the " \
            "remote origin, such as github.com/org/repo)"                      \
    }
#define PFG_DATABASE_OPTION                                                    \
    {                                                                          \
        "db", 0, "FILE",                                                       \
            "the database, or postgresql://... (default: "                     \
            ".perfgate/perfgate.db)"                                           \
    }
#define PFG_DATABASE_OPTIONS PFG_DATABASE_OPTION, PFG_PROJECT_OPTION

/*
 * Adds the project to addresses without one: --db, and words that are
 * databases. --project overrides the project in PERFGATE_DB, PERFGATE_PROJECT
 * does not. PFG_USAGE for --project without an address, or with another project
 * in --db.
 */
int pfg_database_options_apply(struct pfg_arguments *arguments,
                               struct pfg_error *err);

/* The results that `history`, `trend` and `site` show. */
#define PFG_HISTORY_OPTIONS                                                    \
    {"since", 0, "REV|DATE|DAYS",                                              \
     "start at this version, date or age (v1.2, 2026-01-31, 90d)"},            \
        {"last", 0, "N", "only the last N measured versions"},                 \
        {"branch", 0, "BRANCH", "the branch to follow (default: HEAD)"},       \
        {"hardware", 0, "NAME|GLOB",                                           \
         "the hardware profile (default: that of the newest result); "         \
         "repeatable, '*' for all"},                                           \
        {"filter", 0, "TERM",                                                  \
         "[!][suite:|benchmark:|metric:]GLOB or /REGEX/; repeatable"},         \
        PFG_DATABASE_OPTION,                                                   \
    {                                                                          \
        "project", 0, "NAME|GLOB",                                             \
            "the project in a database on a server (default: named after the " \
            "remote origin, such as github.com/org/repo); repeatable, '*' "    \
            "for all"                                                          \
    }

/* Reads these options; the words are benchmarks. Borrows from the arguments. */
int pfg_history_options_read(struct pfg_history_options *out,
                             const struct pfg_arguments *arguments,
                             struct pfg_error *err);

#endif
