#include "config/config.h"

#include "check.h"
#include "policy/policy.h"

/* The limit that the file sets for a series. */
static struct pfg_limit ask(const struct pfg_config *config,
                            const struct pfg_series *series,
                            const char *hardware)
{
    struct pfg_policy policy = pfg_policy_default();
    struct pfg_subject subject = {series, series->benchmark, hardware};

    pfg_config_apply(config, &policy);
    return pfg_policy_limit_of(&policy, &subject);
}

static struct pfg_config *parse(const char *text)
{
    struct pfg_config *config = NULL;
    struct pfg_error err = {0};

    if (pfg_config_parse(&config, pfg_slice_of(text), "perfgate.json", &err)) {
        fail_msg("%s: %s", text, err.message);
    }
    return config;
}

static void a_rule_matches_by_the_words_of_the_report(void **state)
{
    static struct pfg_fact cpus = {"cpus", "8"}, go = {"go", "1.23"};
    const struct pfg_series series = {
        .suite = "core",
        .benchmark = "parse/[x]",
        .metric = "latency p99",
        .unit = "s",
        .better = PFG_LOWER,
        .params = &cpus,
        .n_params = 1,
        .variant = &go,
        .n_variant = 1,
    };
    static const struct {
        const char *rule;
        bool matches;
    } cases[] = {
        {"\"benchmark\": \"parse/*\"", true},
        {"\"benchmark\": \"parse/[x]\"", true}, /* its literal name */
        {"\"benchmark\": \"core/parse/*\"", true},
        {"\"benchmark\": \"*\"", true},
        {"\"benchmark\": \"/^parse/\"", true},
        {"\"benchmark\": \"parse\"", false},
        {"\"benchmark\": \"/x$/\"", false},
        {"\"suite\": \"c*\"", true},
        {"\"suite\": \"c\"", false},
        {"\"metric\": \"latency p99\"", true},
        {"\"metric\": \"latency *\"", true},
        {"\"metric\": \"p(99)\"", true},
        {"\"metric\": \"time\"", false},
        {"\"hardware\": \"rtx*\"", true},
        {"\"hardware\": \"cpu-only\"", false},
        {"\"params\": {\"cpus\": \"8\"}", true},
        {"\"params\": {\"cpus\": 8}", true},
        {"\"params\": {\"cpus\": \"4\"}", false},
        {"\"params\": {\"cpus\": null}", false},
        {"\"params\": {\"n\": null}", true},
        {"\"params\": {\"n\": \"*\"}", false},
        {"\"variant\": {\"go\": \"1.2*\"}", true},
        {"\"variant\": {\"go\": \"1.1*\"}", false},
        {"\"suite\": \"core\", \"metric\": \"time\"", false},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        char text[200];
        struct pfg_config *config;
        struct pfg_limit limit;

        snprintf(text, sizeof text, "{\"rules\": [{%s, \"threshold\": 33}]}",
                 cases[i].rule);
        config = parse(text);
        limit = ask(config, &series, "rtx3080");
        if ((limit.threshold == 0.33) != cases[i].matches ||
            config->rules.matched[0] != cases[i].matches) {
            fail_msg("%s: %g", cases[i].rule, limit.threshold);
        }
        pfg_config_free(config);
    }
}

static void later_rules_win_field_by_field(void **state)
{
    struct pfg_config *config =
        parse("{\"threshold\": 10, \"rules\": [\n"
              "{\"threshold\": 8, \"min_samples\": 5},\n"
              "{\"benchmark\": \"core/*\", \"threshold\": 5, \"both\": true},\n"
              "{\"metric\": \"time\", \"min_change\": \"50ns\"},\n"
              "{\"metric\": \"time\", \"severity\": \"warn\"}\n]}");
    const struct pfg_series core = {.suite = "",
                                    .benchmark = "core/a",
                                    .metric = "time",
                                    .unit = "s",
                                    .better = PFG_LOWER};
    const struct pfg_series other = {.suite = "",
                                     .benchmark = "x",
                                     .metric = "bytes",
                                     .unit = "B",
                                     .better = PFG_LOWER};
    struct pfg_limit limit = ask(config, &core, "");
    (void)state;

    assert_near(limit.threshold, 0.05, 0);
    assert_string_equal(limit.source, "perfgate.json:3");
    assert_true(limit.given && limit.both && limit.gated);
    assert_near(limit.min_change, 50e-9, 1e-20);
    assert_int_equal(limit.min_samples, 5);
    assert_int_equal(limit.severity, PFG_SEVERITY_WARN);
    assert_string_equal(limit.from[PFG_RULE_SEVERITY]->source,
                        "perfgate.json:5");
    limit = ask(config, &other, "");
    assert_near(limit.threshold, 0.08, 0);
    assert_false(limit.both);
    assert_near(limit.min_change, 0, 0);
    assert_int_equal(limit.severity, PFG_SEVERITY_ERROR);
    pfg_config_free(config);
}

