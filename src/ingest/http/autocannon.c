#include "ingest/http/load_report.h"
#include "ingest/table/line_table.h"

/*
 * autocannon --json: requests and throughput are distributions over the
 * seconds of the run, latency (ms) is one over the requests. Percentiles are
 * members such as "p97_5"; before 2.2 "p999" meant 99.9.
 */

static const struct pfg_load_field fields[] = {
    {"requests/average", "requests", "req/s", PFG_HIGHER},
    {"requests/stddev", "requests stdev", "req/s", PFG_NEUTRAL},
    {"requests/min", "requests min", "req/s", PFG_NEUTRAL},
    {"requests/max", "requests max", "req/s", PFG_NEUTRAL},
    {"throughput/average", "transfer", "B/s", PFG_HIGHER},
    {"throughput/stddev", "transfer stdev", "B/s", PFG_NEUTRAL},
    {"throughput/min", "transfer min", "B/s", PFG_NEUTRAL},
    {"throughput/max", "transfer max", "B/s", PFG_NEUTRAL},
    {"latency/average", "latency mean", "ms", PFG_LOWER},
    {"latency/stddev", "latency stdev", "ms", PFG_NEUTRAL},
    {"latency/min", "latency min", "ms", PFG_NEUTRAL},
    {"latency/max", "latency max", "ms", PFG_NEUTRAL},
};

static const struct {
    const char *member, *metric;
} counters[] = {
    {"errors", "errors"},
    {"timeouts", "errors timeout"},
    {"mismatches", "errors mismatch"},
    {"non2xx", "errors status"},
};

static bool is_report(const struct pfg_json_value *root)
{
    return pfg_json_path(root, "requests/average") &&
           pfg_json_path(root, "latency/average") &&
           pfg_json_path(root, "throughput/average") &&
           pfg_json_get(root, "connections") && pfg_json_get(root, "non2xx");
}

static void add_all(struct pfg_load_report *report)
{
    const struct pfg_json_value *root = report->root;

    pfg_load_report_add(report, fields, PFG_COUNT(fields));
    pfg_load_report_percentiles(report, pfg_json_get(root, "latency"),
                                "latency", "ms", PFG_LOWER);
    /* Percentiles over the seconds: how even the rate was, not how good. */
    pfg_load_report_percentiles(report, pfg_json_get(root, "requests"),
                                "requests", "req/s", PFG_NEUTRAL);
    pfg_load_report_percentiles(report, pfg_json_get(root, "throughput"),
                                "transfer", "B/s", PFG_NEUTRAL);
    for (size_t i = 0; i < PFG_COUNT(counters); i++) {
        const struct pfg_json_value *count =
            pfg_json_get(root, counters[i].member);

        pfg_load_report_events(report, counters[i].metric, count,
                               pfg_json_number(report->document, count),
                               report->block.n_requests);
    }
}

/*
 * The text report (lib/printResult.js). Latencies are whole milliseconds except
 * for the mean. A count of 1000 or more is printed as "4k", so no more is known
 * of it. wrk's report begins with the same line.
 */

#define BYTES(unit)                                                            \
    {                                                                          \
        "│ Bytes/Sec │ %. │ %. │ %. │ %. │ %n " unit " │ %. │ %. │",           \
            PFG_LINE_VALUE, "transfer", unit "/s", PFG_HIGHER                  \
    }

static const struct pfg_line_row rows[] = {
    {"Running %w test @ %b", PFG_LINE_HEAD},
    {"%v connections", PFG_LINE_PARAM, "connections"},
    {"%v connections with %f pipelining factor", PFG_LINE_PARAM, "connections"},
    {"%f connections with %v pipelining factor", PFG_LINE_PARAM, "pipelining"},
    {"│ Latency │ %. │ %. │ %. │ %. │ %n ms │ %. │ %. │", PFG_LINE_VALUE,
     "latency mean", "ms", PFG_LOWER},
    {"│ Latency │ %. │ %n ms │ %. │ %. │ %. │ %. │ %. │", PFG_LINE_VALUE,
     "latency p50", "ms", PFG_LOWER},
    {"│ Latency │ %. │ %. │ %n ms │ %. │ %. │ %. │ %. │", PFG_LINE_VALUE,
     "latency p97.5", "ms", PFG_LOWER},
    {"│ Latency │ %. │ %. │ %. │ %n ms │ %. │ %. │ %. │", PFG_LINE_VALUE,
     "latency p99", "ms", PFG_LOWER},
    {"│ Latency │ %. │ %. │ %. │ %. │ %. │ %. │ %n ms │", PFG_LINE_VALUE,
     "latency max", "ms", PFG_NEUTRAL},
    {"│ Req/Sec │ 0 │ 0 │ 0 │ 0 │ 0 │ 0 │ 0 │", PFG_LINE_BAD,
     "no requests completed"},
    {"│ Req/Sec │ %. │ %. │ %. │ %. │ %n │ %. │ %. │", PFG_LINE_VALUE,
     "requests", "req/s", PFG_HIGHER},
    BYTES("B"),
    BYTES("kB"),
    BYTES("MB"),
    BYTES("GB"),
    {"%f 2xx responses, %n non 2xx responses", PFG_LINE_EVENTS_OR_NONE,
     "errors status", "1", PFG_LOWER},
    {"%n requests in %.", PFG_LINE_TRIALS, NULL, "1", .last = true},
    {"%nk requests in %.", PFG_LINE_TRIALS, NULL, "thousand", .last = true},
    {"%n errors (%.", PFG_LINE_EVENTS_OR_NONE, "errors", "1", PFG_LOWER},
    {"%nk errors (%.", PFG_LINE_EVENTS_OR_NONE, "errors", "thousand", PFG_LOWER,
     .again = true},
};

static const struct pfg_line_table lines = {
    .commas = true, .rounded = true, .doubtful = true, PFG_LINE_ROWS(rows)};

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const char *title = pfg_json_string(pfg_json_get(root, "title"));
    const char *url = pfg_json_string(pfg_json_get(root, "url"));
    struct pfg_load_report report = {
        .reader = reader,
        .document = document,
        .root = root,
        .block = {.benchmark = pfg_slice_of(title && *title ? title
                                            : url && *url   ? url
                                                            : "autocannon"),
                  .n_requests = pfg_json_number(
                      document, pfg_json_path(root, "requests/total"))},
    };
    double mean;

    if (!is_report(root)) {
        return PFG_NOT_MINE;
    }
    /* The histogram has whole milliseconds, the average has not. */
    mean = pfg_load_report_number(&report, "latency/average");
    report.too_short = mean > 0 && mean < 1;
    pfg_load_report_param(&report, "connections", "connections");
    pfg_load_report_param(&report, "pipelining", "pipelining");
    add_all(&report);
    pfg_load_block_send(&report.block, reader);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_autocannon = {
    .name = "autocannon",
    .title = "autocannon (text, --json)",
    .looks = "'Running 10s test @' and a table of 'Latency', or a JSON object "
             "with 'requests', 'latency', 'throughput', 'non2xx'",
    .document = read_document,
    PFG_LINE_TABLE(lines),
};
