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

static int read_rule(struct pfg_config_reader *r, struct pfg_rule *out,
                     const struct list *list,
                     const struct pfg_json_value *value)
{
    const struct pfg_config_record *record =
        pfg_config_key(&pfg_config_top, "rules")->record;

    if (pfg_json_type(value) != PFG_JSON_OBJECT) {
        return pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value),
                           "'%s' must be a list of objects", list->key);
    }
    if (pfg_config_record(r, out, record, value) ||
        pfg_rule_check(out, r->err)) {
        return -1;
    }
    if (list->field < PFG_N_RULE_FIELDS && !(out->sets >> list->field & 1)) {
        pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value),
                    "an entry of '%s' has no limit", list->key);
        return pfg_hint(r->err, "add %s", list->example);
    }
    return 0;
}

static int read_list(struct pfg_config_reader *r, struct pfg_rule *out,
                     size_t *n, const struct list *list,
                     const struct pfg_json_value *value)
{
    if (value && pfg_json_type(value) != PFG_JSON_ARRAY) {
        return pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value),
                           "'%s' must be a list of objects", list->key);
    }
    for (const struct pfg_json_value *v = pfg_json_first(value); v;
         v = pfg_json_next(v)) {
        if (read_rule(r, &out[(*n)++], list, v)) {
            return -1;
        }
    }
    return 0;
}

static int read_rules(struct pfg_config_reader *r,
                      const struct pfg_json_value *root)
{
    struct pfg_config *config = r->config;
    struct pfg_rule *rules;
    size_t room = 0;

    for (size_t i = 0; i < PFG_COUNT(lists); i++) {
        room += pfg_json_count(pfg_json_get(root, lists[i].key));
    }
    rules = pfg_arena_new_array(config->arena, struct pfg_rule, room);
    for (size_t i = 0; i < PFG_COUNT(lists); i++) {
        if (read_list(r, rules, &config->rules.n, &lists[i],
                      pfg_json_get(root, lists[i].key))) {
            return -1;
        }
    }
    config->rules.at = rules;
    config->rules.matched =
        pfg_arena_new_array(config->arena, bool, config->rules.n);
    return pfg_rules_check(&config->rules, r->err);
}

static int read_threshold(struct pfg_config_reader *r,
                          const struct pfg_json_value *root)
{
    const struct pfg_json_value *value = pfg_json_get(root, "threshold");
    const char *text = pfg_json_string(value);
    struct pfg_error made;

    if (!value) {
        return 0;
    }
    if (pfg_policy_parse_percent(&r->config->threshold,
                                 text ? pfg_slice_of(text)
                                      : pfg_json_digits(r->document, value),
                                 "threshold", &made)) {
        return pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value),
                           "%s", made.message);
    }
    r->config->threshold_source = pfg_config_place(r, value);
    r->config->sets |= PFG_CONFIG_THRESHOLD;
    return 0;
}

static int parse(struct pfg_config *config, struct pfg_slice text,
                 struct pfg_error *err)
{
    struct pfg_json_document *document = NULL;
    struct pfg_config_reader reader = {
        .config = config, .file = pfg_path_name(config->path), .err = err};
    const struct pfg_json_value *root;
    int failed;

    if (pfg_json_parse(&document, text, config->path, PFG_JSON_COMMENTS, err)) {
        return -1;
    }
    reader.document = document;
    root = pfg_json_root(document);
    failed = read_threshold(&reader, root) || read_rules(&reader, root);
    pfg_json_free(document);
    return failed ? -1 : 0;
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
