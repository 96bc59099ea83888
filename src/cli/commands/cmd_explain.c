#include <stdio.h>
#include <string.h>

#include "app/commands/explain.h"
#include "app/input/report_file.h"
#include "base/file.h"
#include "cli/compare_options.h"
#include "compare/compare.h"

static const struct pfg_option options[] = {
    {"metric", 'm', "METRIC", "only this metric (default: all)"},
    {"from", 0, "FILE",
     "explain a report written with --report json=FILE; needs neither database "
     "nor results"},
    {"plot", 0, "FILE",
     "draw the samples and the history of one row as an SVG image, or - for "
     "stdout"},
    {"verbose", 'v', NULL, "print every step of the computation, too"},
    {"json", 0, NULL, "print the rows with all their numbers as JSON"},
    PFG_JUDGING_OPTIONS,
    PFG_SIDES_OPTIONS,
    PFG_READING_OPTIONS,
    {0},
};

static int draw(const struct pfg_context *context, const char *file,
                const struct pfg_report *report,
                const struct pfg_explain_options *what, struct pfg_error *err)
{
    struct pfg_str image;
    int failed;

    pfg_str_init(&image, 0);
    failed = pfg_explain_draw(&image, report, what, err);
    if (!failed && strcmp(file, "-") != 0) {
        failed = pfg_file_write(file, pfg_str_slice(&image), err);
    } else if (!failed) {
        fwrite(image.ptr, 1, image.len, context->out);
    }
    pfg_str_free(&image);
    return failed;
}

static int explain(const struct pfg_context *context,
                   const struct pfg_arguments *arguments,
                   const struct pfg_report *report,
                   const struct pfg_explain_options *what,
                   struct pfg_error *err)
{
    bool json = pfg_arguments_flag(arguments, "json");
    const char *plot = pfg_arguments_value(arguments, "plot");
    struct pfg_str text;
    int failed;

    if (plot && draw(context, plot, report, what, err)) {
        return -1;
    }
    if (plot && !strcmp(plot, "-")) {
        return 0;
    }
    pfg_str_init(&text, 0);
    failed = (json ? pfg_explain_write_json : pfg_explain_write)(&text, report,
                                                                 what, err);
    if (!failed) {
        fwrite(text.ptr, 1, text.len, context->out);
    }
    pfg_str_free(&text);
    return failed;
}

static int explain_report(const struct pfg_context *context,
                          const struct pfg_arguments *arguments,
                          const char *file, struct pfg_explain_options *what,
                          struct pfg_error *err)
{
    struct pfg_report *report;
    int failed;

    if (arguments->n_words > 1) {
        return pfg_fail(err, PFG_USAGE,
                        "'%s' beside --from: the report says "
                        "what was compared",
                        arguments->words[1]);
    }
    if (pfg_report_file_read(&report, file, true, err)) {
        return -1;
    }
    failed = explain(context, arguments, report, what, err);
    pfg_report_free(report);
    return failed;
}

static int explain_comparison(const struct pfg_context *context,
                              const struct pfg_arguments *arguments,
                              struct pfg_explain_options *what,
                              struct pfg_error *err)
{
    struct pfg_words words = {arguments->words + 1, arguments->n_words - 1};
    struct pfg_evaluate_options evaluate = {0};
    struct pfg_evaluation evaluation;
    int failed;

    if (pfg_comparing_options(&evaluate, arguments, words, err)) {
        return -1;
    }
    evaluate.gate = true;
    if (pfg_comparing_evaluate(&evaluation, context, &evaluate, words, err)) {
        return -1;
    }
    what->command = arguments->command_line;
    failed = explain(context, arguments, evaluation.report, what, err);
    pfg_evaluation_free(&evaluation);
    return failed;
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *file = pfg_arguments_value(arguments, "from");
    struct pfg_explain_options what = {
        .metric = pfg_arguments_value(arguments, "metric"),
        .verbose = pfg_arguments_flag(arguments, "verbose"),
        .width = context->width,
    };

    if (!arguments->n_words) {
        pfg_fail(err, PFG_USAGE, "which benchmark?");
        return pfg_hint(err, "perfgate explain BenchmarkJoin old.txt new.txt");
    }
    what.benchmark = arguments->words[0];
    return file ? explain_report(context, arguments, file, &what, err)
                : explain_comparison(context, arguments, &what, err);
}

const struct pfg_command pfg_command_explain = {
    .name = "explain",
    .group = "measure and look closer",
    .summary = "show everything behind a verdict",
    .usage = "[OPTIONS] BENCHMARK [BASE [HEAD]]",
    .about =
        "Compares as 'perfgate compare' does, and prints for the rows of "
        "BENCHMARK (a name\n"
        "as in the report, or a glob) the samples of each process, the numbers "
        "of every\n"
        "step, the rule that decided, the history, where the limit comes from, "
        "and what\n"
        "measuring more would have shown. docs/verdict.md has the formulas.\n"
        "\n"
        "  perfgate explain BenchmarkJoin old.txt new.txt\n"
        "  perfgate explain 'core/*' --metric time --from report.json\n"
        "  perfgate explain core/sort --from report.json --plot sort.svg\n"
        "\n"
        "exit status: 0 explained, whatever the verdict; 2 wrong usage, no "
        "such benchmark;\n"
        "3 no data; 4 disk, database or git failed.\n",
    .options = options,
    .run = run,
};