static void what_a_rule_does_to_gating(void **state)
{
    static const struct {
        const char *rule;
        const char *metric;
        enum pfg_direction better;
        bool gated, given;
    } cases[] = {
        {"\"threshold\": 20", "latency max", PFG_LOWER, false, true},
        {"\"metric\": \"latency max\", \"threshold\": 20", "latency max",
         PFG_LOWER, true, true},
        {"\"metric\": \"latency max\", \"min_samples\": 3", "latency max",
         PFG_LOWER, false, false},
        /* Only a rule that names a tail metric sets its limit. */
        {"\"threshold\": 20", "latency p99", PFG_LOWER, true, false},
        {"\"metric\": \"latency p99\", \"threshold\": 20", "latency p99",
         PFG_LOWER, true, true},
        {"\"metric\": \"latency max\", \"both\": false", "latency max",
         PFG_LOWER, false, false},
        {"\"severity\": \"off\"", "time", PFG_LOWER, false, false},
        {"\"severity\": \"warn\"", "time", PFG_LOWER, true, false},
        /* Without a direction the only rule can be "must not change". */
        {"\"metric\": \"widgets\", \"threshold\": 5", "widgets", PFG_NEUTRAL,
         false, true},
        {"\"metric\": \"widgets\", \"threshold\": 5, \"both\": true", "widgets",
         PFG_NEUTRAL, true, true},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_series series = {.suite = "",
                                    .benchmark = "b",
                                    .metric = cases[i].metric,
                                    .unit = "s",
                                    .better = cases[i].better};
        struct pfg_config *config;
        struct pfg_limit limit;
        char text[200];

        snprintf(text, sizeof text, "{\"rules\": [{%s}]}", cases[i].rule);
        config = parse(text);
        limit = ask(config, &series, "");
        if (limit.gated != cases[i].gated || limit.given != cases[i].given ||
            limit.gated != !*limit.why_not) {
            fail_msg("%s: gated %d (%s), given %d", cases[i].rule, limit.gated,
                     limit.why_not, limit.given);
        }
        pfg_config_free(config);
    }
}

static void a_budget_finds_what_it_is_about(void **state)
{
    static const struct {
        const char *rule;
        const char *metric, *unit;
        bool has;
    } cases[] = {
        {"\"budget\": \"< 8ms\"", "time", "s", true},
        {"\"budget\": \"< 8ms\"", "bytes", "B", false},
        /* A metric that is not gated by default must be named. */
        {"\"budget\": \"< 8ms\"", "latency max", "s", false},
        {"\"metric\": \"latency max\", \"budget\": \"< 8ms\"", "latency max",
         "s", true},
        {"\"budget\": \"latency max < 8ms\"", "latency max", "s", true},
        {"\"budget\": \"errors == 0\"", "errors", "1", true},
        {"\"budget\": \"errors == 0\"", "allocs", "1", false},
        {"\"metric\": \"widgets\", \"budget\": \"< 8ms\"", "widgets", "W",
         true}, /* a wrong dimension is an error of the comparison */
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_series series = {.suite = "",
                                    .benchmark = "b",
                                    .metric = cases[i].metric,
                                    .unit = cases[i].unit,
                                    .better = PFG_LOWER};
        struct pfg_config *config;
        char text[200];

        snprintf(text, sizeof text, "{\"rules\": [{%s}]}", cases[i].rule);
        config = parse(text);
        if ((ask(config, &series, "").budget != NULL) != cases[i].has) {
            fail_msg("%s on %s", cases[i].rule, cases[i].metric);
        }
        pfg_config_free(config);
    }
}

