#include <stdio.h>
#include <string.h>

#include "app/commands/explain_row.h"
#include "app/input/report_file.h"
#include "app/publish/publish.h"
#include "base/error.h"
#include "cli/options/compare_options.h"
#include "compare/compare.h"
#include "model/codec/codec.h"
#include "model/metric.h"
#include "policy/pattern.h"
#include "render/plot/plot.h"
#include "json/write.h"

static const struct pfg_option options[] = {
    {"metric", 'm', "METRIC", "only this metric (default: all)"},
    {"from", 0, "FILE",
     "explain a report written with --report json=FILE; needs neither database "
     "nor results"},
    {"plot", 0, "FILE",
     "plot the samples and the history of one row as an SVG image (- for "
     "stdout)"},
    {"verbose", 'v', NULL, "also print every step of the computation"},
    {"json", 0, NULL, "print the rows with all their numbers as JSON"},
    PFG_JUDGING_OPTIONS,
    PFG_SIDES_OPTIONS,
    PFG_READING_OPTIONS,
    {0},
};

/* What to explain, from the report alone: it may come from another machine. */
struct explaining {
    const struct pfg_context *context;
    const struct pfg_arguments *arguments;
    const struct pfg_report *report;
    const char *benchmark; /* a glob: label, suite/label or benchmark */
    const char *metric;    /* NULL: all of them */
    const char *command;   /* prints this again */
    struct pfg_arena *arena;
    PFG_VEC(const struct pfg_report_row *) rows;
    PFG_VEC(const struct pfg_report_section *) sections; /* index of each row */
};

/* --- choosing rows --- */

static bool row_matches(const struct explaining *e,
                        const struct pfg_report_row *row)
{
    if (e->metric && !pfg_metric_matches(row->metric, e->metric)) {
        return false;
    }
    return pfg_glob_matches(e->benchmark, row->label) ||
           pfg_glob_matches(e->benchmark, row->benchmark) ||
           pfg_glob_matches(
               e->benchmark,
               pfg_arena_printf(e->arena, "%s/%s", row->suite, row->label));
}

static int no_match(const struct explaining *e, const char *const *names,
                    size_t n, struct pfg_error *err)
{
    const char *meant = pfg_suggest(e->benchmark, names, n);

    pfg_fail(err, PFG_USAGE,
             "no benchmark '%s'%s%s%s among the %zu rows of "
             "this comparison",
             e->benchmark, e->metric ? " with the metric '" : "",
             e->metric ? e->metric : "", e->metric ? "'" : "", n);
    if (meant && strcmp(meant, e->benchmark)) {
        return pfg_hint(err, "did you mean '%s'?", meant);
    }
    return pfg_hint(err, "use the name shown in the report, or a glob: '*%s*'",
                    e->benchmark);
}

static int find_rows(struct explaining *e, struct pfg_error *err)
{
    struct pfg_report_cursor at = {.report = e->report};
    PFG_VEC(const char *) names = {0};

    while (pfg_report_next(&at)) {
        pfg_vec_push(&names, e->arena, at.row->benchmark);
        if (row_matches(e, at.row)) {
            pfg_vec_push(&e->rows, e->arena, at.row);
            pfg_vec_push(&e->sections, e->arena, at.section);
        }
    }
    return e->rows.n ? 0 : no_match(e, names.at, names.n, err);
}

/* --- printing --- */

static int too_many(const struct explaining *e, struct pfg_error *err)
{
    const struct pfg_report_row *row = e->rows.at[e->rows.n - 1];
    const struct pfg_report_row *other = e->rows.at[e->rows.n - 2];
    bool same_label = !strcmp(row->label, other->label);

    pfg_fail(err, PFG_USAGE, "%zu rows match '%s', but a plot shows one",
             e->rows.n, e->benchmark);
    if (same_label && !strcmp(row->metric, other->metric)) {
        return pfg_hint(err, "use SUITE/BENCHMARK: '%s/%s'", row->suite,
                        row->label);
    }
    return same_label ? pfg_hint(err, "pick one with --metric: '%s', '%s'",
                                 other->metric, row->metric)
                      : pfg_hint(err, "use its full name: '%s'", row->label);
}

/* Writes the only row as an SVG file, with its samples and history. */
static int draw(const struct explaining *e, const char *file,
                struct pfg_error *err)
{
    struct pfg_str image = pfg_str_in(e->arena);

    if (e->rows.n > 1) {
        return too_many(e, err);
    }
    if (!pfg_plot_row(&image, e->sections.at[0], e->rows.at[0])) {
        return pfg_fail(err, PFG_DATA,
                        "nothing to plot for '%s': one value, no history",
                        e->benchmark);
    }
    return pfg_publish_text(e->context, strcmp(file, "-") ? file : NULL,
                            pfg_str_slice(&image), err);
}

