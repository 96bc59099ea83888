#include "config/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "config/keys.h"
#include "model/name.h"
#include "json/json.h"

#define MAX_FILE ((size_t)4 << 20)

/* --- finding it --- */

static const char *const names[] = {"perfgate.json", "perfgate.jsonc"};

static bool has(const char *folder, const char *name, struct pfg_arena *arena)
{
    return pfg_file_exists(pfg_path_join(arena, folder, name));
}

/* How many levels above `folder` the work tree's top is; 0 outside of one. */
static size_t levels(const char *folder, struct pfg_arena *arena)
{
    size_t up = 0;

    for (const char *at = folder;; at = pfg_path_folder(arena, at)) {
        if (has(at, ".git", arena)) {
            return up;
        }
        if (!strcmp(at, "/") || !strcmp(at, ".") || !*at) {
            return 0;
        }
        up++;
    }
}

int pfg_config_find(const char **out, const char *folder,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    size_t up = levels(folder, arena);
    const char *at = folder, *way = "";

    *out = NULL;
    for (size_t i = 0; i <= up; i++) {
        bool plain = has(at, names[0], arena);
        bool other = has(at, names[1], arena);

        if (plain && other) {
            pfg_fail(err, PFG_USAGE, "both '%s%s' and '%s%s' exist", way,
                     names[0], way, names[1]);
            return pfg_hint(err, "keep one, or choose one with --config");
        }
        if (plain || other) {
            *out = pfg_arena_printf(arena, "%s%s", way, names[other]);
            return 0;
        }
        at = pfg_path_folder(arena, at);
        way = pfg_arena_printf(arena, "../%s", way);
    }
    return 0;
}

/* --- checks of whole records --- */

static void warn(struct pfg_config *config, const char *text)
{
    pfg_vec_push(&config->warnings, config->arena, text);
}

static int check_rules(struct pfg_config *config, struct pfg_error *err)
{
    struct pfg_rules *rules = &config->rules;

    for (size_t i = 0; i < rules->n; i++) {
        if (pfg_rule_check(&rules->at[i], err)) {
            return -1;
        }
    }
    if (pfg_rules_check(rules, err)) {
        return -1;
    }
    for (size_t i = 0; i < rules->n; i++) {
        const struct pfg_rule *cover = pfg_rules_cover(rules, i);

        if (cover) {
            warn(config, pfg_arena_printf(config->arena,
                                          "%s: the rule has no effect: the "
                                          "later rule %s sets the same keys",
                                          rules->at[i].source, cover->source));
        }
    }
    rules->matched = pfg_arena_new_array(config->arena, bool, rules->n);
    return 0;
}

static int check_ratios(struct pfg_config *config, struct pfg_error *err)
{
    struct pfg_ratios *ratios = &config->ratios;

    for (size_t i = 0; i < ratios->n; i++) {
        if (pfg_ratio_check(&ratios->at[i], err)) {
            return -1;
        }
    }
    if (pfg_ratios_check(ratios, err)) {
        return -1;
    }
    ratios->matched = pfg_arena_new_array(config->arena, bool, ratios->n);
    return 0;
}

static bool is_date_or_commit(const char *text)
{
    pfg_time time;

    return !*text || !pfg_time_parse(&time, pfg_slice_of(text)) ||
           (strlen(text) >= 7 && strlen(text) <= 40 &&
            !text[strspn(text, "0123456789abcdef")]);
}

static int check_acceptances(struct pfg_config *config, struct pfg_error *err)
{
    struct pfg_acceptances *accept = &config->accept;
    struct pfg_acceptance *list =
        pfg_arena_new_array(config->arena, struct pfg_acceptance, accept->n);

    for (size_t i = 0; i < accept->n; i++) {
        list[i] = accept->at[i];
        list[i].expired = "";
        if (!is_date_or_commit(list[i].until)) {
            pfg_fail_at(err, PFG_USAGE, list[i].pos,
                        "until '%s' is neither a date nor a commit",
                        list[i].until);
            return pfg_hint(err, "use 2026-12-01, or the commit's hex digits");
        }
    }
    accept->at = list;
    accept->matched = pfg_arena_new_array(config->arena, bool, accept->n);
    return 0;
}

static int check_namings(struct pfg_config *config, struct pfg_error *err)
{
    for (size_t i = 0; i < config->hardware.n; i++) {
        const struct pfg_naming *one = &config->hardware.at[i];

        if (!one->fields.n) {
            pfg_fail_at(
                err, PFG_USAGE, one->pos,
                "hardware '%s' has no property: it would match every machine",
                one->name);
            return pfg_hint(err, "add cpu, cpus, arch, gpu, memory, hostname "
                                 "or env.NAME");
        }
        if (pfg_name_check(one->name, "hardware", PFG_USAGE, one->pos, err)) {
            return -1;
        }
    }
    return 0;
}

