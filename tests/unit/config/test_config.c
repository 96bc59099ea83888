#include "config/config.h"

#include "base/file.h"
#include "check.h"
#include "policy/policy.h"

static struct pfg_config *parse(const char *text)
{
    struct pfg_config *config = NULL;
    struct pfg_error err = {0};

    if (pfg_config_parse(&config, pfg_slice_of(text), "dir/perfgate.json",
                         &err)) {
        fail_msg("%s:%ld:%ld: %s", err.file, err.line, err.column, err.message);
    }
    return config;
}

static void what_cannot_be_is_an_error_with_its_place(void **state)
{
    static const struct {
        const char *text;
        long line, column;
        const char *message, *hint; /* expected parts of them */
    } cases[] = {
        {"[]", 1, 1, "must be an object", ""},
        {"{\n  \"treshold\": 5\n}", 2, 3, "unknown key 'treshold'",
         "did you mean 'threshold'?"},
        {"{\"zzz\": 5}", 1, 2, "unknown key 'zzz'", "keys are $schema, "},
        {"{\"threshold\": true}", 1, 15,
         "must be a percentage, not "
         "true or false",
         ""},
        {"{\"threshold\": -1}", 1, 15, "'-1' is not a positive", ""},
        {"{\"rules\": {}}", 1, 11, "must be a list of objects, not an object",
         ""},
        {"{\"rules\": [5]}", 1, 12, "must be objects, not a number", ""},
        {"{\"rules\": [\n{\"benchmark\": \"a\", \"thresold\": 5}]}", 2, 20,
         "unknown key 'thresold' in a rule", "did you mean 'threshold'?"},
        {"{\"rules\": [{\"benchmark\": \"a\"}]}", 1, 12, "sets nothing",
         "add a threshold"},
        {"{\"rules\": [{\"benchmark\": \"\", \"both\": true}]}", 1, 26,
         "empty pattern", ""},
        {"{\"rules\": [{\"benchmark\": \"/(/\", \"both\": true}]}", 1, 26,
         "bad pattern '/(/'", ""},
        {"{\"rules\": [{\"severity\": \"fatal\"}]}", 1, 25,
         "'severity' is error, warn or off, not 'fatal'", ""},
        {"{\"rules\": [{\"severity\": \"off\", \"threshold\": 5}]}", 1, 12,
         "contradicts itself", ""},
        {"{\"rules\": [{\"min_samples\": 0}]}", 1, 28, "whole number", ""},
        {"{\"rules\": [{\"min_change\": \"ns\"}]}", 1, 27, "is not an amount", ""},
        {"{\"rules\": [{\"budget\": \"8ms\"}]}", 1, 23, "is not a limit",
         "write \"< 8ms\""},
        {"{\"rules\": [{\"metric\": \"time\", \"budget\": \"< 8 KB\"}]}", 1, 12,
         "is a size, which is not a unit of 'time'", ""},
        {"{\"rules\": [{\"budget\": \"errors <= 8ms\"}]}", 1, 12,
         "is a time, which is not a unit of 'errors'", ""},
        {"{\"rules\": [{\"metric\": \"throughput\", \"threshold\": 100}]}", 1,
         12, "can never reach", ""},
        {"{\"rules\": [{\"benchmark\": \"a\", \"threshold\": 5},\n"
         "{\"benchmark\": \"a\", \"threshold\": 6}]}",
         2, 1, "contradicts perfgate.json:1: both set 'threshold'", "keep one"},
        {"{\"ratios\": [{\"of\": \"a\", \"to\": \"b\"}]}", 1, 13,
         "the ratio has no 'limit'", ""},
        {"{\"ratios\": [{\"of\": \"a\", \"to\": \"b\", \"limit\": \"< 8ms\"}]}",
         1, 13, "a ratio is a plain number", ""},
        {"{\"ratios\": [{\"of\": \"a\", \"to\": \"*\", \"limit\": \"< 2\"}]}",
         1, 13, "has more wildcards than 'of'", "write as many"},
        {"{\"ratios\": [{\"of\": \"a\", \"to\": \"a\", \"limit\": \"< 2\"}]}",
         1, 13, "always 1", ""},
        {"{\"missing\": \"fail\"}", 1, 13,
         "'missing' is error, warn or ok, not 'fail'", ""},
        {"{\"new\": \"error\"}", 1, 9, "'new' is warn or ok, not 'error'", ""},
        {"{\"new\": \"\"}", 1, 9, "'new' is warn or ok, not ''", ""},
        {"{\"hardware\": {\"a\": {\"hostnam\": 1}}}", 1, 21,
         "unknown key 'hostnam' in a hardware profile",
         "did you mean 'hostname'?"},
        {"{\"hardware\": {\"a\": {}}}", 1, 20, "has no property",
         ""},
        {"{\"accept\": [{\"reason\": \"x\"}]}", 1, 13, "has no 'benchmark'",
         ""},
        {"{\"accept\": [{\"benchmark\": \"x\", \"until\": \"soon\"}]}", 1, 13,
         "until 'soon' is neither", ""},
        {"{\"fail_on\": []}", 1, 13, "nothing could ever fail", ""},
        {"{\"fail_on\": [\"regresed\"]}", 1, 14, "unknown verdict 'regresed'",
         ""},
        {"{\"threshold\": 5,}", 1, 0, "", ""},
        {"", 0, 0, "", ""},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        struct pfg_config *config = NULL;
        struct pfg_error err = {0};

        if (!pfg_config_parse(&config, pfg_slice_of(cases[i].text),
                              "dir/perfgate.json", &err)) {
            fail_msg("accepted: %s", cases[i].text);
        }
        assert_null(config);
        assert_int_equal(err.code, PFG_USAGE);
        if (!strstr(err.message, cases[i].message) ||
            !strstr(err.hint, cases[i].hint) ||
            (cases[i].column &&
             (err.line != cases[i].line || err.column != cases[i].column))) {
            fail_msg("%s gives %s:%ld:%ld: %s (%s)", cases[i].text, err.file,
                     err.line, err.column, err.message, err.hint);
        }
        if (cases[i].column) {
            assert_string_equal(err.file, "dir/perfgate.json");
        }
    }
}

