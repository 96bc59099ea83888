#include "app/policy/baseline_limits.h"

#include <stdlib.h>

#include "base/memory.h"
#include "compare/compare.h"
#include "config/read_baseline_limits.h"

/* Keeps what was read, if there was any. */
static void keep(struct pfg_evaluation *evaluation, struct pfg_config *read)
{
    size_t n = evaluation->n_baselines;

    evaluation->limits = read;
    if (read) {
        evaluation->baselines =
            pfg_realloc(evaluation->baselines,
                        pfg_array_size(n + 1, sizeof *evaluation->baselines));
        evaluation->baselines[n] = read;
        evaluation->n_baselines = n + 1;
    }
}

int pfg_own_limits_read(struct pfg_evaluation *evaluation, const char *path,
                        struct pfg_error *err)
{
    struct pfg_config *read = NULL;

    if (path && pfg_config_read_own(&read, path, err)) {
        return -1;
    }
    keep(evaluation, read);
    return 0;
}

int pfg_own_limits_parse(struct pfg_evaluation *evaluation,
                         struct pfg_slice text, const char *path,
                         struct pfg_error *err)
{
    struct pfg_config *read;

    if (pfg_config_parse_own(&read, text, path, err)) {
        return -1;
    }
    keep(evaluation, read);
    return 0;
}

void pfg_own_limits_free(struct pfg_evaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->n_baselines; i++) {
        pfg_config_free(evaluation->baselines[i]);
    }
    free(evaluation->baselines);
}

void pfg_own_limits_add(const struct pfg_evaluation *evaluation,
                        struct pfg_policy *policy)
{
    const struct pfg_config *limits = evaluation->limits;
    struct pfg_report *report = evaluation->report;
    struct pfg_rules *rules;

    if (!limits) {
        return;
    }
    rules = pfg_arena_alloc(report->arena, sizeof *rules);
    pfg_config_join_rules(rules, policy->rules, &limits->rules, report->arena);
    policy->rules = rules;
    if (limits->sets & PFG_CONFIG_THRESHOLD &&
        !evaluation->asked.threshold_given) {
        policy->threshold = limits->threshold;
        policy->threshold_given = true;
        policy->threshold_source = limits->threshold_source;
        report->threshold = limits->threshold;
        report->threshold_given = true;
    }
}

void pfg_own_limits_settle(const struct pfg_evaluation *evaluation,
                           const struct pfg_policy *policy, bool filtered)
{
    const struct pfg_config *config = evaluation->config;
    const struct pfg_rules *rules = policy->rules;
    struct pfg_report *report = evaluation->report;
    size_t n = config ? config->rules.n : 0;

    if (!evaluation->limits || (config && rules == &config->rules)) {
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
