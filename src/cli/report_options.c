#include "cli/report_options.h"

int pfg_reporting_options(struct pfg_reporting *out,
                          const struct pfg_context *context,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err)
{
    const char **reports;

    *out = (struct pfg_reporting){
        .render = {
            .color = context->color,
            .width = context->width,
            .all = pfg_arguments_flag(arguments, "all"),
            .quiet = pfg_arguments_flag(arguments, "quiet"),
            .verbose = pfg_arguments_flag(arguments, "verbose"),
            .templates = pfg_arguments_value(arguments, "templates"),
            .report_url = pfg_arguments_value(arguments, "report-url"),
        }};
    out->n = pfg_arguments_all(arguments, "report", &reports);
    out->destinations =
        pfg_arena_new_array(arguments->arena, struct pfg_destination, out->n);
    for (size_t i = 0; i < out->n; i++) {
        if (pfg_destination_parse(&out->destinations[i], reports[i], err)) {
            return -1;
        }
    }
    return 0;
}
