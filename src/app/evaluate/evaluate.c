#include "app/evaluate/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "app/evaluate/acceptance.h"
#include "app/evaluate/evaluate_files.h"
#include "app/evaluate/evaluate_measured.h"
#include "app/evaluate/evaluate_store.h"
#include "app/evaluate/segment.h"
#include "app/input/watching.h"
#include "app/input/workspace.h"
#include "app/policy/baseline_limits.h"
#include "app/policy/limit_change.h"
#include "app/policy/policy_change.h"
#include "base/memory.h"

void pfg_evaluation_free(struct pfg_evaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->n_runs; i++) {
        pfg_run_free(evaluation->runs[i]);
    }
    free(evaluation->runs);
    pfg_patterns_free(&evaluation->patterns);
    pfg_report_free(evaluation->report);
    pfg_config_free(evaluation->own);
    pfg_own_limits_free(evaluation);
    for (size_t i = 0; i < 3; i++) {
        pfg_config_free(evaluation->versions.read[i]);
    }
    *evaluation = (struct pfg_evaluation){0};
}

struct pfg_run **pfg_evaluation_keep(struct pfg_evaluation *evaluation,
                                     struct pfg_run *const *runs, size_t n)
{
    size_t total = evaluation->n_runs + n;

    evaluation->runs = pfg_realloc(
        evaluation->runs, pfg_array_size(total, sizeof *evaluation->runs));
    for (size_t i = 0; i < n; i++) {
        evaluation->runs[evaluation->n_runs + i] = runs[i];
    }
    evaluation->n_runs = total;
    return evaluation->runs + total - n;
}

/* Keeps what was compared, with a policy of its own: acceptances are between
 * these two versions only. */
static void keep_comparison(struct pfg_evaluation *evaluation,
                            const struct pfg_comparison *comparison)
{
    struct pfg_arena *arena = evaluation->report->arena;
    size_t n = evaluation->n_comparisons;
    struct pfg_comparison *grown =
        pfg_arena_new_array(arena, struct pfg_comparison, n + 1);
    struct pfg_policy *policy = pfg_arena_alloc(arena, sizeof *policy);

    if (n) {
        memcpy(grown, evaluation->comparisons, n * sizeof *grown);
    }
    *policy = *comparison->policy;
    policy->acceptances = NULL;
    grown[n] = *comparison;
    grown[n].policy = policy;
    evaluation->comparisons = grown;
    evaluation->n_comparisons = n + 1;
}

/* Nothing falls by more than 100 %: such a limit would never gate. */
static int check_reachable(const struct pfg_report *report,
                           struct pfg_error *err)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            const struct pfg_report_row *row = &section->rows[j];

            if (row->gated && row->better == PFG_HIGHER &&
                row->threshold >= 1) {
                pfg_fail(err, PFG_USAGE, "a limit of %g%% on '%s' of '%s' can "
                         "never be reached: higher is better, and nothing "
                         "falls by more than 100%%", row->threshold * 100,
                         row->metric, row->label);
                return pfg_hint(err, "a limit below 100, or leave the metric "
                                     "out: --filter '!metric:%s'",
                                row->metric);
            }
        }
    }
    return 0;
}

/* A budget or ratio that cannot be judged is a wrong configuration. */
static int check_targets(const struct pfg_report *report,
                         struct pfg_error *err)
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

/* Whether a rule is about hardware that none of the sections has. */
static bool elsewhere(const struct pfg_report *report,
                      const struct pfg_pattern *hardware)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        if (pfg_pattern_matches(hardware, section->has_profile
                                              ? section->profile.name
                                              : "")) {
            return false;
        }
    }
    return true;
}

/* Files may be of anything: they need not have to do with the repository
 * whose configuration is found. */
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

/* What the configuration says that nothing here was about. */
static void warn_of_unused(struct pfg_report *report,
                           const struct pfg_config *config)
{
    struct pfg_arena *arena = report->arena;

    if (is_about_other_things(report, config)) {
        pfg_report_warn(report, pfg_arena_printf(
                                    arena, "%s: none of its rules is about "
                                    "these files", config->path));
        return;
    }
    for (size_t i = 0; i < config->rules.n; i++) {
        const struct pfg_rule *rule = &config->rules.at[i];

        if (!config->rules.matched[i] && !elsewhere(report, rule->hardware)) {
            pfg_report_warn(report,
                            pfg_arena_printf(arena, "%s: the rule matches "
                                             "nothing here", rule->source));
        }
    }
    for (size_t i = 0; i < config->ratios.n; i++) {
        const struct pfg_ratio *ratio = &config->ratios.at[i];

        if (!config->ratios.matched[i] &&
            ratio->severity != PFG_SEVERITY_OFF &&
            !elsewhere(report, ratio->hardware)) {
            pfg_report_warn(
                report, pfg_arena_printf(arena, "%s: neither '%s' nor '%s' "
                                         "was run", ratio->source,
                                         pfg_pattern_text(ratio->of),
                                         pfg_pattern_text(ratio->to)));
        }
    }
}

