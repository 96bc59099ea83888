#include "app/policy/baseline_limits.h"

#include "compare/compare.h"
#include "config/read_baseline_limits.h"

void pfg_baseline_limits_add(struct pfg_policy *policy,
                             const struct pfg_policies *policies,
                             const struct pfg_config *limits,
                             struct pfg_report *report)
{
    struct pfg_rules *rules;

    if (!limits) {
        return;
    }
    rules = pfg_arena_alloc(report->arena, sizeof *rules);
    pfg_config_join_rules(rules, policy->rules, &limits->rules, report->arena);
    policy->rules = rules;
    if (limits->sets & PFG_CONFIG_THRESHOLD &&
        !policies->asked.threshold_given) {
        policy->threshold = limits->threshold;
        policy->threshold_given = true;
        policy->threshold_source = limits->threshold_source;
        report->threshold = limits->threshold;
        report->threshold_given = true;
    }
}

void pfg_baseline_limits_check(const struct pfg_policy *policy,
                               const struct pfg_policies *policies,
                               const struct pfg_config *limits, bool filtered,
                               struct pfg_report *report)
{
    const struct pfg_config *config = policies->config;
    const struct pfg_rules *rules = policy->rules;
    size_t n = config ? config->rules.n : 0;

    if (!limits || (config && rules == &config->rules)) {
        return;
    }
    for (size_t i = 0; rules && i < rules->n; i++) {
        if (i < n) {
            config->rules.matched[i] |= rules->matched[i];
        } else if (!rules->matched[i] && !filtered) {
            pfg_report_warn(
                report, pfg_arena_printf(report->arena,
                                         "%s: the rule matches nothing here",
                                         rules->at[i].source));
        }
    }
}
