#include "compare/row/target.h"

#include <math.h>
#include <string.h>

#include "base/map.h"
#include "compare/row/reason.h"
#include "policy/bound.h"
#include "policy/policy.h"
#include "unit/scale.h"

/* --- the verdict of rows --- */

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
                                         (const void *)row->limit->budget,
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

        if (!row->limit->budget || !row->head.pooled ||
            names_metric(row->limit->from[PFG_RULE_BUDGET])) {
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

/* The row counts failures and is not a share itself. */
static bool counts_failures(const struct pfg_row *row)
{
    struct pfg_slice name = pfg_slice_of(row->metric.name);

    return row->metric.kind == PFG_METRIC_RATE &&
           !pfg_slice_ends(name, "rate") && !pfg_slice_is(name, "checks");
}

/* Of the values of several runs, one over the budget, else the nearest to it.
 */
static double worse_of(const struct pfg_bound *budget, double low, double high)
{
    return !pfg_bound_holds(budget, high)  ? high
           : !pfg_bound_holds(budget, low) ? low
           : isfinite(budget->upper)       ? high
                                           : low;
}

/* The value that is compared with a budget: the median or the chosen statistic.
 * For failures, which a median would hide, it is that of the worst run, and
 * their share if the budget is in per cent. */
static double budget_value(const struct pfg_row *row)
{
    const struct pfg_bound *budget = row->limit->budget;
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

/* Fills the row's members about its budget, whatever its verdict. */
static void judge_budget(struct pfg_row *row, const struct pfg_map *meanings,
                         struct pfg_arena *arena)
{
    const struct pfg_bound *budget = row->limit->budget;
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
                    row->limit->budget->share ? "%" : row->series->unit, arena),
                row->limit->budget->text,
                row->limit->from[PFG_RULE_BUDGET]->source));
    }
}

/* The head has a number to compare with a budget. */
static bool has_value(const struct pfg_row *row)
{
    return row->head.pooled && row->head.pooled->n_values &&
           !*row->head.pooled->error;
}

void pfg_budgets_judge(struct pfg_row *rows, size_t n, struct pfg_arena *arena)
{
    struct pfg_map meanings;

    index_meanings(&meanings, rows, n, arena);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].limit->budget && has_value(&rows[i])) {
            judge_budget(&rows[i], &meanings, arena);
            decide_budget(&rows[i], arena);
        }
    }
}

/* --- the targets of a report --- */

bool pfg_target_fails(const struct pfg_targets *t, enum pfg_severity severity)
{
    const struct pfg_limit limit = {.given = true, .severity = severity};

    return pfg_policy_fails(t->policy, &limit, PFG_OVER_BUDGET);
}

static struct pfg_interval interval_of(const struct pfg_pooled *pooled,
                                       struct pfg_arena *arena)
{
    size_t n = pooled->n_values;

    return n > 1
               ? pfg_median_interval(pfg_pooled_sorted(pooled, arena), n, 0.95)
               : (struct pfg_interval){NAN, NAN, NAN};
}

static void list_budget(struct pfg_targets *t, const struct pfg_row *row)
{
    struct pfg_report_target target = {
        .name = pfg_arena_printf(t->arena, "%s: %s", row->label,
                                 row->series->metric),
        .limit = row->limit->budget->text,
        .unit = row->series->unit,
        .current = row->head.value,
        .interval = {NAN, NAN, NAN},
        .status = row->budget,
        .reason = row->budget_reason,
        .source = row->limit->from[PFG_RULE_BUDGET]->source,
        .row = row->key,
    };

    if (!has_value(row)) {
        target.status = PFG_TARGET_NO_DATA;
        target.current = NAN;
        target.reason = row->head.pooled && *row->head.pooled->error
                            ? "the benchmark failed"
                            : "the benchmark is missing";
    } else {
        target.current = row->budget_value;
        if (row->metric.kind != PFG_METRIC_RATE &&
            pfg_statistic_is_median(row->limit->statistic)) {
            target.interval = interval_of(row->head.pooled, t->arena);
        }
    }
    target.fails = target.status != PFG_TARGET_MET &&
                   pfg_target_fails(t, row->limit->severity);
    pfg_vec_push(&t->list, t->arena, target);
}

