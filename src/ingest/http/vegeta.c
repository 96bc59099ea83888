#include <math.h>

#include "base/number.h"
#include "ingest/http/load_report.h"
#include "ingest/table/line_table.h"

/*
 * vegeta report -type=json. Times are in nanoseconds. "rate" is the number of
 * requests sent per second, as requested on the command line; "throughput" is
 * the number that succeeded per second. A request that got no answer has the
 * status code "0".
 */

static const struct pfg_load_field fields[] = {
    {"throughput", "requests", "req/s", PFG_HIGHER},
    {"rate", "rate", "req/s", PFG_NEUTRAL},
    {"latencies/mean", "latency mean", "ns", PFG_LOWER},
    {"latencies/min", "latency min", "ns", PFG_NEUTRAL},
    {"latencies/max", "latency max", "ns", PFG_NEUTRAL},
    {"bytes_in/mean", "data received", "B", PFG_NEUTRAL},
    {"bytes_out/mean", "data sent", "B", PFG_NEUTRAL},
};

/* Status codes from 200 to 399 are successes. */
static void add_codes(struct pfg_load_report *report)
{
    const struct pfg_json_value *code =
        pfg_json_first(pfg_json_get(report->root, "status_codes"));
    double unanswered = 0, bad = 0;

    for (; code; code = pfg_json_next(code)) {
        double n = pfg_json_number(report->document, code);
        double number = NAN;

        pfg_number_parse(&number, pfg_slice_of(pfg_json_key(code)), 0);
        if (number == 0) {
            unanswered += n;
        } else if (!(number >= 200 && number < 400)) {
            bad += n;
        }
    }
    pfg_load_report_events(report, "errors", NULL, unanswered,
                           report->block.n_requests);
    pfg_load_report_events(report, "errors status", NULL, bad,
                           report->block.n_requests);
}

static void add_success(struct pfg_load_report *report)
{
    const struct pfg_json_value *value = pfg_json_get(report->root, "success");
    double ratio = pfg_json_number(report->document, value);
    double n = report->block.n_requests;
    struct pfg_load_reading reading = {
        .metric = PFG_LIT("success"),
        .unit = PFG_LIT("1"),
        .better = PFG_HIGHER,
        .printed = {.digits = pfg_json_digits(report->document, value),
                    .value = ratio},
        .events = round(ratio * n),
        .trials = n,
        .is_events = true,
        .pos = pfg_reader_place(report->reader, report->document, value),
    };

    if (ratio >= 0 && ratio <= 1 && n > 0) {
        pfg_load_block_add(&report->block, report->reader, &reading);
    }
}

/* The text report. Up to 12.6 it has no minimum and no p90, and before version
 * 12 no throughput. */
#define LATENCIES "Latencies [min, mean, 50, 90, 95, 99, max] "
#define OLD       "Latencies [mean, 50, 95, 99, max] "

static const struct pfg_line_row rows[] = {
    {"Requests [total, rate, throughput] %.", PFG_LINE_HEAD},
    {"Requests [total, rate, throughput] %n, %w %w", PFG_LINE_TRIALS},
    {"Requests [total, rate, throughput] %w %w %n", PFG_LINE_VALUE, "requests",
     "req/s", PFG_HIGHER},
    {LATENCIES "%w %n%u, %w %w %w %w %w", PFG_LINE_VALUE, "latency mean", NULL,
     PFG_LOWER},
    {LATENCIES "%w %w %n%u, %w %w %w %w", PFG_LINE_VALUE, "latency p50", NULL,
     PFG_LOWER},
    {LATENCIES "%w %w %w %n%u, %w %w %w", PFG_LINE_VALUE, "latency p90", NULL,
     PFG_LOWER},
    {LATENCIES "%w %w %w %w %n%u, %w %w", PFG_LINE_VALUE, "latency p95", NULL,
     PFG_LOWER},
    {LATENCIES "%w %w %w %w %w %n%u, %w", PFG_LINE_VALUE, "latency p99", NULL,
     PFG_LOWER},
    {LATENCIES "%w %w %w %w %w %w %n%u", PFG_LINE_VALUE, "latency max", NULL,
     PFG_NEUTRAL},
    {"Requests [total, rate] %.", PFG_LINE_HEAD},
    {"Requests [total, rate] %n, %w", PFG_LINE_TRIALS},
    {"Requests [total, rate] %w %n", PFG_LINE_VALUE, "rate", "req/s",
     PFG_NEUTRAL},
    {OLD "%n%u, %w %w %w %w", PFG_LINE_VALUE, "latency mean", NULL, PFG_LOWER},
    {OLD "%w %n%u, %w %w %w", PFG_LINE_VALUE, "latency p50", NULL, PFG_LOWER},
    {OLD "%w %w %n%u, %w %w", PFG_LINE_VALUE, "latency p95", NULL, PFG_LOWER},
    {OLD "%w %w %w %n%u, %w", PFG_LINE_VALUE, "latency p99", NULL, PFG_LOWER},
    {OLD "%w %w %w %w %n%u", PFG_LINE_VALUE, "latency max", NULL, PFG_NEUTRAL},
    {"Success [ratio] %n%%", PFG_LINE_VALUE, "success", "%", PFG_HIGHER},
    {"Status Codes [code:count] %.", PFG_LINE_MINE, .last = true},
};

static const struct pfg_line_table lines = {.benchmark = "vegeta",
                                            PFG_LINE_ROWS(rows)};

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *latencies = pfg_json_get(root, "latencies");
    struct pfg_load_report report = {
        .reader = reader,
        .document = document,
        .root = root,
        /* the URL is not in it */
        .block = {.benchmark = PFG_LIT("vegeta"),
                  .n_requests = pfg_json_number(
                      document, pfg_json_get(root, "requests"))},
    };

    if (!pfg_json_get(latencies, "99th") ||
        !pfg_json_get(root, "status_codes") || !pfg_json_get(root, "success")) {
        return PFG_NOT_MINE;
    }
    pfg_load_report_add(&report, fields, PFG_COUNT(fields));
    pfg_load_report_percentiles(&report, latencies, "latency", "ns", PFG_LOWER);
    add_success(&report);
    add_codes(&report);
    pfg_load_block_send(&report.block, reader);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_vegeta = {
    .name = "vegeta",
    .title = "vegeta report (text, -type=json)",
    .looks = "'Requests [total, rate, throughput]', or a JSON object with "
             "'latencies' (99th), 'status_codes', 'success'",
    .document = read_document,
    PFG_LINE_TABLE(lines),
};
