#include <string.h>

#include "model/metric.h"
#include "policy/rule.h"

/* Checks of the rules that need no data. */

static bool sets(const struct pfg_rule *rule, enum pfg_rule_field field)
{
    return rule->sets >> field & 1;
}

const char *pfg_rule_metric(const struct pfg_rule *rule)
{
    if (sets(rule, PFG_RULE_BUDGET) && *rule->budget.metric) {
        return rule->budget.metric;
    }
    return rule->metric && !pfg_pattern_is_regex(rule->metric) &&
                   !pfg_pattern_wildcards(rule->metric)
               ? pfg_pattern_text(rule->metric)
               : NULL;
}

static int check_unit(const struct pfg_rule *rule, const char *what,
                      const char *text, const char *unit, struct pfg_error *err)
{
    const char *metric = pfg_rule_metric(rule);

    if (!metric || pfg_metric_allows_unit(metric, unit)) {
        return 0;
    }
    return pfg_fail_at(err, PFG_USAGE, rule->pos,
                       "%s '%s' is %s, which is not a unit of '%s'", what, text,
                       pfg_unit_dimension(unit), metric);
}

static int check_units(const struct pfg_rule *rule, struct pfg_error *err)
{
    if (sets(rule, PFG_RULE_BUDGET) &&
        check_unit(rule, "the budget", rule->budget.text, rule->budget.unit,
                   err)) {
        return -1;
    }
    return sets(rule, PFG_RULE_MIN_CHANGE)
               ? check_unit(rule, "min_change", rule->min_change.text,
                            rule->min_change.unit, err)
               : 0;
}

/* Nothing falls by more than 100 %, so such a threshold is never reached. */
static int check_threshold(const struct pfg_rule *rule, struct pfg_error *err)
{
    const char *metric = pfg_rule_metric(rule);

    if (sets(rule, PFG_RULE_THRESHOLD) && metric && rule->threshold >= 1 &&
        pfg_metric_find(metric).better == PFG_HIGHER) {
        return pfg_fail_at(err, PFG_USAGE, rule->pos,
                           "'%s' can never reach a threshold of 100%% or more, "
                           "because higher is better",
                           metric);
    }
    return 0;
}

/* Times, sizes and rates are never negative. Plain numbers may be. */
static int check_budget(const struct pfg_rule *rule, struct pfg_error *err)
{
    const struct pfg_bound *budget = &rule->budget;
    bool never =
        budget->upper < 0 || (budget->upper == 0 && budget->upper_open);

    if (sets(rule, PFG_RULE_BUDGET) && never &&
        strcmp(budget->unit, "1") != 0) {
        return pfg_fail_at(
            err, PFG_USAGE, rule->pos,
            "the budget '%s' can never be met: nothing is below zero",
            budget->text);
    }
    return 0;
}

int pfg_rule_check(const struct pfg_rule *rule, struct pfg_error *err)
{
    bool off =
        sets(rule, PFG_RULE_SEVERITY) && rule->severity == PFG_SEVERITY_OFF;

    if (!rule->sets) {
        pfg_fail_at(err, PFG_USAGE, rule->pos, "the rule sets nothing");
        return pfg_hint(err, "add a threshold, both, min_change, severity, "
                             "min_samples, evidence, statistic or budget");
    }
    if (off && rule->sets != 1u << PFG_RULE_SEVERITY) {
        return pfg_fail_at(
            err, PFG_USAGE, rule->pos,
            "the rule contradicts itself: it has limits but is switched off");
    }
    if (sets(rule, PFG_RULE_BUDGET) && *rule->budget.metric && rule->metric &&
        !pfg_metric_matches(pfg_pattern_text(rule->metric),
                            rule->budget.metric) &&
        !pfg_pattern_matches(rule->metric, rule->budget.metric)) {
        return pfg_fail_at(err, PFG_USAGE, rule->pos,
                           "the rule contradicts itself: its metric is '%s', "
                           "but its budget's is '%s'",
                           pfg_pattern_text(rule->metric), rule->budget.metric);
    }
    return check_units(rule, err) || check_threshold(rule, err) ||
                   check_budget(rule, err)
               ? -1
               : 0;
}

/* Whether `wide` matches everything that `narrow` does, as far as their texts
 * tell. */
static bool covers(const struct pfg_pattern *wide,
                   const struct pfg_pattern *narrow)
{
    return !wide || !strcmp(pfg_pattern_text(wide), "*") ||
           pfg_pattern_same(wide, narrow);
}

static bool has(struct pfg_named_patterns list,
                const struct pfg_named_pattern *one)
{
    for (size_t i = 0; i < list.n; i++) {
        if (!strcmp(list.at[i].name, one->name) &&
            pfg_pattern_same(list.at[i].pattern, one->pattern)) {
            return true;
        }
    }
    return false;
}

static bool all_in(struct pfg_named_patterns some,
                   struct pfg_named_patterns all)
{
    for (size_t i = 0; i < some.n; i++) {
        if (!has(all, &some.at[i])) {
            return false;
        }
    }
    return true;
}

static bool rule_covers(const struct pfg_rule *wide,
                        const struct pfg_rule *narrow)
{
    return covers(wide->suite, narrow->suite) &&
           covers(wide->benchmark, narrow->benchmark) &&
           covers(wide->metric, narrow->metric) &&
           covers(wide->hardware, narrow->hardware) &&
           all_in(wide->params, narrow->params) &&
           all_in(wide->variant, narrow->variant);
}

/* The fields that both rules set for the same values. Budgets for different
 * metrics are not the same. */
static unsigned comparable_fields(const struct pfg_rule *a,
                                  const struct pfg_rule *b)
{
    unsigned fields = a->sets & b->sets;
    bool budgets_differ =
        strcmp(a->budget.metric ? a->budget.metric : "",
               b->budget.metric ? b->budget.metric : "") != 0 ||
        ((fields >> PFG_RULE_BUDGET & 1) &&
         !pfg_units_agree(a->budget.unit, b->budget.unit));
    bool floors_differ =
        (fields >> PFG_RULE_MIN_CHANGE & 1) &&
        !pfg_units_agree(a->min_change.unit, b->min_change.unit);

    if (budgets_differ) {
        fields &= ~(1u << PFG_RULE_BUDGET);
    }
    if (floors_differ) {
        fields &= ~(1u << PFG_RULE_MIN_CHANGE);
    }
    return fields;
}

int pfg_rules_check(const struct pfg_rules *rules, struct pfg_error *err)
{
    for (size_t i = 0; i < rules->n; i++) {
        const struct pfg_rule *rule = &rules->at[i];

        for (size_t j = 0; j < i; j++) {
            const struct pfg_rule *earlier = &rules->at[j];
            unsigned both = comparable_fields(rule, earlier);

            if (both && rule_covers(rule, earlier) &&
                rule_covers(earlier, rule)) {
                int field = __builtin_ctz(both);

                pfg_fail_at(err, PFG_USAGE, rule->pos,
                            "the rule contradicts %s: both set '%s' for the "
                            "same benchmarks",
                            earlier->source,
                            pfg_rule_field_name((enum pfg_rule_field)field));
                return pfg_hint(err, "keep one of them");
            }
        }
    }
    return 0;
}

const struct pfg_rule *pfg_rules_cover(const struct pfg_rules *rules, size_t i)
{
    const struct pfg_rule *rule = &rules->at[i];

    for (size_t j = i + 1; j < rules->n; j++) {
        const struct pfg_rule *later = &rules->at[j];

        if (comparable_fields(later, rule) == rule->sets &&
            rule_covers(later, rule)) {
            return later;
        }
    }
    return NULL;
}
