#include "render/because.h"

#include <string.h>

#include "base/str.h"
#include "render/words.h"

/* {change}, {limit}, {p}, {level} and {tests} are the decision's numbers. */
static const char *const sentences[PFG_N_DECIDERS] = {
    [PFG_BY_NOTHING] = "it was not judged",
    [PFG_BY_FAILURE] = "it failed, and a failure is never a pass",
    [PFG_BY_ABSENCE] = "the base has it; the head ran its suite and has no "
                       "result of it",
    [PFG_BY_NOVELTY] = "the base does not have it",
    [PFG_BY_NO_BASE] = "the base has no result to compare with",
    [PFG_BY_MISMATCH] = "the two sides cannot be compared",
    [PFG_BY_BUDGET] = "it is over an absolute limit, which needs no base",
    [PFG_BY_ACCEPTANCE] = "the change was accepted",
    [PFG_BY_MIN_CHANGE] = "the difference is less than the rule's min_change",
    [PFG_BY_BOTH] = "a rule says that it must not change in either direction",
    [PFG_BY_REQUIREMENT] = "a rule asks for more evidence than there is",
    [PFG_BY_NO_GATE] = "it is shown, not judged",
    [PFG_BY_ZERO] = "one side is zero: there is no ratio, and any cost where "
                    "there was none is a new one",
    [PFG_BY_PROPORTIONS] = "events are counted per trial: exact test of two "
                           "proportions, p = {p}, significant below {level}",
    [PFG_BY_EQUALITY] = "the values are the same",
    [PFG_BY_EXACT] = "exact values have no noise, so {change} is real; the "
                     "limit is {limit}",
    [PFG_BY_SCREEN] = "a first look: over the limit of {limit} and likely "
                      "(p = {p}), so it is to be measured again",
    [PFG_BY_SUITE_SHIFT] = "significant (p = {p}), but the whole suite moved "
                           "with it",
    [PFG_BY_TEST] = "significant: p = {p}, at {level} over the suite's "
                    "{tests} tests together; {change} against a limit of "
                    "{limit}",
    [PFG_BY_LOWER_BOUND] = "significant (p = {p}) and over the limit of "
                           "{limit}, but its interval reaches below the limit",
    [PFG_BY_SECOND_LOOK] = "likely at first, and decided by a second "
                           "measurement",
    [PFG_BY_LIKELIHOOD] = "over the limit of {limit} and likely (p = {p}), "
                          "but not significant at {level} over the suite's "
                          "{tests} tests together",
    [PFG_BY_WIDENED] = "{change} is more than the {limit} that noise may "
                       "explain with so few values",
    [PFG_BY_NOISE] = "{change} is over the limit, but with so few values "
                     "noise may explain up to {limit}",
    [PFG_BY_ESTIMATE] = "{change} is over the limit of {limit}, but not "
                        "significant",
    [PFG_BY_INTERVAL] = "the interval of the change lies within ±{limit}",
    [PFG_BY_WIDTH] = "the interval of the change reaches beyond ±{limit}, so "
                     "that a change could hide in it",
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
    const char *sentence;
    struct pfg_str text;

    pfg_str_init(&text, 0);
    for (; (open = strchr(rest, '{')); rest = strchr(open, '}') + 1) {
        struct pfg_slice name =
            pfg_slice_make(open + 1, (size_t)(strchr(open, '}') - open - 1));

        pfg_str_add(&text, pfg_slice_make(rest, (size_t)(open - rest)));
        pfg_str_puts(&text, operand(name, decision, arena));
    }
    pfg_str_puts(&text, rest);
    sentence = pfg_arena_slice(arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return sentence;
}