static void what_is_not_an_error_does_not_fail(void **state)
{
    struct pfg_policy policy = pfg_policy_default();
    const struct pfg_limit error = {.given = true};
    const struct pfg_limit warn = {.given = true,
                                   .severity = PFG_SEVERITY_WARN};
    (void)state;

    assert_true(pfg_policy_fails(&policy, &error, PFG_REGRESSED));
    assert_false(pfg_policy_fails(&policy, &warn, PFG_REGRESSED));
    assert_false(pfg_policy_fails(&policy, &warn, PFG_OVER_BUDGET));
    assert_true(pfg_policy_fails(&policy, &error, PFG_MISSING));
    policy.missing = PFG_SEVERITY_WARN;
    assert_false(pfg_policy_fails(&policy, &error, PFG_MISSING));
    policy.fail_on = 1u << PFG_REGRESSED;
    assert_false(pfg_policy_fails(&policy, &warn, PFG_REGRESSED));
}

static void families_find_their_partners(void **state)
{
    static const struct {
        const char *of, *to, *label, *partner;
    } cases[] = {
        {"*/traced", "*/native", "a/b/traced", "a/b/native"},
        {"*/traced", "*/native", "a/native", NULL},
        {"traced", "native", "traced", "native"},
        {"*/traced/?", "*/native/?", "a/traced/1", "a/native/1"},
        {"*/traced/*", "*/native", "a/traced/1", "a/native"},
        {"a.c*", "b*", "a.cx", "bx"},
        {"a.c*", "b*", "abcx", NULL},
        {"n=[12]/t", "n=[12]/n", "n=2/t", "n=2/n"},
        {"n=[12]/t", "n=[12]/n", "n=3/t", NULL},
    };
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_patterns set = {arena, NULL};
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        const struct pfg_pattern *of, *to;
        const char *got;

        assert_int_equal(pfg_pattern_new(&of, &set, cases[i].of, NULL), 0);
        assert_int_equal(pfg_pattern_new(&to, &set, cases[i].to, NULL), 0);
        got = pfg_ratio_partner(of, to, cases[i].label, arena);
        if (!got != !cases[i].partner ||
            (got && strcmp(got, cases[i].partner))) {
            fail_msg("%s: %s", cases[i].label, got ? got : "none");
        }
    }
    pfg_patterns_free(&set);
    pfg_arena_free(arena);
}

static void trailers_are_taken_apart(void **state)
{
    struct pfg_slice glob, reason;
    (void)state;

    assert_int_equal(pfg_accept_parse_trailer(&glob, &reason,
                                              PFG_LIT(" core/*  it is safer ")),
                     0);
    assert_slice(glob, "core/*");
    assert_slice(reason, "it is safer");
    assert_int_equal(
        pfg_accept_parse_trailer(&glob, &reason, PFG_LIT("\"a b\" why")), 0);
    assert_slice(glob, "a b");
    assert_slice(reason, "why");
    assert_int_equal(pfg_accept_parse_trailer(&glob, &reason, PFG_LIT(" ")),
                     -1);
}

static void some_globs_accept_everything(void **state)
{
    static const struct {
        const char *text;
        bool everything;
    } cases[] = {{"*", true},  {"**", true},      {"/./", true},
                 {"?*", true}, {"core/*", false}, {"*/b*", false}};
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_patterns set = {arena, NULL};
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        const struct pfg_pattern *pattern;

        assert_int_equal(pfg_pattern_new(&pattern, &set, cases[i].text, NULL),
                         0);
        assert_int_equal(pfg_accept_is_everything(pattern),
                         cases[i].everything);
    }
    pfg_patterns_free(&set);
    pfg_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_matches_by_the_words_of_the_report),
        cmocka_unit_test(later_rules_win_field_by_field),
        cmocka_unit_test(what_a_rule_does_to_gating),
        cmocka_unit_test(a_budget_finds_what_it_is_about),
        cmocka_unit_test(what_is_not_an_error_does_not_fail),
        cmocka_unit_test(families_find_their_partners),
        cmocka_unit_test(trailers_are_taken_apart),
        cmocka_unit_test(some_globs_accept_everything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