static void comments_and_a_schema_are_no_obstacle(void **state)
{
    struct pfg_config *config = parse("// ours\n"
                                      "{ \"$schema\": \"x.json\",\n"
                                      "  \"threshold\": \"7%\" /* seven */,\n"
                                      "  \"missing\": \"warn\", \"new\": "
                                      "\"warn\" }\n");
    struct pfg_policy policy = pfg_policy_default();
    (void)state;

    pfg_config_apply(config, &policy);
    assert_near(policy.threshold, 0.07, 1e-15);
    assert_true(policy.threshold_given);
    assert_string_equal(policy.threshold_source, "perfgate.json:3");
    assert_int_equal(policy.missing, PFG_SEVERITY_WARN);
    assert_int_equal(policy.added, PFG_SEVERITY_WARN);
    pfg_config_free(config);
}

static void the_command_line_goes_before_the_files_default(void **state)
{
    struct pfg_config *config =
        parse("{\"threshold\": 7, \"fail_on\": [\"new\"]}");
    struct pfg_policy policy = pfg_policy_default();
    (void)state;

    policy.threshold = 0.2;
    policy.threshold_given = true;
    policy.threshold_source = "--threshold";
    policy.fail_on = 1u << PFG_MISSING;
    pfg_config_apply(config, &policy);
    assert_near(policy.threshold, 0.2, 0);
    assert_string_equal(policy.threshold_source, "--threshold");
    assert_int_equal(policy.fail_on, 1u << PFG_MISSING);
    pfg_config_free(config);
}

