#include "config/changes.h"

#include "base/str.h"
#include "check.h"

static struct pfg_config *config_of(const char *text)
{
    struct pfg_config *config = NULL;
    struct pfg_error err = {0};

    if (text &&
        pfg_config_parse(&config, pfg_slice_of(text), "perfgate.json", &err)) {
        fail_msg("%s: %s", text, err.message);
    }
    return config;
}

/* What changed, a line each: "looser core* threshold 5% to 50%". */
static void check_changes(const char *before, const char *after,
                          const char *expected)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_config *base = config_of(before), *head = config_of(after);
    struct pfg_report_policy_change *changes;
    struct pfg_str lines;
    size_t n;

    pfg_config_changes(&changes, &n, base, head, arena);
    pfg_str_init(&lines, 0);
    for (size_t i = 0; i < n; i++) {
        pfg_str_printf(&lines, "%s%s %s", i ? "\n" : "",
                       pfg_policy_effect_name(changes[i].effect),
                       changes[i].text);
    }
    if (strcmp(lines.ptr, expected) != 0) {
        fail_msg("from %s\nto %s\n%s\nexpected\n%s", before, after, lines.ptr,
                 expected);
    }
    pfg_str_free(&lines);
    pfg_config_free(base);
    pfg_config_free(head);
    pfg_arena_free(arena);
}

#define RULE(text) "{ \"rules\": [ { \"benchmark\": \"a\", " text " } ] }"

static void each_key_of_a_rule_knows_what_loosens(void **state)
{
    static const struct {
        const char *from, *to, *expected;
    } table[] = {
        {"\"threshold\": 5", "\"threshold\": 50",
         "looser a threshold 5% to 50%"},
        {"\"threshold\": 5", "\"threshold\": 3",
         "tighter a threshold 5% to 3%"},
        {"\"both\": true", "\"both\": false", "looser a both true to false"},
        {"\"min_change\": \"5ns\"", "\"min_change\": \"1us\"",
         "looser a min_change 5ns to 1us"},
        {"\"severity\": \"error\"", "\"severity\": \"warn\"",
         "looser a severity error to warn"},
        {"\"severity\": \"off\"", "\"severity\": \"warn\"",
         "tighter a severity off to warn"},
        {"\"min_samples\": 5", "\"min_samples\": 50",
         "looser a min_samples 5 to 50"},
        {"\"evidence\": \"point\"", "\"evidence\": \"exact\"",
         "looser a evidence point to exact"},
        {"\"budget\": \"< 8ms\"", "\"budget\": \"< 9ms\"",
         "looser a budget < 8ms to < 9ms"},
        {"\"budget\": \"< 8ms\"", "\"budget\": \"<= 8ms\"",
         "looser a budget < 8ms to <= 8ms"},
        {"\"budget\": \"> 8/s\"", "\"budget\": \"> 9/s\"",
         "tighter a budget > 8/s to > 9/s"},
        {"\"budget\": \"1..2ms\"", "\"budget\": \"2..3ms\"",
         "other a budget 1..2ms to 2..3ms"},
        {"\"budget\": \"< 8ms\"", "\"budget\": \"> 8/s\"",
         "other a budget < 8ms to > 8/s"},
        {"\"threshold\": 5", "\"threshold\": \"5%\"", ""},
    };
    char from[200], to[200];

    (void)state;
    for (size_t i = 0; i < PFG_COUNT(table); i++) {
        snprintf(from, sizeof from, RULE("%s"), table[i].from);
        snprintf(to, sizeof to, RULE("%s"), table[i].to);
        check_changes(from, to, table[i].expected);
    }
}

static void what_comes_or_goes_is_held_against_what_holds_without(void **state)
{
    (void)state;
    check_changes("{}", RULE("\"threshold\": 3"),
                  "tighter a threshold 3% (new)");
    check_changes("{}", RULE("\"threshold\": 30"),
                  "looser a threshold 30% (new)");
    check_changes("{ \"threshold\": 40 }",
                  "{ \"threshold\": 40, \"rules\": [ { \"benchmark\": \"a\", "
                  "\"threshold\": 30 } ] }",
                  "tighter a threshold 30% (new)");
    check_changes(RULE("\"severity\": \"off\""), "{}",
                  "tighter a severity off (removed)");
    check_changes(RULE("\"budget\": \"< 8ms\""), "{}",
                  "looser a budget < 8ms (removed)");
    check_changes("{}", RULE("\"min_change\": \"5ns\""),
                  "looser a min_change 5ns (new)");
    check_changes("{}", "{ \"missing\": \"ok\", \"new\": \"warn\" }",
                  "looser missing error to ok\ntighter new ok to warn");
    check_changes("{ \"threshold\": 20 }", "{}", "tighter threshold 20% to 5%");
    /* A limit that was written is a gate for what is unconfirmed. */
    check_changes("{ \"threshold\": 5 }", "{}", "looser threshold 5% (removed)");
    check_changes(NULL, NULL, "");
    check_changes(NULL, "{ \"trust\": \"base\" }",
                  "tighter trust head to base");
    check_changes("{ \"trust\": \"base\" }", NULL, "looser trust base to head");
}

/* Another rule may have said 3 % of it, or 30. */
static void where_other_rules_speak_tighter_is_not_promised(void **state)
{
    (void)state;
    check_changes(
        "{ \"rules\": [ { \"benchmark\": \"*\", \"threshold\": 1 } ] }",
        "{ \"rules\": [ { \"benchmark\": \"*\", \"threshold\": 1 }, "
        "{ \"benchmark\": \"a\", \"threshold\": 3 } ] }",
        "other a threshold 3% (new)");
}

