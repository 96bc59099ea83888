#include "compare/row/decide.h"

#include <math.h>
#include <string.h>

#include "compare/row/reason.h"
#include "compare/row/rule_checks.h"
#include "compare/row/target.h"
#include "stats/dist.h"
#include "stats/row/limit.h"

/* --- the test over the suite --- */
static enum pfg_decider by_interval(const struct pfg_row *row, bool excluded)
{
    return !row->limit->gated ? PFG_BY_NO_GATE
           : excluded         ? PFG_BY_INTERVAL
                              : PFG_BY_WIDTH;
}

/* The verdict when the row was not selected: a change is excluded, or nothing
 * is known. */
static void conclude_open(struct pfg_row *row, struct pfg_arena *arena)
{
    double size = pfg_limit_unchanged(row->theta);
    const struct pfg_interval *interval = &row->effect.interval;

    if (row->limit->gated && pfg_reaches(row->effect.estimate, row->theta)) {
        pfg_conclude(row, PFG_INCONCLUSIVE, PFG_BY_ESTIMATE,
                     pfg_reason_over_not_proven(row, arena));
    } else if (interval->lower > -size && interval->upper < size) {
        pfg_conclude(row, PFG_UNCHANGED, by_interval(row, true), "");
    } else {
        pfg_conclude(row, PFG_INCONCLUSIVE, by_interval(row, false),
                     pfg_reason_too_wide(row, arena));
    }
}

/* With --strict-threshold, the lower bound must be over the limit as well. */
static bool is_called(const struct pfg_row *row,
                      const struct pfg_policy *policy)
{
    return !policy->strict_threshold ||
           pfg_reaches(row->effect.interval.lower, row->theta);
}

/* A row that is likely, over its limit and not proven over the suite. If it was
 * measured again, the second measurement decides. */
static void decide_likely(struct pfg_row *row, const struct pfg_policy *policy,
                          struct pfg_arena *arena)
{
    const struct pfg_second_look *look = pfg_suite_second_look(row, policy);

    if (!look || !look->settled) {
        pfg_conclude(row, PFG_UNCONFIRMED, PFG_BY_LIKELIHOOD,
                     pfg_reason_unconfirmed(row, arena));
    } else {
        pfg_conclude(row, look->confirmed ? PFG_REGRESSED : PFG_INCONCLUSIVE,
                     PFG_BY_SECOND_LOOK,
                     pfg_reason_second_look(row, look, arena));
    }
}

static enum pfg_decider by_test(const struct pfg_row *row)
{
    return row->separate ? PFG_BY_SEPARATION : PFG_BY_TEST;
}

static void decide_tested(struct pfg_row *row, const struct pfg_policy *policy,
                          struct pfg_arena *arena)
{
    double effect = row->effect.estimate;
    bool is_over = pfg_reaches(effect, row->theta);
    bool called = is_over && is_called(row, policy);

    if (row->worse && called && row->shift_member &&
        row->evidence == PFG_SINGLE) {
        pfg_conclude(row, PFG_UNCONFIRMED, PFG_BY_SUITE_SHIFT,
                     "moved with the whole suite: machine or toolchain?");
    } else if (row->worse && called) {
        pfg_conclude(row, PFG_REGRESSED, by_test(row), "");
    } else if (row->worse) {
        pfg_conclude(row, PFG_SLOWER,
                     is_over ? PFG_BY_LOWER_BOUND : by_test(row),
                     is_over ? "over the limit, its lower bound is not" : "");
    } else if (row->better && pfg_reaches(-effect, row->theta)) {
        pfg_conclude(row, PFG_IMPROVED, by_test(row), "");
    } else if (row->better) {
        pfg_conclude(row, PFG_FASTER, by_test(row), "");
    } else if (row->screened && called) {
        decide_likely(row, policy, arena);
    } else {
        conclude_open(row, arena);
    }
}

/* Four percentiles per side or more show their own noise. A change that this
 * noise explains is not worth a second look. */
static bool is_likely(const struct pfg_row *row)
{
    return row->n < 4 || isnan(row->seen) ||
           row->effect.estimate >=
               pfg_normal_quantile_upper(PFG_Q_SCREEN) * row->seen;
}

/* Weak evidence gets the plain rule, with the widest honest noise. With one
 * number per side, nothing within that noise is likely, but a user who wrote
 * the limit asked for the plain ratio. */