static void a_rule_that_a_later_one_undoes_is_a_warning(void **state)
{
    struct pfg_config *config =
        parse("{\"rules\": [{\"benchmark\": \"a\", \"threshold\": 5},\n"
              "{\"benchmark\": \"b\", \"threshold\": 5, \"both\": true},\n"
              "{\"threshold\": 10}]}");
    (void)state;

    assert_int_equal(config->warnings.n, 1);
    assert_non_null(strstr(config->warnings.at[0], "perfgate.json:1: the rule "
                                                   "has no effect"));
    assert_non_null(strstr(config->warnings.at[0], "perfgate.json:3"));
    pfg_config_free(config);
}

static void hardware_is_named_by_the_most_specific_rule(void **state)
{
    struct pfg_config *config =
        parse("{\"hardware\": {\"cpu-only\": {\"gpu\": null},"
              " \"any-gpu\": {\"gpu\": \"*\"},"
              " \"rtx\": {\"gpu\": \"*RTX*\"},"
              " \"big\": {\"gpu\": \"*RTX*\", \"cpus\": 8},"
              " \"epyc\": {\"cpu\": \"*EPYC*\", \"gpu\": null}}}");
    const char *rtx[] = {"NVIDIA GeForce RTX 3080"}, *other[] = {"Arc"};
    const struct pfg_naming_env env = {NULL, NULL};
    const struct {
        struct pfg_profile profile;
        const char *name;
    } cases[] = {
        {{.cpu_name = "Intel", .cpus = 4}, "cpu-only"},
        {{.cpu_name = "AMD EPYC 7763", .cpus = 4}, "epyc"},
        {{.gpus = rtx, .n_gpus = 1, .cpus = 4}, "rtx"},
        {{.gpus = rtx, .n_gpus = 1, .cpus = 8}, "big"},
        {{.gpus = other, .n_gpus = 1, .cpus = 8}, "any-gpu"},
    };
    (void)state;

    for (size_t i = 0; i < PFG_COUNT(cases); i++) {
        const struct pfg_naming *found =
            pfg_naming_find(&config->hardware, &cases[i].profile, &env);

        assert_non_null(found);
        assert_string_equal(found->name, cases[i].name);
    }
    pfg_config_free(config);
}

static const char *home(void *self, const char *name)
{
    (void)self;
    return strcmp(name, "RUNNER") ? NULL : "linux-big-2";
}

static void hardware_is_named_by_the_environment(void **state)
{
    struct pfg_config *config =
        parse("{\"hardware\": {\"ci\": {\"env.RUNNER\": \"linux-*\"},"
              "\"none\": {\"env.OTHER\": \"*\"}}}");
    const struct pfg_naming_env env = {home, NULL};
    const struct pfg_profile profile = {0};
    const struct pfg_naming *found =
        pfg_naming_find(&config->hardware, &profile, &env);
    (void)state;

    assert_non_null(found);
    assert_string_equal(found->name, "ci");
    pfg_config_free(config);
}

static void the_shipped_schema_is_the_one_of_the_table(void **state)
{
    struct pfg_str made, shipped;
    struct pfg_error err = {0};
    (void)state;

    pfg_str_init(&made, 0);
    pfg_str_init(&shipped, 0);
    pfg_config_schema(&made);
    if (pfg_file_read(&shipped, "templates/perfgate.schema.json", 1 << 20,
                      &err)) {
        fail_msg("%s", err.message);
    }
    assert_string_equal(made.ptr, shipped.ptr);
    pfg_str_free(&made);
    pfg_str_free(&shipped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_is_an_error_with_its_place),
        cmocka_unit_test(comments_and_a_schema_are_no_obstacle),
        cmocka_unit_test(the_command_line_goes_before_the_files_default),
        cmocka_unit_test(a_rule_that_a_later_one_undoes_is_a_warning),
        cmocka_unit_test(hardware_is_named_by_the_most_specific_rule),
        cmocka_unit_test(hardware_is_named_by_the_environment),
        cmocka_unit_test(the_shipped_schema_is_the_one_of_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
