#include "policy/rule.h"

#include <string.h>

#include "base/str.h"
#include "model/metric.h"

static const char *const field_names[PFG_N_RULE_FIELDS] = {
    [PFG_RULE_THRESHOLD] = "threshold",     [PFG_RULE_BOTH] = "both",
    [PFG_RULE_MIN_CHANGE] = "min_change",   [PFG_RULE_SEVERITY] = "severity",
    [PFG_RULE_MIN_SAMPLES] = "min_samples", [PFG_RULE_EVIDENCE] = "evidence",
    [PFG_RULE_STATISTIC] = "statistic",     [PFG_RULE_BUDGET] = "budget",
};

static const char *const severity_names[PFG_N_SEVERITIES] = {
    [PFG_SEVERITY_ERROR] = "error",
    [PFG_SEVERITY_WARN] = "warn",
    [PFG_SEVERITY_OFF] = "off",
};

const char *pfg_rule_field_name(enum pfg_rule_field field)
{
    return field_names[field];
}

const char *pfg_severity_name(enum pfg_severity severity)
{
    return severity_names[severity];
}

static bool sets(const struct pfg_rule *rule, enum pfg_rule_field field)
{
    return rule->sets >> field & 1;
}

/* --- matching --- */

static bool facts_match(struct pfg_named_patterns patterns,
                        const struct pfg_fact *facts, size_t n)
{
    for (size_t i = 0; i < patterns.n; i++) {
        const struct pfg_pattern *pattern = patterns.at[i].pattern;
        const char *value = pfg_fact_find(facts, n, patterns.at[i].name);

        if (value ? !pattern || !pfg_pattern_matches(pattern, value)
                  : pattern != NULL) {
            return false;
        }
    }
    return true;
}

static bool whole_name_matches(const struct pfg_pattern *pattern,
                               const char *suite, const char *label)
{
    struct pfg_str whole;
    bool found;

    pfg_str_init(&whole, 0);
    pfg_str_printf(&whole, "%s/%s", suite, label);
    found = pfg_pattern_matches(pattern, whole.ptr);
    pfg_str_free(&whole);
    return found;
}

/* The words that --filter tries, too. */
static bool benchmark_matches(const struct pfg_pattern *pattern,
                              const struct pfg_subject *subject)
{
    const struct pfg_series *series = subject->series;

    return !pattern || pfg_pattern_matches(pattern, subject->label) ||
           pfg_pattern_matches(pattern, series->benchmark) ||
           whole_name_matches(pattern, series->suite, subject->label);
}

static bool metric_matches(const struct pfg_pattern *pattern,
                           const char *metric)
{
    return pfg_pattern_matches(pattern, metric) ||
           (!pfg_pattern_is_regex(pattern) &&
            pfg_metric_matches(metric, pfg_pattern_text(pattern)));
}

bool pfg_rule_matches(const struct pfg_rule *rule,
                      const struct pfg_subject *subject)
{
    const struct pfg_series *series = subject->series;

    return pfg_pattern_matches(rule->suite, series->suite) &&
           pfg_pattern_matches(rule->hardware, subject->hardware) &&
           metric_matches(rule->metric, series->metric) &&
           benchmark_matches(rule->benchmark, subject) &&
           facts_match(rule->params, series->params, series->n_params) &&
           facts_match(rule->variant, series->variant, series->n_variant);
}

/* --- what they say --- */

/* Only what its unit fits: a rule for all metrics that says "50ns" is about
 * times. A rule that names the metric was held against it when it was read,
 * as far as its unit is known then. */
static bool fits(const struct pfg_rule *rule, enum pfg_rule_field field,
                 const struct pfg_series *series)
{
    if (field == PFG_RULE_MIN_CHANGE) {
        return pfg_units_agree(rule->min_change.unit, series->unit);
    }
    if (field == PFG_RULE_BUDGET && *rule->budget.metric) {
        return pfg_metric_matches(series->metric, rule->budget.metric);
    }
    /* A budget without a metric is about what is gated anyway. */
    return field != PFG_RULE_BUDGET || rule->metric ||
           (pfg_units_agree(rule->budget.unit, series->unit) &&
            !series->derived &&
            pfg_metric_gated(series->metric, series->better));
}

bool pfg_rule_has_budget(const struct pfg_rule *rule,
                         const struct pfg_series *series)
{
    return sets(rule, PFG_RULE_BUDGET) && fits(rule, PFG_RULE_BUDGET, series);
}

static void apply_threshold(struct pfg_limit *limit,
                            const struct pfg_rule *rule,
                            const struct pfg_series *series)
{
    bool tail = pfg_metric_find(series->metric).kind == PFG_METRIC_TAIL;

    limit->threshold = rule->threshold;
    limit->source = rule->source;
    /* A tail percentile's limit counts as written for it only by name. */
    limit->given = !tail || rule->metric;
}

static void apply_field(struct pfg_limit *limit, enum pfg_rule_field field,
                        const struct pfg_rule *rule,
                        const struct pfg_series *series)
{
    switch (field) {
    case PFG_RULE_THRESHOLD:
        apply_threshold(limit, rule, series);
        break;
    case PFG_RULE_BOTH:
        limit->both = rule->both;
        break;
    case PFG_RULE_MIN_CHANGE:
        limit->min_change = rule->min_change.value;
        break;
    case PFG_RULE_SEVERITY:
        limit->severity = rule->severity;
        break;
    case PFG_RULE_MIN_SAMPLES:
        limit->min_samples = rule->min_samples;
        break;
    case PFG_RULE_EVIDENCE:
        limit->demanding = true;
        limit->evidence = rule->evidence;
        break;
    case PFG_RULE_STATISTIC:
        limit->statistic = rule->statistic;
        break;
    default:
        limit->budget = &rule->budget;
        break;
    }
}

/* A metric that is not gated by default becomes so by a rule that names it and
 * sets a limit. One without a direction can only be kept from changing at all.
 */
static void gate(struct pfg_limit *limit, const struct pfg_rule *rule,
                 const struct pfg_series *series)
{
    bool limits = sets(rule, PFG_RULE_THRESHOLD) ||
                  (sets(rule, PFG_RULE_BOTH) && rule->both);

    if (rule->metric && limits &&
        (series->better != PFG_NEUTRAL || limit->both)) {
        limit->gated = true;
        limit->named = true;
        limit->why_not = "";
    }
}

void pfg_rules_apply(const struct pfg_rules *rules, struct pfg_limit *limit,
                     const struct pfg_subject *subject)
{
    for (size_t i = 0; rules && i < rules->n; i++) {
        const struct pfg_rule *rule = &rules->at[i];

        if (!pfg_rule_matches(rule, subject)) {
            continue;
        }
        for (enum pfg_rule_field f = 0; f < PFG_N_RULE_FIELDS; f++) {
            if (sets(rule, f) && fits(rule, f, subject->series)) {
                apply_field(limit, f, rule, subject->series);
                limit->from[f] = rule;
                rules->matched[i] = true;
            }
        }
        gate(limit, rule, subject->series);
    }
    if (limit->severity == PFG_SEVERITY_OFF) {
        limit->gated = false;
        limit->why_not = "severity off by a rule";
        limit->budget = NULL;
    }
}
