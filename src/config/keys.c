#include "config/keys.h"

#include <string.h>

#define NO PFG_CONFIG_NO_PLACE
/* A key with the name of the struct member that it fills. */
#define KEY(field, kind, ...)                                                  \
    {                                                                          \
        .name = #field, .type = PFG_CONFIG_##kind, .offset = AT(field),        \
        __VA_ARGS__                                                            \
    }

/* clang-format off */
static const char *const severities[] = {"error", "warn", "off", NULL};
static const char *const missing_words[] = {"error", "warn", "ok", NULL};
/* Index 0 would be `error`, which is not a choice for new benchmarks. */
static const char *const new_words[] = {"", "warn", "ok", NULL};
static const char *const trusts[] = {"head", "base", NULL};
static const char *const evidences[] = {
    "exact", "replicated", "single", "history", "summary", "point", NULL};

static const char *const statistics[] = {
    "default", "min", "median", "mean", "low", NULL};
_Static_assert(PFG_COUNT(statistics) == PFG_N_STATISTICS + 1, "all are here");

#define AT(field) offsetof(struct pfg_rule, field)
static const struct pfg_config_key rule_keys[] = {
    KEY(benchmark, PATTERN, .names = true,
        .help = "The benchmarks, named as in the report, with or without a leading suite/: a glob or a /regular expression/."),
    KEY(suite, PATTERN, .names = true,
        .help = "The suites (packages, groups, files): a glob or /regex/."),
    KEY(metric, PATTERN, .names = true,
        .help = "The metrics, by perfgate's or the tool's name: \"time\", \"latency p99\", \"ns/op\", a glob or /regex/. Naming a metric gates it, even one that is not gated by default."),
    KEY(hardware, PATTERN, .names = true,
        .help = "The hardware profiles: a glob or /regex/."),
    KEY(params, PATTERNS, .names = true,
        .help = "The parameters: an object of globs, {\"cpus\": \"8\"}; null: without that parameter."),
    KEY(variant, PATTERNS, .names = true,
        .help = "The variants: an object of globs, {\"go\": \"1.2*\"}; null: without that key."),
    KEY(threshold, PERCENT, .bit = 1u << PFG_RULE_THRESHOLD,
        .more = PFG_POLICY_LOOSER,
        .help = "The limit on how much worse the benchmarks may get, in per cent."),
    KEY(both, FLAG, .bit = 1u << PFG_RULE_BOTH, .more = PFG_POLICY_TIGHTER,
        .help = "Improvements beyond the threshold also fail: for sizes and counts that must not change."),
    KEY(min_change, QUANTITY, .bit = 1u << PFG_RULE_MIN_CHANGE,
        .help = "Differences below this amount are not a change, whatever their percentage: \"50ns\"."),
    KEY(severity, WORD, .bit = 1u << PFG_RULE_SEVERITY, .words = severities,
        .more = PFG_POLICY_LOOSER,
        .help = "error: fail the gate; warn: only show; off: do not judge."),
    KEY(min_samples, COUNT, .bit = 1u << PFG_RULE_MIN_SAMPLES,
        .more = PFG_POLICY_LOOSER,
        .help = "With fewer observations per side, a row over its limit is inconclusive."),
    KEY(evidence, WORD, .bit = 1u << PFG_RULE_EVIDENCE, .words = evidences,
        .more = PFG_POLICY_TIGHTER,
        .help = "The weakest evidence that may decide."),
    KEY(statistic, WORD, .bit = 1u << PFG_RULE_STATISTIC, .words = statistics,
        .help = "The value that represents a side when it is shown and compared: the minimum (the best value), median, mean, or the mean of the best quarter (low). The false-alarm rate is guaranteed only for the default."),
    KEY(budget, BOUND, .bit = 1u << PFG_RULE_BUDGET,
        .more = PFG_POLICY_LOOSER,
        .help = "An absolute limit on the value, judged with or without a base: \"< 8ms\", \">= 10000/s\", \"errors == 0\"."),
};
#undef AT

static const struct pfg_config_record rule = {
    .name = "rule", .keys = rule_keys, .n_keys = PFG_COUNT(rule_keys),
    .size = sizeof(struct pfg_rule), .sets = offsetof(struct pfg_rule, sets),
    .source = offsetof(struct pfg_rule, source),
    .pos = offsetof(struct pfg_rule, pos), .name_at = NO,
};

