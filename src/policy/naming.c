#include "policy/rule.h"

#include <stdio.h>
#include <string.h>

static bool value_fits(const struct pfg_pattern *pattern, const char *value)
{
    bool there = value && *value;

    return pattern ? there && pfg_pattern_matches(pattern, value) : !there;
}

static bool gpu_fits(const struct pfg_pattern *pattern,
                     const struct pfg_profile *profile)
{
    for (size_t i = 0; pattern && i < profile->n_gpus; i++) {
        if (pfg_pattern_matches(pattern, profile->gpus[i])) {
            return true;
        }
    }
    return !pattern && !profile->n_gpus;
}

static bool field_fits(const struct pfg_named_pattern *field,
                       const struct pfg_profile *profile,
                       const struct pfg_naming_env *env)
{
    const char *name = field->name;
    char number[16] = "";

    if (!strcmp(name, "gpu")) {
        return gpu_fits(field->pattern, profile);
    }
    if (!strncmp(name, "env.", 4)) {
        return value_fits(field->pattern, env->get(env->self, name + 4));
    }
    if (!strcmp(name, "cpus")) {
        if (profile->cpus > 0) {
            snprintf(number, sizeof number, "%d", profile->cpus);
        }
        return value_fits(field->pattern, number);
    }
    return value_fits(field->pattern, !strcmp(name, "arch") ? profile->arch
                                      : !strcmp(name, "cpu")
                                          ? profile->cpu_name
                                          : pfg_profile_note(profile, name));
}

static bool matches(const struct pfg_naming *naming,
                    const struct pfg_profile *profile,
                    const struct pfg_naming_env *env)
{
    for (size_t i = 0; i < naming->fields.n; i++) {
        if (!field_fits(&naming->fields.at[i], profile, env)) {
            return false;
        }
    }
    return true;
}

static size_t weight(const struct pfg_naming *naming)
{
    size_t sum = 0;

    for (size_t i = 0; i < naming->fields.n; i++) {
        const struct pfg_pattern *pattern = naming->fields.at[i].pattern;

        sum += pattern ? pfg_pattern_weight(pattern) : 0;
    }
    return sum;
}

const struct pfg_naming *pfg_naming_find(const struct pfg_namings *namings,
                                         const struct pfg_profile *profile,
                                         const struct pfg_naming_env *env)
{
    const struct pfg_naming *best = NULL;

    for (size_t i = 0; i < namings->n; i++) {
        const struct pfg_naming *one = &namings->at[i];

        if (matches(one, profile, env) &&
            (!best || one->fields.n > best->fields.n ||
             (one->fields.n == best->fields.n && weight(one) > weight(best)))) {
            best = one;
        }
    }
    return best;
}
