#include <string.h>

#include "base/map.h"
#include "ingest/core/measurement_builder.h"
#include "ingest/frameworks/google_benchmark.h"

/*
 * google-benchmark's JSON (google/benchmark, src/json_reporter.cc):
 *
 *   {"context": {"date", "executable", "library_build_type", ...},
 *    "benchmarks": [{"name", "run_name", "run_type": "iteration",
 *                    "real_time", "cpu_time", "time_unit", counters...}]}
 *
 * One entry per repetition; the entries of one run_name are observations.
 * Aggregates ("X_mean", "X_stddev") are read if there are no observations. BigO
 * and RMS rows, which are fits over several benchmarks, are not read. Any
 * member that is not in the list below is a counter. Versions before 1.5 have
 * neither run_name nor run_type.
 */

/* Members that are not counters. */
static const char *const members[] = {
    "name",
    "run_name",
    "run_type",
    "family_index",
    "threads",
    "per_family_instance_index",
    "repetitions",
    "repetition_index",
    "iterations",
    "real_time",
    "cpu_time",
    "time_unit",
    "label",
    "error_occurred",
    "error_message",
    "skipped",
    "skip_message",
    "aggregate_name",
    "aggregate_unit",
    "big_o",
    "rms",
    "cpu_coefficient",
    "real_coefficient",
};

/* google-benchmark's own counters. The last row is for all others. */
static const struct pfg_google_benchmark_counter counters[] = {
    {"bytes_per_second", "throughput", "B/s", true},
    {"items_per_second", "item throughput", "items/s", true},
    {"allocs_per_iter", "allocs", "allocs/op", false},
    {"max_bytes_used", "memory", "B", false},
    {NULL, NULL, "", false},
};

const struct pfg_google_benchmark_counter *pfg_google_benchmark_counter(
    struct pfg_slice name)
{
    const struct pfg_google_benchmark_counter *counter = counters;

    while (counter->name && !pfg_slice_is(name, counter->name)) {
        counter++;
    }
    return counter;
}

static const char *const aggregates[] = {"mean", "median", "stddev",
                                         "cv",   "BigO",   "RMS"};

/* All entries of one run_name. */
struct group {
    struct pfg_slice name;
    PFG_VEC(const struct pfg_json_value *) runs;
    const struct pfg_json_value *mean, *stddev;
    bool failed;
};

struct report {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    struct pfg_slice suite;
    struct pfg_map groups;
};

static bool is_ours(const struct pfg_json_value *root)
{
    const struct pfg_json_value *all = pfg_json_get(root, "benchmarks");
    const struct pfg_json_value *first = pfg_json_first(all);

    return pfg_json_type(all) == PFG_JSON_ARRAY && first &&
           pfg_json_type(pfg_json_get(root, "context")) == PFG_JSON_OBJECT &&
           pfg_json_string(pfg_json_get(first, "name")) &&
           (pfg_json_get(first, "real_time") || pfg_json_get(first, "rms") ||
            pfg_json_get(first, "big_o") || pfg_json_get(first, "run_type"));
}

/* The name of an aggregate; empty for an observation. In old versions it is
 * only the end of the benchmark's name. */
static struct pfg_slice aggregate_of(const struct pfg_json_value *entry)
{
    struct pfg_slice name = pfg_builder_member(entry, "name");
    size_t bar = pfg_slice_find_last_byte(name, '_');

    if (pfg_json_get(entry, "run_type")) {
        return pfg_slice_is(pfg_builder_member(entry, "run_type"), "aggregate")
                   ? pfg_builder_member(entry, "aggregate_name")
                   : pfg_slice_of(NULL);
    }
    for (size_t i = 0; i < PFG_COUNT(aggregates); i++) {
        if (pfg_slice_is(pfg_slice_from(name, bar + 1), aggregates[i])) {
            return pfg_slice_of(aggregates[i]);
        }
    }
    return pfg_slice_of(NULL);
}