#define AT(field) offsetof(struct pfg_ratio, field)
static const struct pfg_config_key ratio_keys[] = {
    KEY(name, TEXT, .silent = true,
        .help = "Its name in the targets table."),
    KEY(of, PATTERN, .required = true, .names = true,
        .help = "The benchmark in the numerator; with wildcards a family: \"*/traced\"."),
    KEY(to, PATTERN, .required = true, .names = true,
        .help = "The benchmark in the denominator; its wildcards match the same text as those of 'of': \"*/native\"."),
    KEY(limit, BOUND, .required = true, .more = PFG_POLICY_LOOSER,
        .help = "The limit of the ratio: \"<= 1.05\", or a range \"0.4..0.6\"."),
    KEY(metric, PATTERN, .names = true,
        .help = "The metric; required if the benchmarks have several."),
    KEY(suite, PATTERN, .names = true,
        .help = "The suites: a glob or /regex/."),
    KEY(hardware, PATTERN, .names = true,
        .help = "The hardware profiles: a glob or /regex/."),
    KEY(severity, WORD, .words = severities, .more = PFG_POLICY_LOOSER,
        .help = "error: fail the gate; warn: only show; off: omit."),
};
#undef AT

static const struct pfg_config_record ratio = {
    .name = "ratio", .keys = ratio_keys, .n_keys = PFG_COUNT(ratio_keys),
    .size = sizeof(struct pfg_ratio), .sets = NO,
    .source = offsetof(struct pfg_ratio, source),
    .pos = offsetof(struct pfg_ratio, pos), .name_at = NO,
    .more = PFG_POLICY_TIGHTER,
};

#define AT(field) offsetof(struct pfg_acceptance, field)
static const struct pfg_config_key accept_keys[] = {
    KEY(benchmark, PATTERN, .required = true, .names = true,
        .help = "The benchmarks that may get worse or be missing: a glob or /regex/."),
    KEY(suite, PATTERN, .names = true,
        .help = "The suites: a glob or /regex/."),
    KEY(metric, PATTERN, .names = true,
        .help = "The metrics: a glob or /regex/."),
    KEY(hardware, PATTERN, .names = true,
        .help = "The hardware profiles: a glob or /regex/."),
    KEY(until, TEXT, .more = PFG_POLICY_LOOSER,
        .help = "When it expires: a date (2026-12-01, the last day), or a commit (expired once the base contains it)."),
    KEY(reason, TEXT, .silent = true,
        .help = "The reason; shown in every report."),
};
#undef AT

static const struct pfg_config_record acceptance = {
    .name = "acceptance", .keys = accept_keys, .n_keys = PFG_COUNT(accept_keys),
    .size = sizeof(struct pfg_acceptance), .sets = NO,
    .source = offsetof(struct pfg_acceptance, source),
    .pos = offsetof(struct pfg_acceptance, pos), .name_at = NO,
    .more = PFG_POLICY_LOOSER,
};

#define FIELD .type = PFG_CONFIG_FIELD, \
    .offset = offsetof(struct pfg_naming, fields)
static const struct pfg_config_key hardware_keys[] = {
    {.name = "cpu", FIELD, .help = "The CPU's name: \"*EPYC 7763*\"."},
    {.name = "cpus", FIELD, .help = "The number of usable CPUs."},
    {.name = "arch", FIELD, .help = "The architecture: \"x86_64\"."},
    {.name = "gpu", FIELD,
     .help = "A GPU's name: \"*RTX 3080*\"; null: there is none."},
    {.name = "memory", FIELD, .help = "The memory, as 'perfgate hardware' prints it."},
    {.name = "hostname", FIELD, .help = "The machine's name."},
    {.name = "env.*", FIELD,
     .help = "An environment variable: \"env.RUNNER_NAME\"; null: not set."},
};

static const struct pfg_config_record hardware = {
    .name = "hardware profile", .keys = hardware_keys,
    .n_keys = PFG_COUNT(hardware_keys), .size = sizeof(struct pfg_naming),
    .sets = NO, .source = offsetof(struct pfg_naming, source),
    .pos = offsetof(struct pfg_naming, pos),
    .name_at = offsetof(struct pfg_naming, name),
};

static const char *const service_per[] = {"round", "session", NULL};

#define AT(field) offsetof(struct pfg_suite, field)
static const struct pfg_config_key suite_keys[] = {
    KEY(suite, TEXT, .required = true, .names = true,
        .help = "The name of the suite, for its results and for --suite."),
    KEY(command, TEXT, .required = true,
        .help = "The shell command to measure."),
    KEY(prepare, TEXT,
        .help = "The shell command that builds a work tree for this suite, once."),
    KEY(results, TEXT,
        .help = "The file or folder that the command writes its results to, if it does not print them."),
    KEY(service, TEXTS,
        .help = "The shell command of a service to run beside the command: \"./server --port {port}\"; several are started in order."),
    KEY(ready, TEXTS,
        .help = "When the service, or each of several, is ready: http://HOST:PORT/PATH, tcp:PORT, or a shell command that succeeds."),
    KEY(ready_timeout, QUANTITY,
        .help = "How long to wait until the service is ready: \"30s\"."),
    KEY(service_per, WORD, .words = service_per,
        .help = "round: start the service for each round (default); session: keep it to the end."),
    KEY(watch, TEXTS,
        .help = "The processes whose CPU, memory and so on to measure during the command: \"service\", a process ID, or arguments for pgrep."),
    KEY(rounds, COUNT,
        .help = "The maximum number of rounds of this suite; at least 3."),
};
#undef AT

