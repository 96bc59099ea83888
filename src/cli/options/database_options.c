#include "cli/options/database_options.h"

#include <string.h>

#include "base/number.h"
#include "group/filter.h"
#include "store/store.h"

static const struct pfg_option *option_of(const struct pfg_command *command,
                                          const char *name)
{
    for (const struct pfg_option *o = command->options; o->name; o++) {
        if (!strcmp(o->name, name)) {
            return o;
        }
    }
    return NULL;
}

static bool is_given(const struct pfg_arguments *arguments, const char *name)
{
    for (size_t i = 0; i < arguments->n_given; i++) {
        if (!strcmp(arguments->given[i].option->name, name)) {
            return true;
        }
    }
    return false;
}

/* In an address, '#' starts a project, and '@' ends a password. */
static int check_name(const char *project, struct pfg_error *err)
{
    return *project && !strpbrk(project, "#@")
               ? 0
               : pfg_fail(err, PFG_USAGE,
                          "--project '%s': a project name must not be empty or "
                          "contain '#' or '@'",
                          project);
}

int pfg_database_options_apply(struct pfg_arguments *arguments,
                               struct pfg_error *err)
{
    const char *project = pfg_arguments_value(arguments, "project");
    const char *database = pfg_arguments_value(arguments, "db"), *named;
    bool given = is_given(arguments, "project"), used = false;

    if (!option_of(arguments->command, "project") || !project ||
        (!given && !*project)) {
        return 0;
    }
    if (check_name(project, err)) {
        return -1;
    }
    for (size_t i = 0; i < arguments->n_words && arguments->command->databases;
         i++) {
        if (pfg_store_is_server(arguments->words[i])) {
            used = true;
            if (!pfg_store_project(arguments->words[i])) {
                arguments->words[i] = pfg_store_with_project(
                    arguments->words[i], project, arguments->arena);
            }
        }
    }
    if (database && pfg_store_is_server(database)) {
        named = pfg_store_project(database);
        if (named && given && is_given(arguments, "db") &&
            strcmp(named, project) != 0) {
            return pfg_fail(err, PFG_USAGE,
                            "--db names the project '%s', but --project '%s'",
                            named, project);
        }
        if (!named || given) {
            arguments->given[arguments->n_given++] = (struct pfg_given){
                option_of(arguments->command, "db"),
                pfg_store_with_project(database, project, arguments->arena)};
        }
        used = true;
    }
    if (given && !used) {
        pfg_fail(err, PFG_USAGE,
                 "--project is for a database on a server, and '%s' is a file",
                 database ? database : ".perfgate/perfgate.db");
        return pfg_hint(err, "a file holds the results of one repository; for "
                             "several projects, use --db postgresql://...");
    }
    return 0;
}

/* With several projects the caller reads each; a single one is in the address
 * already. */
static void read_projects(struct pfg_history_options *out,
                          const struct pfg_arguments *arguments)
{
    const char *const *names;
    size_t n = pfg_arguments_all(arguments, "project", &names);
    const char *named = out->database ? pfg_store_project(out->database) : NULL;

    if (n && named && !strcmp(named, names[n - 1]) &&
        (n > 1 || strpbrk(named, "*?["))) {
        out->projects = names;
        out->n_projects = n;
    }
}

int pfg_history_options_read(struct pfg_history_options *out,
                             const struct pfg_arguments *arguments,
                             struct pfg_error *err)
{
    const char *last = pfg_arguments_value(arguments, "last");
    uint64_t count = 0;

    *out = (struct pfg_history_options){
        .database = pfg_arguments_value(arguments, "db"),
        .branch = pfg_arguments_value(arguments, "branch"),
        .since = pfg_arguments_value(arguments, "since"),
        .benchmarks = arguments->words,
        .n_benchmarks = arguments->n_words,
    };
    out->n_hardware = pfg_arguments_all(arguments, "hardware", &out->hardware);
    read_projects(out, arguments);
    out->n_filter = pfg_arguments_all(arguments, "filter", &out->filter);
    if (last && pfg_number_parse_u64(&count, pfg_slice_of(last))) {
        return pfg_fail(err, PFG_USAGE,
                        "--last expects a number of versions, not '%s'", last);
    }
    out->last = (size_t)count;
    return pfg_filter_check(out->filter, out->n_filter, err);
}
