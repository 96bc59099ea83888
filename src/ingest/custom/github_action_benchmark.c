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
 * Each entry is a run. The direction is that of the tool, or of the unit. Names
 * are taken apart as extract.ts put them together, so that a benchmark gets the
 * name that it has in the tool's own output, and new results continue its
 * history. For the same reason the title of the entries is the suite only if
 * the tool has several titles.
 */

/* A benchmark that is being read. */
struct bench {
    struct pfg_builder finding;
    const struct pfg_json_value *json;
    struct pfg_slice unit;  /* of the finding */
    struct pfg_slice more;  /* further "NUMBER UNIT", as go printed them */
    struct pfg_slice extra; /* lines */
};

/* "BenchmarkA", "BenchmarkA - B/op", with " (PACKAGE)" if there are several
 * packages; `extra` is "100 times\n8 procs". */
static void name_go(struct bench *bench)
{
    struct pfg_measurement *m = &bench->finding.m;
    struct pfg_slice rest = bench->extra;
    size_t cut = pfg_slice_find(m->benchmark, " - ");

    if (pfg_slice_is(m->metric, "value")) {
        m->metric = bench->unit;
    }
    m->derived = pfg_slice_is(bench->unit, "MB/s");
    m->benchmark = pfg_slice_first(m->benchmark, cut);
    cut = pfg_slice_find(m->benchmark, " (");
    if (cut < m->benchmark.len && pfg_slice_ends(m->benchmark, ")")) {
        m->suite = pfg_slice_from(m->benchmark, cut + 2);
        m->suite.len--;
        m->benchmark = pfg_slice_first(m->benchmark, cut);
    }
    while (rest.len) {
        struct pfg_slice line = pfg_take_until(&rest, '\n');
        struct pfg_slice procs = pfg_take_digits(&line);

        if (pfg_slice_is(line, " procs") && !pfg_slice_is(procs, "1")) {
            pfg_builder_param(&bench->finding, "cpus", procs);
        }
    }
}

/* "FILE::TEST". The history has calls per second, pytest-benchmark seconds. */
static void name_pytest(struct bench *bench)
{
    struct pfg_builder *finding = &bench->finding;
    struct pfg_slice name = finding->m.benchmark;

    pfg_builder_split_name(&finding->m, name, pfg_slice_find(name, "::"), 2);
    if (pfg_slice_is(finding->m.unit, "1/s") && finding->values.n &&
        finding->values.at[0] > 0) {
        pfg_builder_unit(finding, PFG_LIT("s"));
        finding->m.better = PFG_LOWER;
        finding->values.at[0] = 1 / finding->values.at[0];
        finding->m.written_unit = bench->unit;
    }
}

/* "PACKAGE.CLASS.METHOD" and its parameters: JMH's " ( {"n":"10"} )",
 * BenchmarkDotNet's "(n: 10)". */
static void name_method(struct bench *bench, const char *before,
                        const char *after)
{
    struct pfg_builder *finding = &bench->finding;
    struct pfg_slice name = finding->m.benchmark, params;
    size_t cut = pfg_slice_find(name, before);

    params = pfg_slice_from(name, cut + strlen(before));
    name = pfg_slice_first(name, cut);
    pfg_builder_split_name(&finding->m, name,
                           pfg_slice_find_last_byte(name, '.'), 1);
    params.len -= pfg_slice_ends(params, after) ? strlen(after) : 0;
    while (params.len) {
        struct pfg_slice value = pfg_take_until(&params, ',');
        struct pfg_slice key = pfg_slice_trim(pfg_take_until(&value, ':'));

        value = pfg_slice_trim(value);
        pfg_take(&key, "\"");
        key.len -= pfg_slice_ends(key, "\"");
        pfg_take(&value, "\"");
        value.len -= pfg_slice_ends(value, "\"");
        pfg_builder_param(finding, pfg_arena_slice(finding->reader->arena, key),
                          value);
    }
}

static void name_jmh(struct bench *bench)
{
    name_method(bench, " ( {", "} )");
    pfg_builder_param(&bench->finding, "mode",
                      pfg_slice_starts(bench->unit, "ops/") ? PFG_LIT("thrpt")
                                                            : PFG_LIT("avgt"));
}

static void name_dotnet(struct bench *bench)
{
    name_method(bench, "(", ")");
}

