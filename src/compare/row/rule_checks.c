#include "compare/row/rule_checks.h"

#include <math.h>

#include "compare/row/reason.h"
#include "policy/rule.h"
#include "stats/row/limit.h"

/* --- min_change --- */

void pfg_rule_checks_floor(struct pfg_row *row, struct pfg_arena *arena)
{
    double share = row->limit->min_change / row->base.value;
    double floor;

    if (!(row->limit->min_change > 0) || !(row->base.value > 0)) {
        return;
    }
    floor = row->series->better == PFG_HIGHER && share >= 1
                ? INFINITY
                : pfg_row_limit(row->series->better, share);
    if (floor > row->theta) {
        const struct pfg_rule *rule = row->limit->from[PFG_RULE_MIN_CHANGE];
        struct pfg_limit *own = pfg_arena_alloc(arena, sizeof *own);

        *own = *row->limit;
        if (isfinite(floor)) {
            own->threshold = share;
        }
        own->source = pfg_arena_printf(arena, "min_change %s, %s",
                                       rule->min_change.text, rule->source);
        row->limit = own;
        row->theta = floor;
    }
}

/* The floor also holds for rows without a ratio and for those judged without a
 * limit. */
static void decide_floor(struct pfg_row *row, struct pfg_arena *arena)
{
    double difference = fabs(row->head.value - row->base.value);
    const struct pfg_rule *rule = row->limit->from[PFG_RULE_MIN_CHANGE];
    const char *reason;

    if (!(row->limit->min_change > 0) ||
        !(difference < row->limit->min_change)) {
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
        /* Over the limit for the better, which must not pass either. */
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
    const struct pfg_limit *limit = row->limit;
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
    /* Kinds of evidence are ordered from firm to weak. */
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
    for (size_t i = 0; i < n; i++) {
        struct pfg_row *row = &rows[i];

        if (row->comparable) {
            decide_floor(row, arena);
            if (row->limit->both && row->limit->gated) {
                decide_both(row, arena);
            }
        }
        decide_acceptance(row, arena);
    }
}
