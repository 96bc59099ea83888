#include "app/policy/policy_change.h"

#include "base/map.h"
#include "group/key.h"
#include "policy/policy.h"

/* How the limits of one series differ between two policies. */
struct difference {
    struct pfg_arena *arena;
    const char *text; /* "threshold 5% to 50%, both true to false" */
    bool looser, tighter;
};

static void note(struct difference *d, const char *name, const char *from,
                 const char *to, enum pfg_policy_effect effect)
{
    d->text = pfg_arena_printf(d->arena, "%s%s%s %s to %s", d->text,
                               *d->text ? ", " : "", name, from, to);
    d->looser |= effect == PFG_POLICY_LOOSER;
    d->tighter |= effect == PFG_POLICY_TIGHTER;
}

static enum pfg_policy_effect looser_if(bool looser)
{
    return looser ? PFG_POLICY_LOOSER : PFG_POLICY_TIGHTER;
}

static const char *percent(struct difference *d, double fraction)
{
    return pfg_arena_printf(d->arena, "%.10g%%", 100 * fraction);
}

/* The value in the rule, or `otherwise` if no rule set it. */
static const char *rule_words(struct difference *d,
                              const struct pfg_limit *limit,
                              enum pfg_rule_field field, const char *otherwise)
{
    return limit->from[field]
               ? pfg_config_rule_words(limit->from[field], field, d->arena)
               : otherwise;
}

static void compare_judged(struct difference *d, const struct pfg_limit *a,
                           const struct pfg_limit *b)
{
    size_t weakest_a = a->demanding ? a->evidence : PFG_N_EVIDENCES;
    size_t weakest_b = b->demanding ? b->evidence : PFG_N_EVIDENCES;

    if (a->threshold != b->threshold) {
        note(d, "threshold", percent(d, a->threshold), percent(d, b->threshold),
             looser_if(b->threshold > a->threshold));
    } else if (a->given != b->given) {
        note(d, "threshold", a->given ? "written" : "the default",
             b->given ? "written" : "the default", looser_if(a->given));
    }
    if (a->both != b->both) {
        note(d, "both", a->both ? "true" : "false", b->both ? "true" : "false",
             looser_if(a->both));
    }
    if (a->min_change != b->min_change) {
        note(d, "min_change", rule_words(d, a, PFG_RULE_MIN_CHANGE, "none"),
             rule_words(d, b, PFG_RULE_MIN_CHANGE, "none"),
             looser_if(b->min_change > a->min_change));
    }
    if (a->min_samples != b->min_samples) {
        note(d, "min_samples", rule_words(d, a, PFG_RULE_MIN_SAMPLES, "none"),
             rule_words(d, b, PFG_RULE_MIN_SAMPLES, "none"),
             looser_if(b->min_samples > a->min_samples));
    }
    if (weakest_a != weakest_b) {
        note(d, "evidence", rule_words(d, a, PFG_RULE_EVIDENCE, "any"),
             rule_words(d, b, PFG_RULE_EVIDENCE, "any"),
             looser_if(weakest_b < weakest_a));
    }
    if (a->statistic != b->statistic) {
        note(d, "statistic", pfg_statistic_name(a->statistic),
             pfg_statistic_name(b->statistic), PFG_POLICY_OTHER);
    }
}

static void compare_budgets(struct difference *d, const struct pfg_bound *a,
                            const struct pfg_bound *b)
{
    bool wider = !b || (a && pfg_bound_contains(b, a));
    bool narrower = !a || (b && pfg_bound_contains(a, b));

    if (wider && narrower) {
        return;
    }
    note(d, "budget", a ? a->text : "none", b ? b->text : "none",
         wider      ? PFG_POLICY_LOOSER
         : narrower ? PFG_POLICY_TIGHTER
                    : PFG_POLICY_OTHER);
}

static struct difference compare_limits(const struct pfg_limit *a,
                                        const struct pfg_limit *b,
                                        struct pfg_arena *arena)
{
    struct difference d = {.arena = arena, .text = ""};

    if (a->severity != b->severity) {
        note(&d, "severity", pfg_severity_name(a->severity),
             pfg_severity_name(b->severity),
             looser_if(b->severity > a->severity));
    }
    if (a->severity != PFG_SEVERITY_OFF && b->severity != PFG_SEVERITY_OFF) {
        if (a->gated != b->gated) {
            note(&d, "gated", a->gated ? "yes" : "no", b->gated ? "yes" : "no",
                 looser_if(a->gated));
        } else if (a->gated) {
            compare_judged(&d, a, b);
        }
        compare_budgets(&d, a->budget, b->budget);
    }
    return d;
}

