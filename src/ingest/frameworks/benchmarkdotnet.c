#include <ctype.h>
#include <string.h>

#include "ingest/core/measurement_builder.h"

/*
 * BenchmarkDotNet's JSON, full or brief (dotnet/BenchmarkDotNet,
 * src/BenchmarkDotNet/Exporters/Json/JsonExporterBase.cs):
 *
 *   {"Title", "HostEnvironmentInfo": {...},
 *    "Benchmarks": [{"DisplayInfo": "Type.Method: Job-X(Runtime=.NET 8.0)",
 *      "Namespace", "Type", "Method", "Parameters": "N=10&M=2", "FullName",
 *      "Statistics": {"OriginalValues": [...], "Mean", ...} or null,
 *      "Memory": {"BytesAllocatedPerOperation"}, "Metrics": [...]}]}
 *
 * Nanoseconds per operation. The job is a parameter, except for the default
 * one. A job without a name is known by its settings, because the letters of
 * its ID come from a hash.
 */

static bool is_ours(const struct pfg_json_value *root)
{
    const struct pfg_json_value *all = pfg_json_get(root, "Benchmarks");
    const struct pfg_json_value *first = pfg_json_first(all);

    return pfg_json_type(all) == PFG_JSON_ARRAY &&
           pfg_json_string(pfg_json_get(first, "Method")) &&
           pfg_json_string(pfg_json_get(first, "Type"));
}

/* Whether the text begins with "NAME=". */
static bool begins_param(struct pfg_slice text)
{
    size_t n = 0;

    while (n < text.len &&
           (isalnum((unsigned char)text.ptr[n]) || text.ptr[n] == '_')) {
        n++;
    }
    return n && n < text.len && text.ptr[n] == '=' &&
           !isdigit((unsigned char)text.ptr[0]);
}

/* Takes what stands before the next parameter. A value may contain separators
 * itself, as in "args=16,64,256", and anything between quotes. */
static struct pfg_slice take_param(struct pfg_slice *text, char separator)
{
    struct pfg_slice whole = *text;
    bool quoted = false;

    for (size_t i = 0; i < whole.len; i++) {
        struct pfg_slice rest = pfg_slice_from(whole, i + 1);

        if (whole.ptr[i] == '"') {
            quoted = !quoted && pfg_slice_has(rest, "\"");
        } else if (whole.ptr[i] == separator && !quoted &&
                   begins_param(pfg_slice_trim_left(rest))) {
            *text = pfg_slice_trim_left(rest);
            return pfg_slice_first(whole, i);
        }
    }
    *text = pfg_slice_from(whole, whole.len);
    return whole;
}

/* "N=10&M=2"; some versions write "N=10, M=2". */
static void add_params(struct pfg_builder *finding, struct pfg_slice text)
{
    char separator = pfg_slice_find_byte(text, '&') < text.len ? '&' : ',';

    while (text.len) {
        struct pfg_slice value = take_param(&text, separator);
        struct pfg_slice key = pfg_take_until(&value, '=');

        pfg_builder_param(finding, pfg_arena_slice(finding->reader->arena, key),
                          value);
    }
}

/* Behind "Type.Method: " in DisplayInfo. */
static void add_job(struct pfg_builder *finding, struct pfg_slice info)
{
    size_t colon = pfg_slice_find(info, ": ");
    struct pfg_slice job = pfg_slice_from(info, colon + 2), settings, name;
    size_t bracket = pfg_slice_find(job, " [");

    if (colon >= info.len) {
        return;
    }
    settings = job = pfg_slice_first(job, bracket);
    name = pfg_take_until(&settings, '(');
    if (pfg_slice_starts(name, "Job-") && settings.len &&
        pfg_slice_ends(settings, ")")) {
        settings.len--;
        name = settings;
    }
    if (name.len && !pfg_slice_is(name, "DefaultJob")) {
        pfg_builder_param(finding, "job", name);
    }
}

static struct pfg_builder begin(struct pfg_reader *reader,
                                const struct pfg_json_document *document,
                                const struct pfg_json_value *benchmark)
{
    struct pfg_builder finding = pfg_builder_begin(reader, document, benchmark);
    const char *space = pfg_json_string(pfg_json_get(benchmark, "Namespace"));
    const char *type = pfg_json_string(pfg_json_get(benchmark, "Type"));

    finding.m.suite =
        pfg_slice_of(space && *space ? pfg_arena_printf(reader->arena, "%s.%s",
                                                        space, type ? type : "")
                                     : type);
    finding.m.benchmark = pfg_builder_member(benchmark, "Method");
    add_params(&finding, pfg_builder_member(benchmark, "Parameters"));
    add_job(&finding, pfg_builder_member(benchmark, "DisplayInfo"));
    return finding;
}

