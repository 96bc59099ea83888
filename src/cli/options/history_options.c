#include "cli/options/history_options.h"

#include <string.h>

#include "base/number.h"
#include "group/filter.h"

/* Several projects are read together; one name is in the address already. */
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
    out->n_hardware = pfg_arguments_all(arguments, "hardware",
                                        &out->hardware);
    read_projects(out, arguments);
    out->n_filter =
        pfg_arguments_all(arguments, "filter", &out->filter);
    if (last && pfg_number_parse_u64(&count, pfg_slice_of(last))) {
        return pfg_fail(err, PFG_USAGE,
                        "--last expects a number of versions, not '%s'", last);
    }
    out->last = (size_t)count;
    return pfg_filter_check(out->filter, out->n_filter, err);
}
