#include "compare/row/rule_checks.h"

#include <math.h>
#include <string.h>

#include "base/map.h"
#include "compare/row/reason.h"
#include "policy/bound.h"
#include "policy/rule.h"
#include "stats/row/limit.h"
#include "unit/scale.h"

/* --- min_change --- */

void pfg_rule_checks_floor(struct pfg_row *row, struct pfg_arena *arena)
{
    double share = row->limit.min_change / row->base.value;
    double floor;

    if (!(row->limit.min_change > 0) || !(row->base.value > 0)) {
        return;
    }
    floor = row->series->better == PFG_HIGHER && share >= 1
                ? INFINITY
                : pfg_row_limit(row->series->better, share);
    if (floor > row->theta) {
        const struct pfg_rule *rule = row->limit.from[PFG_RULE_MIN_CHANGE];

        row->theta = floor;
        if (isfinite(floor)) {
            row->limit.threshold = share;
        }
        row->limit.source = pfg_arena_printf(
            arena, "min_change %s, %s", rule->min_change.text, rule->source);
    }
}

/* What has no ratio, or is judged without a limit, has a floor as well. */
static void decide_floor(struct pfg_row *row, struct pfg_arena *arena)
{
    double difference = fabs(row->head.value - row->base.value);
    const struct pfg_rule *rule = row->limit.from[PFG_RULE_MIN_CHANGE];
    const char *reason;

    if (!(row->limit.min_change > 0) || !(difference < row->limit.min_change)) {
        return;
    }
    reason = pfg_arena_printf(arena, "less than the min_change of %s (%s)",
                              rule->min_change.text, rule->source);
    if (row->verdict == PFG_REGRESSED) {
        pfg_conclude(row, PFG_SLOWER, PFG_BY_MIN_CHANGE, reason);
    } else if (row->verdict == PFG_UNCONFIRMED) {
        pfg_conclude(row, PFG_INCONCLUSIVE, PFG_BY_MIN_CHANGE, reason);
    } else if (row->verdict == PFG_IMPROVED) {
        pfg_conclude(row, PFG_FASTER, PFG_BY_MIN_CHANGE, reason);
    }
}

/* --- both --- */

static void decide_both(struct pfg_row *row, struct pfg_arena *arena)
{
    double effect = row->effect.estimate;

    if (row->verdict == PFG_IMPROVED) {
        pfg_conclude(row, PFG_REGRESSED, PFG_BY_BOTH,
                     "it must not change in either direction");
    } else if ((row->verdict == PFG_UNCHANGED ||
                row->verdict == PFG_INCONCLUSIVE) &&
               pfg_reaches(-effect, row->theta) &&
               !pfg_rule_checks_unmet(row, arena)) {
        /* Over the limit the other way: as little as this may pass. */
        if (pfg_row_is_weak(row)) {
            pfg_conclude(row, PFG_UNCONFIRMED, PFG_BY_NOISE,
                         pfg_reason_unconfirmed(row, arena));
        } else {
            pfg_conclude(row, PFG_INCONCLUSIVE, PFG_BY_ESTIMATE,
                         pfg_reason_over_not_proven(row, arena));
        }
    }
}

/* --- min_samples, evidence --- */

const char *pfg_rule_checks_unmet(const struct pfg_row *row,
                                  struct pfg_arena *arena)
{
    const struct pfg_limit *limit = &row->limit;
    size_t base = row->base.pooled->n_values;
    size_t head = row->head.pooled->n_values;
    size_t fewer = base < head ? base : head;
    bool over = pfg_reaches(row->effect.estimate, row->theta) ||
                (limit->both && pfg_reaches(-row->effect.estimate, row->theta));
    const char *so = over ? "over the limit, not proven: " : "";

