#include "policy/accept.h"

const struct pfg_acceptance *pfg_accept_find(
    const struct pfg_acceptances *acceptances,
    const struct pfg_subject *subject)
{
    for (size_t i = 0; acceptances && i < acceptances->n; i++) {
        const struct pfg_acceptance *one = &acceptances->at[i];
        const struct pfg_rule rule = {
            .suite = one->suite,
            .benchmark = one->benchmark,
            .metric = one->metric,
            .hardware = one->hardware,
        };

        if (!*one->expired && pfg_rule_matches(&rule, subject)) {
            acceptances->matched[i] = true;
            return one;
        }
    }
    return NULL;
}

bool pfg_accept_is_everything(const struct pfg_pattern *benchmark)
{
    /* Two words without a common part. */
    return pfg_pattern_matches(benchmark, "a/b c=1") &&
           pfg_pattern_matches(benchmark, "Zq-9");
}

int pfg_accept_parse_trailer(struct pfg_slice *glob, struct pfg_slice *reason,
                             struct pfg_slice value)
{
    struct pfg_slice rest = pfg_slice_trim(value);

    if (pfg_take(&rest, "\"")) {
        *glob = pfg_take_until(&rest, '"');
    } else {
        *glob = pfg_take_word(&rest);
    }
    *reason = pfg_slice_trim(rest);
    return glob->len ? 0 : -1;
}