static struct pfg_slice run_name(const struct pfg_json_value *entry,
                                 struct pfg_slice aggregate)
{
    struct pfg_slice name = pfg_builder_member(entry, "run_name");

    if (!name.len) {
        name = pfg_builder_member(entry, "name");
        if (aggregate.len && name.len > aggregate.len) {
            name.len -= aggregate.len + 1;
        }
    }
    return name;
}

static struct group *group_of(struct report *report, struct pfg_slice name)
{
    void **place = pfg_map_at(&report->groups, name);

    if (!*place) {
        struct group *group =
            pfg_arena_alloc(report->reader->arena, sizeof *group);

        group->name = name;
        *place = group;
    }
    return *place;
}

static bool is_error(const struct pfg_json_value *entry)
{
    return pfg_json_is_true(pfg_json_get(entry, "error_occurred")) ||
           pfg_json_is_true(pfg_json_get(entry, "skipped"));
}

static void add_entry(struct report *report, const struct pfg_json_value *entry)
{
    struct pfg_slice aggregate = aggregate_of(entry);
    struct group *group = group_of(report, run_name(entry, aggregate));

    if (!aggregate.len) {
        pfg_vec_push(&group->runs, report->reader->arena, entry);
    } else if (pfg_slice_is(aggregate, "mean") ||
               (!group->mean && pfg_slice_is(aggregate, "median"))) {
        group->mean = entry;
    } else if (pfg_slice_is(aggregate, "stddev")) {
        group->stddev = entry;
    }
}

static struct pfg_builder begin(const struct report *report,
                                const struct pfg_json_value *entry,
                                struct pfg_slice name)
{
    struct pfg_builder finding =
        pfg_builder_begin(report->reader, report->document, entry);

    finding.m.suite = report->suite;
    finding.m.benchmark = name;
    return finding;
}

/* Sends one member of all entries of a group. */
static void send_member(const struct report *report, const struct group *group,
                        struct pfg_builder *finding, const char *member)
{
    for (size_t i = 0; i < group->runs.n; i++) {
        const struct pfg_json_value *entry = group->runs.at[i];

        if (!is_error(entry) && pfg_json_get(entry, member)) {
            pfg_builder_value(finding, pfg_json_get(entry, member));
        }
    }
    if (!group->runs.n && pfg_json_get(group->mean, member)) {
        pfg_builder_summary(finding, pfg_json_get(group->mean, member));
        finding->summary.stddev =
            pfg_builder_number(finding, pfg_json_get(group->stddev, member));
        finding->summary.count = pfg_json_number(
            report->document, pfg_json_get(group->mean, "iterations"));
    }
    pfg_builder_send(finding);
}

static const struct pfg_json_value *first_of(const struct group *group)
{
    return group->runs.n ? group->runs.at[0] : group->mean;
}

static bool is_member(const char *key)
{
    for (size_t i = 0; i < PFG_COUNT(members); i++) {
        if (!strcmp(key, members[i])) {
            return true;
        }
    }
    return false;
}

static void send_counters(const struct report *report,
                          const struct group *group)
{
    const struct pfg_json_value *child = pfg_json_first(first_of(group));

    for (; child; child = pfg_json_next(child)) {
        const char *key = pfg_json_key(child);
        const struct pfg_google_benchmark_counter *counter =
            pfg_google_benchmark_counter(pfg_slice_of(key));
        struct pfg_builder finding =
            begin(report, first_of(group), group->name);

        if (!is_member(key) && pfg_json_type(child) == PFG_JSON_NULL) {
            pfg_reader_warn(finding.reader, "counter '%.60s' is null: ignored",
                            key);
        }
        if (is_member(key) || pfg_json_type(child) != PFG_JSON_NUMBER) {
            continue;
        }
        pfg_builder_unit(&finding, pfg_slice_of(counter->unit));
        finding.m.metric =
            pfg_slice_of(counter->metric ? counter->metric : key);
        finding.m.derived = counter->derived;
        send_member(report, group, &finding, key);
    }
}

