#include "compare/report/footnotes.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "compare/row/row.h"
#include "policy/policy.h"
#include "stats/sample.h"

void pfg_footnotes_open(struct pfg_footnotes *out, struct pfg_report *report)
{
    out->report = report;
    pfg_map_init(&out->numbers, report->arena);
    for (size_t i = 0; i < report->n_footnotes; i++) {
        *pfg_map_at(&out->numbers, pfg_slice_of(report->footnotes[i])) =
            (void *)(uintptr_t)(i + 1);
    }
}

/* The index of a text among the report's footnotes, where it is added if it is
 * new. */
static size_t footnote(struct pfg_footnotes *footnotes, const char *text)
{
    struct pfg_report *report = footnotes->report;
    void **number = pfg_map_at(&footnotes->numbers, pfg_slice_of(text));
    const char **grown;

    if (!*number) {
        grown = pfg_arena_new_array(report->arena, const char *,
                                    report->n_footnotes + 1);
        if (report->n_footnotes) {
            memcpy(grown, report->footnotes,
                   report->n_footnotes * sizeof *grown);
        }
        grown[report->n_footnotes++] = text;
        report->footnotes = grown;
        *number = (void *)(uintptr_t)report->n_footnotes;
    }
    return (size_t)(uintptr_t)*number - 1;
}

/* A reader who divides the two medians would get another change than the one
 * shown. */
static bool medians_disagree(const struct pfg_row *row)
{
    double printed = row->head.value / row->base.value - 1;
    double change = pfg_row_change(row, row->effect.estimate);

    return isfinite(printed) && isfinite(change) &&
           fabs(printed - change) > 0.01;
}

/* Criterion prints a slope or mean, not the median. Where a few slow samples
 * pull it away, a reader who has seen it wonders about ours. */
static bool differs_from_criterion(const struct pfg_row *row,
                                   const struct pfg_report_side *side)
{
    const struct pfg_run *run = pfg_pooled_run(row->head.pooled, 0);

    return !strcmp(run->tool, "criterion") && side->n > 2 &&
           fabs(pfg_mean(side->values, side->n) / side->value - 1) > 0.01;
}

void pfg_footnotes_add(struct pfg_report_row *out, const struct pfg_row *row,
                       struct pfg_footnotes *footnotes, struct pfg_arena *arena)
{
    const char *meaning = pfg_evidence_meaning(row->evidence);
    size_t list[7], n = 0;

    if (row->repeats) {
        list[n++] = footnote(
            footnotes,
            pfg_arena_printf(arena, "not exact: it repeats only within ±%.2g%%",
                             100 * fmax(row->base.range, row->head.range)));
    }
    if (row->window_from) {
        list[n++] = footnote(
            footnotes, pfg_arena_printf(arena,
                                        "its window begins with %.10s, after a "
                                        "step or an accepted change",
                                        row->window_from));
    }
    if (row->limit->gated && row->metric.kind != PFG_METRIC_RATE &&
        (pfg_row_is_weak(row) || row->evidence == PFG_SINGLE)) {
        list[n++] = footnote(footnotes, meaning);
    }
    if (row->limit->statistic) {
        list[n++] = footnote(
            footnotes, pfg_arena_printf(
                           arena,
                           "its %s is shown and compared (%s); the false-alarm "
                           "rate is guaranteed only for the default",
                           pfg_statistic_words(row->limit->statistic),
                           row->limit->from[PFG_RULE_STATISTIC]->source));
    } else if (row->by_low) {
        list[n++] = footnote(
            footnotes,
            "the change is that of the least disturbed quarter of the "
            "samples, which decided, because the rest varies too much");
    } else if (medians_disagree(row)) {
        list[n++] =
            footnote(footnotes,
                     "the change is the median of all differences between head "
                     "and base, not the difference of the medians");
    }
    if (differs_from_criterion(row, &out->head)) {
        list[n++] = footnote(
            footnotes,
            "the median of criterion's samples; criterion itself prints a "
            "slope or mean, which a few slow samples can shift");
    }
    if (row->distribution) {
        list[n++] =
            footnote(footnotes, "its slow runs got slower but its fast "
                                "ones did not: look at the distribution");
    }
    if (n) { /* few rows have one */
        size_t *kept = pfg_arena_new_array(arena, size_t, n);

        memcpy(kept, list, n * sizeof *kept);
        out->footnotes = kept;
        out->n_footnotes = n;
    }
}