static const struct pfg_config_record suite = {
    .name = "suite", .keys = suite_keys, .n_keys = PFG_COUNT(suite_keys),
    .size = sizeof(struct pfg_suite), .sets = NO,
    .source = offsetof(struct pfg_suite, source),
    .pos = offsetof(struct pfg_suite, pos), .name_at = NO,
};

/* Index 0 means not set. */
static const char *const directions[] = {
    "", "neutral", "lower", "higher", NULL};

#define VALUE_KEYS(at) \
    {.name = "metric", .type = PFG_CONFIG_TEXT, .offset = at(metric), \
     .help = "The metric: \"time\", \"latency p99\", or your own. By default it follows from the unit."}, \
    {.name = "unit", .type = PFG_CONFIG_TEXT, .offset = at(unit), \
     .help = "The unit of the numbers: \"ms\", \"MB/s\"."}, \
    {.name = "better", .type = PFG_CONFIG_WORD, .offset = at(better), \
     .words = directions, \
     .help = "Which direction is better. By default it follows from metric and unit."}, \
    {.name = "exact", .type = PFG_CONFIG_FLAG, .offset = at(exact), \
     .help = "Any difference is real: a count that does not vary."}

#define AT(field) offsetof(struct pfg_format_value, field)
static const struct pfg_config_key value_keys[] = {
    KEY(path, TEXT, .required = true, .names = true,
        .help = "The path of the number, or of the list of observations, from the benchmark: \"time/mean\"."),
    VALUE_KEYS(AT),
};
#undef AT

static const struct pfg_config_record format_value = {
    .name = "value", .keys = value_keys, .n_keys = PFG_COUNT(value_keys),
    .size = sizeof(struct pfg_format_value), .sets = NO, .source = NO,
    .pos = NO, .name_at = NO,
};

#define AT(field)       offsetof(struct pfg_format, field)
#define AT_VALUE(field) offsetof(struct pfg_format, value.field)
static const struct pfg_config_key format_keys[] = {
    KEY(name, TEXT, .required = true, .names = true,
        .help = "The name of the format, for --format."),
    KEY(line, TEXT,
        .help = "A line with a result: a regular expression (PCRE2) with the group (?<value>), and optionally (?<benchmark>), (?<unit>), (?<metric>), (?<suite>)."),
    KEY(has, TEXT,
        .help = "JSON: the path of a value that only such documents have: \"meta/tool\"."),
    KEY(list, TEXT,
        .help = "JSON: the benchmarks, from the root on: \"results/*\"; without it the root is one."),
    KEY(benchmark, TEXT,
        .help = "JSON: the path of a benchmark's name, \"name\", or \"=text\". Of lines: its name where none stands in them."),
    KEY(suite, TEXT,
        .help = "The same of its suite."),
    KEY(values, RECORDS, .record = &format_value,
        .help = "JSON: what is measured of a benchmark."),
    VALUE_KEYS(AT_VALUE),
};
#undef AT_VALUE
#undef AT

static const struct pfg_config_record format = {
    .name = "format", .keys = format_keys, .n_keys = PFG_COUNT(format_keys),
    .size = sizeof(struct pfg_format), .sets = NO,
    .source = offsetof(struct pfg_format, source),
    .pos = offsetof(struct pfg_format, pos), .name_at = NO,
};

/* A rename is read from a pair of names, not from an object. */
static const struct pfg_config_key rename_keys[] = {
    {.name = "", .type = PFG_CONFIG_TEXT, .offset = offsetof(struct pfg_rename, to)},
};

static const struct pfg_config_record new_name = {
    .name = "rename", .keys = rename_keys, .n_keys = 1,
    .size = sizeof(struct pfg_rename), .sets = NO, .source = NO, .pos = NO,
    .name_at = offsetof(struct pfg_rename, from),
};

