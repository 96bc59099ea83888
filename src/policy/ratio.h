#ifndef PFG_POLICY_RATIO_H
#define PFG_POLICY_RATIO_H

#include "model/gate.h"
#include "policy/bound.h"
#include "policy/pattern.h"

/*
 * A limit on the ratio of two benchmarks of one run. With wildcards it is a
 * family: what stands for those of one name stands for those of the other, so
 * that every traced benchmark is held against the native one of its kind.
 */
struct pfg_ratio {
    const char *name;                  /* "" : named after its benchmarks */
    const struct pfg_pattern *of, *to; /* globs */
    const struct pfg_pattern *metric, *suite, *hardware; /* NULL: any */
    struct pfg_bound limit;                              /* of a plain number */
    enum pfg_severity severity;
    const char *source; /* "perfgate.json:12" */
    struct pfg_pos pos;
};

struct pfg_ratios {
    const struct pfg_ratio *at;
    size_t n;
    bool *matched; /* by index: a side of it was there */
};

/* A ratio that cannot be: PFG_USAGE at its place. */
int pfg_ratio_check(const struct pfg_ratio *ratio, struct pfg_error *err);

/* Ratios that no run can keep together: the same benchmarks, either way round,
 * and limits that have no value in common. PFG_USAGE at the later one. */
int pfg_ratios_check(const struct pfg_ratios *ratios, struct pfg_error *err);

/* The name of the one side, given that of the other; NULL where `label` is
 * none of `from`'s, or tells too little. In the arena. */
const char *pfg_ratio_partner(const struct pfg_pattern *from,
                              const struct pfg_pattern *to, const char *label,
                              struct pfg_arena *arena);

#endif
