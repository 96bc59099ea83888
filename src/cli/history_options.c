#include "cli/history_options.h"

#include "base/number.h"
#include "group/filter.h"

int pfg_history_options_read(struct pfg_history_options *out,
                             const struct pfg_arguments *arguments,
                             struct pfg_error *err)
{
    const char *last = pfg_arguments_value(arguments, "last");
    uint64_t count = 0;

    *out = (struct pfg_history_options){
        .database = pfg_arguments_value(arguments, "db"),
        .branch = pfg_arguments_value(arguments, "branch"),
        .hardware = pfg_arguments_value(arguments, "hardware"),
        .since = pfg_arguments_value(arguments, "since"),
        .benchmarks = arguments->words,
        .n_benchmarks = arguments->n_words,
    };
    out->n_filter =
        pfg_arguments_all(arguments, "filter", (const char ***)&out->filter);
    if (last && pfg_number_parse_u64(&count, pfg_slice_of(last))) {
        return pfg_fail(err, PFG_USAGE, "--last '%s' is no number of versions",
                        last);
    }
    out->last = (size_t)count;
    return pfg_filter_check(out->filter, out->n_filter, err);
}
