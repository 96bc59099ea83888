#include "config/keys.h"

#include <string.h>

#include "base/str.h"

static const char *describe_patterns(const struct pfg_named_patterns *patterns,
                                     struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    for (size_t i = 0; i < patterns->n; i++) {
        const struct pfg_pattern *pattern = patterns->at[i].pattern;

        pfg_str_printf(&text, "%s%s=%s", i ? " " : "", patterns->at[i].name,
                       pattern ? pfg_pattern_text(pattern) : "null");
    }
    return text.ptr;
}

static const char *describe_names(const struct pfg_named_patterns *names,
                                  struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    for (size_t i = 0; i < names->n; i++) {
        pfg_str_printf(&text, "%s%s", i ? "," : "", names->at[i].name);
    }
    return text.ptr;
}

static const char *describe_texts(const struct pfg_texts *texts,
                                  struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    for (size_t i = 0; i < texts->n; i++) {
        pfg_str_printf(&text, "%s'%s'", i ? ", " : "", texts->at[i]);
    }
    return text.ptr;
}

static const char *describe_verdicts(unsigned mask, struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    for (enum pfg_verdict v = 0; v < PFG_N_VERDICTS; v++) {
        if (mask >> v & 1) {
            pfg_str_printf(&text, "%s%s", text.len ? "," : "",
                           pfg_verdict_name(v));
        }
    }
    return text.ptr;
}

static const char *describe_bound(const struct pfg_bound *bound,
                                  struct pfg_arena *arena)
{
    return *bound->metric
               ? pfg_arena_printf(arena, "%s %s", bound->metric, bound->text)
               : bound->text;
}

const char *pfg_config_describe(const struct pfg_config_key *key,
                                const void *at, struct pfg_arena *arena)
{
    const struct pfg_pattern *pattern;
    const struct pfg_quantity *quantity;

    switch (key->type) {
    case PFG_CONFIG_TEXT:
        return *(const char *const *)at;
    case PFG_CONFIG_WORD:
        return key->words[*(const int *)at];
    case PFG_CONFIG_PERCENT:
        return pfg_arena_printf(arena, "%.10g%%", 100 * *(const double *)at);
    case PFG_CONFIG_FLAG:
        return *(const bool *)at ? "true" : "false";
    case PFG_CONFIG_COUNT:
        return *(const size_t *)at
                   ? pfg_arena_printf(arena, "%zu", *(const size_t *)at)
                   : "";
    case PFG_CONFIG_PATTERN:
        pattern = *(const struct pfg_pattern *const *)at;
        return pattern ? pfg_pattern_text(pattern) : "";
    case PFG_CONFIG_PATTERNS:
    case PFG_CONFIG_FIELD:
        return describe_patterns(at, arena);
    case PFG_CONFIG_QUANTITY:
        quantity = at;
        return quantity->text ? quantity->text : "";
    case PFG_CONFIG_BOUND:
        return describe_bound(at, arena);
    case PFG_CONFIG_VERDICTS:
        return describe_verdicts(*(const unsigned *)at, arena);
    case PFG_CONFIG_NAMES:
        return describe_names(at, arena);
    case PFG_CONFIG_TEXTS:
        return describe_texts(at, arena);
    default:
        return "";
    }
}

const char *pfg_config_rule_words(const struct pfg_rule *rule,
                                  enum pfg_rule_field field,
                                  struct pfg_arena *arena)
{
    const struct pfg_config_key *key =
        pfg_config_key(pfg_config_key(&pfg_config_top, "rules")->record,
                       pfg_rule_field_name(field));

    return pfg_config_describe(key, (const char *)rule + key->offset, arena);
}
