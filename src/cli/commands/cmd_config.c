#include <stdio.h>

#include "app/input/workspace.h"
#include "app/policy/stored_units.h"
#include "cli/options/database_options.h"
#include "model/metric.h"
#include "policy/policy.h"
#include "term/print.h"

static const struct pfg_option options[] = {
    {"config", 0, "FILE",
     "the configuration (default: perfgate.json in this or a parent folder)"},
    {"metric", 'm', "METRIC",
     "show: only this metric (default: all metrics named in rules)"},
    {"suite", 0, "NAME", "show: only this suite"},
    {"hardware", 0, "NAME", "show: for this hardware profile"},
    PFG_DATABASE_OPTIONS,
    {0},
};

/* It is an error if there is no configuration. */
static int read_config(struct pfg_config **out,
                       const struct pfg_arguments *arguments,
                       struct pfg_error *err)
{
    if (pfg_workspace_config(out, pfg_arguments_value(arguments, "config"),
                             err)) {
        return -1;
    }
    if (!*out) {
        pfg_fail(err, PFG_USAGE, "no perfgate.json in this or a parent folder");
        return pfg_hint(err, "'perfgate init' creates one");
    }
    return 0;
}

/* --- check --- */

static int check(const struct pfg_context *context,
                 const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_config *config;
    int failed;

    if (read_config(&config, arguments, err)) {
        return -1;
    }
    failed = pfg_stored_units_check(config,
                                    pfg_arguments_value(arguments, "db"), err);
    for (size_t i = 0; i < config->warnings.n && !failed; i++) {
        pfg_context_warn(context, "%s", config->warnings.at[i]);
    }
    if (!failed) {
        pfg_print(context->out,
                  "%s: %s; rules: %zu, ratios: %zu, acceptances: %zu, "
                  "hardware names: %zu\n",
                  config->path, config->warnings.n ? "valid" : "ok",
                  config->rules.n, config->ratios.n, config->accept.n,
                  config->hardware.n);
    }
    pfg_config_free(config);
    return failed;
}

/* --- show --- */

struct show {
    const struct pfg_context *context;
    const struct pfg_config *config;
    struct pfg_policy policy;
    struct pfg_arena *arena;
    const char *suite, *benchmark, *hardware;
};

static void put(const struct show *show, const char *key, const char *value,
                const char *source)
{
    pfg_print(show->context->out,
              *source ? "  %-12s %-16s %s\n" : "  %-12s %s\n", key, value,
              source);
}

static const char *threshold_text(const struct show *show,
                                  const struct pfg_limit *limit)
{
    return pfg_arena_printf(show->arena, "%.10g%%", 100 * limit->threshold);
}

/* A unit for a metric without data: that of its budget or min_change, if it
 * fits the metric. */
static const char *unit_of(const struct show *show, const char *metric)
{
    static const char *const units[] = {"s", "B", "1/s", "B/s", "1"};

    for (size_t i = 0; i < show->config->rules.n; i++) {
        const struct pfg_rule *rule = &show->config->rules.at[i];

        if (rule->metric && pfg_pattern_matches(rule->metric, metric) &&
            rule->sets >> PFG_RULE_MIN_CHANGE & 1) {
            return rule->min_change.unit;
        }
    }
    for (size_t i = 0; i < PFG_COUNT(units); i++) {
        if (pfg_metric_allows_unit(metric, units[i])) {
            return units[i];
        }
    }
    return "s";
}

static void show_environment(const struct show *show)
{
    const struct pfg_named_patterns *names = &show->config->environment;
    struct pfg_str text = pfg_str_in(show->arena);

    for (size_t i = 0; i < names->n; i++) {
        pfg_str_printf(&text, "%s%s", i ? "," : "", names->at[i].name);
    }
    if (names->n) {
        put(show, "environment", text.ptr, show->config->environment_source);
    }
}

