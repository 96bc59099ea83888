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
 * Rules: what a team says of some series. All that match a series count, in
 * their order: a later one wins, field by field.
 */
struct pfg_named_pattern {
    const char *name;
    const struct pfg_pattern *pattern; /* NULL: it must not be there */
};

struct pfg_named_patterns {
    const struct pfg_named_pattern *at;
    size_t n;
};

struct pfg_rule {
    /* Which series; NULL or none: all. */
    const struct pfg_pattern *suite, *benchmark, *metric, *hardware;
    struct pfg_named_patterns params, variant;
    /* What holds for them: the fields whose bit 1 << PFG_RULE_... is set. */
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
    bool *matched; /* by index: it matched a series so far */
};

/* A series, with the words that a report shows of it. */
struct pfg_subject {
    const struct pfg_series *series;
    const char *label;    /* see pfg_key_label() */
    const char *hardware; /* the profile's name; "" : files are compared */
};

bool pfg_rule_matches(const struct pfg_rule *rule,
                      const struct pfg_subject *subject);

/* The metric that it is about, where that is one by name; else NULL. */
const char *pfg_rule_metric(const struct pfg_rule *rule);

/* Whether its budget can be about a series that it matches. */
bool pfg_rule_has_budget(const struct pfg_rule *rule,
                         const struct pfg_series *series);

/* Lets the rules speak: fills `limit`, which holds the defaults, and notes
 * which rules matched. */
void pfg_rules_apply(const struct pfg_rules *rules, struct pfg_limit *limit,
                     const struct pfg_subject *subject);

/* "threshold", "min_change", ...: the words of the configuration. */
const char *pfg_rule_field_name(enum pfg_rule_field field);
const char *pfg_severity_name(enum pfg_severity severity);

/* --- checks of rules as they are written --- */

/* A rule that cannot be, by itself: says nothing, or contradicts itself.
 * PFG_USAGE at its place. */
int pfg_rule_check(const struct pfg_rule *rule, struct pfg_error *err);

/* A rule that contradicts an earlier one (the same series, another value) is
 * PFG_USAGE. */
int pfg_rules_check(const struct pfg_rules *rules, struct pfg_error *err);

/* The later rule that leaves rule `i` without any effect, or NULL. */
const struct pfg_rule *pfg_rules_cover(const struct pfg_rules *rules, size_t i);

/* --- names of hardware --- */

/*
 * Rules that name hardware profiles, by fields of them: arch, cpu, cpus, gpu,
 * memory, hostname, env.X. A field without a pattern must be absent.
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

/* Where env.X comes from. */
struct pfg_naming_env {
    const char *(*get)(void *self, const char *name); /* NULL: not set */
    void *self;
};

/*
 * The most specific rule that matches: the one with the most fields, then
 * with the most characters that are no wildcards, then the first; NULL where
 * none does.
 */
const struct pfg_naming *pfg_naming_find(const struct pfg_namings *namings,
                                         const struct pfg_profile *profile,
                                         const struct pfg_naming_env *env);

#endif
