#include <string.h>

#include "app/publish/publish.h"
#include "cli/history_options.h"
#include "render/history/history.h"
#include "render/plot/plot.h"

/* Listed where --last does not say how many. */
#define USUALLY 30

static const struct pfg_option options[] = {
    {"report", 'r', "FORMAT[=FILE]",
     "text, json, csv, svg (of one series) or openmetrics (of the last "
     "version), to a file or stdout; repeatable"},
    PFG_HISTORY_OPTIONS,
    {0},
};

static int draw(struct pfg_str *out, const struct pfg_history *history,
                struct pfg_error *err)
{
    if (history->n_series != 1) {
        pfg_fail(err, PFG_USAGE, "an image shows one series, not %zu",
                 history->n_series);
        return pfg_hint(err, "name a benchmark, and a metric: --filter "
                             "metric:time");
    }
    return pfg_plot_versions_file(out, history, &history->series[0])
               ? 0
               : pfg_fail(err, PFG_DATA,
                          "one version makes no history to draw");
}

static int render(struct pfg_str *out, struct pfg_slice format,
                  const struct pfg_history *history, size_t most,
                  const struct pfg_render_options *how, struct pfg_error *err)
{
    if (pfg_slice_is(format, "text")) {
        pfg_history_text(out, history, most, how);
    } else if (pfg_slice_is(format, "json")) {
        pfg_history_json(out, history);
    } else if (pfg_slice_is(format, "csv")) {
        pfg_history_csv(out, history);
    } else if (pfg_slice_is(format, "openmetrics")) {
        pfg_history_metrics(out, history);
    } else if (pfg_slice_is(format, "svg")) {
        return draw(out, history, err);
    } else {
        pfg_fail(err, PFG_USAGE, "unknown format '%.*s'", PFG_SLICE(format));
        return pfg_hint(err,
                        "formats are text, json, csv, svg and openmetrics");
    }
    return 0;
}

static int publish(const struct pfg_context *context, const char *report,
                   const struct pfg_history *history, size_t most,
                   struct pfg_error *err)
{
    struct pfg_render_options how = {.color = context->color,
                                     .width = context->width};
    struct pfg_slice format;
    struct pfg_str text;
    const char *file;
    int failed;

    if (pfg_destination_split(&format, &file, report, err)) {
        return -1;
    }
    if (file) {
        how = (struct pfg_render_options){0};
    }
    pfg_str_init(&text, 0);
    failed = render(&text, format, history, most, &how, err) ||
             pfg_publish_text(context, file, pfg_str_slice(&text), err);
    pfg_str_free(&text);
    return failed ? -1 : 0;
}

static int publish_all(const struct pfg_context *context,
                       const struct pfg_arguments *arguments,
                       const struct pfg_history *history, struct pfg_error *err)
{
    const size_t most = pfg_arguments_value(arguments, "last") ? 0 : USUALLY;
    const char **reports;
    size_t n = pfg_arguments_all(arguments, "report", &reports);

    for (size_t i = 0; i < n; i++) {
        if (publish(context, reports[i], history, most, err)) {
            return -1;
        }
    }
    return n ? 0 : publish(context, "text", history, most, err);
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_history_reader reader = {0};
    struct pfg_history_options asked;
    struct pfg_history *history;
    int failed;

    if (pfg_history_options_read(&asked, arguments, err)) {
        return -1;
    }
    failed = pfg_history_reader_open(&reader, context, &asked, err) ||
             pfg_history_read(&history, &reader, err) ||
             publish_all(context, arguments, history, err);
    pfg_history_reader_close(&reader);
    return failed ? -1 : 0;
}

const struct pfg_command pfg_command_history = {
    .name = "history",
    .group = "results and machines",
    .summary = "show a benchmark's results over the versions of a branch",
    .usage = "[OPTIONS] [BENCHMARK...]",
    .about =
        "Shows what the database holds of the benchmarks (names as in the "
        "report, or globs;\nall of them by default), on one hardware profile, "
        "version by version: in a repository\nthe commits of HEAD's branch, "
        "elsewhere by time. Of one series it lists the versions,\nwith the "
        "change against the one before and the steps between levels; of "
        "several it\nprints a line each. The noise is the standard deviation "
        "of a value around its level.\n\n"
        "  perfgate history core/sort\n"
        "  perfgate history 'core/*' --since v1.2\n"
        "  perfgate history core/sort --filter metric:time --report "
        "svg=sort.svg\n"
        "  perfgate history --last 0 --report csv > history.csv\n\n"
        "exit status: 0 shown; 2 wrong usage, no such benchmark; 3 no "
        "results; 4 disk,\ndatabase or git failed.\n",
    .options = options,
    .run = run,
};