static void send_times(const struct report *report, const struct group *group)
{
    static const struct {
        const char *member, *metric;
    } times[] = {{"real_time", "time"}, {"cpu_time", "cpu time"}};
    struct pfg_slice unit = pfg_builder_member(first_of(group), "time_unit");

    for (size_t i = 0; i < 2; i++) {
        struct pfg_builder finding =
            begin(report, first_of(group), group->name);

        pfg_builder_unit(&finding, unit.len ? unit : PFG_LIT("ns"));
        finding.m.metric = pfg_slice_of(times[i].metric);
        send_member(report, group, &finding, times[i].member);
    }
}

/* Reports that the program called SkipWithError() or SkipWithMessage(). */
static void send_problem(const struct report *report, struct group *group,
                         const struct pfg_json_value *entry)
{
    struct pfg_builder finding = begin(report, entry, group->name);
    const char *message = pfg_json_string(pfg_json_get(entry, "error_message"));

    if (!pfg_json_is_true(pfg_json_get(entry, "error_occurred"))) {
        message = pfg_json_string(pfg_json_get(entry, "skip_message"));
        pfg_builder_warn(report->reader, report->document, entry,
                         "'%.*s' was skipped: %.200s", PFG_SLICE(group->name),
                         message ? message : "no reason given");
        return;
    }
    if (!group->failed) {
        pfg_builder_unit(&finding, PFG_LIT("s"));
        pfg_builder_error(&finding, "%.300s",
                          message && *message ? message : "error_occurred");
        pfg_builder_send(&finding);
    }
    group->failed = true;
}

static void send_group(const struct report *report, struct group *group)
{
    size_t n_fine = 0;

    for (size_t i = 0; i < group->runs.n; i++) {
        if (is_error(group->runs.at[i])) {
            send_problem(report, group, group->runs.at[i]);
        } else {
            n_fine++;
        }
    }
    if (n_fine || (!group->runs.n && group->mean)) {
        send_times(report, group);
        send_counters(report, group);
    }
}

static void read_context(struct report *report,
                         const struct pfg_json_value *context)
{
    static const char *const facts[] = {
        "host_name",       "num_cpus",           "mhz_per_cpu",
        "library_version", "library_build_type", "cpu_scaling_enabled",
        "aslr_enabled",
    };
    struct pfg_reader *reader = report->reader;

    report->suite =
        pfg_builder_program(pfg_builder_member(context, "executable"));
    pfg_builder_time(reader, pfg_builder_when(report->document,
                                              pfg_json_get(context, "date")));
    for (size_t i = 0; i < PFG_COUNT(facts); i++) {
        pfg_builder_fact(reader, facts[i], report->document,
                         pfg_json_get(context, facts[i]));
    }
    if (pfg_slice_is(pfg_builder_member(context, "library_build_type"),
                     "debug")) {
        pfg_builder_warn(reader, report->document,
                         pfg_json_get(context, "library_build_type"),
                         "google-benchmark was built without optimisation "
                         "(library_build_type: debug): times may be too long");
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    struct report report = {.reader = reader, .document = document};
    const struct pfg_json_value *root = pfg_json_root(document), *entry;

    if (!is_ours(root)) {
        return PFG_NOT_MINE;
    }
    pfg_map_init(&report.groups, reader->arena);
    read_context(&report, pfg_json_get(root, "context"));
    entry = pfg_json_first(pfg_json_get(root, "benchmarks"));
    for (; entry; entry = pfg_json_next(entry)) {
        if (!pfg_json_string(pfg_json_get(entry, "name"))) {
            pfg_builder_warn(reader, document, entry,
                             "a benchmark without a name");
            continue;
        }
        add_entry(&report, entry);
    }
    for (size_t i = 0; i < report.groups.n; i++) {
        send_group(&report, report.groups.entries[i].value);
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_google_benchmark = {
    .name = "google_benchmark",
    .title = "google-benchmark JSON",
    .looks = "a JSON object with 'context' and 'benchmarks' that have "
             "'real_time'",
    .document = read_document,
};
