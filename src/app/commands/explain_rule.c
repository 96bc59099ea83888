#include "app/commands/explain_rule.h"

#include <math.h>

#include "compare/decide.h"
#include "render/words.h"
#include "stats/limit.h"

const char *pfg_explain_rests_on(const struct pfg_report_row *row,
                                 struct pfg_arena *arena)
{
    const struct pfg_report_working *w = &row->working;

    switch (row->evidence) {
    case PFG_EXACT:
        return "exact: the metric is a count, and every value of a side is "
               "the same";
    case PFG_REPLICATED:
        return pfg_arena_printf(arena,
                                "replicated: %zu processes a side, "
                                "known to have run in turn",
                                w->n);
    case PFG_SINGLE:
        return pfg_arena_printf(
            arena, "single: %zu %s a side, %s", w->n,
            w->by_process ? "processes" : "samples",
            w->by_process ? "not known to have run in turn"
                          : "of too few processes to know the noise between "
                            "them");
    case PFG_HISTORY:
        return pfg_arena_printf(arena,
                                "history: one value against %zu "
                                "earlier runs",
                                w->earlier);
    case PFG_SUMMARY:
        return "summary: the tool's aggregate, with the tool's own error";
    case PFG_POINT:
        return "point: fewer than four numbers on a side, and nothing else";
    default:
        return "none: there are no two sides to compare";
    }
}

static const char *percent(double fraction, struct pfg_arena *arena)
{
    return pfg_words_percent(arena, fraction);
}

static const char *rule_of_exact(const struct pfg_report_row *row,
                                 struct pfg_arena *arena)
{
    bool over = row->verdict == PFG_REGRESSED || row->verdict == PFG_IMPROVED;

    if (row->difference == 0) {
        return "an exact metric has no noise, and the values are the same";
    }
    return pfg_arena_printf(
        arena,
        "an exact metric has no noise: %s is real, and %s its limit "
        "(without one of yours: any allocation, 1%% of bytes)",
        pfg_words_change(arena, row->change), over ? "over" : "within");
}

static const char *rule_of_weak(const struct pfg_report_row *row,
                                struct pfg_arena *arena)
{
    const struct pfg_report_working *w = &row->working;
    const char *size = pfg_words_change(arena, row->change);

    if (pfg_reaches(fabs(w->effect), w->effective)) {
        return pfg_arena_printf(arena,
                                "the plain rule for weak evidence: %s "
                                "is over the effective limit of %s",
                                size, percent(row->effective_threshold, arena));
    }
    if (pfg_reaches(w->effect, w->theta)) {
        return pfg_arena_printf(
            arena,
            "the plain rule for weak evidence: %s is over the limit of "
            "%s, and within what noise alone explains (%s)",
            size, percent(row->threshold, arena),
            percent(row->effective_threshold, arena));
    }
    return pfg_arena_printf(arena,
                            "the plain rule for weak evidence: %s is "
                            "within the limit of %s; it is unchanged where "
                            "the whole interval is",
                            size, percent(row->threshold, arena));
}

static const char *selection(const struct pfg_report_working *w,
                             struct pfg_arena *arena)
{
    double p = fmin(w->p_worse, w->p_better);

    if (w->worse || w->better) {
        return pfg_arena_printf(
            arena,
            "p = %.3g is significant at %s over the suite's %zu tests "
            "together",
            p, percent(PFG_Q, arena), w->tests);
    }
    if (w->screened) {
        return pfg_arena_printf(
            arena,
            "p = %.3g is not significant at %s over the suite's %zu "
            "tests, but at the screening level of %s",
            p, percent(PFG_Q, arena), w->tests, percent(PFG_Q_SCREEN, arena));
    }
    if (p >= 1) {
        return "both the bulk and the fast mode must have moved by 2%, or by "
               "the limit where that is less, before anything is tested "
               "(p = 1)";
    }
    return pfg_arena_printf(
        arena,
        "p = %.3g is not significant over the suite's %zu tests, not "
        "even at the screening level of %s",
        p, w->tests, percent(PFG_Q_SCREEN, arena));
}

static const char *rule_of_tested(const struct pfg_report_row *row,
                                  struct pfg_arena *arena)
{
    const struct pfg_report_working *w = &row->working;
    const char *size;

    if (!w->family) {
        return "it takes no part in the test over the suite";
    }
    size = pfg_reaches(fabs(w->effect), w->theta) ? "it is over the limit"
                                                  : "it is within the limit";
    if (w->worse || w->better || w->screened) {
        return pfg_arena_printf(arena, "%s; at %s %s", selection(w, arena),
                                pfg_words_change(arena, row->change), size);
    }
    return pfg_arena_printf(
        arena, "%s; the interval %s inside ±%s", selection(w, arena),
        row->verdict == PFG_UNCHANGED ? "lies" : "does not lie",
        percent(fmax(row->threshold, 0.02), arena));
}

/* Verdicts that no comparison of numbers leads to. */
static const char *rule_without_numbers(const struct pfg_report_row *row)
{
    static const char *const rules[PFG_N_VERDICTS] = {
        [PFG_OVER_BUDGET] = "an absolute limit was crossed, which needs no "
                            "base",
        [PFG_ERRORED] = "a failure is never a pass",
        [PFG_MISSING] = "the base has it, the head ran its suite, and has no "
                        "result of it",
        [PFG_NEW] = "the base does not have it",
        [PFG_ACCEPTED] = "the change was accepted",
        [PFG_NOT_COMPARABLE] = "the two sides cannot be put beside each other",
    };

    return rules[row->verdict];
}

const char *pfg_explain_rule(const struct pfg_report *report,
                             const struct pfg_report_row *row,
                             struct pfg_arena *arena)
{
    const char *plain = rule_without_numbers(row);

    if (plain) {
        return plain;
    }
    if (row->base.value == 0 || row->head.value == 0) {
        return "one side is zero: there is no ratio, and any cost where there "
               "was none is a new one";
    }
    if (row->kind == PFG_METRIC_RATE && isfinite(row->working.p_worse)) {
        return pfg_arena_printf(arena,
                                "a rate: an exact test of two "
                                "proportions, p = %.3g (worse) and %.3g "
                                "(better), called below 0.01",
                                row->working.p_worse, row->working.p_better);
    }
    if (!row->gated) {
        return "it is shown, and not judged";
    }
    if (report->screen && pfg_report_is_candidate(row)) {
        return "this is a first look: what is over its limit and likely is a "
               "candidate, to be measured again";
    }
    switch (row->evidence) {
    case PFG_EXACT:
        return rule_of_exact(row, arena);
    case PFG_REPLICATED:
    case PFG_SINGLE:
        return rule_of_tested(row, arena);
    default:
        return rule_of_weak(row, arena);
    }
}
