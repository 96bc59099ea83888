#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/core/measurement_builder.h"

/*
 * JMH -rf json (openjdk/jmh, JSONResultFormat.java): an array of
 *
 *   {"jmhVersion", "benchmark": "pkg.Class.method", "mode": "thrpt",
 *    "threads": 1, "forks": 2, "params": {...},
 *    "primaryMetric": {"score", "scoreError", "scoreConfidence": [lo, hi],
 *                      "scoreUnit": "ops/s", "rawData": [[fork 1], [fork 2]]},
 *    "secondaryMetrics": {"gc.alloc.rate.norm": {...}, "method:p0.99": {...}}}
 *
 * Numbers that are not finite are strings. Each fork is a process. In sample
 * mode the observations are a histogram ("rawDataHistogram"); there the score
 * and its 99.9% interval are read.
 */

#define LEVEL     0.999
#define MAX_FORKS 1000

/* A metric with forks that are not sent yet: the measurement without its values
 * and the next fork. */
struct metric {
    struct pfg_builder finding;
    const struct pfg_json_value *fork;
    size_t place; /* see struct pfg_measurement */
};

struct reading {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    PFG_VEC(struct metric *) metrics; /* in the order of the document */
    size_t n_forks;                   /* of the result with most forks */
};

static bool is_result(const struct pfg_json_value *value)
{
    return pfg_json_string(pfg_json_get(value, "benchmark")) &&
           pfg_json_string(pfg_json_get(value, "mode")) &&
           pfg_json_type(pfg_json_get(value, "primaryMetric")) ==
               PFG_JSON_OBJECT;
}

/* "pkg.Class.method" is the benchmark "method" of suite "pkg.Class". */
static void split_name(struct pfg_measurement *m, struct pfg_slice name)
{
    size_t dot = pfg_slice_find_last_byte(name, '.');

    m->benchmark = name;
    if (dot > 0 && dot + 1 < name.len) {
        m->suite = pfg_slice_first(name, dot);
        m->benchmark = pfg_slice_from(name, dot + 1);
    }
}

static struct pfg_builder begin(const struct reading *r,
                                const struct pfg_json_value *result,
                                const struct pfg_json_value *metric)
{
    const struct pfg_json_document *document = r->document;
    const struct pfg_json_value *params = pfg_json_get(result, "params");
    const struct pfg_json_value *threads = pfg_json_get(result, "threads");
    struct pfg_builder finding = pfg_builder_begin(r->reader, document, metric);

    split_name(&finding.m, pfg_builder_member(result, "benchmark"));
    pfg_builder_params(&finding, params);
    /* The user's parameters may have the same name. */
    pfg_builder_param(&finding, pfg_json_get(params, "mode") ? "@mode" : "mode",
                      pfg_builder_member(result, "mode"));
    if (threads && pfg_json_number(document, threads) != 1) {
        pfg_builder_param(
            &finding, pfg_json_get(params, "threads") ? "@threads" : "threads",
            pfg_json_digits(document, threads));
    }
    pfg_builder_unit(&finding, pfg_builder_member(metric, "scoreUnit"));
    return finding;
}

static size_t count_forks(const struct pfg_json_value *metric)
{
    const struct pfg_json_value *raw = pfg_json_get(metric, "rawData");

    return pfg_json_type(raw) == PFG_JSON_ARRAY ? pfg_json_count(raw) : 0;
}

static void send_fork(struct metric *metric)
{
    struct pfg_builder finding = metric->finding;

    finding.m.place = &metric->place;
    pfg_builder_values(&finding, metric->fork);
    metric->fork = pfg_json_next(metric->fork);
    pfg_builder_send(&finding);
}

static void send_summary(struct pfg_builder *finding,
                         const struct pfg_json_value *metric)
{
    const struct pfg_json_value *interval =
        pfg_json_get(metric, "scoreConfidence");

    pfg_builder_summary(finding, pfg_json_get(metric, "score"));
    finding->summary.lower =
        pfg_builder_number(finding, pfg_json_first(interval));
    finding->summary.upper =
        pfg_builder_number(finding, pfg_json_next(pfg_json_first(interval)));
    finding->summary.level = LEVEL;
    /* Half the interval is 3.29 errors where there are many values. */
    finding->summary.error =
        pfg_builder_number(finding, pfg_json_get(metric, "scoreError")) /
        3.2905;
    pfg_builder_send(finding);
}

/* Sends the first fork, or the summary where there is none. */
static void send_metric(struct reading *r, struct pfg_builder *finding,
                        const struct pfg_json_value *metric)
{
    struct metric *added;

    if (!count_forks(metric)) {
        send_summary(finding, metric);
        return;
    }
    added = pfg_arena_alloc(r->reader->arena, sizeof *added);
    added->finding = *finding;
    added->fork = pfg_json_first(pfg_json_get(metric, "rawData"));
    pfg_builder_own_params(&added->finding);
    pfg_vec_push(&r->metrics, NULL, added);
    send_fork(added);
}

