#include "app/evaluate/evaluating.h"

#include "compare/compare.h"
#include "policy/pattern.h"

/* Nothing falls by more than 100 %, so that a larger limit never fails. */
static int check_reachable(const struct pfg_report *report,
                           struct pfg_error *err)
{
    struct pfg_report_cursor at = {.report = report};

    while (pfg_report_next(&at)) {
        const struct pfg_report_row *row = at.row;

        if (row->gated && row->better == PFG_HIGHER && row->threshold >= 1) {
            pfg_fail(
                err, PFG_USAGE,
                "the limit of %g%% on '%s' of '%s' can never be reached: "
                "higher is better, and nothing decreases by more than 100%%",
                row->threshold * 100, row->metric, row->label);
            return pfg_hint(err,
                            "set a limit below 100, or exclude the metric: "
                            "--filter '!metric:%s'",
                            row->metric);
        }
    }
    return 0;
}

/* A budget or ratio that cannot be judged is an error of the configuration. */
static int check_targets(const struct pfg_report *report, struct pfg_error *err)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_targets; j++) {
            const struct pfg_report_target *target = &section->targets[j];

            if (target->status == PFG_TARGET_UNJUDGEABLE) {
                return pfg_fail(err, PFG_USAGE, "%s: %s", target->source,
                                target->reason);
            }
        }
    }
    return 0;
}

/* Whether a rule names hardware that no section has. */
static bool elsewhere(const struct pfg_report *report,
                      const struct pfg_pattern *hardware)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        if (pfg_pattern_matches(
                hardware, section->has_profile ? section->profile.name : "")) {
            return false;
        }
    }
    return true;
}

/* Files need not belong to the repository whose configuration is found. */
static bool is_about_other_things(const struct pfg_report *report,
                                  const struct pfg_config *config)
{
    for (size_t i = 0; i < config->rules.n; i++) {
        if (config->rules.matched[i]) {
            return false;
        }
    }
    for (size_t i = 0; i < config->ratios.n; i++) {
        if (config->ratios.matched[i]) {
            return false;
        }
    }
    return config->rules.n + config->ratios.n > 1 && report->n_sections &&
           !report->sections[0].has_profile;
}

void pfg_report_warn_unused(struct pfg_report *report,
                            const struct pfg_config *config)
{
    if (is_about_other_things(report, config)) {
        pfg_report_warn(report, "%s: no rule matches these files",
                        config->path);
        return;
    }
    for (size_t i = 0; i < config->rules.n; i++) {
        const struct pfg_rule *rule = &config->rules.at[i];

        if (!config->rules.matched[i] && !elsewhere(report, rule->hardware)) {
            pfg_report_warn(report, "%s: the rule matches nothing here",
                            rule->source);
        }
    }
    for (size_t i = 0; i < config->ratios.n; i++) {
        const struct pfg_ratio *ratio = &config->ratios.at[i];

        if (!config->ratios.matched[i] && ratio->severity != PFG_SEVERITY_OFF &&
            !elsewhere(report, ratio->hardware)) {
            pfg_report_warn(report, "%s: neither '%s' nor '%s' was measured",
                            ratio->source, pfg_pattern_text(ratio->of),
                            pfg_pattern_text(ratio->to));
        }
    }
}

void pfg_report_warn_new(struct pfg_report *report,
                         const struct pfg_policy *policy)
{
    struct pfg_report_cursor at = {.report = report};
    size_t n = 0;

    while (pfg_report_next(&at)) {
        n += at.row->verdict == PFG_NEW && at.section->has_base;
    }
    if (n && policy->added == PFG_SEVERITY_WARN) {
        pfg_report_warn(report,
                        "%zu new benchmark%s: not judged, because there is no "
                        "base for them",
                        n, n == 1 ? "" : "s");
    }
}

int pfg_report_check(const struct pfg_report *report, struct pfg_error *err)
{
    return check_reachable(report, err) || check_targets(report, err) ? -1 : 0;
}
