#ifndef PFG_POLICY_RULE_H
#define PFG_POLICY_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/gate.h"
#include "model/profile.h"
#include "model/run.h"
#include "policy/bound.h"
#include "policy/pattern.h"

/*
 * Rules: settings for some series. All rules that match a series apply in their
 * order; a later one wins, field by field.
 */
struct pfg_named_pattern {
    const char *name;
    const struct pfg_pattern *pattern; /* NULL: the name must be absent */
};

struct pfg_named_patterns {
    const struct pfg_named_pattern *at;
    size_t n;
};

struct pfg_rule {
    /* Which series; NULL or an empty list: all. */
    const struct pfg_pattern *suite, *benchmark, *metric, *hardware;
    struct pfg_named_patterns params, variant;
    /* The settings: fields whose bit 1 << PFG_RULE_... is set. */
    unsigned sets;
    double threshold; /* fraction */
    bool both;
    struct pfg_quantity min_change;
    enum pfg_severity severity;
    size_t min_samples;
    enum pfg_evidence evidence;
    enum pfg_statistic statistic;
    struct pfg_bound budget;
    const char *source; /* "perfgate.json:12" */
    struct pfg_pos pos;
};

struct pfg_rules {
    const struct pfg_rule *at;
    size_t n;
    bool *matched; /* by index: whether it has matched a series */
};

/* A series as a report names it. */
struct pfg_subject {
    const struct pfg_series *series;
    const char *label;    /* see pfg_key_label() */
    const char *hardware; /* the profile's name; "" : files are compared */
};

bool pfg_rule_matches(const struct pfg_rule *rule,
                      const struct pfg_subject *subject);

/* The metric that the rule names, without wildcards; else NULL. */
const char *pfg_rule_metric(const struct pfg_rule *rule);

/* Whether its budget can apply to a series that it matches. */
bool pfg_rule_has_budget(const struct pfg_rule *rule,
                         const struct pfg_series *series);

/* Applies the rules to `limit`, which holds the defaults, and marks those that
 * matched. */
void pfg_rules_apply(const struct pfg_rules *rules, struct pfg_limit *limit,
                     const struct pfg_subject *subject);

/* The field's key in the configuration: "threshold", "min_change". */
const char *pfg_rule_field_name(enum pfg_rule_field field);
const char *pfg_severity_name(enum pfg_severity severity);

/* --- checks of the rules alone --- */

/* Checks one rule by itself: it must set something and not contradict itself.
 * PFG_USAGE with its position. */
int pfg_rule_check(const struct pfg_rule *rule, struct pfg_error *err);

/* Checks that no rule sets another value for the same series as an earlier one.
 * PFG_USAGE. */
int pfg_rules_check(const struct pfg_rules *rules, struct pfg_error *err);

/* The later rule that overrides all that rule `i` sets, or NULL. */
const struct pfg_rule *pfg_rules_cover(const struct pfg_rules *rules, size_t i);

/* --- names of hardware --- */

/*
 * A name for the machines whose properties match: arch, cpu, cpus, gpu, memory,
 * hostname, env.X. A field without a pattern must be absent.
 */
struct pfg_naming {
    const char *name;
    struct pfg_named_patterns fields;
    const char *source;
    struct pfg_pos pos;
};

struct pfg_namings {
    const struct pfg_naming *at;
    size_t n;
};

/* The source of env.X. */
struct pfg_naming_env {
    const char *(*get)(void *self, const char *name); /* NULL: not set */
    void *self;
};

/*
 * The most specific name that matches: the one with the most fields, then with
 * the most characters that are not wildcards, then the first; NULL if none
 * does.
 */
const struct pfg_naming *pfg_naming_find(const struct pfg_namings *namings,
                                         const struct pfg_profile *profile,
                                         const struct pfg_naming_env *env);

#endif
