#include "config/config.h"

#include "model/report.h"

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

/* The changes, one a line: "looser core* threshold 5% to 50%". */
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
         "looser rules[a] threshold 5% to 50%"},
        {"\"threshold\": 5", "\"threshold\": 3",
         "tighter rules[a] threshold 5% to 3%"},
        {"\"both\": true", "\"both\": false",
         "looser rules[a] both true to false"},
        {"\"min_change\": \"5ns\"", "\"min_change\": \"1us\"",
         "other rules[a] min_change 5ns to 1us"},
        {"\"severity\": \"error\"", "\"severity\": \"warn\"",
         "looser rules[a] severity error to warn"},
        {"\"severity\": \"off\"", "\"severity\": \"warn\"",
         "tighter rules[a] severity off to warn"},
        {"\"min_samples\": 5", "\"min_samples\": 50",
         "looser rules[a] min_samples 5 to 50"},
        {"\"evidence\": \"point\"", "\"evidence\": \"exact\"",
         "looser rules[a] evidence point to exact"},
        {"\"budget\": \"< 8ms\"", "\"budget\": \"< 9ms\"",
         "looser rules[a] budget < 8ms to < 9ms"},
        {"\"budget\": \"< 8ms\"", "\"budget\": \"<= 8ms\"",
         "looser rules[a] budget < 8ms to <= 8ms"},
        {"\"budget\": \"> 8/s\"", "\"budget\": \"> 9/s\"",
         "tighter rules[a] budget > 8/s to > 9/s"},
        {"\"budget\": \"1..2ms\"", "\"budget\": \"2..3ms\"",
         "other rules[a] budget 1..2ms to 2..3ms"},
        {"\"budget\": \"< 8ms\"", "\"budget\": \"> 8/s\"",
         "other rules[a] budget < 8ms to > 8/s"},
        {"\"budget\": \"errors < 8\"", "\"budget\": \"requests < 9\"",
         "other rules[a] budget errors < 8 to requests < 9"},
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

/* Another rule may have set 3 % or 30 % for it: its rows show which. */
static void what_a_rule_replaces_is_not_guessed(void **state)
{
    (void)state;
    check_changes("{}", RULE("\"threshold\": 3"),
                  "other rules[a] threshold 3% (new)");
    check_changes(RULE("\"severity\": \"warn\", \"threshold\": 3"), "{}",
                  "other rules[a] threshold 3%, severity warn (removed)");
    check_changes(RULE("\"both\": true"),
                  RULE("\"both\": true, \"min_change\": \"5ns\""),
                  "other rules[a] min_change 5ns (new)");
}

/* A budget also fails the gate if nothing was measured, and then no row shows
 * it. */
static void a_budget_that_goes_is_looser(void **state)
{
    (void)state;
    check_changes(RULE("\"budget\": \"< 8ms\", \"threshold\": 3"), "{}",
                  "looser rules[a] threshold 3%, budget < 8ms (removed)");
    check_changes(RULE("\"budget\": \"< 8ms\", \"threshold\": 3"),
                  RULE("\"threshold\": 3"),
                  "looser rules[a] budget < 8ms (removed)");
    check_changes("{}", RULE("\"budget\": \"< 8ms\""),
                  "other rules[a] budget < 8ms (new)");
}

static void what_the_top_sets_is_compared_with_its_default(void **state)
{
    (void)state;
    check_changes("{}", "{ \"missing\": \"ok\", \"new\": \"warn\" }",
                  "looser missing error to ok\ntighter new ok to warn");
    check_changes("{}", "{ \"missing\": \"error\" }", "");
    check_changes("{ \"threshold\": 20 }", "{}",
                  "tighter threshold 20% (removed)");
    /* An explicit limit also gates unconfirmed changes. */
    check_changes("{ \"threshold\": 5 }", "{}", "other threshold 5% (removed)");
    check_changes(NULL, NULL, "");
    check_changes(NULL, "{ \"trust\": \"base\" }",
                  "tighter trust head to base");
    check_changes("{ \"trust\": \"base\" }", NULL, "looser trust base to head");
    check_changes("{ \"base_branch\": \"main\" }",
                  "{ \"base_branch\": \"mine\" }",
                  "other base_branch main to mine");
    check_changes("{}", "{ \"paths\": [ \"src\", \"include\" ] }",
                  "other paths src,include (new)");
}

static void lists_of_names_are_compared_as_sets(void **state)
{
    (void)state;
    check_changes("{}", "{ \"fail_on\": [ \"regressed\" ] }",
                  "looser fail_on "
                  "regressed,over-budget,errored,missing,unconfirmed to "
                  "regressed");
    check_changes("{ \"fail_on\": [ \"regressed\" ] }",
                  "{ \"fail_on\": [ \"regressed\", \"slower\" ] }",
                  "tighter fail_on regressed to regressed,slower");
    check_changes("{ \"fail_on\": \"regressed\" }",
                  "{ \"fail_on\": [ \"regressed\" ] }", "");
    check_changes("{ \"expect\": [ \"a\", \"b\" ] }", "{ \"expect\": \"b\" }",
                  "looser expect a,b to b");
    check_changes("{ \"expect\": [ \"a\", \"b\" ] }",
                  "{ \"expect\": [ \"b\", \"c\" ] }",
                  "other expect a,b to b,c");
    check_changes("{ \"environment\": \"strict\" }",
                  "{ \"environment\": [ \"kernel\" ] }",
                  "looser environment strict to kernel");
    check_changes("{ \"environment\": \"kernel\" }",
                  "{ \"environment\": [ \"kernel\", \"go*\" ] }",
                  "tighter environment kernel to kernel,go*");
}