static void add_series(struct pfg_map *differences,
                       const struct pfg_policy policies[2],
                       const struct pfg_series *series, const char *hardware)
{
    struct pfg_arena *arena = differences->arena;
    const struct pfg_subject subject = {
        .series = series,
        .label = pfg_key_label(arena, series),
        .hardware = hardware,
    };
    struct pfg_limit limits[2];
    struct difference *d = pfg_arena_alloc(arena, sizeof *d);

    for (size_t i = 0; i < 2; i++) {
        limits[i] = pfg_policy_limit_of(&policies[i], &subject);
    }
    *d = compare_limits(&limits[0], &limits[1], arena);
    if (*d->text) {
        *pfg_map_at(differences, pfg_slice_of(series->key)) = d;
    }
}

static void add_runs(struct pfg_map *differences,
                     const struct pfg_policy policies[2],
                     struct pfg_run *const *runs, size_t n,
                     const char *hardware)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < runs[i]->series.n; j++) {
            const struct pfg_series *series = runs[i]->series.at[j];

            if (!pfg_map_find(differences, pfg_slice_of(series->key))) {
                add_series(differences, policies, series, hardware);
            }
        }
    }
}

static void set_limit_change(struct pfg_report *report,
                             struct pfg_report_row *row,
                             const struct difference *d)
{
    row->limit_change = pfg_arena_printf(report->arena, "%s: %s",
                                         d->looser    ? "looser"
                                         : d->tighter ? "tighter"
                                                      : "other",
                                         d->text);
    report->policy.n_looser += d->looser;
    report->policy.n_tighter += d->tighter && !d->looser;
}

void pfg_limit_changes(struct pfg_report *report,
                       const struct pfg_policies *policies,
                       const struct pfg_comparison *comparison)
{
    struct pfg_report_section *section =
        &report->sections[report->n_sections - 1];
    const char *hardware = section->has_profile ? section->profile.name : "";
    const struct pfg_policy both[2] = {
        pfg_policies_with(policies, policies->base),
        pfg_policies_with(policies, policies->head),
    };
    struct pfg_map differences;

    if (!policies->compared || !report->policy.n_changes) {
        return;
    }
    pfg_map_init(&differences, report->arena);
    add_runs(&differences, both, comparison->head.runs, comparison->head.n,
             hardware);
    add_runs(&differences, both, comparison->base.runs, comparison->base.n,
             hardware);
    for (size_t i = 0; i < section->n_rows; i++) {
        struct pfg_report_row *row = &section->rows[i];
        void **found = pfg_map_find(&differences, pfg_slice_of(row->key));

        if (found) {
            set_limit_change(report, row, *found);
        }
    }
}

/* --- the headline --- */

/* Looser changes first, then those whose effect is unknown. */
static void sort_changes(struct pfg_report_policy *policy,
                         struct pfg_arena *arena)
{
    static const enum pfg_policy_effect order[] = {
        PFG_POLICY_LOOSER, PFG_POLICY_OTHER, PFG_POLICY_TIGHTER};
    struct pfg_report_policy_change *sorted = pfg_arena_new_array(
        arena, struct pfg_report_policy_change, policy->n_changes);
    size_t n = 0;

    for (size_t o = 0; o < PFG_COUNT(order); o++) {
        for (size_t i = 0; i < policy->n_changes; i++) {
            if (policy->changes[i].effect == order[o]) {
                sorted[n++] = policy->changes[i];
            }
        }
    }
    policy->changes = sorted;
}

static enum pfg_policy_effect overall(const struct pfg_report_policy *policy)
{
    size_t n_tighter = 0;

    for (size_t i = 0; i < policy->n_changes; i++) {
        if (policy->changes[i].effect == PFG_POLICY_LOOSER) {
            return PFG_POLICY_LOOSER;
        }
        n_tighter += policy->changes[i].effect == PFG_POLICY_TIGHTER;
    }
    return policy->n_looser                              ? PFG_POLICY_LOOSER
           : n_tighter && n_tighter == policy->n_changes ? PFG_POLICY_TIGHTER
                                                         : PFG_POLICY_OTHER;
}

void pfg_limit_changes_finish(struct pfg_report *report,
                              const struct pfg_policies *policies)
{
    static const char *const verbs[PFG_N_POLICY_EFFECTS] = {
        [PFG_POLICY_OTHER] = "alters",
        [PFG_POLICY_LOOSER] = "loosens",
        [PFG_POLICY_TIGHTER] = "tightens",
    };
    struct pfg_report_policy *policy = &report->policy;
    struct pfg_arena *arena = report->arena;
    const char *what, *more = "";
    size_t n_more;

    if (!policy->n_changes && !policies->first) {
        return;
    }
    sort_changes(policy, arena);
    policy->effect = overall(policy);
    what =
        policies->first
            ? pfg_arena_printf(arena, "adds the first policy: %s",
                               policies->first)
            : pfg_arena_printf(arena, "%s the policy: %s",
                               verbs[policy->effect], policy->changes[0].text);
    n_more = policy->n_changes - !policies->first;
    if (n_more) {
        more = pfg_arena_printf(arena, ", and %zu more change%s", n_more,
                                n_more == 1 ? "" : "s");
    }
    policy->headline = pfg_arena_printf(
        arena, "this change %s%s%s", what, more,
        policies->trust_base ? "; it is judged by its base's policy" : "");
}