static void decide_weak(struct pfg_row *row, const struct pfg_policy *policy,
                        struct pfg_arena *arena)
{
    double effect = row->effect.estimate;
    bool called = is_called(row, policy);
    bool asked = row->limit->given || policy->fail_on;

    if (pfg_reaches(effect, row->effective) && called) {
        pfg_conclude(row, PFG_REGRESSED, PFG_BY_WIDENED, "");
    } else if (pfg_reaches(effect, row->theta) && called && is_likely(row)) {
        pfg_conclude(row,
                     asked || !pfg_row_is_lone(row) ? PFG_UNCONFIRMED
                                                    : PFG_INCONCLUSIVE,
                     PFG_BY_NOISE, pfg_reason_unconfirmed(row, arena));
    } else if (pfg_reaches(-effect, row->effective)) {
        pfg_conclude(row, PFG_IMPROVED, PFG_BY_WIDENED, "");
    } else {
        conclude_open(row, arena);
    }
}

double pfg_decide_exact_limit(const struct pfg_row *row)
{
    if (row->limit->given) {
        return row->theta;
    }
    return strcmp(row->series->unit, "B") &&
                   strcmp(row->metric.name, "instructions")
               ? 0
               : log(1.01);
}

static void decide_exact(struct pfg_row *row)
{
    double effect = row->effect.estimate, limit = pfg_decide_exact_limit(row);

    if (fabs(effect) <= PFG_TOLERANCE) {
        pfg_conclude(row, PFG_UNCHANGED, PFG_BY_EQUALITY, "");
    } else if (effect > 0) {
        pfg_conclude(row,
                     pfg_reaches(effect, limit) ? PFG_REGRESSED : PFG_SLOWER,
                     PFG_BY_EXACT, "");
    } else {
        pfg_conclude(row,
                     pfg_reaches(-effect, limit) ? PFG_IMPROVED : PFG_FASTER,
                     PFG_BY_EXACT, "");
    }
}

/* From zero to something, or back: there is no ratio, but there is a verdict.
 */
static void decide_zero(struct pfg_row *row)
{
    bool lower = row->series->better != PFG_HIGHER;

    if (row->base.all_zero && row->head.all_zero) {
        pfg_conclude(row, PFG_UNCHANGED, PFG_BY_EQUALITY, "");
    } else if (!row->limit->gated) {
        pfg_conclude(row, PFG_INCONCLUSIVE, PFG_BY_NO_GATE, "one side is zero");
    } else if (row->base.all_zero) {
        pfg_conclude(row, lower ? PFG_REGRESSED : PFG_IMPROVED, PFG_BY_ZERO,
                     lower ? "a new cost: it was zero" : "it was zero");
    } else if (lower && strstr(row->series->metric, "latency")) {
        pfg_conclude(row, PFG_INCONCLUSIVE, PFG_BY_ZERO,
                     "it is now zero: too short for the tool to measure, or "
                     "not measured");
    } else {
        pfg_conclude(row, lower ? PFG_IMPROVED : PFG_REGRESSED, PFG_BY_ZERO,
                     "it is now zero");
    }
}

/* Adds the counts, because the median of several runs does not show what went
 * wrong in one of them. */
static const char *count_failures(const struct pfg_row *row, const char *why,
                                  const double base[2], const double head[2],
                                  struct pfg_arena *arena)
{
    return row->base.pooled->processes.n + row->head.pooled->processes.n > 2
               ? pfg_arena_printf(arena,
                                  "%s: %.0f of %.0f, before %.0f of "
                                  "%.0f",
                                  why, head[0], head[1], base[0], base[1])
               : why;
}

/* Events per trial are counted: one time-out in 700,000 requests is no alarm.
 */
