#include "compare/report/report_row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "compare/report/derivation.h"
#include "compare/row/decide.h"
#include "compare/row/reason.h"
#include "policy/policy.h"
#include "stats/row/limit.h"
#include "stats/sample.h"

/* --- one side of a row --- */

/* 0, 1, 2, ...: the processes of values if each process has one. */
static const size_t *count_up(struct pfg_shared *shared, size_t n)
{
    if (shared->n_numbers < n) {
        shared->numbers =
            pfg_arena_new_array(shared->footnotes.report->arena, size_t, 2 * n);
        shared->n_numbers = 2 * n;
        for (size_t i = 0; i < 2 * n; i++) {
            shared->numbers[i] = i;
        }
    }
    return shared->numbers;
}

static const size_t *list_processes(const struct pfg_pooled *pooled,
                                    struct pfg_arena *arena)
{
    size_t *processes = pfg_arena_new_array(arena, size_t, pooled->n_values);
    size_t process = 0, n = 0;

    for (size_t i = 0; i < pooled->processes.n; i++) {
        const double *values;
        size_t count = pfg_piece_values(&values, pfg_pooled_piece(pooled, i));

        for (size_t j = 0; j < count; j++) {
            processes[n++] = process;
        }
        process += count > 0;
    }
    return processes;
}

static void list_values(struct pfg_report_side *out,
                        const struct pfg_pooled *pooled,
                        struct pfg_shared *shared, struct pfg_arena *arena)
{
    out->n = pooled->n_values;
    out->n_processes = pooled->n_used;
    out->values = pfg_pooled_values(pooled, arena);
    out->processes = out->n == out->n_processes ? count_up(shared, out->n)
                                                : list_processes(pooled, arena);
}

/* The interval of a side's value: from order statistics of its samples, or as
 * the tool printed it. */
static struct pfg_interval side_interval(const struct pfg_row_side *side)
{
    const struct pfg_pooled *pooled = side->pooled;

    if (pooled->processes.n == 1 && pooled->n_values < 2) {
        struct pfg_piece only = pfg_pooled_first(pooled);

        if (only.has_summary) {
            return (struct pfg_interval){only.summary.lower, only.summary.upper,
                                         only.summary.level};
        }
    }
    return side->interval;
}

/* "bench.txt:14", or the file alone if the line is unknown. Written without
 * printf, because every row has two. */
static const char *place_of(const char *file, long line,
                            struct pfg_arena *arena)
{
    size_t n = strlen(file), n_digits = 1;
    long rest = line;
    char *text;

    if (line <= 0) {
        return file;
    }
    for (; line >= 10; line /= 10) {
        n_digits++;
    }
    text = pfg_arena_alloc(arena, n + 1 + n_digits + 1);
    memcpy(text, file, n);
    text[n] = ':';
    for (size_t i = n + n_digits; i > n; i--, rest /= 10) {
        text[i] = (char)('0' + rest % 10);
    }
    return text;
}

static struct pfg_report_side describe_side(const struct pfg_row_side *side,
                                            struct pfg_shared *shared,
                                            struct pfg_arena *arena)
{
    struct pfg_report_side out = {
        .value = NAN,
        .interval = {NAN, NAN, NAN},
        .error = "",
        .written_unit = "",
        .source = "",
        .trace_seconds = NAN,
    };
    const struct pfg_pooled *pooled = side->pooled;
    const struct pfg_plain_pieces *plain;
    const struct pfg_piece *first;

    if (!pooled) {
        return out;
    }
    out.present = true;
    out.error = pooled->error;
    if (pooled->plain.run) {
        plain = pooled->plain.series->plain;
        out.written_unit = plain->written_unit;
        out.source = place_of(plain->file, plain->line, arena);
    } else {
        first = pfg_pooled_piece(pooled, 0);
        out.written_unit = first->written_unit;
        out.source = place_of(first->file, first->line, arena);
    }
    for (size_t i = 0; !pooled->plain.run && i < pooled->processes.n; i++) {
        const struct pfg_piece *piece = pfg_pooled_piece(pooled, i);

        if (piece->n_trace) {
            out.trace = piece->trace;
            out.n_trace = piece->n_trace;
            out.trace_seconds = piece->trace_seconds;
        }
    }
    if (pooled->n_values) {
        list_values(&out, pooled, shared, arena);
        out.value = side->value;
        out.interval = side_interval(side);
    }
    return out;
}

/* The reason of a row, with a remark if its medians, which are shown beside the
 * change, moved in the other direction. */