static void send_time(struct pfg_reader *reader,
                      const struct pfg_json_document *document,
                      const struct pfg_json_value *benchmark)
{
    const struct pfg_json_value *stats = pfg_json_get(benchmark, "Statistics");
    struct pfg_builder time = begin(reader, document, benchmark);

    pfg_builder_unit(&time, PFG_LIT("ns"));
    if (pfg_json_type(stats) != PFG_JSON_OBJECT) {
        pfg_builder_error(&time, "no results: the benchmark failed");
        pfg_builder_send(&time);
        return;
    }
    pfg_builder_values(&time, pfg_json_get(stats, "OriginalValues"));
    if (!time.values.n) {
        pfg_builder_summary(&time, pfg_json_get(stats, "Mean"));
        time.summary.error =
            pfg_builder_number(&time, pfg_json_get(stats, "StandardError"));
        time.summary.stddev =
            pfg_builder_number(&time, pfg_json_get(stats, "StandardDeviation"));
        time.summary.min =
            pfg_builder_number(&time, pfg_json_get(stats, "Min"));
        time.summary.max =
            pfg_builder_number(&time, pfg_json_get(stats, "Max"));
        time.summary.count =
            pfg_json_number(document, pfg_json_get(stats, "N"));
    }
    pfg_builder_send(&time);
}

static bool send_memory(struct pfg_reader *reader,
                        const struct pfg_json_document *document,
                        const struct pfg_json_value *benchmark)
{
    const struct pfg_json_value *bytes = pfg_json_get(
        pfg_json_get(benchmark, "Memory"), "BytesAllocatedPerOperation");
    struct pfg_builder memory = begin(reader, document, benchmark);

    if (pfg_json_type(bytes) != PFG_JSON_NUMBER) {
        return false;
    }
    pfg_builder_unit(&memory, PFG_LIT("B/op"));
    pfg_builder_value(&memory, bytes);
    pfg_builder_send(&memory);
    return true;
}

/* Sends what a diagnoser counted. The descriptor says which direction is
 * better, but garbage collections are only shown. */
static void send_metric(struct pfg_reader *reader,
                        const struct pfg_json_document *document,
                        const struct pfg_json_value *benchmark,
                        const struct pfg_json_value *metric, bool has_memory)
{
    const struct pfg_json_value *what = pfg_json_get(metric, "Descriptor");
    const struct pfg_json_value *greater =
        pfg_json_get(what, "TheGreaterTheBetter");
    struct pfg_slice id = pfg_builder_member(what, "Id");
    struct pfg_slice unit = pfg_builder_member(what, "Unit");
    struct pfg_builder finding = begin(reader, document, benchmark);
    bool allocated = pfg_slice_starts(id, "Allocated Memory");

    if (!id.len || (allocated && has_memory)) {
        return;
    }
    pfg_builder_unit(&finding,
                     pfg_slice_is(unit, "Count") ? PFG_LIT("") : unit);
    finding.m.metric =
        allocated ? PFG_LIT("bytes") : pfg_builder_member(what, "DisplayName");
    finding.m.better = PFG_NEUTRAL;
    if (pfg_json_type(greater) == PFG_JSON_BOOL &&
        !pfg_slice_starts(id, "Gen")) {
        finding.m.better = pfg_json_is_true(greater) ? PFG_HIGHER : PFG_LOWER;
    }
    pfg_builder_value(&finding, pfg_json_get(metric, "Value"));
    pfg_builder_send(&finding);
}

static void send_benchmark(struct pfg_reader *reader,
                           const struct pfg_json_document *document,
                           const struct pfg_json_value *benchmark)
{
    const struct pfg_json_value *metric =
        pfg_json_first(pfg_json_get(benchmark, "Metrics"));
    bool has_memory;

    if (!pfg_json_string(pfg_json_get(benchmark, "Method"))) {
        pfg_builder_warn(reader, document, benchmark,
                         "a benchmark without 'Method'");
        return;
    }
    send_time(reader, document, benchmark);
    has_memory = send_memory(reader, document, benchmark);
    for (; metric; metric = pfg_json_next(metric)) {
        send_metric(reader, document, benchmark, metric, has_memory);
    }
}

static void send_facts(struct pfg_reader *reader,
                       const struct pfg_json_document *document,
                       const struct pfg_json_value *host)
{
    static const struct {
        const char *member, *fact;
    } facts[] = {
        {"BenchmarkDotNetVersion", "benchmarkdotnet"},
        {"OsVersion", "os"},
        {"ProcessorName", "cpu"},
        {"LogicalCoreCount", "cpus"},
        {"Architecture", "arch"},
        {"RuntimeVersion", "runtime"},
        {"DotNetCliVersion", "dotnet"},
        {"Configuration", "configuration"},
    };

    for (size_t i = 0; i < PFG_COUNT(facts); i++) {
        pfg_builder_fact(reader, facts[i].fact, document,
                         pfg_json_get(host, facts[i].member));
    }
    if (pfg_slice_is(pfg_builder_member(host, "Configuration"), "DEBUG")) {
        pfg_builder_warn(reader, document, pfg_json_get(host, "Configuration"),
                         "built without optimisation (Configuration: DEBUG): "
                         "times may be too long");
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *one;

    if (!is_ours(root)) {
        return PFG_NOT_MINE;
    }
    send_facts(reader, document, pfg_json_get(root, "HostEnvironmentInfo"));
    one = pfg_json_first(pfg_json_get(root, "Benchmarks"));
    for (; one; one = pfg_json_next(one)) {
        send_benchmark(reader, document, one);
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_benchmarkdotnet = {
    .name = "benchmarkdotnet",
    .title = "BenchmarkDotNet JSON",
    .looks = "a JSON object with 'Benchmarks' that have 'Type' and 'Method'",
    .document = read_document,
};