static void warn_of_new(struct pfg_report *report,
                        const struct pfg_policy *policy)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        for (size_t j = 0; j < report->sections[i].n_rows; j++) {
            n += report->sections[i].rows[j].verdict == PFG_NEW &&
                 report->sections[i].has_base;
        }
    }
    if (n && policy->added == PFG_SEVERITY_WARN) {
        pfg_report_warn(report, pfg_arena_printf(
                                    report->arena,
                                    "%zu new benchmark%s: without a base "
                                    "nothing is said of them", n,
                                    n == 1 ? "" : "s"));
    }
}

static int check_report(struct pfg_evaluation *evaluation,
                        const struct pfg_evaluate_options *options,
                        struct pfg_error *err)
{
    struct pfg_report *report = evaluation->report;
    const struct pfg_policy judge =
        pfg_evaluation_policy(evaluation, evaluation->config);

    if (check_reachable(report, err) || check_targets(report, err)) {
        return -1;
    }
    if (*evaluation->ci.trouble) {
        pfg_report_warn(report, evaluation->ci.trouble);
    }
    for (size_t i = 0; evaluation->config && i < evaluation->config->warnings.n;
         i++) {
        pfg_report_warn(report, evaluation->config->warnings.at[i]);
    }
    if (evaluation->config && !options->n_filter) {
        warn_of_unused(report, evaluation->config);
        pfg_acceptances_finish(evaluation);
    }
    warn_of_new(report, &judge);
    return 0;
}

/* Lets the configuration speak where the command line did not. */
static int add_config(struct pfg_evaluation *out,
                      struct pfg_evaluate_options *options,
                      struct pfg_error *err)
{
    out->asked = options->policy;
    if (pfg_place_config(&out->own, options->config, err)) {
        return -1;
    }
    out->config = out->own;
    if (out->config) {
        pfg_config_apply(out->config, &options->policy);
        if (!options->base_branch && *out->config->base_branch) {
            options->base_branch = out->config->base_branch;
        }
    }
    return 0;
}

struct pfg_policy pfg_evaluation_policy(const struct pfg_evaluation *evaluation,
                                        const struct pfg_config *config)
{
    struct pfg_policy policy = evaluation->asked;

    if (config) {
        pfg_config_apply(config, &policy);
    }
    return policy;
}

int pfg_evaluation_compare(struct pfg_evaluation *evaluation,
                           const struct pfg_context *context,
                           const struct pfg_evaluate_options *options,
                           struct pfg_vcs *vcs,
                           struct pfg_comparison *comparison,
                           struct pfg_error *err)
{
    struct pfg_policy policy;
    struct pfg_comparison judged;
    struct pfg_acceptances acceptances;

    if (pfg_policy_change_find(evaluation, context, options, vcs, comparison,
                               err) ||
        pfg_policy_trust_baseline(evaluation, options, vcs, comparison, err)) {
        return -1;
    }
    policy = *comparison->policy;
    if (evaluation->versions.trust_base) {
        policy = pfg_evaluation_policy(evaluation, evaluation->config);
        evaluation->report->threshold = policy.threshold;
        evaluation->report->threshold_given = policy.threshold_given;
    }
    pfg_own_limits_add(evaluation, &policy);
    if (pfg_acceptances_gather(&acceptances, evaluation, options, vcs,
                               comparison, context->now, err)) {
        return -1;
    }
    policy.acceptances = &acceptances;
    pfg_renames_apply(evaluation->config, comparison->base.runs,
                      comparison->base.n);
    pfg_renames_apply(evaluation->config, comparison->history,
                      comparison->n_history);
    judged = *comparison;
    judged.policy = &policy;
    if (pfg_segments_gather(&judged, evaluation, options, vcs, err)) {
        return -1;
    }
    pfg_watching_say(context, "comparing");
    pfg_compare(evaluation->report, &judged);
    pfg_progress_clear(context->progress);
    pfg_own_limits_settle(evaluation, &policy, options->n_filter > 0);
    pfg_limit_changes(evaluation, &judged);
    keep_comparison(evaluation, &judged);
    if (!options->n_filter) {
        pfg_acceptances_settle(&acceptances, evaluation);
    }
    return 0;
}

int pfg_evaluate(struct pfg_evaluation *out, const struct pfg_context *context,
                 const struct pfg_evaluate_options *options,
                 struct pfg_error *err)
{
    struct pfg_evaluate_options own = *options;
    int failed;

    *out = (struct pfg_evaluation){0};
    if (add_config(out, &own, err)) {
        return -1;
    }
    out->report = pfg_report_new(&own.policy);
    out->report->version = PFG_VERSION;
    out->report->time = context->now;
    pfg_ci_read(&out->ci, context, out->report->arena);
    out->report->command = pfg_arena_strdup(
        out->report->arena, own.command ? own.command : "");
    if (own.measured) {
        failed = pfg_evaluate_measured(out, context, &own, err);
    } else if (own.head_paths.n) {
        failed = pfg_evaluate_files(out, context, &own, err);
    } else {
        failed = pfg_evaluate_store(out, context, &own, err);
    }
    if (failed || check_report(out, &own, err)) {
        pfg_evaluation_free(out);
        return -1;
    }
    pfg_limit_changes_finish(out);
    pfg_report_finish(out->report, own.gate, own.allow_no_baseline);
    return 0;
}
