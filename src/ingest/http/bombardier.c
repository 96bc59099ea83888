#include <math.h>
#include <stdio.h>

#include "ingest/http/load_report.h"
#include "ingest/table/line_table.h"

/*
 * bombardier -o json (templates.go). Latencies are in microseconds, rates in
 * requests per second; percentiles of the latency need -l.
 */

static const struct pfg_load_field fields[] = {
    {"result/rps/mean", "requests", "req/s", PFG_HIGHER},
    {"result/rps/stddev", "requests stdev", "req/s", PFG_NEUTRAL},
    {"result/rps/max", "requests max", "req/s", PFG_NEUTRAL},
    {"result/latency/mean", "latency mean", "us", PFG_LOWER},
    {"result/latency/stddev", "latency stdev", "us", PFG_NEUTRAL},
    {"result/latency/max", "latency max", "us", PFG_NEUTRAL},
};

/* Both directions together, over the time, as in bombardier's own text. */
static void add_transfer(struct pfg_load_report *report)
{
    const struct pfg_json_value *result = pfg_json_get(report->root, "result");
    double seconds = pfg_load_report_number(report, "result/timeTakenSeconds");
    double bytes = pfg_load_report_number(report, "result/bytesRead") +
                   pfg_load_report_number(report, "result/bytesWritten");
    struct pfg_load_reading reading = {
        .metric = PFG_LIT("transfer"),
        .unit = PFG_LIT("B/s"),
        .better = PFG_HIGHER,
        .printed = {.value = bytes / seconds, .resolution = NAN},
        .pos = pfg_reader_place(report->reader, report->document, result),
    };

    if (isfinite(reading.printed.value)) {
        pfg_load_block_add(&report->block, report->reader, &reading);
    }
}

static void add_errors(struct pfg_load_report *report)
{
    static const char *const members[] = {"req1xx", "req2xx", "req3xx",
                                          "req4xx", "req5xx", "others"};
    const struct pfg_json_value *result = pfg_json_get(report->root, "result");
    double counts[6], all = 0;

    for (size_t i = 0; i < 6; i++) {
        counts[i] =
            pfg_json_number(report->document, pfg_json_get(result, members[i]));
        all += counts[i] > 0 ? counts[i] : 0;
    }
    pfg_load_report_events(report, "errors", pfg_json_get(result, members[5]),
                           counts[5], all);
    pfg_load_report_events(report, "errors status", NULL, counts[3] + counts[4],
                           all);
}

/* A test without a duration ends after a number of requests. */
static void check_end(struct pfg_load_report *report)
{
    double asked = pfg_load_report_number(report, "spec/testDurationSeconds");
    double ran = pfg_load_report_number(report, "result/timeTakenSeconds");
    char words[80];

    if (ran < PFG_SHORT_OF * asked) {
        snprintf(words, sizeof words, "bombardier ran for %.3gs of %.3gs", ran,
                 asked);
        pfg_reader_cut_short(report->reader, words);
    }
}

/* The text report. */
static const struct pfg_line_row rows[] = {
    {"Bombarding %b for %. using %. connection%.", PFG_LINE_HEAD},
    {"Bombarding %b with %. request%. using %. connection%.", PFG_LINE_HEAD},
    {"Bombarding %. using %v connection%.", PFG_LINE_PARAM, "connections"},
    {"Reqs/sec %n %f %f", PFG_LINE_VALUE, "requests", "req/s", PFG_HIGHER},
    {"Latency %n%u %w %w", PFG_LINE_VALUE, "latency mean", NULL, PFG_LOWER},
    {"Latency %w %n%u %w", PFG_LINE_VALUE, "latency stdev", NULL, PFG_NEUTRAL},
    {"Latency %w %w %n%u", PFG_LINE_VALUE, "latency max", NULL, PFG_NEUTRAL},
    {"%p%% %n%u", PFG_LINE_VALUE, "latency", NULL, PFG_LOWER},
    {"1xx - %n, %.", PFG_LINE_TRIALS},
    {"1xx - %. 2xx - %n, %.", PFG_LINE_TRIALS},
    {"1xx - %. 3xx - %n, %.", PFG_LINE_TRIALS},
    {"1xx - %. 4xx - %n, %.", PFG_LINE_TRIALS},
    {"1xx - %. 5xx - %n", PFG_LINE_TRIALS},
    {"1xx - %. 4xx - %n, %.", PFG_LINE_EVENTS, "errors status", "1", PFG_LOWER},
    {"1xx - %. 5xx - %n", PFG_LINE_EVENTS, "errors status", "1", PFG_LOWER},
    {"others - %n", PFG_LINE_TRIALS},
    {"others - %n", PFG_LINE_EVENTS, "errors", "1", PFG_LOWER, .last = true},
};

static const struct pfg_line_table lines = {.benchmark = "bombardier",
                                            PFG_LINE_ROWS(rows)};

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const char *url = pfg_json_string(pfg_json_path(root, "spec/url"));
    struct pfg_load_report report = {
        .reader = reader,
        .document = document,
        .root = root,
        .block = {.benchmark = pfg_slice_of(url && *url ? url : "bombardier"),
                  .n_requests = NAN},
    };

    if (!pfg_json_path(root, "spec/numberOfConnections") ||
        !pfg_json_path(root, "result/req2xx")) {
        return PFG_NOT_MINE;
    }
    pfg_load_report_param(&report, "connections", "spec/numberOfConnections");
    pfg_load_report_param(&report, "method", "spec/method");
    pfg_load_report_param(&report, "rate", "spec/rate");
    pfg_load_report_add(&report, fields, PFG_COUNT(fields));
    pfg_load_report_percentiles(
        &report, pfg_json_path(root, "result/latency/percentiles"), "latency",
        "us", PFG_LOWER);
    pfg_load_report_percentiles(&report,
                                pfg_json_path(root, "result/rps/percentiles"),
                                "requests", "req/s", PFG_NEUTRAL);
    add_transfer(&report);
    add_errors(&report);
    pfg_load_block_send(&report.block, reader);
    check_end(&report);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_bombardier = {
    .name = "bombardier",
    .title = "bombardier (text, -o json)",
    .looks = "'Bombarding URL for 10s', or a JSON object with 'spec' "
             "(numberOfConnections) and 'result'",
    .document = read_document,
    PFG_LINE_TABLE(lines),
};
