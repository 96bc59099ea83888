#include "config/read_baseline_limits.h"

#include <string.h>

#include "base/file.h"
#include "config/keys.h"
#include "policy/policy.h"
#include "json/json.h"

#define MAX_FILE ((size_t)256 << 20)

/* The lists of rules, and the field that each of their entries must set. */
static const struct list {
    const char *key;
    enum pfg_rule_field field;
    const char *example;
} lists[] = {
    {"thresholds", PFG_N_RULE_FIELDS, ""},
    {"targets", PFG_RULE_BUDGET, "\"budget\": \"< 8ms\""},
};

/* Reads one list behind the rules that there are. */
static int read_list(struct pfg_config_reader *r, const struct list *list,
                     const struct pfg_json_value *value)
{
    struct pfg_config *config = r->config;
    const struct pfg_rules before = config->rules;
    struct pfg_rules joined;

    if (pfg_config_value(r, config, &pfg_config_top,
                         pfg_config_key(&pfg_config_top, "rules"), value)) {
        return -1;
    }
    for (size_t i = 0; i < config->rules.n; i++) {
        const struct pfg_rule *rule = &config->rules.at[i];

        if (pfg_rule_check(rule, r->err)) {
            return -1;
        }
        if (list->field < PFG_N_RULE_FIELDS &&
            !(rule->sets >> list->field & 1)) {
            pfg_fail_at(r->err, PFG_USAGE, rule->pos,
                        "an entry of '%s' has no limit", list->key);
            return pfg_hint(r->err, "add %s", list->example);
        }
    }
    pfg_config_join_rules(&joined, &before, &config->rules, config->arena);
    config->rules = joined;
    return 0;
}

static int read_root(struct pfg_config_reader *r)
{
    const struct pfg_json_value *root = pfg_json_root(r->document);
    const struct pfg_json_value *threshold = pfg_json_get(root, "threshold");

    if (threshold) {
        if (pfg_config_value(r, r->config, &pfg_config_top,
                             pfg_config_key(&pfg_config_top, "threshold"),
                             threshold)) {
            return -1;
        }
        r->config->threshold_source = pfg_config_place(r, threshold);
    }
    for (size_t i = 0; i < PFG_COUNT(lists); i++) {
        const struct pfg_json_value *value = pfg_json_get(root, lists[i].key);

        if (value && read_list(r, &lists[i], value)) {
            return -1;
        }
    }
    return pfg_rules_check(&r->config->rules, r->err);
}

static int parse(struct pfg_config *config, struct pfg_slice text,
                 struct pfg_error *err)
{
    struct pfg_json_document *document = NULL;
    struct pfg_config_reader reader = {
        .config = config, .file = pfg_path_name(config->path), .err = err};
    int failed;

    if (pfg_json_parse(&document, text, config->path, PFG_JSON_COMMENTS, err)) {
        return -1;
    }
    reader.document = document;
    failed = read_root(&reader);
    pfg_json_free(document);
    return failed;
}

int pfg_config_parse_baseline_limits(struct pfg_config **out,
                                     struct pfg_slice text, const char *path,
                                     struct pfg_error *err)
{
    struct pfg_config *config = pfg_config_new(path);
    struct pfg_error own = {0};
    int failed;

    *out = NULL;
    failed = parse(config, text, err ? err : &own);
    if (failed || (!config->rules.n && !config->sets)) {
        pfg_config_free(config);
        return failed;
    }
    *out = config;
    return 0;
}

int pfg_config_read_baseline_limits(struct pfg_config **out, const char *path,
                                    struct pfg_error *err)
{
    struct pfg_str text;
    int failed;

    *out = NULL;
    pfg_str_init(&text, 0);
    failed =
        pfg_file_read(&text, path, MAX_FILE, err) ||
        pfg_config_parse_baseline_limits(out, pfg_str_slice(&text), path, err);
    pfg_str_free(&text);
    return failed ? -1 : 0;
}

void pfg_config_join_rules(struct pfg_rules *out, const struct pfg_rules *first,
                           const struct pfg_rules *own, struct pfg_arena *arena)
{
    size_t n = first ? first->n : 0;
    struct pfg_rule *rules =
        pfg_arena_new_array(arena, struct pfg_rule, n + own->n);

    if (n) {
        memcpy(rules, first->at, n * sizeof *rules);
    }
    if (own->n) {
        memcpy(rules + n, own->at, own->n * sizeof *rules);
    }
    *out = (struct pfg_rules){
        .at = rules,
        .n = n + own->n,
        .matched = pfg_arena_new_array(arena, bool, n + own->n),
    };
}