#define RATIO(more)                                                            \
    "{ \"ratios\": [ { \"of\": \"a\", \"to\": \"b\", " more " } ] }"
#define ACCEPT(more)                                                           \
    "{ \"accept\": [ { \"benchmark\": \"a\", \"metric\": \"time\"" more " } "  \
    "] }"

static void an_entry_is_known_by_its_names(void **state)
{
    (void)state;
    check_changes(RATIO("\"limit\": \"<= 1.05\""),
                  RATIO("\"name\": \"n\", \"limit\": \"<= 1.10\""),
                  "looser ratios[a, to b] limit <= 1.05 to <= 1.10");
    check_changes(RATIO("\"limit\": \"<= 1.05\""), "{}",
                  "looser ratios[a, to b] limit <= 1.05 (removed)");
    check_changes(RATIO("\"limit\": \"<= 2\""),
                  RATIO("\"limit\": \"<= 1\", \"severity\": \"warn\""),
                  "tighter ratios[a, to b] limit <= 2 to <= 1\n"
                  "looser ratios[a, to b] severity error to warn");
    check_changes("{}", ACCEPT(""), "looser accept[a, metric time] (new)");
    check_changes(ACCEPT(", \"until\": \"2026-01-01\""),
                  ACCEPT(", \"until\": \"2027-01-01\", \"reason\": \"x\""),
                  "looser accept[a, metric time] until 2026-01-01 to "
                  "2027-01-01");
    check_changes(ACCEPT(", \"until\": \"2026-01-01\""), ACCEPT(""),
                  "looser accept[a, metric time] until 2026-01-01 (removed)");
    check_changes(ACCEPT(""), ACCEPT(", \"until\": \"0123abcd\""),
                  "other accept[a, metric time] until 0123abcd (new)");
    check_changes("{ \"hardware\": { \"m\": { \"gpu\": null } } }",
                  "{ \"hardware\": { \"m\": { \"gpu\": \"*\", \"arch\": "
                  "\"arm64\" } } }",
                  "other hardware[m] gpu=null to gpu=* arch=arm64");
    check_changes("{ \"renames\": { \"a\": \"b\" } }",
                  "{ \"renames\": { \"a\": \"c\", \"x\": \"y\" } }",
                  "other renames[a] b to c\nother renames[x] y (new)");
}

#define FORMAT(values)                                                         \
    "{ \"formats\": [ { \"name\": \"mine\", \"has\": \"meta\", "               \
    "\"values\": [ " values " ] } ] }"

static void lists_within_an_entry_are_compared_in_the_same_way(void **state)
{
    (void)state;
    check_changes(FORMAT("{ \"path\": \"x\", \"unit\": \"ms\" }"),
                  FORMAT("{ \"path\": \"x\", \"unit\": \"s\" }, "
                         "{ \"path\": \"y\", \"exact\": true }"),
                  "other formats[mine] values[x] unit ms to s\n"
                  "other formats[mine] values[y] exact true (new)");
    check_changes("{}", FORMAT("{ \"path\": \"x\", \"unit\": \"ms\" }"),
                  "other formats[mine] has meta, values[x] unit ms (new)");
}

static void a_change_of_order_is_listed(void **state)
{
    (void)state;
    check_changes("{ \"rules\": [ { \"benchmark\": \"a*\", \"threshold\": 1 }, "
                  "{ \"benchmark\": \"*a\", \"threshold\": 3 } ] }",
                  "{ \"rules\": [ { \"benchmark\": \"*a\", \"threshold\": 3 }, "
                  "{ \"benchmark\": \"a*\", \"threshold\": 1 } ] }",
                  "other order of rules changed");
}

static void of_entries_with_the_same_names_the_changed_one_is_found(
    void **state)
{
    (void)state;
    check_changes(
        "{ \"rules\": [ { \"benchmark\": \"a\", \"budget\": \"errors == 0\" }, "
        "{ \"benchmark\": \"a\", \"budget\": \"requests > 5/s\" } ] }",
        "{ \"rules\": [ { \"benchmark\": \"a\", \"budget\": \"requests > 4/s\" "
        "}, { \"benchmark\": \"a\", \"budget\": \"errors == 0\" } ] }",
        "looser rules[a] budget requests > 5/s to requests > 4/s\n"
        "other order of rules changed");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_of_a_rule_knows_what_loosens),
        cmocka_unit_test(what_a_rule_replaces_is_not_guessed),
        cmocka_unit_test(a_budget_that_goes_is_looser),
        cmocka_unit_test(what_the_top_sets_is_compared_with_its_default),
        cmocka_unit_test(lists_of_names_are_compared_as_sets),
        cmocka_unit_test(an_entry_is_known_by_its_names),
        cmocka_unit_test(lists_within_an_entry_are_compared_in_the_same_way),
        cmocka_unit_test(a_change_of_order_is_listed),
        cmocka_unit_test(
            of_entries_with_the_same_names_the_changed_one_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
