#include "app/evaluate/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "app/baseline/baseline_files.h"
#include "app/evaluate/acceptance.h"
#include "app/evaluate/evaluating.h"
#include "app/input/ci.h"
#include "app/input/watching.h"
#include "app/input/workspace.h"
#include "app/policy/policies.h"
#include "app/policy/policy_change.h"
#include "compare/report/second_look.h"
#include "config/read_baseline_limits.h"
#include "json/json.h"

/* The state that all pairs share. */
struct judging {
    struct pfg_evaluation *out;
    const struct pfg_context *context;
    const struct pfg_evaluate_options *options;
    struct pfg_ci ci;
    struct pfg_vcs *vcs; /* NULL: no commits are compared */
    struct pfg_policy_change change;
};

static void free_pairs(struct pfg_pairs *pairs)
{
    pfg_read_free(&pairs->runs);
    for (size_t i = 0; i < pairs->all.n; i++) {
        pfg_config_free(pairs->all.at[i].limits);
    }
}

void pfg_evaluation_free(struct pfg_evaluation *evaluation)
{
    free_pairs(&evaluation->pairs);
    pfg_patterns_free(&evaluation->patterns);
    pfg_report_free(evaluation->report);
    pfg_policies_free(&evaluation->policies);
    *evaluation = (struct pfg_evaluation){0};
}

/* --- the policy --- */

/* If the base's policy is trusted, replaces a base from a baseline file by that
 * file in the trusted commit; without it there is no base. */
static int use_trusted_baseline(struct judging *j, struct pfg_pair *pair,
                                struct pfg_error *err)
{
    const struct pfg_policies *policies = &j->out->policies;
    struct pfg_comparison *comparison = &pair->comparison;
    struct pfg_arena *arena = j->out->report->arena;
    const char *file = pair->baseline_file, *below;
    struct pfg_vcs_content content;
    struct pfg_baseline baseline;

    if (!policies->trust_base || !file) {
        return 0;
    }
    below = pfg_workspace_below_top(j->vcs, file, arena);
    if (!below) {
        return 0;
    }
    if (pfg_vcs_content(j->vcs, &content, policies->trusted, below, arena,
                        err)) {
        return -1;
    }
    pfg_config_free(pair->limits);
    pair->limits = NULL;
    if (!content.there) {
        comparison->base.n = 0;
        comparison->no_base =
            pfg_arena_printf(arena,
                             "the baseline %s does not exist in the base, "
                             "commit %.10s, whose policy is trusted",
                             file, policies->trusted);
        return 0;
    }
    if (pfg_baseline_parse(&baseline, content.text, file, arena, err)) {
        return -1;
    }
    if (pfg_config_parse_baseline_limits(&pair->limits, content.text, file,
                                         err)) {
        pfg_baseline_release(&baseline);
        return -1;
    }
    pfg_runs_add(&j->out->pairs.runs, baseline.runs, baseline.n_runs);
    comparison->base.runs = baseline.runs;
    comparison->base.n = baseline.n_runs;
    comparison->base.origin = pfg_baseline_files_origin(
        &baseline,
        pfg_arena_printf(arena, "as in commit %.10s", policies->trusted),
        arena);
    pfg_json_free(baseline.limits);
    return 0;
}

/* The policy of a pair, in the report's arena. */
static int find_policy(struct judging *j, struct pfg_pair *pair,
                       struct pfg_policy **out, struct pfg_error *err)
{
    struct pfg_policies *policies = &j->out->policies;
    struct pfg_report *report = j->out->report;
    struct pfg_policy *policy = pfg_arena_alloc(report->arena, sizeof *policy);

    j->change.comparison = &pair->comparison;
    if (pfg_policy_change_find(report, policies, &j->change, err) ||
        use_trusted_baseline(j, pair, err)) {
        return -1;
    }
    *policy = pfg_policies_with(policies, policies->config);
    if (policies->trust_base) {
        report->threshold = policy->threshold;
        report->threshold_given = policy->threshold_given;
    }
    pfg_baseline_limits_add(policy, policies, pair->limits, report);
    *out = policy;
    return 0;
}

/* --- the comparison --- */

/* Applies the user's directions and exact metrics, which stored results may
 * lack. */
static void apply_declarations(const struct pfg_collect_options *options,
                               const struct pfg_comparison *comparison)
{
    for (size_t i = 0; i < comparison->base.n; i++) {
        pfg_collect_direct(comparison->base.runs[i], options);
    }
    for (size_t i = 0; i < comparison->head.n; i++) {
        pfg_collect_direct(comparison->head.runs[i], options);
    }
    for (size_t i = 0; i < comparison->n_history; i++) {
        pfg_collect_direct(comparison->history[i], options);
    }
}

/* Prepares both sides for the comparison, except for renames. */
static void prepare_sides(const struct judging *j,
                          struct pfg_comparison *comparison)
{
    const struct pfg_evaluate_options *options = j->options;

