#include "app/policy/policies.h"

#include "app/input/workspace.h"
#include "compare/compare.h"
#include "config/read_baseline_limits.h"

int pfg_policies_read(struct pfg_policies *out,
                      const struct pfg_judging *judging, struct pfg_error *err)
{
    *out = (struct pfg_policies){.asked = judging->policy};
    if (pfg_workspace_config(&out->own, judging->config, err)) {
        return -1;
    }
    out->config = out->own;
    return 0;
}

void pfg_policies_free(struct pfg_policies *policies)
{
    pfg_config_free(policies->own);
    for (size_t i = 0; i < PFG_COUNT(policies->read); i++) {
        pfg_config_free(policies->read[i]);
    }
}

struct pfg_policy pfg_policies_with(const struct pfg_policies *policies,
                                    const struct pfg_config *config)
{
    struct pfg_policy policy = policies->asked;

    if (config) {
        pfg_config_apply(config, &policy);
    }
    return policy;
}

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
            pfg_report_warn(report, "%s: the rule matches nothing here",
                            rules->at[i].source);
        }
    }
}