static void put_text(const struct explaining *e, struct pfg_str *out)
{
    bool verbose = pfg_arguments_flag(e->arguments, "verbose");

    for (size_t i = 0; i < e->rows.n; i++) {
        pfg_explain_put_row(out, e->sections.at[i], e->rows.at[i], verbose,
                            e->context->width, e->arena);
    }
    if (*e->command) {
        pfg_str_printf(out, "repeat: %s\n", e->command);
    }
}

/* Writes the rows as in the JSON report, with their derivation. */
static void put_json(const struct explaining *e, struct pfg_str *out)
{
    struct pfg_json_writer w = {.out = out, .indent = 1};

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "explanation");
    pfg_json_put_integer(&w, "version", PFG_REPORT_VERSION);
    pfg_json_put_string(&w, "program", e->report->version);
    pfg_json_put_string(&w, "command", e->command);
    pfg_json_begin(&w, "rows", '[');
    for (size_t i = 0; i < e->rows.n; i++) {
        pfg_codec_write_report_row(&w, NULL, e->rows.at[i]);
    }
    pfg_json_end(&w, ']');
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
}

static int explain(struct explaining *e, const struct pfg_report *report,
                   const char *command, struct pfg_error *err)
{
    const char *plot = pfg_arguments_value(e->arguments, "plot");
    struct pfg_str text = pfg_str_in(e->arena);

    e->report = report;
    e->command = command;
    if (find_rows(e, err) || (plot && draw(e, plot, err))) {
        return -1;
    }
    if (!plot || strcmp(plot, "-")) {
        pfg_arguments_flag(e->arguments, "json") ? put_json(e, &text)
                                                 : put_text(e, &text);
        fwrite(text.ptr, 1, text.len, e->context->out);
    }
    return 0;
}

static int explain_report(struct explaining *e, const char *file,
                          struct pfg_error *err)
{
    struct pfg_report *report;
    int failed;

    if (e->arguments->n_words > 1) {
        return pfg_fail(err, PFG_USAGE,
                        "'%s' cannot be combined with --from: the report "
                        "already defines the comparison",
                        e->arguments->words[1]);
    }
    if (pfg_report_file_read(&report, file, true, err)) {
        return -1;
    }
    failed = explain(e, report, report->command, err);
    pfg_report_free(report);
    return failed;
}

static int explain_comparison(struct explaining *e, struct pfg_error *err)
{
    const struct pfg_arguments *arguments = e->arguments;
    struct pfg_words words = {arguments->words + 1, arguments->n_words - 1};
    struct pfg_evaluate_options evaluate = {0};
    struct pfg_evaluation evaluation;
    int failed;

    if (pfg_comparing_options(&evaluate, arguments, words, err)) {
        return -1;
    }
    evaluate.gate = true;
    if (pfg_comparing_evaluate(&evaluation, e->context, &evaluate, words,
                               err)) {
        return -1;
    }
    failed = explain(e, evaluation.report, arguments->command_line, err);
    pfg_evaluation_free(&evaluation);
    return failed;
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *file = pfg_arguments_value(arguments, "from");
    struct explaining e = {
        .context = context,
        .arguments = arguments,
        .metric = pfg_arguments_value(arguments, "metric"),
        .arena = arguments->arena,
    };

    if (!arguments->n_words) {
        pfg_fail(err, PFG_USAGE, "no benchmark given");
        return pfg_hint(err, "perfgate explain BenchmarkJoin old.txt new.txt");
    }
    e.benchmark = arguments->words[0];
    return file ? explain_report(&e, file, err) : explain_comparison(&e, err);
}

const struct pfg_command pfg_command_explain = {
    .name = "explain",
    .group = "measure and look closer",
    .summary = "explain a verdict",
    .usage = "[OPTIONS] BENCHMARK [BASE [HEAD]]",
    .about =
        "Compares like 'perfgate compare', and prints for the rows of "
        "BENCHMARK (a name as in the report, or a glob) the samples of each "
        "process, the numbers of every step, the rule that decided, the "
        "history, where the limit comes from, and what more measurements "
        "would have shown. docs/verdict.md has the formulas.\n\n"
        "  perfgate explain BenchmarkJoin old.txt new.txt\n"
        "  perfgate explain 'core/*' --metric time --from report.json\n"
        "  perfgate explain core/sort --from report.json --plot sort.svg\n\n"
        "exit status: 0 explained, whatever the verdict; 2 wrong usage, no "
        "such benchmark; 3 no data; 4 disk, database or git failed.\n",
    .options = options,
    .run = run,
};
