#include "compare/row/reason.h"

#include <math.h>

#include "compare/row/effect.h"
#include "stats/row/limit.h"

void pfg_conclude(struct pfg_row *row, enum pfg_verdict verdict,
                  enum pfg_decider by, const char *reason)
{
    row->verdict = verdict;
    row->by = by;
    row->reason = reason;
}

const char *pfg_reason_percent(double fraction, struct pfg_arena *arena)
{
    double percent = fabs(fraction) * 100;
    int decimals = percent >= 9.95 || percent == 0 ? 0
                   : percent >= 0.995              ? 1
                                                   : 2;

    if (decimals == 1 && fabs(percent - round(percent)) < 0.05) {
        decimals = 0; /* "5%", not "5.0%" */
    }
    /* Most are whole. The same digits, printed in a third of the time. */
    return decimals || percent > 1e9
               ? pfg_arena_printf(arena, "%.*f%%", decimals, percent)
               : pfg_arena_printf(arena, "%ld%%", lrint(percent));
}

/* The same for a change that could be detected; ">2x" beyond 100%. */
static const char *size_of(double fraction, struct pfg_arena *arena)
{
    return fabs(fraction) > 1 ? ">2x" : pfg_reason_percent(fraction, arena);
}

/* Half the interval as people read it: of the ratio, not of its log. */
static const char *width(const struct pfg_row *row, struct pfg_arena *arena)
{
    return size_of(expm1(pfg_effect_half_width(row)), arena);
}

const char *pfg_reason_too_wide(const struct pfg_row *row,
                                struct pfg_arena *arena)
{
    if (!row->limit->gated) {
        return pfg_arena_printf(arena, "±%s", width(row, arena));
    }
    return pfg_arena_printf(arena, "±%s, limit %s", width(row, arena),
                            pfg_reason_percent(row->limit->threshold, arena));
}

/* Why a row was not selected although its interval excludes no change. */
static const char *why_not_selected(const struct pfg_row *row,
                                    struct pfg_arena *arena)
{
    double floor = pfg_limit_floor(row->limit->threshold);

    if (!(row->effect.interval.lower > 0)) {
        return "";
    }
    if (!pfg_reaches(row->low_shift, floor)) {
        return ": the least disturbed quarter of its samples did not change";
    }
    return row->tests > 1
               ? pfg_arena_printf(arena, ": not significant among %zu rows",
                                  row->tests)
               : "";
}

const char *pfg_reason_over_not_proven(const struct pfg_row *row,
                                       struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "over the limit of %s, not proven (±%s)%s",
                            pfg_reason_percent(row->limit->threshold, arena),
                            width(row, arena), why_not_selected(row, arena));
}

const char *pfg_reason_unconfirmed(const struct pfg_row *row,
                                   struct pfg_arena *arena)
{
    const char *limit = pfg_reason_percent(row->limit->threshold, arena);

    if (pfg_row_is_weak(row)) {
        return pfg_arena_printf(
            arena, "over the limit of %s, within the noise (%s)", limit,
            size_of(pfg_row_change(row, row->effective), arena));
    }
    return pfg_arena_printf(arena,
                            "over the limit of %s, likely but not proven over "
                            "the suite: measure again",
                            limit);
}

const char *pfg_reason_second_look(const struct pfg_row *row,
                                   const struct pfg_second_look *look,
                                   struct pfg_arena *arena)
{
    return pfg_arena_printf(
        arena, "over the limit of %s and likely, %s by %s (%s%s)",
        pfg_reason_percent(row->limit->threshold, arena),
        look->confirmed ? "confirmed" : "not confirmed",
        look->rounds ? pfg_arena_printf(arena, "%zu more rounds", look->rounds)
                     : "a second measurement",
        signbit(look->change) ? "-" : "+",
        pfg_reason_percent(look->change, arena));
}
