#include "policy/ratio.h"

#include <math.h>
#include <string.h>

int pfg_ratio_check(const struct pfg_ratio *ratio, struct pfg_error *err)
{
    size_t of = pfg_pattern_wildcards(ratio->of);
    size_t to = pfg_pattern_wildcards(ratio->to);

    if (pfg_pattern_is_regex(ratio->of) || pfg_pattern_is_regex(ratio->to)) {
        return pfg_fail_at(err, PFG_USAGE, ratio->pos,
                           "a ratio names its benchmarks by globs, not by "
                           "expressions");
    }
    if (of > PFG_CAPTURES_MAX || to > of) {
        pfg_fail_at(err, PFG_USAGE, ratio->pos,
                    of > PFG_CAPTURES_MAX ? "'%s' has too many wildcards"
                                          : "'%s' has more wildcards than 'of'",
                    pfg_pattern_text(to > of ? ratio->to : ratio->of));
        return pfg_hint(err, "write as many in both: \"of\": \"*/traced\", "
                             "\"to\": \"*/native\"");
    }
    if (!strcmp(pfg_pattern_text(ratio->of), pfg_pattern_text(ratio->to))) {
        return pfg_fail_at(err, PFG_USAGE, ratio->pos,
                           "the ratio of '%s' to itself is always 1",
                           pfg_pattern_text(ratio->of));
    }
    if (strcmp(ratio->limit.unit, "1") || *ratio->limit.metric) {
        pfg_fail_at(err, PFG_USAGE, ratio->pos,
                    "a ratio is a plain number: '%s' is not",
                    ratio->limit.text);
        return pfg_hint(err, "write \"limit\": \"<= 1.05\" or \"0.4..0.6\"; "
                             "'metric' is a key of its own");
    }
    return 0;
}

static bool same_place(const struct pfg_ratio *a, const struct pfg_ratio *b)
{
    return pfg_pattern_same(a->metric, b->metric) &&
           pfg_pattern_same(a->suite, b->suite) &&
           pfg_pattern_same(a->hardware, b->hardware);
}

/* The limit on a / b as one on b / a. Ratios are above 0. */
static struct pfg_bound turned(struct pfg_bound bound)
{
    return (struct pfg_bound){
        .lower = bound.upper > 0 ? 1 / bound.upper : INFINITY,
        .upper = bound.lower > 0 ? 1 / bound.lower : INFINITY,
        .lower_open = bound.upper_open,
        .upper_open = bound.lower_open,
    };
}

static bool apart(const struct pfg_bound *a, const struct pfg_bound *b)
{
    return a->upper < b->lower || b->upper < a->lower ||
           (a->upper == b->lower && (a->upper_open || b->lower_open)) ||
           (b->upper == a->lower && (b->upper_open || a->lower_open));
}

static bool exclude(const struct pfg_ratio *a, const struct pfg_ratio *b)
{
    struct pfg_bound other = b->limit;

    if (a->severity == PFG_SEVERITY_OFF || b->severity == PFG_SEVERITY_OFF ||
        !same_place(a, b)) {
        return false;
    }
    if (pfg_pattern_same(a->of, b->to) && pfg_pattern_same(a->to, b->of)) {
        other = turned(b->limit);
    } else if (!pfg_pattern_same(a->of, b->of) ||
               !pfg_pattern_same(a->to, b->to)) {
        return false;
    }
    return apart(&a->limit, &other);
}

int pfg_ratios_check(const struct pfg_ratios *ratios, struct pfg_error *err)
{
    for (size_t i = 0; i < ratios->n; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct pfg_ratio *earlier = &ratios->at[j];

            if (exclude(&ratios->at[i], earlier)) {
                pfg_fail_at(err, PFG_USAGE, ratios->at[i].pos,
                            "the ratio contradicts %s: nothing satisfies both "
                            "'%s' and '%s'",
                            earlier->source, earlier->limit.text,
                            ratios->at[i].limit.text);
                return pfg_hint(err, "keep one of them");
            }
        }
    }
    return 0;
}

const char *pfg_ratio_partner(const struct pfg_pattern *from,
                              const struct pfg_pattern *to, const char *label,
                              struct pfg_arena *arena)
{
    struct pfg_slice captures[PFG_CAPTURES_MAX];

    if (!strcmp(pfg_pattern_text(from), label) && !pfg_pattern_wildcards(to)) {
        return pfg_pattern_text(to);
    }
    return pfg_pattern_wildcards(to) <= pfg_pattern_wildcards(from) &&
                   pfg_pattern_capture(from, label, captures)
               ? pfg_pattern_fill(to, captures, arena)
               : NULL;
}
