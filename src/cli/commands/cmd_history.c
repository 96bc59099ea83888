#include "app/history/histories.h"
#include "app/publish/publish.h"
#include "cli/options/database_options.h"
#include "render/history/history_formats.h"
#include "render/plot/plot.h"

/* Versions to list without --last. */
#define USUALLY 30

static const struct pfg_option options[] = {
    {"report", 'r', "FORMAT[=FILE]",
     "text, json, csv, svg (one series) or openmetrics (the latest version), "
     "to a file or stdout; repeatable"},
    PFG_HISTORY_OPTIONS,
    {0},
};

/* The histories to list, and the most versions of each; 0: all. */
struct listing {
    const struct pfg_histories *histories;
    size_t most;
};

static int draw(struct pfg_str *out, const struct pfg_histories *histories,
                struct pfg_error *err)
{
    size_t n = 0;

    for (size_t i = 0; i < histories->n; i++) {
        n += histories->at[i]->n_series;
    }
    if (n != 1) {
        pfg_fail(err, PFG_USAGE, "a plot shows one series, not %zu", n);
        return pfg_hint(err,
                        "name a benchmark and a metric: --filter metric:time");
    }
    return pfg_plot_versions_file(out, histories->at[0],
                                  &histories->at[0]->series[0])
               ? 0
               : pfg_fail(err, PFG_DATA,
                          "a history of one version cannot be plotted");
}

static int render(struct pfg_str *out, struct pfg_slice format,
                  const void *what, const struct pfg_render_options *how,
                  struct pfg_error *err)
{
    const struct listing *listing = what;
    const struct pfg_histories *all = listing->histories;

    if (pfg_slice_is(format, "text")) {
        pfg_history_text(out, all->at, all->n, listing->most, how);
    } else if (pfg_slice_is(format, "json")) {
        pfg_history_json(out, all->at, all->n, all->several);
    } else if (pfg_slice_is(format, "csv")) {
        pfg_history_csv(out, all->at, all->n);
    } else if (pfg_slice_is(format, "openmetrics")) {
        pfg_history_metrics(out, all->at, all->n);
    } else if (pfg_slice_is(format, "svg")) {
        return draw(out, all, err);
    } else {
        pfg_fail(err, PFG_USAGE, "unknown format '%.*s'", PFG_SLICE(format));
        return pfg_hint(err,
                        "formats are text, json, csv, svg and openmetrics");
    }
    return 0;
}

static int publish_all(const struct pfg_context *context,
                       const struct pfg_arguments *arguments,
                       const struct pfg_histories *histories,
                       struct pfg_error *err)
{
    const struct pfg_render_options how = {.color = context->color,
                                           .width = context->width};
    const struct listing listing = {
        histories, pfg_arguments_value(arguments, "last") ? 0 : USUALLY};
    const char *const *reports;
    size_t n = pfg_arguments_all(arguments, "report", &reports);

    return pfg_publish_formats(context, reports, n, render, &listing, &how,
                               err);
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_history_options asked;
    struct pfg_histories histories;
    int failed;

    if (pfg_history_options_read(&asked, arguments, err)) {
        return -1;
    }
    failed =
        pfg_histories_read(&histories, context, &asked, false, NULL, err) ||
        publish_all(context, arguments, &histories, err);
    pfg_histories_free(&histories);
    return failed ? -1 : 0;
}

const struct pfg_command pfg_command_history = {
    .name = "history",
    .group = "results and machines",
    .summary = "show a benchmark's results over the versions of a branch",
    .usage = "[OPTIONS] [BENCHMARK...]",
    .about =
        "Shows the stored results of the benchmarks (names as in the report, "
        "or globs; default: all) on one hardware profile, version by version: "
        "in a repository along the commits of HEAD's branch, elsewhere by "
        "time. For one series it lists the versions, with the change from the "
        "previous version and the steps between levels; for several it prints "
        "one line each. The noise is the standard deviation of the values "
        "around their level.\n\n"
        "  perfgate history core/sort\n"
        "  perfgate history 'core/*' --since v1.2\n"
        "  perfgate history core/sort --filter metric:time --report "
        "svg=sort.svg\n"
        "  perfgate history 'parse/*' --since 365d --hardware '*' --project "
        "'*'\n"
        "  perfgate history --last 0 --report csv > history.csv\n\n"
        "exit status: 0 shown; 2 wrong usage, no such benchmark; 3 no "
        "results; 4 disk, database or git failed.\n",
    .options = options,
    .run = run,
};