#define AT(field) offsetof(struct pfg_config, field)
static const struct pfg_config_key top_keys[] = {
    {.name = "$schema", .type = PFG_CONFIG_IGNORED,
     .help = "The schema of this file, for editors."},
    KEY(threshold, PERCENT, .bit = PFG_CONFIG_THRESHOLD,
        .more = PFG_POLICY_LOOSER, .absent = PFG_THRESHOLD_DEFAULT,
        .help = "The default limit on how much worse a benchmark may get, in per cent. --threshold on the command line overrides it."),
    KEY(benchmarks, RECORDS, .record = &suite,
        .help = "What 'perfgate run' measures when it is given no command: suites, one after the other."),
    KEY(rules, RECORDS, .record = &rule,
        .help = "Settings for some benchmarks. All matching rules apply; later ones win, key by key."),
    KEY(ratios, RECORDS, .record = &ratio,
        .help = "Limits between two benchmarks of one run."),
    KEY(missing, WORD, .bit = PFG_CONFIG_MISSING, .words = missing_words,
        .more = PFG_POLICY_LOOSER,
        .help = "What to do about a benchmark that only the base has, in a suite that the head ran."),
    KEY(missing_suite, WORD, .bit = PFG_CONFIG_MISSING_SUITE,
        .words = missing_words, .more = PFG_POLICY_LOOSER, .absent = 1,
        .help = "What to do about a suite of the base of which the head ran nothing: error fails the gate, warn (the default) is a note."),
    KEY(expect, NAMES, .bit = PFG_CONFIG_EXPECT, .more = PFG_POLICY_TIGHTER,
        .help = "What every head must have: suites, benchmarks, or suite/benchmark, as globs. What is not there fails the gate, whatever the base has."),
    {.name = "new", .type = PFG_CONFIG_WORD, .offset = AT(added),
     .bit = PFG_CONFIG_NEW, .words = new_words,
     .more = PFG_POLICY_LOOSER, .absent = 2,
     .help = "What to do about a benchmark that only the head has."},
    KEY(implausible, WORD, .bit = PFG_CONFIG_IMPLAUSIBLE,
        .words = missing_words,
        .more = PFG_POLICY_LOOSER, .absent = 1,
        .help = "What to do about what is more than ten times better, or was measured by a load test that ended before its time."),
    KEY(renames, RENAMES, .record = &new_name,
        .help = "Benchmarks by their old names, and what they are called now; or values of a parameter: \"cpus=8\": \"cpus=4\"; or suites: \"suite:old\": \"suite:new\"."),
    KEY(hardware, NAMED, .record = &hardware,
        .help = "Names for machines, by their properties; the most specific one wins."),
    KEY(accept, RECORDS, .record = &acceptance,
        .help = "Known regressions that are accepted."),
    KEY(formats, RECORDS, .record = &format,
        .help = "Formats of your own tools: by a regular expression for their lines, or by paths in their JSON."),
    KEY(fail_on, VERDICTS, .bit = PFG_CONFIG_FAIL_ON,
        .more = PFG_POLICY_TIGHTER,
        .help = "The verdicts that fail the gate, instead of the default ones."),
    KEY(paths, NAMES,
        .help = "What can change the results, from the top of the repository, as globs or folders: where a change touches nothing else, 'perfgate run --base' measures nothing and passes."),
    KEY(base_branch, TEXT,
        .help = "The branch that pull requests are merged into."),
    KEY(trust, WORD, .bit = PFG_CONFIG_TRUST, .words = trusts,
        .more = PFG_POLICY_TIGHTER,
        .help = "Whose policy judges a change: head, its own, with a report of what it altered; or base, that of its target branch, which the change cannot loosen."),
    KEY(environment, NAMES, .bit = PFG_CONFIG_ENVIRONMENT,
        .more = PFG_POLICY_TIGHTER,
        .help = "What must not differ between the machines and tools of base and head, by the names that notes and 'perfgate hardware' show: [\"governor\", \"kernel\", \"go*\"], or \"strict\": all that would be a note. What differs is not comparable then. Load averages differ from 1 on, and only where they are named."),
    KEY(accept_label, TEXT,
        .help = "The word that accepting labels of a pull request begin with; \"perfgate-accept\" by default."),
};
#undef AT

const struct pfg_config_record pfg_config_top = {
    .name = "configuration", .keys = top_keys, .n_keys = PFG_COUNT(top_keys),
    .size = sizeof(struct pfg_config),
    .sets = offsetof(struct pfg_config, sets), .source = NO, .pos = NO,
    .name_at = NO,
};
/* clang-format on */

const struct pfg_config_key *pfg_config_key(
    const struct pfg_config_record *record, const char *name)
{
    for (size_t i = 0; i < record->n_keys; i++) {
        const struct pfg_config_key *key = &record->keys[i];
        size_t star = strcspn(key->name, "*");

        if (key->name[star] ? !strncmp(key->name, name, star) && name[star]
                            : !strcmp(key->name, name)) {
            return key;
        }
    }
    return NULL;
}
