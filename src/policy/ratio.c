#include "policy/ratio.h"

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
                    of > PFG_CAPTURES_MAX
                        ? "'%s' has too many wildcards"
                        : "what stands for the wildcards of '%s' is not known: "
                          "'of' has fewer",
                    pfg_pattern_text(to > of ? ratio->to : ratio->of));
        return pfg_hint(err, "write as many in both: \"of\": \"*/traced\", "
                             "\"to\": \"*/native\"");
    }
    if (!strcmp(pfg_pattern_text(ratio->of), pfg_pattern_text(ratio->to))) {
        return pfg_fail_at(err, PFG_USAGE, ratio->pos,
                           "'%s' against itself is always 1",
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