    comparison->alternating |= options->alternating;
    comparison->filter = options->filter;
    comparison->n_filter = options->n_filter;
    apply_declarations(&options->files.read.collect, comparison);
    pfg_program_names_unify(comparison, j->out->report->arena);
}

/* Refuses a file that is given for both measurements, because it would confirm
 * itself. */
static int check_new(const struct pfg_runs *first, const struct pfg_runs *again,
                     struct pfg_error *err)
{
    for (size_t i = 0; i < first->n * again->n; i++) {
        const struct pfg_run *one = first->at[i / again->n];
        const struct pfg_run *two = again->at[i % again->n];

        if (*one->digest && !strcmp(one->digest, two->digest)) {
            pfg_fail(err, PFG_DATA,
                     "'%s' is not a new measurement: it contains the results "
                     "of '%s'",
                     two->source, one->source);
            return pfg_hint(err, "measure again, base and head");
        }
    }
    return 0;
}

/* Tests the likely changes of the files with those of a second measurement. */
static int test_again(struct judging *j, struct pfg_comparison *first,
                      struct pfg_policy *policy, struct pfg_error *err)
{
    const struct pfg_file_sides *files = &j->options->files;
    const struct pfg_file_sides sides = {.base = files->base_again,
                                         .head = files->head_again,
                                         .read = files->read};
    struct pfg_arena *arena = j->out->report->arena;
    struct pfg_pairs again = {.arena = arena};
    struct pfg_report *before, *after;
    struct pfg_comparison *second;
    size_t settled;

    if (pfg_pairs_of_files(&again, j->context, &sides, err) ||
        check_new(&j->out->pairs.runs, &again.runs, err)) {
        free_pairs(&again);
        return -1;
    }
    before = pfg_report_new(policy);
    after = pfg_report_new(policy);
    second = &again.all.at[0].comparison;
    for (size_t i = 0; i < second->notes.n; i++) {
        pfg_vec_push(&first->notes, arena, second->notes.at[i]);
    }
    pfg_compare(before, first);
    policy->second = pfg_second_looks_of(before, arena);
    policy->second.pending = true;
    second->policy = policy;
    prepare_sides(j, second);
    pfg_renames_apply(j->out->policies.config, second->base.runs,
                      second->base.n);
    pfg_compare(after, second);
    settled = pfg_second_looks_record(&policy->second, after, 0);
    pfg_vec_push(
        &first->notes, arena,
        policy->second.n
            ? pfg_arena_printf(
                  arena, "unconfirmed changes were measured again: %zu of %s",
                  settled, pfg_arena_counted(arena, policy->second.n, "row"))
            : "nothing was unconfirmed: the second measurement has no effect");
    pfg_report_free(before);
    pfg_report_free(after);
    free_pairs(&again);
    return 0;
}

static int judge_pair(struct judging *j, struct pfg_pair *pair,
                      struct pfg_error *err)
{
    const struct pfg_evaluate_options *options = j->options;
    const struct pfg_policies *policies = &j->out->policies;
    struct pfg_comparison *comparison = &pair->comparison;
    struct pfg_report *report = j->out->report;
    struct pfg_acceptances acceptances;
    struct pfg_acceptance_sources sources;
    struct pfg_policy *policy;
    const struct pfg_pair *first = j->out->pairs.all.at;

    if (find_policy(j, pair, &policy, err)) {
        return -1;
    }
    sources = (struct pfg_acceptance_sources){
        .config = policies->config,
        .ci = &j->ci,
        .vcs = j->vcs,
        .now = j->context->now,
        .trust_base = policies->trust_base,
        .allow_all = options->judging.allow_accept_all,
        .patterns = &j->out->patterns,
        .report = report,
    };
    if (pfg_acceptances_gather(&acceptances, &sources, comparison, err)) {
        return -1;
    }
    policy->acceptances = &acceptances;
    comparison->policy = policy;
    prepare_sides(j, comparison);
    if (pair == first || comparison->base.runs != first->comparison.base.runs) {
        pfg_renames_apply(policies->config, comparison->base.runs,
                          comparison->base.n);
        pfg_renames_apply(policies->config, comparison->history,
                          comparison->n_history);
    } /* else it was done for another head of the same base */
    if (pfg_segments_gather(comparison, &sources, err)) {
        return -1;
    }
    if (options->files.head_again.n && test_again(j, comparison, policy, err)) {
        return -1;
    }
    pfg_watching_say(j->context, "comparing");
    pfg_compare(report, comparison);
    pfg_progress_clear(j->context->progress);
    pfg_baseline_limits_check(policy, policies, pair->limits,
                              options->n_filter > 0, report);
    pfg_limit_changes(report, policies, comparison);
    if (!options->n_filter) {
        pfg_acceptances_check(&acceptances, &sources);
    }
    /* These acceptances are about this pair only: later comparisons of its runs
     * with others have none. */
    policy->acceptances = NULL;
    return 0;
}

