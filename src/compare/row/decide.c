#include "compare/row/decide.h"

#include <math.h>
#include <string.h>

#include "compare/row/effect.h"
#include "compare/row/reason.h"
#include "compare/row/rule_checks.h"
#include "stats/dist.h"
#include "stats/row/detect.h"
#include "stats/row/limit.h"
#include "stats/test/family.h"
#include "stats/test/proportion.h"

/* --- the test over the suite --- */

const struct pfg_second_look *pfg_decide_second_look(
    const struct pfg_row *row, const struct pfg_policy *policy)
{
    for (size_t i = 0; i < policy->second.n; i++) {
        if (!strcmp(policy->second.at[i].key, row->key)) {
            return &policy->second.at[i];
        }
    }
    return NULL;
}

static bool in_family(const struct pfg_row *row, enum pfg_severity severity)
{
    return row->limit.severity == severity && row->comparable &&
           row->limit.gated && (!row->series->derived || row->limit.named) &&
           isfinite(row->effect.estimate) && !pfg_row_is_rate(row) &&
           (row->evidence == PFG_REPLICATED || row->evidence == PFG_SINGLE) &&
           !*row->head.pooled->error && !*row->base.pooled->error;
}

/* Runs the correction over one direction at one level. What is likely is found
 * once, when the rounds end: the looks before have no part in that chance. */
static void select_rows(struct pfg_row *rows, size_t n, bool worse, double q,
                        bool screen, struct pfg_arena *arena)
{
    double *p = pfg_arena_new_array(arena, double, n);
    bool *selected = pfg_arena_new_array(arena, bool, n);
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        if (rows[i].family) {
            p[k++] = screen  ? rows[i].p_once
                     : worse ? rows[i].p_worse
                             : rows[i].p_better;
        }
    }
    pfg_benjamini_hochberg(selected, p, k, q);
    k = 0;
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].family) {
            continue;
        }
        *(screen  ? &rows[i].screened
          : worse ? &rows[i].worse
                  : &rows[i].better) = selected[k++];
    }
}

/* What stands apart from noise needs no correction over the suite. */
static void select_separate(struct pfg_row *row)
{
    double worse = fmin(row->low_shift, row->effect.estimate);
    double better = fmin(-row->low_shift, -row->effect.estimate);

    if (!row->family || row->worse || row->better || isnan(row->apart)) {
        return;
    }
    row->worse = pfg_reaches(worse, row->apart);
    row->better = pfg_reaches(better, row->apart);
    row->separate = row->worse || row->better;
    row->screened |= row->worse;
}

static void find_detectable(struct pfg_row *rows, size_t n)
{
    struct pfg_design design = {0}, last = {0};
    double factor = 0, ranks = INFINITY;

    for (size_t i = 0; i < n; i++) {
        design.tests += rows[i].family;
    }
    for (size_t i = 0; i < n; i++) {
        bool replicated = rows[i].evidence == PFG_REPLICATED;
        double half = pfg_effect_half_width(&rows[i]);

        rows[i].tests = design.tests;
        if (!rows[i].family) {
            continue;
        }
        design.q = PFG_Q * rows[i].last_share;
        if (last.n != rows[i].n || last.replicated != replicated ||
            last.q != design.q) {
            design.n = rows[i].n;
            design.replicated = replicated;
            factor = pfg_detect_factor(&design);
            ranks = pfg_detect_ranks_factor(&design);
            last = design;
        }
        rows[i].detectable =
            pfg_detectable(rows[i].theta, half, rows[i].error, factor);
        if (isfinite(ranks)) {
            rows[i].detectable =
                fmin(rows[i].detectable,
                     pfg_detectable(rows[i].theta, half, half, ranks));
        }
        if (isfinite(rows[i].apart)) {
            rows[i].detectable =
                fmin(rows[i].detectable,
                     fmax(rows[i].theta, rows[i].apart) + half);
        }
    }
}

/* --- shift of the whole suite --- */

/* Benchmarks that moved alike in one direction: one has moved where half of its
 * rows are selected. */