    if (!limit->gated) {
        return NULL;
    }
    if (fewer < limit->min_samples) {
        return pfg_arena_printf(
            arena, "%s%zu samples per side, but %s requires %zu", so, fewer,
            limit->from[PFG_RULE_MIN_SAMPLES]->source, limit->min_samples);
    }
    /* Kinds of evidence stand in the order of their firmness. */
    if (limit->demanding && row->evidence > limit->evidence) {
        const struct pfg_rule *rule = limit->from[PFG_RULE_EVIDENCE];

        return pfg_arena_printf(arena,
                                "%sthe evidence is '%s', but %s requires '%s'",
                                so, pfg_evidence_name(row->evidence),
                                rule ? rule->source : "--evidence",
                                pfg_evidence_name(limit->evidence));
    }
    return NULL;
}

/* --- budgets --- */

static bool names_metric(const struct pfg_rule *rule)
{
    return rule->metric || *rule->budget.metric;
}

/* The first two series of one benchmark that a budget without a metric could
 * mean. */
struct meanings {
    const struct pfg_row *first, *second;
};

static struct pfg_slice meanings_key(const struct pfg_row *row,
                                     struct pfg_arena *arena)
{
    return pfg_slice_of(pfg_arena_printf(arena, "%p\x1f%s\x1f%s",
                                         (const void *)row->limit.budget,
                                         row->series->suite, row->label));
}

static void index_meanings(struct pfg_map *out, const struct pfg_row *rows,
                           size_t n, struct pfg_arena *arena)
{
    pfg_map_init(out, arena);
    for (size_t i = 0; i < n; i++) {
        const struct pfg_row *row = &rows[i];
        struct meanings *meanings;
        void **place;

        if (!row->limit.budget || !row->head.pooled ||
            names_metric(row->limit.from[PFG_RULE_BUDGET])) {
            continue;
        }
        place = pfg_map_at(out, meanings_key(row, arena));
        meanings = *place;
        if (!meanings) {
            *place = meanings = pfg_arena_alloc(arena, sizeof *meanings);
            *meanings = (struct meanings){.first = row};
        } else if (!meanings->second) {
            meanings->second = row;
        }
    }
}

static const struct pfg_row *other_meaning(const struct pfg_map *meanings,
                                           const struct pfg_row *row,
                                           struct pfg_arena *arena)
{
    void **place = pfg_map_find(meanings, meanings_key(row, arena));
    const struct meanings *found = place ? *place : NULL;

    return !found ? NULL : found->first == row ? found->second : found->first;
}

/* Counts of failures, not a share of something. */
static bool counts_failures(const struct pfg_row *row)
{
    struct pfg_slice name = pfg_slice_of(row->metric.name);

    return row->metric.kind == PFG_METRIC_RATE &&
           !pfg_slice_ends(name, "rate") && !pfg_slice_is(name, "checks");
}

/* Of several runs, the one that fails it; else the one that comes nearest. */
static double worse_of(const struct pfg_bound *budget, double low, double high)
{
    return !pfg_bound_holds(budget, high)  ? high
           : !pfg_bound_holds(budget, low) ? low
           : isfinite(budget->upper)       ? high
                                           : low;
}

/* What a budget is about: the median, or the statistic that was chosen; of failures, which a median hides, the
 * worst run. What is written in per cent is about their share. */
static double budget_value(const struct pfg_row *row)
{
    const struct pfg_bound *budget = row->limit.budget;
    const struct pfg_pooled *pooled = row->head.pooled;
    double low = INFINITY, high = -INFINITY;

    if (row->metric.kind != PFG_METRIC_RATE) {
        return row->head.value;
    }
    for (size_t i = 0; i < pooled->processes.n; i++) {
        const struct pfg_piece *piece = pfg_pooled_piece(pooled, i);
        double share = piece->events / piece->trials;
        bool counted = budget->share && piece->trials > 0;
        const double *values = &share;
        size_t n = counted ? 1 : pfg_piece_values(&values, piece);

        for (size_t j = 0; j < n; j++) {
            low = fmin(low, values[j]);
            high = fmax(high, values[j]);
        }
    }
    return worse_of(budget, low, high);
}

static bool knows_trials(const struct pfg_pooled *pooled)
{
    for (size_t i = 0; i < pooled->processes.n; i++) {
        if (!(pfg_pooled_piece(pooled, i)->trials > 0)) {
            return false;
        }
    }
    return true;
}