static void show_metric(const struct show *show, const char *metric)
{
    struct pfg_metric known = pfg_metric_find(metric);
    struct pfg_series series = {
        .suite = show->suite,
        .benchmark = show->benchmark,
        .metric = known.name,
        .unit = unit_of(show, metric),
        .better = known.better,
    };
    struct pfg_subject subject = {&series, show->benchmark, show->hardware};
    struct pfg_limit limit = pfg_policy_limit_of(&show->policy, &subject);

    pfg_print(show->context->out, "%s: %s\n", show->benchmark, known.name);
    if (limit.gated && limit.severity == PFG_SEVERITY_WARN) {
        limit.gated = false;
        limit.why_not = "shown only";
    }
    put(show, "gated", limit.gated ? "yes" : "no", limit.why_not);
    put(show, "threshold", threshold_text(show, &limit), limit.source);
    for (enum pfg_rule_field f = 0; f < PFG_N_RULE_FIELDS; f++) {
        const struct pfg_rule *rule = limit.from[f];

        if (rule && f != PFG_RULE_THRESHOLD) {
            put(show, pfg_rule_field_name(f),
                pfg_config_rule_words(rule, f, show->arena), rule->source);
        }
    }
    show_environment(show);
}

/* The metrics that rules name for this benchmark, without repetitions; `time`
 * first. */
static size_t list_metrics(const struct show *show, const char **out)
{
    size_t n = 0;

    out[n++] = "time";
    for (size_t i = 0; i < show->config->rules.n; i++) {
        struct pfg_rule rule = show->config->rules.at[i];
        struct pfg_series series = {.suite = show->suite,
                                    .benchmark = show->benchmark,
                                    .metric = "",
                                    .unit = ""};
        struct pfg_subject subject = {&series, show->benchmark, show->hardware};
        const char *name =
            rule.sets >> PFG_RULE_BUDGET & 1 ? rule.budget.metric : "";
        bool again = false;

        if (rule.metric && !pfg_pattern_is_regex(rule.metric) &&
            !pfg_pattern_wildcards(rule.metric)) {
            name = pfg_pattern_text(rule.metric);
        }
        rule.metric = NULL;
        if (!*name || !pfg_rule_matches(&rule, &subject)) {
            continue;
        }
        for (size_t j = 0; j < n; j++) {
            again |= pfg_metric_matches(out[j], name);
        }
        if (!again) {
            out[n++] = name;
        }
    }
    return n;
}

static int show(const struct pfg_context *context,
                const struct pfg_arguments *arguments, struct pfg_error *err)
{
    const char *suite = pfg_arguments_value(arguments, "suite");
    const char *hardware = pfg_arguments_value(arguments, "hardware");
    const char *metric = pfg_arguments_value(arguments, "metric");
    struct show show = {
        .context = context,
        .policy = pfg_policy_default(),
        .arena = arguments->arena,
        .suite = suite ? suite : "",
        .benchmark = arguments->words[1],
        .hardware = hardware ? hardware : "",
    };
    struct pfg_config *config;
    const char **metrics = &metric;
    size_t n = 1;

    if (read_config(&config, arguments, err)) {
        return -1;
    }
    show.config = config;
    pfg_config_apply(config, &show.policy);
    if (!metric) {
        metrics = pfg_arena_new_array(arguments->arena, const char *,
                                      config->rules.n + 1);
        n = list_metrics(&show, metrics);
    }
    for (size_t i = 0; i < n; i++) {
        fputs(i ? "\n" : "", context->out);
        show_metric(&show, metrics[i]);
    }
    pfg_config_free(config);
    return 0;
}

/* --- */

static int schema(const struct pfg_context *context,
                  const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_str text = pfg_str_in(arguments->arena);

    (void)err;
    pfg_config_schema(&text);
    fwrite(text.ptr, 1, text.len, context->out);
    return 0;
}

static const struct pfg_verb verbs[] = {
    {"check", 0, 0, "check", check},
    {"show", 1, 1, "show BENCHMARK [--metric METRIC]", show},
    {"schema", 0, 0, "schema", schema},
    {0},
};

const struct pfg_command pfg_command_config = {
    .name = "config",
    .group = "results and machines",
    .summary = "check perfgate.json, and show which rule sets each value",
    .usage = "check | show BENCHMARK [--metric METRIC] | schema",
    .about =
        "perfgate.json (or perfgate.jsonc) is JSON with comments. perfgate "
        "looks for it in the working directory and its parents, up to the top "
        "of the repository.\n\n"
        "  check           report errors, contradictions and rules without "
        "effect\n"
        "  show BENCHMARK  show the settings for a benchmark, and the line "
        "that sets each\n"
        "  schema          print the JSON Schema of the file, for editors\n",
    .options = options,
    .verbs = verbs,
};
