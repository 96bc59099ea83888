#ifndef PFG_POLICY_NAMING_H
#define PFG_POLICY_NAMING_H

#include "model/profile.h"
#include "policy/rule.h"

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