static void what_fails_the_gate_is_held_against_the_usual(void **state)
{
    (void)state;
    check_changes("{}", "{ \"fail_on\": [ \"regressed\" ] }",
                  "looser fail_on regressed (new)");
    check_changes("{ \"fail_on\": [ \"regressed\" ] }",
                  "{ \"fail_on\": [ \"regressed\", \"slower\" ] }",
                  "tighter fail_on regressed to regressed,slower");
    check_changes("{ \"fail_on\": \"regressed\" }",
                  "{ \"fail_on\": [ \"regressed\" ] }", "");
}

#define RATIO(more)                                                            \
    "{ \"ratios\": [ { \"of\": \"a\", \"to\": \"b\", " more " } ] }"
#define ACCEPT(more)                                                           \
    "{ \"accept\": [ { \"benchmark\": \"a\", \"metric\": \"time\"" more " } "  \
                                                                        "] }"

static void ratios_and_acceptances_are_compared_as_a_whole(void **state)
{
    (void)state;
    check_changes(RATIO("\"limit\": \"<= 1.05\""),
                  RATIO("\"name\": \"n\", \"limit\": \"<= 1.10\""),
                  "looser ratio of a to b limit <= 1.05 to limit <= 1.10");
    check_changes(RATIO("\"limit\": \"<= 1.05\""), "{}",
                  "looser ratio of a to b limit <= 1.05 (removed)");
    check_changes(RATIO("\"limit\": \"<= 2\""),
                  RATIO("\"limit\": \"<= 1\", \"severity\": \"warn\""),
                  "looser ratio of a to b limit <= 2 to limit <= 1, severity "
                  "warn");
    check_changes("{}", ACCEPT(""),
                  "looser acceptance of a (metric time) (new)");
    check_changes(ACCEPT(", \"until\": \"2026-01-01\""),
                  ACCEPT(", \"until\": \"2027-01-01\", \"reason\": \"x\""),
                  "looser acceptance of a (metric time) until 2026-01-01 to "
                  "until 2027-01-01");
    check_changes(ACCEPT(", \"until\": \"2026-01-01\""), ACCEPT(""),
                  "looser acceptance of a (metric time) until 2026-01-01 to "
                  "nothing");
    check_changes(ACCEPT(""), ACCEPT(", \"until\": \"0123abcd\""),
                  "other acceptance of a (metric time) nothing to until "
                  "0123abcd");
}

static void names_of_hardware_and_benchmarks_are_policy(void **state)
{
    (void)state;
    check_changes("{ \"hardware\": { \"m\": { \"gpu\": null } } }",
                  "{ \"hardware\": { \"m\": { \"gpu\": \"*\", \"arch\": "
                  "\"arm64\" } } }",
                  "other hardware name m gpu=null to gpu=* arch=arm64");
    check_changes("{ \"renames\": { \"a\": \"b\" } }",
                  "{ \"renames\": { \"a\": \"c\", \"x\": \"y\" } }",
                  "other rename of a b to c\nother rename of x y (new)");
    check_changes("{ \"base_branch\": \"main\" }",
                  "{ \"base_branch\": \"mine\" }",
                  "other base_branch main to mine");
}

static void the_order_of_rules_counts_where_they_say_the_same(void **state)
{
    (void)state;
    check_changes("{ \"rules\": [ { \"benchmark\": \"a*\", \"threshold\": 1 }, "
                  "{ \"benchmark\": \"*a\", \"threshold\": 3 } ] }",
                  "{ \"rules\": [ { \"benchmark\": \"*a\", \"threshold\": 3 }, "
                  "{ \"benchmark\": \"a*\", \"threshold\": 1 } ] }",
                  "other the order of the rules");
    check_changes("{ \"rules\": [ { \"benchmark\": \"a*\", \"threshold\": 1 }, "
                  "{ \"benchmark\": \"*a\", \"both\": true } ] }",
                  "{ \"rules\": [ { \"benchmark\": \"*a\", \"both\": true }, "
                  "{ \"benchmark\": \"a*\", \"threshold\": 1 } ] }",
                  "");
}

static void budgets_of_several_metrics_are_several(void **state)
{
    (void)state;
    check_changes(
        "{ \"rules\": [ { \"benchmark\": \"a\", \"budget\": \"errors == 0\" }, "
        "{ \"benchmark\": \"a\", \"budget\": \"requests > 5/s\" } ] }",
        "{ \"rules\": [ { \"benchmark\": \"a\", \"budget\": \"requests > 4/s\" "
        "}, { \"benchmark\": \"a\", \"budget\": \"errors == 0\" } ] }",
        "looser a (metric requests) budget requests > 5/s to requests > 4/s\n"
        "other the order of the rules");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_of_a_rule_knows_what_loosens),
        cmocka_unit_test(what_comes_or_goes_is_held_against_what_holds_without),
        cmocka_unit_test(where_other_rules_speak_tighter_is_not_promised),
        cmocka_unit_test(what_fails_the_gate_is_held_against_the_usual),
        cmocka_unit_test(ratios_and_acceptances_are_compared_as_a_whole),
        cmocka_unit_test(names_of_hardware_and_benchmarks_are_policy),
        cmocka_unit_test(the_order_of_rules_counts_where_they_say_the_same),
        cmocka_unit_test(budgets_of_several_metrics_are_several),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