/* What a rule's budget matched: any metric of its benchmark, a series that it
 * can be about, and such a series that the filter hides. */
struct met {
    bool any, fits, hidden;
};

static void meet(struct met *met, const struct pfg_rule *rule,
                 const struct pfg_subject *subject)
{
    struct pfg_rule whatever_metric = *rule;

    whatever_metric.metric = NULL;
    met->any = met->any || pfg_rule_matches(&whatever_metric, subject);
    met->fits = met->fits || (pfg_rule_matches(rule, subject) &&
                              pfg_rule_has_budget(rule, subject->series));
}

static struct met find_met(const struct pfg_targets *t,
                           const struct pfg_rule *rule)
{
    struct met met = {false, false, false}, hidden = met;

    for (size_t i = 0; i < t->n_rows && !met.fits; i++) {
        const struct pfg_row *row = &t->rows[i];

        meet(&met, rule,
             &(struct pfg_subject){row->series, row->label, t->hardware});
    }
    for (size_t i = 0; i < t->head->series.n && !met.fits; i++) {
        const struct pfg_pooled *pooled = t->head->series.at[i];
        const struct pfg_subject subject = {pooled->series, pooled->label,
                                            t->hardware};

        if (pooled->wanted) {
            meet(&met, rule, &subject);
        } else {
            meet(&hidden, rule, &subject);
        }
    }
    met.hidden = hidden.fits;
    return met;
}

/* Whether the suite of a rule was run, if the rule names it, or the benchmark
 * together with it. */
static bool suite_ran(const struct pfg_targets *t, const struct pfg_rule *rule)
{
    const struct pfg_map *suites = &t->head->suites;

    for (size_t i = 0; i < suites->n; i++) {
        struct pfg_slice suite = suites->entries[i].key;
        struct pfg_slice name = pfg_slice_of(
            rule->benchmark ? pfg_pattern_text(rule->benchmark) : "");

        if (rule->suite ? pfg_pattern_matches(rule->suite,
                                              pfg_arena_slice(t->arena, suite))
                        : suite.len && name.len > suite.len &&
                              !memcmp(name.ptr, suite.ptr, suite.len) &&
                              name.ptr[suite.len] == '/') {
            return true;
        }
    }
    return false;
}

/* Lists the budgets of rules that matched no series at all: their suite was not
 * run, their benchmark is gone and no base knows it, or it has no such metric.
 * Series that the filter hides do not count as missing. */
static void list_unmet(struct pfg_targets *t)
{
    const struct pfg_rules *rules = t->policy->rules;

    for (size_t i = 0; rules && i < rules->n; i++) {
        const struct pfg_rule *rule = &rules->at[i];
        bool asks = rule->sets >> PFG_RULE_BUDGET & 1 &&
                    pfg_pattern_matches(rule->hardware, t->hardware);
        struct met met = asks ? find_met(t, rule) : (struct met){0};
        struct pfg_report_target target = {
            .name = rule->benchmark ? pfg_pattern_text(rule->benchmark)
                                    : "any benchmark",
            .unit = "",
            .current = NAN,
            .interval = {NAN, NAN, NAN},
            .status = PFG_TARGET_NO_DATA,
            .reason = met.any ? "none of its metrics was measured"
                              : "none of its benchmarks was run",
            .source = rule->source,
            .row = "",
        };

        if (asks && !met.fits && !met.hidden) {
            target.limit = rule->budget.text;
            target.fails = (met.any || suite_ran(t, rule)) &&
                           pfg_target_fails(t, rule->severity);
            pfg_vec_push(&t->list, t->arena, target);
        }
    }
}

void pfg_budgets_list(struct pfg_targets *t)
{
    for (size_t i = 0; i < t->n_rows; i++) {
        if (t->rows[i].limit->budget) {
            list_budget(t, &t->rows[i]);
        }
    }
    list_unmet(t);
}