/* Fills what the row says of its budget, whatever else it says. */
static void judge_budget(struct pfg_row *row, const struct pfg_map *meanings,
                         struct pfg_arena *arena)
{
    const struct pfg_bound *budget = row->limit.budget;
    const struct pfg_row *other = other_meaning(meanings, row, arena);

    row->budget_reason = "";
    row->budget_value = budget_value(row);
    if (other) {
        row->budget = PFG_TARGET_UNJUDGEABLE;
        row->budget_reason =
            pfg_arena_printf(arena,
                             "the budget '%s' of '%s' could apply to '%s' or "
                             "'%s': name the metric",
                             budget->text, row->label, row->series->metric,
                             other->series->metric);
    } else if (!pfg_units_agree(budget->unit, row->series->unit)) {
        row->budget = PFG_TARGET_UNJUDGEABLE;
        row->budget_reason = pfg_arena_printf(
            arena,
            "the budget '%s' is %s, but '%s' of '%s' is measured in '%s'",
            budget->text, pfg_unit_dimension(budget->unit), row->series->metric,
            row->label, row->series->unit);
    } else if (budget->share && counts_failures(row) &&
               !knows_trials(row->head.pooled)) {
        row->budget = PFG_TARGET_UNJUDGEABLE;
        row->budget_reason =
            pfg_arena_printf(arena,
                             "the budget '%s' is a share, but the total for "
                             "'%s' of '%s' is unknown",
                             budget->text, row->series->metric, row->label);
    } else {
        row->budget = pfg_bound_holds(budget, row->budget_value)
                          ? PFG_TARGET_MET
                          : PFG_TARGET_MISSED;
    }
}

static void decide_budget(struct pfg_row *row, struct pfg_arena *arena)
{
    if (row->budget == PFG_TARGET_MISSED && row->verdict != PFG_REGRESSED &&
        row->verdict != PFG_ERRORED) {
        pfg_conclude(
            row, PFG_OVER_BUDGET, PFG_BY_BUDGET,
            pfg_arena_printf(
                arena, "%s, but the budget is %s (%s)",
                pfg_scale_alone(
                    row->budget_value,
                    row->limit.budget->share ? "%" : row->series->unit, arena),
                row->limit.budget->text,
                row->limit.from[PFG_RULE_BUDGET]->source));
    }
}

/* --- acceptance --- */

static bool can_be_accepted(const struct pfg_row *row)
{
    return row->verdict == PFG_REGRESSED || row->verdict == PFG_UNCONFIRMED ||
           row->verdict == PFG_MISSING;
}

static void decide_acceptance(struct pfg_row *row, struct pfg_arena *arena)
{
    const struct pfg_acceptance *yes = row->accepted;

    if (yes && can_be_accepted(row)) {
        const char *verdict = pfg_verdict_name(row->verdict);

        pfg_conclude(row, PFG_ACCEPTED, PFG_BY_ACCEPTANCE,
                     yes->label
                         ? pfg_arena_printf(arena, "%s, accepted by %s",
                                            verdict, yes->source)
                         : pfg_arena_printf(arena, "%s, accepted%s%s (%s)",
                                            verdict, *yes->reason ? ": " : "",
                                            yes->reason, yes->source));
    }
}

void pfg_rule_checks_decide(struct pfg_row *rows, size_t n,
                            struct pfg_arena *arena)
{
    struct pfg_map meanings;

    index_meanings(&meanings, rows, n, arena);
    for (size_t i = 0; i < n; i++) {
        struct pfg_row *row = &rows[i];

        if (row->comparable) {
            decide_floor(row, arena);
            if (row->limit.both && row->limit.gated) {
                decide_both(row, arena);
            }
        }
        decide_acceptance(row, arena);
        if (row->limit.budget && row->head.pooled &&
            row->head.pooled->n_values && !*row->head.pooled->error) {
            judge_budget(row, &meanings, arena);
            decide_budget(row, arena);
        }
    }
}
