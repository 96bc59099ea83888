#ifndef PFG_CLI_OPTIONS_DATABASE_OPTIONS_H
#define PFG_CLI_OPTIONS_DATABASE_OPTIONS_H

#include "cli/options/options.h"

/* Which database a command is about. */
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
 * Writes the project into the addresses that name none: --db, and words that
 * are databases. --project goes before what PERFGATE_DB names, PERFGATE_PROJECT
 * before nothing. --project where there is no address, or where --db names
 * another: PFG_USAGE.
 */
int pfg_database_options_apply(struct pfg_arguments *arguments,
                               struct pfg_error *err);

#endif
