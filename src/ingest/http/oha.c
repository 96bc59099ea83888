#include <math.h>

#include "base/number.h"
#include "ingest/http/load_report.h"

/*
 * oha --output-format json (its schema.json). Times are in seconds. Without any
 * answer, the numbers that need one are null.
 */

static const struct pfg_load_field fields[] = {
    {"summary/requestsPerSec", "requests", "req/s", PFG_HIGHER},
    {"rps/stddev", "requests stdev", "req/s", PFG_NEUTRAL},
    {"rps/min", "requests min", "req/s", PFG_NEUTRAL},
    {"rps/max", "requests max", "req/s", PFG_NEUTRAL},
    {"summary/sizePerSec", "transfer", "B/s", PFG_HIGHER},
    {"summary/sizePerRequest", "data received", "B", PFG_NEUTRAL},
    {"summary/average", "latency mean", "s", PFG_LOWER},
    {"summary/fastest", "latency min", "s", PFG_NEUTRAL},
    {"summary/slowest", "latency max", "s", PFG_NEUTRAL},
};

/* oha aborts what is under way at the end of "-z 10s", and lists it among the
 * errors. It is neither an answer nor an error of the server. */
#define DEADLINE "aborted due to deadline"

/* Counts all, and those with a status code of 400 or more. */
static void count(const struct pfg_load_report *report, const char *member,
                  double *all, double *bad)
{
    const struct pfg_json_value *one =
        pfg_json_first(pfg_json_get(report->root, member));

    *all = *bad = 0;
    for (; one; one = pfg_json_next(one)) {
        struct pfg_slice key = pfg_slice_of(pfg_json_key(one));
        double n = pfg_json_number(report->document, one), code = 0;

        if (pfg_slice_is(key, DEADLINE)) {
            continue;
        }
        pfg_number_parse(&code, key, 0);
        *all += n;
        *bad += code >= 400 ? n : 0;
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    static const struct pfg_load_field success[] = {
        {"summary/successRate", "success", "1", PFG_HIGHER},
    };
    const struct pfg_json_value *root = pfg_json_root(document);
    struct pfg_load_report report = {
        .reader = reader,
        .document = document,
        .root = root,
        .block = {.benchmark = PFG_LIT("oha")}, /* the URL is not in it */
    };
    double answers, errors, bad, none;

    if (!pfg_json_path(root, "summary/successRate") ||
        !pfg_json_path(root, "summary/requestsPerSec") ||
        !pfg_json_get(root, "latencyPercentiles")) {
        return PFG_NOT_MINE;
    }
    count(&report, "statusCodeDistribution", &answers, &bad);
    count(&report, "errorDistribution", &errors, &none);
    report.block.n_requests = answers;
    pfg_load_report_add(&report, fields, PFG_COUNT(fields));
    pfg_load_report_percentiles(&report,
                                pfg_json_get(root, "latencyPercentiles"),
                                "latency", "s", PFG_LOWER);
    pfg_load_report_add(&report, success, 1);
    pfg_load_report_events(&report, "errors", NULL, errors, answers + errors);
    pfg_load_report_events(&report, "errors status", NULL, bad,
                           answers + errors);
    pfg_load_block_send(&report.block, reader);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_oha = {
    .name = "oha",
    .title = "oha --output-format json",
    .looks = "a JSON object with 'summary' (successRate), 'latencyPercentiles'",
    .document = read_document,
};