static const struct tool {
    const char *name;
    enum pfg_direction better;
    void (*take_apart)(struct bench *bench);
} tools[] = {
    {"cargo", PFG_LOWER, NULL},
    {"go", PFG_NEUTRAL, name_go},
    {"benchmarkjs", PFG_HIGHER, NULL},
    {"benchmarkluau", PFG_LOWER, NULL},
    {"pytest", PFG_HIGHER, name_pytest},
    {"googlecpp", PFG_LOWER, NULL},
    {"catch2", PFG_LOWER, NULL},
    {"julia", PFG_LOWER, NULL},
    {"jmh", PFG_NEUTRAL, name_jmh},
    {"benchmarkdotnet", PFG_LOWER, name_dotnet},
    {"customBiggerIsBetter", PFG_HIGHER, NULL},
    {"customSmallerIsBetter", PFG_LOWER, NULL},
};

static const struct tool *find_tool(struct pfg_slice name)
{
    for (size_t i = 0; i < PFG_COUNT(tools); i++) {
        if (pfg_slice_is(name, tools[i].name)) {
            return &tools[i];
        }
    }
    return NULL;
}

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

static struct pfg_slice tool_of(const struct pfg_json_value *entries)
{
    return pfg_builder_member(pfg_json_first(entries), "tool");
}

/* The title, if the tool has another one as well. */
static const char *suite_of(const struct pfg_json_value *root,
                            const struct pfg_json_value *entries)
{
    const struct pfg_json_value *other =
        pfg_json_first(pfg_json_get(root, "entries"));

    for (; other; other = pfg_json_next(other)) {
        if (other != entries &&
            pfg_slice_eq(tool_of(other), tool_of(entries))) {
            return pfg_json_key(entries);
        }
    }
    return "";
}

/* Whether the first of go's values also has an entry of its own: newer versions
 * write "A" with all that go printed, and then "A - ns/op". */
static bool is_repeated(const struct bench *bench)
{
    struct pfg_slice name = bench->finding.m.benchmark;
    const char *own =
        pfg_arena_printf(bench->finding.reader->arena, "%.*s - %.*s",
                         PFG_SLICE(name), PFG_SLICE(bench->unit));
    const struct pfg_json_value *other = pfg_json_next(bench->json);

    return bench->more.len &&
           pfg_slice_is(pfg_builder_member(other, "name"), own);
}

static struct pfg_builder begin(struct pfg_reader *reader,
                                const struct pfg_json_document *document,
                                const struct bench *bench, const char *suite,
                                struct pfg_slice unit)
{
    struct pfg_builder finding =
        pfg_builder_begin(reader, document, bench->json);

    finding.m.metric = PFG_LIT("value");
    pfg_builder_unit(&finding, unit);
    finding.m.suite = pfg_slice_of(suite);
    finding.m.benchmark = pfg_builder_member(bench->json, "name");
    return finding;
}

static void send_bench(struct pfg_reader *reader,
                       const struct pfg_json_document *document,
                       const char *suite, const struct tool *tool,
                       const struct pfg_json_value *json)
{
    struct bench bench = {.json = json,
                          .more = pfg_builder_member(json, "unit"),
                          .extra = pfg_builder_member(json, "extra")};
    struct pfg_slice number;

    bench.unit = pfg_slice_trim(pfg_take_until(&bench.more, '\t'));
    bench.finding = begin(reader, document, &bench, suite, bench.unit);
    if (is_repeated(&bench)) {
        return;
    }
    pfg_builder_value(&bench.finding, pfg_json_get(json, "value"));
    for (;;) {
        if (tool && tool->better != PFG_NEUTRAL) {
            bench.finding.m.better = tool->better;
        }
        if (tool && tool->take_apart) {
            tool->take_apart(&bench);
        }
        pfg_builder_send(&bench.finding);
        number = pfg_take_word(&bench.more);
        bench.unit = pfg_take_word(&bench.more);
        if (!bench.unit.len) {
            return;
        }
        bench.finding = begin(reader, document, &bench, suite, bench.unit);
        if (!pfg_builder_read_value(&bench.finding, number)) {
            return;
        }
    }
}

static void send_entry(struct pfg_reader *reader,
                       const struct pfg_json_document *document,
                       const char *suite, const struct pfg_json_value *entry)
{
    const struct tool *tool = find_tool(pfg_builder_member(entry, "tool"));
    const struct pfg_json_value *commit = pfg_json_get(entry, "commit");
    const struct pfg_json_value *bench =
        pfg_json_first(pfg_json_get(entry, "benches"));

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
                send_entry(reader, document, suite_of(root, suite), entry);
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