static bool decide_rate(struct pfg_row *row, struct pfg_arena *arena)
{
    const struct pfg_pooled *b = row->base.pooled, *h = row->head.pooled;
    double base[] = {b->events, b->trials}, head[] = {h->events, h->trials};
    double change, worse, better;

    if (!pfg_row_is_rate(row)) {
        return false;
    }
    if (row->series->better == PFG_HIGHER) { /* count failures, not successes */
        base[0] = base[1] - base[0];
        head[0] = head[1] - head[0];
    }
    change = head[0] / head[1] - base[0] / base[1];
    worse = pfg_proportion_greater(base[0], base[1], head[0], head[1]);
    better = pfg_proportion_greater(head[0], head[1], base[0], base[1]);
    row->p_worse = fmin(1, worse / row->share);
    row->p_better = fmin(1, better / row->share);
    row->evidence = PFG_SUMMARY;
    if (row->p_worse < PFG_RATE_P && change >= PFG_RATE_MIN_CHANGE) {
        pfg_conclude(
            row, PFG_REGRESSED, PFG_BY_PROPORTIONS,
            count_failures(row, "more failures than can be explained by chance",
                           base, head, arena));
    } else if (row->p_better < PFG_RATE_P && -change >= PFG_RATE_MIN_CHANGE) {
        pfg_conclude(row, PFG_IMPROVED, PFG_BY_PROPORTIONS,
                     count_failures(
                         row, "fewer failures than can be explained by chance",
                         base, head, arena));
    } else if (fabs(change) >= PFG_RATE_MIN_CHANGE) {
        pfg_conclude(row, PFG_INCONCLUSIVE, PFG_BY_PROPORTIONS,
                     "no more than can be explained by chance");
    } else {
        pfg_conclude(row, PFG_UNCHANGED, PFG_BY_PROPORTIONS, "");
    }
    return true;
}

static void decide_row(struct pfg_row *row, const struct pfg_policy *policy,
                       struct pfg_arena *arena)
{
    const char *unmet = pfg_rule_checks_unmet(row, arena);

    if (!row->comparable) {
        pfg_conclude(row, PFG_NOT_COMPARABLE, PFG_BY_MISMATCH, row->why_not);
    } else if (decide_rate(row, arena)) {
        return;
    } else if (row->base.all_zero || row->head.all_zero) {
        decide_zero(row);
    } else if (unmet) {
        pfg_conclude(row, PFG_INCONCLUSIVE, PFG_BY_REQUIREMENT, unmet);
    } else if (!row->limit->gated) {
        conclude_open(row, arena);
    } else if (row->evidence == PFG_EXACT) {
        decide_exact(row);
    } else if (pfg_row_is_weak(row)) {
        decide_weak(row, policy, arena);
    } else {
        decide_tested(row, policy, arena);
    }
}

/* Decides rows that failed or were not measured on both sides. */
static bool decide_presence(struct pfg_row *row)
{
    const struct pfg_pooled *head = row->head.pooled;
    const struct pfg_pooled *base = row->base.pooled;

    if (head && *head->error) {
        pfg_conclude(row, PFG_ERRORED, PFG_BY_FAILURE, head->error);
    } else if (!head || !head->n_values) {
        pfg_conclude(row, PFG_MISSING, PFG_BY_ABSENCE, "");
    } else if (!base) {
        pfg_conclude(row, PFG_NEW, PFG_BY_NOVELTY, "");
    } else if (*base->error || !base->n_values) {
        pfg_conclude(row, PFG_NOT_COMPARABLE, PFG_BY_NO_BASE,
                     *base->error ? "the base failed"
                                  : "the base has no value");
    } else {
        return false;
    }
    return true;
}

static void note_measured(struct pfg_row *rows, size_t n,
                          struct pfg_arena *arena)
{
    bool *measured = pfg_arena_new_array(arena, bool, n); /* by benchmark */

    for (size_t i = 0; i < n; i++) {
        const struct pfg_pooled *head = rows[i].head.pooled;

        measured[rows[i].benchmark] |= head && !*head->error && head->n_values;
    }
    for (size_t i = 0; i < n; i++) {
        rows[i].measured = measured[rows[i].benchmark];
    }
}

bool pfg_row_failed(const struct pfg_row *row)
{
    return row->verdict == PFG_ERRORED && (row->limit->gated || !row->measured);
}

void pfg_decide(struct pfg_row *rows, size_t n, const struct pfg_policy *policy,
                struct pfg_moved *moved, struct pfg_arena *arena)
{
    pfg_suite_test(rows, n, policy, arena);
    pfg_suite_find_shift(moved, rows, n, policy, arena);
    note_measured(rows, n, arena);
    for (size_t i = 0; i < n; i++) {
        if (!decide_presence(&rows[i])) {
            decide_row(&rows[i], policy, arena);
        }
        if (rows[i].head.pooled && rows[i].head.pooled->budget_crossed &&
            rows[i].verdict != PFG_REGRESSED &&
            rows[i].verdict != PFG_ERRORED) {
            pfg_conclude(&rows[i], PFG_OVER_BUDGET, PFG_BY_BUDGET,
                         "over the tool's own limit");
        }
    }
    pfg_rule_checks_decide(rows, n, arena);
    pfg_budgets_judge(rows, n, arena);
}
