#include <string.h>

#include "ingest/core/measurement_builder.h"

/*
 * The history that github-action-benchmark keeps (benchmark-action/
 * github-action-benchmark, src/write.ts): data.js, which is one assignment, or
 * the JSON of it,
 *
 *   window.BENCHMARK_DATA = {"lastUpdate", "repoUrl", "entries": {"SUITE": [
 *     {"commit": {"id", "message", "timestamp"}, "date": ms, "tool": "cargo",
 *      "benches": [{"name", "value", "unit", "range", "extra"}]}]}}
 *
 * Each entry is a run of its own. Which way is better is said by the tool; for
 * some the unit says it.
 */

static const struct tool {
    const char *name;
    enum pfg_direction better;
} tools[] = {
    {"cargo", PFG_LOWER},
    {"go", PFG_NEUTRAL},
    {"benchmarkjs", PFG_HIGHER},
    {"benchmarkluau", PFG_LOWER},
    {"pytest", PFG_HIGHER},
    {"googlecpp", PFG_LOWER},
    {"catch2", PFG_LOWER},
    {"julia", PFG_LOWER},
    {"jmh", PFG_NEUTRAL},
    {"benchmarkdotnet", PFG_LOWER},
    {"customBiggerIsBetter", PFG_HIGHER},
    {"customSmallerIsBetter", PFG_LOWER},
};

static bool is_entry(const struct pfg_json_value *entry)
{
    return pfg_json_string(pfg_json_get(pfg_json_get(entry, "commit"), "id")) &&
           pfg_json_type(pfg_json_get(entry, "benches")) == PFG_JSON_ARRAY;
}

static bool is_ours(const struct pfg_json_value *root)
{
    const struct pfg_json_value *entries = pfg_json_get(root, "entries");
    const struct pfg_json_value *suite = pfg_json_first(entries);

    return pfg_json_type(entries) == PFG_JSON_OBJECT &&
           pfg_json_type(suite) == PFG_JSON_ARRAY &&
           is_entry(pfg_json_first(suite));
}

static void send_bench(struct pfg_reader *reader,
                       const struct pfg_json_document *document,
                       const char *suite, struct pfg_slice tool,
                       const struct pfg_json_value *bench)
{
    struct pfg_builder finding = pfg_builder_begin(reader, document, bench);
    /* Old versions put all that go printed behind the number into it. */
    struct pfg_slice rest = pfg_builder_member(bench, "unit");
    struct pfg_slice unit = pfg_slice_trim(pfg_take_until(&rest, '\t'));

    finding.m.metric = PFG_LIT("value");
    pfg_builder_unit(&finding, unit);
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        if (pfg_slice_is(tool, tools[i].name) &&
            tools[i].better != PFG_NEUTRAL) {
            finding.m.better = tools[i].better;
        }
    }
    finding.m.suite = pfg_slice_of(suite);
    finding.m.benchmark = pfg_builder_member(bench, "name");
    pfg_builder_value(&finding, pfg_json_get(bench, "value"));
    pfg_builder_send(&finding);
}

static void send_entry(struct pfg_reader *reader,
                       const struct pfg_json_document *document,
                       const char *suite, const struct pfg_json_value *entry)
{
    const struct pfg_json_value *commit = pfg_json_get(entry, "commit");
    const struct pfg_json_value *bench =
        pfg_json_first(pfg_json_get(entry, "benches"));
    struct pfg_slice tool = pfg_builder_member(entry, "tool");

    pfg_builder_revision(
        reader, pfg_builder_member(commit, "id"),
        pfg_builder_when(document, pfg_json_get(commit, "timestamp")),
        pfg_builder_member(commit, "message"));
    pfg_builder_time(reader,
                     pfg_builder_when(document, pfg_json_get(entry, "date")));
    for (; bench; bench = pfg_json_next(bench)) {
        if (pfg_json_string(pfg_json_get(bench, "name"))) {
            send_bench(reader, document, suite, tool, bench);
        } else {
            pfg_builder_warn(reader, document, bench,
                             "a result without a name");
        }
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *suite, *entry;

    if (!is_ours(root)) {
        return PFG_NOT_MINE;
    }
    suite = pfg_json_first(pfg_json_get(root, "entries"));
    for (; suite; suite = pfg_json_next(suite)) {
        for (entry = pfg_json_first(suite); entry;
             entry = pfg_json_next(entry)) {
            if (is_entry(entry)) {
                send_entry(reader, document, pfg_json_key(suite), entry);
            } else {
                pfg_builder_warn(reader, document, entry,
                                 "an entry without commit and benches");
            }
        }
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_github_action_benchmark = {
    .name = "github_action_benchmark",
    .title = "github-action-benchmark's data.js",
    .looks = "'window.BENCHMARK_DATA = {', a JSON object with 'entries'",
    .document = read_document,
};
