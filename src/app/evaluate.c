#include "app/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "app/evaluate_files.h"
#include "app/evaluate_store.h"
#include "base/memory.h"

void pfg_evaluation_free(struct pfg_evaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->n_runs; i++) {
        pfg_run_free(evaluation->runs[i]);
    }
    free(evaluation->runs);
    pfg_report_free(evaluation->report);
    *evaluation = (struct pfg_evaluation){0};
}

struct pfg_run **pfg_evaluation_keep(struct pfg_evaluation *evaluation,
                                     struct pfg_run *const *runs, size_t n)
{
    size_t total = evaluation->n_runs + n;

    evaluation->runs = pfg_realloc(
        evaluation->runs, pfg_array_size(total, sizeof *evaluation->runs));
    for (size_t i = 0; i < n; i++) {
        evaluation->runs[evaluation->n_runs + i] = runs[i];
    }
    evaluation->n_runs = total;
    return evaluation->runs + total - n;
}

void pfg_evaluation_compare(struct pfg_evaluation *evaluation,
                            const struct pfg_comparison *comparison)
{
    size_t n = evaluation->n_comparisons;
    struct pfg_comparison *grown = pfg_arena_new_array(
        evaluation->report->arena, struct pfg_comparison, n + 1);

    if (n) {
        memcpy(grown, evaluation->comparisons, n * sizeof *grown);
    }
    grown[n] = *comparison;
    evaluation->comparisons = grown;
    evaluation->n_comparisons = n + 1;
    pfg_compare(evaluation->report, comparison);
}

/* Nothing falls by more than 100 %: such a limit would never gate. */
static int check_reachable(const struct pfg_report *report,
                           struct pfg_error *err)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            const struct pfg_report_row *row = &section->rows[j];

            if (row->gated && row->better == PFG_HIGHER &&
                row->threshold >= 1) {
                pfg_fail(err, PFG_USAGE, "a limit of %g%% on '%s' of '%s' can "
                         "never be reached: higher is better, and nothing "
                         "falls by more than 100%%", row->threshold * 100,
                         row->metric, row->label);
                return pfg_hint(err, "a limit below 100, or leave the metric "
                                     "out: --filter '!metric:%s'",
                                row->metric);
            }
        }
    }
    return 0;
}

int pfg_evaluate(struct pfg_evaluation *out, const struct pfg_context *context,
                 const struct pfg_evaluate_options *options,
                 struct pfg_error *err)
{
    int failed;

    *out = (struct pfg_evaluation){0};
    out->report = pfg_report_new(&options->policy);
    out->report->version = PFG_VERSION;
    out->report->time = context->now;
    out->report->command = pfg_arena_strdup(
        out->report->arena, options->command ? options->command : "");
    if (options->head_paths.n) {
        failed = pfg_evaluate_files(out, context, options, err);
    } else {
        failed = pfg_evaluate_store(out, context, options, err);
    }
    if (failed || check_reachable(out->report, err)) {
        pfg_evaluation_free(out);
        return -1;
    }
    pfg_report_finish(out->report, options->gate, options->allow_no_baseline);
    return 0;
}