/* The pairs of each head with the one base. */
static int find_pairs_of(struct judging *j, bool files, struct pfg_error *err)
{
    struct pfg_evaluate_options sides = *j->options;
    struct pfg_pairs *out = &j->out->pairs;
    const struct pfg_config *own = j->out->policies.own;
    int failed = 0;

    sides.files.read.found = &own;
    for (size_t i = 0; !failed && i <= sides.others.n; i++) {
        if (i) {
            sides.files.head = (struct pfg_paths){&sides.others.at[i - 1], 1};
            sides.stored.head = sides.others.at[i - 1];
        }
        failed = files ? pfg_pairs_of_files(out, j->context, &sides.files, err)
                       : pfg_pairs_of_store(out, j->context, &sides.stored,
                                            j->vcs, err);
    }
    return failed;
}

static int find_pairs(struct judging *j, struct pfg_vcs **opened,
                      struct pfg_error *err)
{
    const struct pfg_evaluate_options *options = j->options;

    if (options->measured) {
        j->vcs = options->measured->vcs;
        pfg_pairs_of_measured(&j->out->pairs, options->measured);
        return 0;
    }
    if (options->files.head.n) {
        return find_pairs_of(j, true, err);
    }
    if (pfg_workspace_open_vcs(opened, err)) {
        return -1;
    }
    j->vcs = *opened;
    return find_pairs_of(j, false, err);
}

/* The first filter if nothing passes them; else NULL. */
static const char *idle_filter(const struct pfg_report *report,
                               const struct pfg_evaluate_options *options)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        n += report->sections[i].n_rows;
    }
    return options->n_filter && !n ? options->filter[0] : NULL;
}

/* Checks and closes the report after the last section. */
static int finish(struct judging *j, struct pfg_error *err)
{
    const struct pfg_evaluate_options *options = j->options;
    const struct pfg_policies *policies = &j->out->policies;
    const struct pfg_config *config = policies->config;
    const struct pfg_policy policy = pfg_policies_with(policies, config);
    struct pfg_report *report = j->out->report;
    const char *idle = idle_filter(report, options);

    if (pfg_report_check(report, err)) {
        return -1;
    }
    if (*j->ci.trouble) {
        pfg_report_warn(report, "%s", j->ci.trouble);
    }
    for (size_t i = 0; config && i < config->warnings.n; i++) {
        pfg_report_warn(report, "%s", config->warnings.at[i]);
    }
    if (config && !options->n_filter) {
        pfg_report_warn_unused(report, config);
        pfg_report_expect(report, &config->expect, &policy);
        pfg_acceptances_check_config(config, report);
    }
    pfg_report_warn_new(report, &policy);
    pfg_limit_changes_finish(report, policies);
    pfg_report_finish(report, options->gate, options->allow_no_baseline);
    if (idle) {
        report->headline = pfg_arena_printf(
            report->arena,
            "nothing to compare: --filter '%s' matches no benchmark of base or "
            "head",
            idle);
    }
    return 0;
}

/* Compares the pairs, whatever their source. */
static int evaluate(struct judging *j, struct pfg_error *err)
{
    struct pfg_vcs *opened = NULL;
    int failed = find_pairs(j, &opened, err);

    j->change.vcs = j->vcs;
    if (j->options->measured && j->options->measured->unneeded) {
        struct pfg_report *report = j->out->report;

        report->unneeded =
            pfg_arena_strdup(report->arena, j->options->measured->unneeded);
        pfg_report_finish(report, j->options->gate, true);
        return 0;
    }
    for (size_t i = 0; !failed && i < j->out->pairs.all.n; i++) {
        failed = judge_pair(j, &j->out->pairs.all.at[i], err);
    }
    failed = failed || finish(j, err);
    pfg_vcs_close(opened);
    return failed ? -1 : 0;
}

int pfg_evaluate(struct pfg_evaluation *out, const struct pfg_context *context,
                 const struct pfg_evaluate_options *options,
                 struct pfg_error *err)
{
    struct pfg_evaluate_options filled = *options;
    struct pfg_search_options *search = &filled.stored.search;
    struct judging j = {.out = out, .context = context, .options = &filled};
    struct pfg_policy policy;
    struct pfg_arena *arena;

    *out = (struct pfg_evaluation){0};
    if (pfg_policies_read(&out->policies, &options->judging, err)) {
        return -1;
    }
    if (out->policies.own && !search->base_branch &&
        *out->policies.own->base_branch) {
        search->base_branch = out->policies.own->base_branch;
    }
    policy = pfg_policies_with(&out->policies, out->policies.own);
    out->report = pfg_report_new(&policy);
    arena = out->report->arena;
    out->report->version = PFG_VERSION;
    out->report->time = context->now;
    out->report->command =
        pfg_arena_strdup(arena, options->command ? options->command : "");
    out->pairs.arena = out->patterns.arena = arena;
    pfg_ci_read(&j.ci, context, arena);
    j.change = (struct pfg_policy_change){
        .context = context,
        .ci = &j.ci,
        .judging = &options->judging,
        .search = search,
        .baselines = options->stored.baselines,
    };
    if (evaluate(&j, err)) {
        pfg_evaluation_free(out);
        return -1;
    }
    return 0;
}