static const char *reason_of(const struct pfg_row *row, struct pfg_arena *arena)
{
    double medians = row->head.value / row->base.value - 1;
    double change = pfg_row_change(row, row->effect.estimate);
    bool told = isfinite(medians) && fabs(medians) >= 0.005 &&
                fabs(change) >= 0.005 && signbit(medians) != signbit(change) &&
                row->verdict != PFG_UNCHANGED &&
                row->verdict != PFG_NOT_COMPARABLE;

    return !told ? row->reason
                 : pfg_arena_printf(
                       arena,
                       "%s%sthe medians changed in the other direction (%s%s)",
                       row->reason, *row->reason ? "; " : "",
                       signbit(medians) ? "-" : "+",
                       pfg_reason_percent(medians, arena));
}

/* --- the row --- */

static void describe_change(struct pfg_report_row *out,
                            const struct pfg_row *row)
{
    const struct pfg_interval *interval = &row->effect.interval;
    double one = pfg_row_change(row, interval->lower);
    double other = pfg_row_change(row, interval->upper);

    out->change = pfg_row_change(row, row->effect.estimate);
    out->change_lower = fmin(one, other);
    out->change_upper = fmax(one, other);
    out->change_level = interval->level;
    out->difference = row->head.value - row->base.value;
    out->p = pfg_evidence_is_tested(row->evidence)
                 ? fmin(row->p_worse, row->p_better)
                 : NAN;
    out->detectable = fabs(pfg_row_change(row, row->detectable));
}

/* A row wants a reader's eye if it fails, is over its limit, or moved; not if
 * it is not gated. */
static bool wants_an_eye(const struct pfg_row *row,
                         const struct pfg_policy *policy, bool fails)
{
    if (fails) {
        return true;
    }
    if (row->vanished) {
        return policy->missing != PFG_SEVERITY_OFF;
    }
    if (row->budget == PFG_TARGET_MISSED) {
        return true;
    }
    if (!row->limit->gated) {
        return false;
    }
    switch (row->verdict) {
    case PFG_UNCHANGED:
        return false;
    case PFG_INCONCLUSIVE:
        return pfg_reaches(row->effect.estimate, row->theta) ||
               (row->limit->both &&
                pfg_reaches(-row->effect.estimate, row->theta));
    default:
        return true;
    }
}

static void describe_limit(struct pfg_report_row *out,
                           const struct pfg_row *row, struct pfg_arena *arena)
{
    out->threshold = row->limit->threshold;
    out->threshold_source = row->limit->source;
    out->effective_threshold =
        pfg_row_is_weak(row) && row->effective > row->theta
            ? fabs(pfg_row_change(row, row->effective))
            : row->limit->threshold;
    out->not_gated = row->limit->why_not;
    if (out->gated && row->limit->severity == PFG_SEVERITY_WARN) {
        out->gated = false;
        out->not_gated =
            pfg_arena_printf(arena, "severity warn (%s)",
                             row->limit->from[PFG_RULE_SEVERITY]->source);
    }
}

/* The budget of the configuration replaces one of the tool, unless that was
 * crossed. */
static void describe_budget(struct pfg_report_row *out,
                            const struct pfg_row *row)
{
    if (row->limit->budget && row->budget && !out->budget_crossed) {
        out->budget = row->limit->budget->text;
        out->budget_crossed = row->budget != PFG_TARGET_MET;
    }
}

/* What decided the row, and by which numbers. */
static struct pfg_decision decision_of(const struct pfg_report_row *out,
                                       const struct pfg_row *row)
{
    double p = fmin(row->p_worse, row->p_better);
    struct pfg_decision decision = {row->by, out->change, out->threshold,
                                    NAN,     NAN,         0};

    switch (row->by) {
    case PFG_BY_PROPORTIONS:
        decision = (struct pfg_decision){
            row->by, out->difference, PFG_RATE_MIN_CHANGE, p, PFG_RATE_P, 0};
        break;
    case PFG_BY_EXACT:
        decision.limit = fabs(pfg_row_change(row, pfg_decide_exact_limit(row)));
        break;
    case PFG_BY_TEST:
    case PFG_BY_LOWER_BOUND:
    case PFG_BY_SUITE_SHIFT:
    case PFG_BY_LIKELIHOOD:
        decision.p = p;
        decision.level = PFG_Q;
        decision.tests = row->tests;
        break;
    case PFG_BY_SEPARATION:
        decision.p = p;
        decision.limit = fabs(pfg_row_change(row, row->apart));
        break;
    case PFG_BY_WIDENED:
    case PFG_BY_NOISE:
        decision.limit = out->effective_threshold;
        break;
    case PFG_BY_INTERVAL:
    case PFG_BY_WIDTH:
        decision.limit =
            fabs(pfg_row_change(row, pfg_limit_unchanged(row->theta)));
        break;
    default:
        break;
    }
    return decision;
}