static void send_primary(struct reading *r, const struct pfg_json_value *result)
{
    const struct pfg_json_value *metric = pfg_json_get(result, "primaryMetric");
    struct pfg_builder finding = begin(r, result, metric);
    bool rate = pfg_slice_is(pfg_builder_member(result, "mode"), "thrpt");

    finding.m.better = rate ? PFG_HIGHER : PFG_LOWER;
    if (!finding.m.metric.len) {
        finding.m.metric = rate ? PFG_LIT("throughput") : PFG_LIT("time");
    }
    send_metric(r, &finding, metric);
}

/* "method:p0.99" (with a middle dot before 1.37): "99", the digits of the
 * percentage; false where it is no percentile. */
static bool read_percentile(char out[24], struct pfg_slice name)
{
    size_t at = pfg_slice_find(name, ":p");
    struct pfg_slice rest, whole, part;

    rest = pfg_slice_from(name, at + 2);
    if (at >= name.len) {
        at = pfg_slice_find(name, "\u00b7p");
        rest = pfg_slice_from(name, at + 3);
    }
    whole = pfg_take_digits(&rest);
    if (at >= name.len || whole.len != 1 || !pfg_take(&rest, ".")) {
        return false;
    }
    part = pfg_take_digits(&rest);
    if (rest.len || part.len < 2 || part.len > 12) {
        return false;
    }
    snprintf(out, 24, "%.*s%.2s%s%.*s", *whole.ptr == '0' ? 0 : 1, whole.ptr,
             part.ptr, part.len > 2 ? "." : "",
             PFG_SLICE(pfg_slice_from(part, 2)));
    return true;
}

/* Percentiles of the time in sample mode, and counts of profilers. */
static void name_secondary(struct pfg_builder *finding, struct pfg_slice name)
{
    struct pfg_measurement *m = &finding->m;
    char percentile[24];

    while (pfg_take(&name, "\u00b7")) { /* "gc.alloc.rate" before 1.37 */
    }
    if (read_percentile(percentile, name)) {
        m->metric = pfg_slice_of(pfg_arena_printf(
            finding->reader->arena, "time %s%s",
            !strcmp(percentile, "00")    ? "min"
            : !strcmp(percentile, "100") ? "max"
                                         : "p",
            strcmp(percentile, "00") && strcmp(percentile, "100") ? percentile
                                                                  : ""));
    } else if (pfg_slice_is(name, "gc.alloc.rate.norm")) {
        m->metric = PFG_LIT("bytes");
    } else {
        m->metric = name;
        m->better = PFG_NEUTRAL;
    }
}

static void send_secondary(struct reading *r,
                           const struct pfg_json_value *result)
{
    const struct pfg_json_value *all = pfg_json_get(result, "secondaryMetrics");
    const struct pfg_json_value *metric = pfg_json_first(all);

    for (; metric; metric = pfg_json_next(metric)) {
        struct pfg_builder finding = begin(r, result, metric);

        name_secondary(&finding, pfg_slice_of(pfg_json_key(metric)));
        send_metric(r, &finding, metric);
    }
}

static void send_facts(struct pfg_reader *reader,
                       const struct pfg_json_document *document,
                       const struct pfg_json_value *result)
{
    static const char *const facts[] = {"jmhVersion", "jdkVersion", "vmName",
                                        "vmVersion"};

    for (size_t i = 0; i < PFG_COUNT(facts); i++) {
        pfg_builder_fact(reader, facts[i], document,
                         pfg_json_get(result, facts[i]));
    }
}

/* Sends each result's first fork, or its summary. */
static void send_results(struct reading *r)
{
    const struct pfg_json_value *result =
        pfg_json_first(pfg_json_root(r->document));

    for (; result; result = pfg_json_next(result)) {
        size_t n = count_forks(pfg_json_get(result, "primaryMetric"));

        if (!is_result(result)) {
            pfg_builder_warn(r->reader, r->document, result,
                             "a result without benchmark, mode and "
                             "primaryMetric");
            continue;
        }
        r->n_forks = n > r->n_forks ? n : r->n_forks;
        send_primary(r, result);
        send_secondary(r, result);
    }
}

/* The first forks of all benchmarks are sent as one process, the second forks
 * as the next: what matters is which observations came from the same process.
 */
static void send_other_forks(struct reading *r)
{
    const struct pfg_sink *sink = r->reader->sink;
    const struct pfg_process_start start = {0};

    for (size_t fork = 1; fork < r->n_forks; fork++) {
        sink->process(sink->self, &start);
        for (size_t i = 0; i < r->metrics.n; i++) {
            if (r->metrics.at[i]->fork) {
                send_fork(r->metrics.at[i]);
            }
        }
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    struct reading r = {.reader = reader, .document = document};

    if (pfg_json_type(root) != PFG_JSON_ARRAY ||
        !is_result(pfg_json_first(root))) {
        return PFG_NOT_MINE;
    }
    send_facts(reader, document, pfg_json_first(root));
    send_results(&r);
    if (r.n_forks > MAX_FORKS) {
        pfg_builder_warn(reader, document, root,
                         "%zu forks: those beyond %d are ignored", r.n_forks,
                         MAX_FORKS);
        r.n_forks = MAX_FORKS;
    }
    send_other_forks(&r);
    pfg_vec_free(&r.metrics);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_jmh = {
    .name = "jmh",
    .title = "JMH -rf json",
    .looks = "a JSON array of objects with 'benchmark', 'mode' and "
             "'primaryMetric'",
    .document = read_document,
};