static struct pfg_suite_shift shift_one_way(struct pfg_row *rows, size_t n,
                                            bool worse, struct pfg_arena *arena)
{
    struct pfg_vote *moves = pfg_arena_new_array(arena, struct pfg_vote, n);
    struct pfg_vote *calls = pfg_arena_new_array(arena, struct pfg_vote, n);
    double *shifts = pfg_arena_new_array(arena, double, n);
    bool *selected = pfg_arena_new_array(arena, bool, n);
    bool *member = pfg_arena_new_array(arena, bool, n);
    bool *is_member = pfg_arena_new_array(arena, bool, n);
    struct pfg_suite_shift found;
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        const struct pfg_row *row = &rows[i];

        if (row->family) {
            moves[k] = (struct pfg_vote){
                row->benchmark, worse ? row->low_shift : -row->low_shift};
            calls[k++] = (struct pfg_vote){row->benchmark,
                                           worse ? row->worse : row->better};
        }
    }
    pfg_votes_count(calls, k);
    k = pfg_votes_count(moves, k);
    for (size_t i = 0; i < k; i++) {
        shifts[i] = moves[i].value;
        selected[i] = calls[i].value >= 0.5;
    }
    found = pfg_suite_shift_find(member, shifts, selected, k);
    for (size_t i = 0; i < k; i++) {
        is_member[moves[i].benchmark] = member[i];
    }
    for (size_t i = 0; i < n && found.found; i++) {
        double move = worse ? rows[i].low_shift : -rows[i].low_shift;

        rows[i].shift_member = rows[i].family && is_member[rows[i].benchmark] &&
                               pfg_is_alike(move, found.shift);
    }
    return found;
}

static void find_suite_shift(struct pfg_moved *out, struct pfg_row *rows,
                             size_t n, const struct pfg_policy *policy,
                             struct pfg_arena *arena)
{
    const unsigned slower = 1u << PFG_REGRESSED | 1u << PFG_UNCONFIRMED;
    bool fatal = !policy->fail_on || (policy->fail_on & slower);
    double theta = INFINITY;

    for (size_t i = 0; i < n; i++) {
        theta = rows[i].family ? fmin(theta, rows[i].theta) : theta;
    }
    out->worse = true;
    out->suite = shift_one_way(rows, n, true, arena);
    if (!out->suite.found) {
        out->worse = false;
        out->suite = shift_one_way(rows, n, false, arena);
    }
    /* From the limit on: a slowdown of all that passed would pass where a
     * smaller one, or one of a few rows, had failed. */
    out->fails = fatal && out->suite.found && out->worse &&
                 pfg_reaches(out->suite.shift, theta);
}

/* --- one row --- */

static enum pfg_decider by_interval(const struct pfg_row *row, bool excluded)
{
    return !row->limit.gated ? PFG_BY_NO_GATE
           : excluded        ? PFG_BY_INTERVAL
                             : PFG_BY_WIDTH;
}

/* What is left when nothing was selected: excluded, or not known. */
static void conclude_open(struct pfg_row *row, struct pfg_arena *arena)
{
    double size = pfg_limit_unchanged(row->theta);
    const struct pfg_interval *interval = &row->effect.interval;

    if (row->limit.gated && pfg_reaches(row->effect.estimate, row->theta)) {
        pfg_conclude(row, PFG_INCONCLUSIVE, PFG_BY_ESTIMATE,
                     pfg_reason_over_not_proven(row, arena));
    } else if (interval->lower > -size && interval->upper < size) {
        pfg_conclude(row, PFG_UNCHANGED, by_interval(row, true), "");
    } else {
        pfg_conclude(row, PFG_INCONCLUSIVE, by_interval(row, false),
                     pfg_reason_too_wide(row, arena));
    }
}

/* With --strict-threshold nothing is called whose lower bound is not over the
 * limit as well. */
static bool is_called(const struct pfg_row *row,
                      const struct pfg_policy *policy)
{
    return !policy->strict_threshold ||
           pfg_reaches(row->effect.interval.lower, row->theta);
}

/* What is likely, over its limit and not proven over the suite: what has been
 * measured again is settled by that. */
