#include "policy/policy.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "model/metric.h"

struct pfg_policy pfg_policy_default(void)
{
    return (struct pfg_policy){
        .threshold = PFG_THRESHOLD_DEFAULT,
        .threshold_source = "default",
        .missing_suite = PFG_SEVERITY_WARN,
        .added = PFG_SEVERITY_OFF,
        .implausible = PFG_SEVERITY_WARN,
    };
}

static struct pfg_limit limit_without_rules(const struct pfg_policy *policy,
                                            const struct pfg_series *series)
{
    struct pfg_limit limit = {
        .threshold = policy->threshold,
        .given = policy->threshold_given,
        .source = policy->threshold_source,
        .gated = true,
        .why_not = "",
        .demanding = policy->demanding,
        .evidence = policy->evidence,
    };

    /* A threshold that was not chosen for a tail percentile is too narrow for
     * its noise (verdict.md 5): unconfirmed changes are only shown. */
    if (pfg_metric_find(series->metric).kind == PFG_METRIC_TAIL) {
        limit.given = false;
    }
    if (series->derived) {
        limit.gated = false;
        limit.why_not = "computed from another metric, which is judged";
    } else if (series->better == PFG_NEUTRAL) {
        limit.gated = false;
        limit.why_not = "no direction: neither higher nor lower is known to "
                        "be better";
    } else if (!pfg_metric_gated(series->metric, series->better)) {
        limit.gated = false;
        limit.why_not = "not gated unless a rule names it";
    }
    return limit;
}

struct pfg_limit pfg_policy_limit_of(const struct pfg_policy *policy,
                                     const struct pfg_subject *subject)
{
    struct pfg_limit limit = limit_without_rules(policy, subject->series);

    pfg_rules_apply(policy->rules, &limit, subject);
    return limit;
}

bool pfg_policy_is_same_limit(const struct pfg_limit *a,
                              const struct pfg_limit *b)
{
    return a->threshold == b->threshold && a->source == b->source &&
           a->given == b->given && a->gated == b->gated &&
           a->named == b->named && a->both == b->both &&
           a->demanding == b->demanding && a->severity == b->severity &&
           a->evidence == b->evidence && a->why_not == b->why_not &&
           a->min_change == b->min_change && a->min_samples == b->min_samples &&
           a->statistic == b->statistic && a->budget == b->budget &&
           !memcmp(a->from, b->from, sizeof a->from);
}

bool pfg_policy_fails(const struct pfg_policy *policy,
                      const struct pfg_limit *limit, enum pfg_verdict verdict)
{
    /* A broken benchmark fails even if it is only warned about, but not if it
     * is off. */
    bool silenced = verdict == PFG_ERRORED
                        ? limit->severity == PFG_SEVERITY_OFF
                        : limit->severity != PFG_SEVERITY_ERROR;

    if (silenced ||
        (verdict == PFG_MISSING && policy->missing != PFG_SEVERITY_ERROR)) {
        return false;
    }
    if (policy->fail_on) {
        return policy->fail_on & (1u << verdict);
    }
    switch (verdict) {
    case PFG_REGRESSED:
    case PFG_OVER_BUDGET:
    case PFG_ERRORED:
    case PFG_MISSING:
        return true;
    case PFG_UNCONFIRMED:
        return limit->given;
    default:
        return false;
    }
}

int pfg_policy_parse_percent(double *out, struct pfg_slice text,
                             const char *name, struct pfg_error *err)
{
    struct pfg_slice number = text;
    double percent;

    if (pfg_slice_ends(number, "%")) {
        number.len--;
    }
    number = pfg_slice_trim(number);
    if (pfg_number_parse(&percent, number, 0) || !isfinite(percent) ||
        percent <= 0) {
        pfg_fail(err, PFG_USAGE,
                 "%s '%.*s' is not a positive number of "
                 "per cent",
                 name, PFG_SLICE(text));
        return pfg_hint(err, "write it as 10 or 10%%");
    }
    *out = percent / 100;
    return 0;
}

int pfg_policy_parse_fail_on(unsigned *out, struct pfg_slice text,
                             struct pfg_error *err)
{
    unsigned mask = 0;

    while (text.len) {
        struct pfg_slice word = pfg_slice_trim(pfg_take_until(&text, ','));
        enum pfg_verdict verdict;

        if (pfg_verdict_parse(&verdict, word)) {
            pfg_fail(err, PFG_USAGE, "unknown verdict '%.*s' in --fail-on",
                     PFG_SLICE(word));
            return pfg_hint(err,
                            "use regressed, over-budget, errored, missing, "
                            "unconfirmed, slower, improved, faster, new, "
                            "inconclusive, not-comparable, unchanged");
        }
        mask |= 1u << verdict;
    }
    if (!mask) {
        return pfg_fail(err, PFG_USAGE, "--fail-on is empty");
    }
    *out = mask;
    return 0;
}