/* The fact that one of the runs was cut short; NULL: none was. */
static const char *cut_short(const struct pfg_pooled *pooled)
{
    const char *words = NULL;

    const struct pfg_run *last = NULL;
    size_t n = !pooled ? 0 : pooled->plain.run ? 1 : pooled->processes.n;

    for (size_t i = 0; !words && i < n; i++) {
        const struct pfg_run *run = pfg_pooled_run(pooled, i);

        if (run != last) {
            words = pfg_run_fact(run, PFG_FACT_CUT_SHORT);
        }
        last = run;
    }
    return words;
}

/* A change to ten times better is more often a failed measurement than an
 * improvement. */
#define IMPLAUSIBLE 10.0

static const char *doubt_of(const struct pfg_row *row, struct pfg_arena *arena)
{
    const char *words = cut_short(row->head.pooled);
    enum pfg_metric_kind kind = row->metric.kind;

    words = words ? words : cut_short(row->base.pooled);
    if (words) {
        return pfg_arena_printf(arena, "cut short: %s", words);
    }
    return row->comparable && row->effect.estimate < -log(IMPLAUSIBLE) &&
                   (kind == PFG_METRIC_MICRO || kind == PFG_METRIC_LOAD ||
                    kind == PFG_METRIC_TAIL)
               ? "more than ten times better"
               : "";
}

static void describe_doubt(struct pfg_report_row *out,
                           const struct pfg_row *row,
                           const struct pfg_policy *policy,
                           struct pfg_arena *arena)
{
    if (!row->limit->gated || policy->implausible == PFG_SEVERITY_OFF) {
        return;
    }
    out->doubt = doubt_of(row, arena);
    if (!*out->reason) {
        out->reason = out->doubt;
    }
    out->fails |= *out->doubt && policy->implausible == PFG_SEVERITY_ERROR &&
                  row->limit->severity == PFG_SEVERITY_ERROR;
}

void pfg_report_row_fill(struct pfg_report_row *out, const struct pfg_row *row,
                         const struct pfg_policy *policy,
                         struct pfg_shared *shared, struct pfg_arena *arena)
{
    *out = shared->fresh;
    out->key = row->key;
    out->suite = row->series->suite;
    out->label = row->label;
    out->benchmark = row->series->benchmark;
    out->metric = row->series->metric;
    out->unit = row->series->unit;
    out->better = row->series->better;
    out->kind = row->metric.kind;
    out->base = describe_side(&row->base, shared, arena);
    out->head = describe_side(&row->head, shared, arena);
    out->verdict = row->verdict;
    out->evidence = row->evidence;
    out->statistic = row->limit->statistic;
    out->reason = reason_of(row, arena);
    out->gated = row->limit->gated;
    out->fails =
        row->limit->gated && pfg_policy_fails(policy, row->limit, row->verdict);
    out->budget = row->head.pooled ? row->head.pooled->budget : "";
    out->budget_crossed = row->head.pooled && row->head.pooled->budget_crossed;
    describe_budget(out, row);
    /* A crossed absolute limit fails whether or not the metric is gated, and so
     * does a broken benchmark; but a failed metric that is not gated breaks
     * nothing by itself. */
    if (out->budget_crossed) {
        out->fails |= pfg_policy_fails(policy, row->limit, PFG_OVER_BUDGET);
    }
    if (row->verdict == PFG_MISSING && row->vanished) {
        struct pfg_policy missing = *policy;

        missing.missing =
            row->with_suite ? policy->missing_suite : policy->missing;
        out->fails = pfg_policy_fails(&missing, row->limit, PFG_MISSING);
    }
    if (row->verdict == PFG_ERRORED) {
        out->fails = (pfg_row_failed(row) &&
                      pfg_policy_fails(policy, row->limit, PFG_ERRORED)) ||
                     (out->budget_crossed && out->fails);
    }
    describe_doubt(out, row, policy, arena);
    describe_change(out, row);
    describe_limit(out, row, arena);
    out->decision = decision_of(out, row);
    pfg_derivation_fill(&out->working, row, arena);
    out->listed = wants_an_eye(row, policy, out->fails);
    if (row->comparable) {
        pfg_footnotes_add(out, row, &shared->footnotes, arena);
    }
}
