#ifndef PFG_POLICY_RATIO_H
#define PFG_POLICY_RATIO_H

#include "model/gate.h"
#include "policy/bound.h"
#include "policy/pattern.h"

/*
 * A limit on the ratio of two benchmarks of one run. With wildcards it is a
 * family: the wildcards of both names match the same texts, so that each traced
 * benchmark is divided by the native one of its kind.
 */
struct pfg_ratio {
    const char *name;                  /* "" : its benchmarks are its name */
    const struct pfg_pattern *of, *to; /* globs */
    const struct pfg_pattern *metric, *suite, *hardware; /* NULL: any */
    struct pfg_bound limit;                              /* its unit is a plain
                                                            number */
    enum pfg_severity severity;
    const char *source; /* "perfgate.json:12" */
    struct pfg_pos pos;
};

struct pfg_ratios {
    const struct pfg_ratio *at;
    size_t n;
    bool *matched; /* by index: whether one side was found */
};

/* Checks one ratio by itself. PFG_USAGE with its position. */
int pfg_ratio_check(const struct pfg_ratio *ratio, struct pfg_error *err);

/* Checks that no two ratios contradict each other: the same benchmarks,
 * possibly swapped, with limits that have no value in common. PFG_USAGE with
 * the position of the later one. */
int pfg_ratios_check(const struct pfg_ratios *ratios, struct pfg_error *err);

/* The benchmark on the other side of a ratio, given `label` on the side `from`;
 * NULL if `label` does not match it, or `to` has wildcards that `from` cannot
 * fill. In the arena. */
const char *pfg_ratio_partner(const struct pfg_pattern *from,
                              const struct pfg_pattern *to, const char *label,
                              struct pfg_arena *arena);

#endif
