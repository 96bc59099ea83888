#include "render/words/because.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "render/words/words.h"

/* {change}, {limit}, {p}, {level} and {tests} are the decision's numbers. */
static const char *const sentences[PFG_N_DECIDERS] = {
    [PFG_BY_NOTHING] = "it was not judged",
    [PFG_BY_FAILURE] = "it failed, and a failure is never a pass",
    [PFG_BY_ABSENCE] =
        "it is in the base but not in the head, which ran its suite",
    [PFG_BY_NOVELTY] = "it is not in the base",
    [PFG_BY_NO_BASE] = "the base has no result to compare with",
    [PFG_BY_MISMATCH] = "the two sides cannot be compared",
    [PFG_BY_BUDGET] = "it is over an absolute limit, which needs no base",
    [PFG_BY_ACCEPTANCE] = "the change was accepted",
    [PFG_BY_MIN_CHANGE] = "the difference is less than the rule's min_change",
    [PFG_BY_BOTH] = "a rule says that it must not change in either direction",
    [PFG_BY_REQUIREMENT] = "a rule asks for more evidence than there is",
    [PFG_BY_NO_GATE] = "it is shown, not judged",
    [PFG_BY_ZERO] = "one side is zero, so there is no ratio; any cost that was "
                    "zero before is a new cost",
    [PFG_BY_PROPORTIONS] = "events are counted per trial: exact test of two "
                           "proportions, p = {p}, significant below {level}",
    [PFG_BY_EQUALITY] = "the values are the same",
    [PFG_BY_EXACT] = "exact values have no noise, so {change} is real; the "
                     "limit is {limit}",
    [PFG_BY_SUITE_SHIFT] = "significant (p = {p}), but the whole suite moved "
                           "with it",
    [PFG_BY_TEST] = "significant: p = {p}, at {level} over the suite's {tests} "
                    "tests; {change} against a limit of {limit}",
    [PFG_BY_SEPARATION] = "the sides differ by more than the {limit} that "
                          "noise can explain in any suite; p = {p}",
    [PFG_BY_LOWER_BOUND] = "significant (p = {p}) and over the limit of "
                           "{limit}, but its interval reaches below the limit",
    [PFG_BY_SECOND_LOOK] = "likely at first, and decided by a second "
                           "measurement",
    [PFG_BY_LIKELIHOOD] =
        "over the limit of {limit} and likely (p = {p}), but not significant "
        "at {level} over the suite's {tests} tests",
    [PFG_BY_WIDENED] = "{change} is more than the {limit} that noise may "
                       "explain with so few values",
    [PFG_BY_NOISE] = "{change} is over the limit, but with so few values "
                     "noise may explain up to {limit}",
    [PFG_BY_ESTIMATE] = "{change} is over the limit of {limit}, but not "
                        "significant",
    [PFG_BY_INTERVAL] = "the interval of the change lies within ±{limit}",
    [PFG_BY_WIDTH] = "the interval of the change extends beyond ±{limit}, so a "
                     "change over the limit is possible",
};

static const char *operand(struct pfg_slice name,
                           const struct pfg_decision *decision,
                           struct pfg_arena *arena)
{
    return pfg_slice_is(name, "change")
               ? pfg_words_change(arena, decision->change)
           : pfg_slice_is(name, "limit")
               ? pfg_words_percent(arena, decision->limit)
           : pfg_slice_is(name, "level")
               ? pfg_words_percent(arena, decision->level)
           : pfg_slice_is(name, "p")
               ? pfg_arena_printf(arena, "%.3g", decision->p)
               : pfg_arena_printf(arena, "%zu", decision->tests);
}

const char *pfg_because(const struct pfg_decision *decision,
                        struct pfg_arena *arena)
{
    const char *rest = sentences[decision->by], *open;
    struct pfg_str text = pfg_str_in(arena);

    for (; (open = strchr(rest, '{')); rest = strchr(open, '}') + 1) {
        struct pfg_slice name =
            pfg_slice_make(open + 1, (size_t)(strchr(open, '}') - open - 1));

        pfg_str_add(&text, pfg_slice_make(rest, (size_t)(open - rest)));
        pfg_str_puts(&text, operand(name, decision, arena));
    }
    pfg_str_puts(&text, rest);
    return text.ptr;
}