static int check_suites(const struct pfg_config *config, struct pfg_error *err)
{
    for (size_t i = 0; i < config->benchmarks.n; i++) {
        const struct pfg_suite *one = &config->benchmarks.at[i];

        for (size_t k = 0; k < i; k++) {
            if (!strcmp(config->benchmarks.at[k].suite, one->suite)) {
                return pfg_fail_at(err, PFG_USAGE, one->pos,
                                   "two entries have the suite '%s'",
                                   one->suite);
            }
        }
        if (!*one->suite || !*one->command) {
            return pfg_fail_at(err, PFG_USAGE, one->pos,
                               "a suite needs a name and a command");
        }
        if (one->ready.n > 1 ? one->ready.n != one->service.n
                             : one->ready.n > one->service.n) {
            return pfg_fail_at(err, PFG_USAGE, one->pos,
                               "suite '%s': %zu 'ready' for %zu service%s: "
                               "give one for each, or one for the last",
                               one->suite, one->ready.n, one->service.n,
                               one->service.n == 1 ? "" : "s");
        }
        if (one->ready_timeout.text && strcmp(one->ready_timeout.unit, "s")) {
            return pfg_fail_at(err, PFG_USAGE, one->pos,
                               "ready_timeout: '%s' is not a duration",
                               one->ready_timeout.text);
        }
        if (one->rounds && one->rounds < 3) {
            return pfg_fail_at(err, PFG_USAGE, one->pos,
                               "rounds: fewer than 3 prove nothing");
        }
    }
    return 0;
}

/* --- reading it --- */

static const char *place_of(const struct pfg_config_reader *r, const char *key)
{
    const struct pfg_json_value *value =
        pfg_json_get(pfg_json_root(r->document), key);

    return value ? pfg_config_place(r, value) : "";
}

static int read_root(struct pfg_config_reader *r)
{
    const struct pfg_json_value *root = pfg_json_root(r->document);

    if (pfg_json_type(root) != PFG_JSON_OBJECT) {
        return pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, root),
                           "the configuration must be an object, { ... }");
    }
    if (pfg_config_record(r, r->config, &pfg_config_top, root)) {
        return -1;
    }
    r->config->threshold_source = place_of(r, "threshold");
    r->config->environment_source = place_of(r, "environment");
    return check_rules(r->config, r->err) || check_ratios(r->config, r->err) ||
                   check_acceptances(r->config, r->err) ||
                   check_namings(r->config, r->err) ||
                   check_suites(r->config, r->err)
               ? -1
               : 0;
}

struct pfg_config *pfg_config_new(const char *path)
{
    struct pfg_config *config = pfg_alloc(sizeof *config);

    config->arena = pfg_arena_new();
    config->patterns.arena = config->arena;
    config->path = pfg_arena_strdup(config->arena, path);
    config->base_branch = "";
    return config;
}

/* The error outlives the document because it copies the file's name. */
int pfg_config_parse(struct pfg_config **out, struct pfg_slice text,
                     const char *path, struct pfg_error *err)
{
    struct pfg_json_document *document = NULL;
    struct pfg_config *config = pfg_config_new(path);
    struct pfg_error own = {0};
    struct pfg_config_reader reader = {
        .config = config,
        .file = pfg_path_name(path),
        .err = err ? err : &own,
    };
    int failed;

    *out = NULL;
    failed = pfg_json_parse(&document, text, config->path, PFG_JSON_COMMENTS,
                            reader.err);
    if (failed) {
        reader.err->code = PFG_USAGE;
    } else {
        reader.document = document;
        failed = read_root(&reader);
    }
    pfg_json_free(document);
    if (failed) {
        pfg_config_free(config);
        return -1;
    }
    *out = config;
    return 0;
}

int pfg_config_read(struct pfg_config **out, const char *path,
                    struct pfg_error *err)
{
    struct pfg_str text;
    int failed;

    *out = NULL;
    pfg_str_init(&text, 0);
    failed = pfg_file_read(&text, path, MAX_FILE, err);
    if (failed && err) {
        err->code = PFG_USAGE;
    }
    if (!failed) {
        failed = pfg_config_parse(out, pfg_str_slice(&text), path, err);
    }
    pfg_str_free(&text);
    return failed;
}

void pfg_config_free(struct pfg_config *config)
{
    if (config) {
        pfg_patterns_free(&config->patterns);
        pfg_arena_free(config->arena);
        free(config);
    }
}

void pfg_config_apply(const struct pfg_config *config,
                      struct pfg_policy *policy)
{
    if (config->sets & PFG_CONFIG_THRESHOLD && !policy->threshold_given) {
        policy->threshold = config->threshold;
        policy->threshold_given = true;
        policy->threshold_source = config->threshold_source;
    }
    if (config->sets & PFG_CONFIG_FAIL_ON && !policy->fail_on) {
        policy->fail_on = config->fail_on;
    }
    if (config->sets & PFG_CONFIG_MISSING) {
        policy->missing = config->missing;
    }
    if (config->sets & PFG_CONFIG_MISSING_SUITE) {
        policy->missing_suite = config->missing_suite;
    }
    if (config->sets & PFG_CONFIG_NEW) {
        policy->added = config->added;
    }
    if (config->sets & PFG_CONFIG_IMPLAUSIBLE) {
        policy->implausible = config->implausible;
    }
    if (config->sets & PFG_CONFIG_ENVIRONMENT) {
        policy->environment = &config->environment;
    }
    policy->rules = &config->rules;
    policy->ratios = &config->ratios;
    policy->acceptances = &config->accept;
}