static void decide_likely(struct pfg_row *row, const struct pfg_policy *policy,
                          struct pfg_arena *arena)
{
    const struct pfg_second_look *look = pfg_decide_second_look(row, policy);

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

/* Four percentiles a side and more show a noise of their own: what it makes
 * likely anyway is not worth a second look. */
static bool is_likely(const struct pfg_row *row)
{
    return row->n < 4 || isnan(row->seen) ||
           row->effect.estimate >=
               pfg_normal_quantile_upper(PFG_Q_SCREEN) * row->seen;
}

/* Weak evidence gets the plain rule, with the widest honest noise. Of one
 * number per side nothing within that noise is likely; who wrote the limit
 * asked for the plain ratio. */
static void decide_weak(struct pfg_row *row, const struct pfg_policy *policy,
                        struct pfg_arena *arena)
{
    double effect = row->effect.estimate;
    bool called = is_called(row, policy);
    bool asked = row->limit.given || policy->fail_on;

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
    if (row->limit.given) {
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

/* From nothing to something, or the way back: no ratio, but a verdict. */
static void decide_zero(struct pfg_row *row)
{
    bool lower = row->series->better != PFG_HIGHER;

    if (row->base.all_zero && row->head.all_zero) {
        pfg_conclude(row, PFG_UNCHANGED, PFG_BY_EQUALITY, "");
    } else if (!row->limit.gated) {
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

/* The median of several runs does not show what went wrong in one of them. */
static const char *count_failures(const struct pfg_row *row, const char *why,
                                  const double base[2], const double head[2],
                                  struct pfg_arena *arena)
{
    return row->base.pooled->processes.n + row->head.pooled->processes.n > 2
               ? pfg_arena_printf(arena, "%s: %.0f of %.0f, before %.0f of "
                                  "%.0f", why, head[0], head[1], base[0],
                                  base[1])
               : why;
}

/* Events per trial: one time-out in 700,000 requests is no alarm. */
static bool decide_rate(struct pfg_row *row, struct pfg_arena *arena)
{
    const struct pfg_pooled *b = row->base.pooled, *h = row->head.pooled;
    double base[] = {b->events, b->trials}, head[] = {h->events, h->trials};
    double change, worse, better;

    if (!pfg_row_is_rate(row)) {
        return false;
    }
    if (row->series->better == PFG_HIGHER) { /* what fails is counted */
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
    } else if (!row->limit.gated) {
        conclude_open(row, arena);
    } else if (row->evidence == PFG_EXACT) {
        decide_exact(row);
    } else if (pfg_row_is_weak(row)) {
        decide_weak(row, policy, arena);
    } else {
        decide_tested(row, policy, arena);
    }
}

/* What was not measured on both sides, and what failed, comes before. */
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

/* Rows that only warn are tested among themselves: they do not take part in
 * the promise about the gate, and take nothing from it. */
static void test_suite(struct pfg_row *rows, size_t n,
                       enum pfg_severity severity,
                       const struct pfg_policy *policy, struct pfg_arena *arena)
{
    for (size_t i = 0; i < n; i++) {
        rows[i].family =
            rows[i].base.pooled && rows[i].head.pooled &&
            in_family(&rows[i], severity) &&
            (!policy->second.pending || pfg_decide_second_look(&rows[i], policy));
    }
    select_rows(rows, n, true, PFG_Q, false, arena);
    select_rows(rows, n, false, PFG_Q, false, arena);
    select_rows(rows, n, true, PFG_Q_SCREEN, true, arena);
    for (size_t i = 0; i < n; i++) {
        select_separate(&rows[i]);
        if (rows[i].family && (rows[i].worse || rows[i].better)) {
            pfg_effect_settle(&rows[i]);
        }
    }
    find_detectable(rows, n);
}

/* A suite that moved by what was accepted has moved as it was meant to. */
static void accept_shift(struct pfg_moved *moved, const struct pfg_row *rows,
                         size_t n)
{
    bool all = true;

    for (size_t i = 0; i < n; i++) {
        all &= !rows[i].shift_member || rows[i].accepted;
    }
    moved->fails &= !all;
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
    return row->verdict == PFG_ERRORED && (row->limit.gated || !row->measured);
}

void pfg_decide(struct pfg_row *rows, size_t n, const struct pfg_policy *policy,
                struct pfg_moved *moved, struct pfg_arena *arena)
{
    test_suite(rows, n, PFG_SEVERITY_WARN, policy, arena);
    test_suite(rows, n, PFG_SEVERITY_ERROR, policy, arena);
    find_suite_shift(moved, rows, n, policy, arena);
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
    accept_shift(moved, rows, n);
}