/* --- the row in a sentence --- */

/* How certain the change is, by what decided the row; NULL: that is no
 * question. */
static const char *const certainties[PFG_N_DECIDERS] = {
    [PFG_BY_NO_GATE] = ", not judged",
    [PFG_BY_PROPORTIONS] = ", counted",
    [PFG_BY_EQUALITY] = ", the same",
    [PFG_BY_EXACT] = ", exact",
    [PFG_BY_SUITE_SHIFT] = ", certain, and the whole suite with it",
    [PFG_BY_TEST] = ", certain",
    [PFG_BY_SEPARATION] = ", more than noise can explain",
    [PFG_BY_LOWER_BOUND] = ", certain, though perhaps within the limit",
    [PFG_BY_SECOND_LOOK] = ", measured twice",
    [PFG_BY_LIKELIHOOD] = ", likely, not certain",
    [PFG_BY_WIDENED] = ", more than noise can explain",
    [PFG_BY_NOISE] = ", perhaps noise",
    [PFG_BY_ESTIMATE] = ", perhaps noise",
    [PFG_BY_INTERVAL] = ", no change beyond the limit",
    [PFG_BY_WIDTH] = ", too noisy to tell",
};

/* Of all pairs of a base and a head value, counts those with the head's above,
 * and those with it below. */
static void count_pairs(size_t *above, size_t *below,
                        const struct pfg_report_row *row)
{
    *above = *below = 0;
    for (size_t i = 0; i < row->head.n; i++) {
        for (size_t k = 0; k < row->base.n; k++) {
            *above += row->head.values[i] > row->base.values[k];
            *below += row->head.values[i] < row->base.values[k];
        }
    }
}

static bool has_pairs(const struct pfg_report_row *row)
{
    enum { MOST_PAIRS = 1000000 };

    return row->base.values && row->head.values && row->base.n > 1 &&
           row->head.n > 1 && row->base.n * row->head.n <= MOST_PAIRS &&
           row->evidence != PFG_EXACT;
}

/* The word for one value: that of a whole process, or one of many in it. */
static const char *each_of(const struct pfg_report_row *row)
{
    return row->base.n == row->base.n_processes &&
                   row->head.n == row->head.n_processes
               ? "run"
               : "value";
}

/* ": all 10 head runs were slower than all 10 base runs"; "". */
static const char *overlap(const struct pfg_report_row *row,
                           struct pfg_arena *arena)
{
    const char *each = each_of(row), *how;
    size_t above, below, pairs = row->base.n * row->head.n;
    bool time = pfg_report_is_time(row), higher = row->better == PFG_HIGHER;

    if (!has_pairs(row)) {
        return "";
    }
    count_pairs(&above, &below, row);
    how = !time                        ? (above >= below ? "above" : "below")
          : (above >= below) == higher ? "faster than"
                                       : "slower than";
    if (above == pairs || below == pairs) {
        return pfg_arena_printf(arena,
                                ": all %zu head %ss were %s all %zu base %ss",
                                row->head.n, each, how, row->base.n, each);
    }
    return pfg_arena_printf(
        arena, ": a head %s was %s a base %s in %.0f of 100 pairs", each, how,
        each, 100 * (double)(above >= below ? above : below) / (double)pairs);
}

const char *pfg_plainly(const struct pfg_report_row *row,
                        struct pfg_arena *arena)
{
    const char *limit = "";

    if (!isfinite(row->change)) {
        return pfg_arena_printf(
            arena, "%s: %s",
            pfg_verdict_word(row->verdict, pfg_report_is_time(row)),
            pfg_because(&row->decision, arena));
    }
    if (row->gated && isfinite(row->threshold)) {
        limit = pfg_arena_printf(arena, "; limit %s",
                                 pfg_words_row(row, arena).limit);
    }
    return pfg_arena_printf(
        arena, "%s%s%s%s", pfg_words_change(arena, row->change),
        certainties[row->decision.by] ? certainties[row->decision.by] : "",
        overlap(row, arena), limit);
}
