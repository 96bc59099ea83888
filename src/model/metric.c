#include "model/metric.h"

#include <string.h>

#include "base/number.h"
#include "base/slice.h"

/* clang-format off */
static const struct pfg_metric metrics[] = {
    {"time", "ns/op sec/op s/op ns/iter real_time duration elapsed",
     PFG_METRIC_MICRO, PFG_LOWER, true},
    {"cpu time", "cpu_time", PFG_METRIC_MICRO, PFG_LOWER, true},
    {"throughput", "MB/s B/s bytes_per_second thrpt", PFG_METRIC_MICRO,
     PFG_HIGHER, true},
    {"item throughput", "items_per_second", PFG_METRIC_MICRO, PFG_HIGHER, true},
    {"bytes", "B/op bytes/op", PFG_METRIC_COUNT, PFG_LOWER, true},
    {"allocs", "allocs/op allocs_per_iter", PFG_METRIC_COUNT, PFG_LOWER, true},
    {"instructions", "instructions/op ir", PFG_METRIC_COUNT, PFG_LOWER, true},
    {"instructions retired", "", PFG_METRIC_MICRO, PFG_LOWER, true},
    {"cycles", "cycles/op", PFG_METRIC_MICRO, PFG_LOWER, true},
    {"size", "binary-size", PFG_METRIC_COUNT, PFG_LOWER, true},
    {"text size", "", PFG_METRIC_COUNT, PFG_LOWER, false},
    {"data size", "", PFG_METRIC_COUNT, PFG_LOWER, false},
    {"bss size", "", PFG_METRIC_COUNT, PFG_LOWER, false},
    {"memory", "max_rss memory_usage_byte", PFG_METRIC_MICRO, PFG_LOWER, true},
    {"user", "user_time", PFG_METRIC_MICRO, PFG_LOWER, false},
    {"system", "system_time", PFG_METRIC_MICRO, PFG_LOWER, false},
    {"user+system", "", PFG_METRIC_MICRO, PFG_LOWER, false},
    {"page faults", "page_faults", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"context switches", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"disk read", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"disk written", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    /* Measured by watching a process: gated only by a rule. */
    {"cpu mean", "", PFG_METRIC_LOAD, PFG_LOWER, false},
    {"cpu p95", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"cpu peak", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"memory mean", "", PFG_METRIC_MICRO, PFG_LOWER, false},
    {"memory p95", "", PFG_METRIC_MICRO, PFG_LOWER, false},
    {"memory peak", "", PFG_METRIC_MICRO, PFG_LOWER, false},
    {"threads peak", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"descriptors peak", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"gpu mean", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"gpu p95", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"gpu peak", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"gpu memory mean", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"gpu memory p95", "", PFG_METRIC_OTHER, PFG_LOWER, false},
    {"gpu memory peak", "", PFG_METRIC_OTHER, PFG_LOWER, false},

    {"requests", "requests/sec req/sec requests/s req/s http_reqs rps",
     PFG_METRIC_LOAD, PFG_HIGHER, true},
    {"transfer", "transfer/sec", PFG_METRIC_LOAD, PFG_HIGHER, true},
    {"iterations", "", PFG_METRIC_LOAD, PFG_HIGHER, true},
    {"latency", "http_req_duration", PFG_METRIC_LOAD, PFG_LOWER, true},
    {"iteration duration", "iteration_duration", PFG_METRIC_LOAD, PFG_LOWER,
     true},
    {"waiting", "http_req_waiting", PFG_METRIC_LOAD, PFG_LOWER, true},
    {"blocked", "http_req_blocked", PFG_METRIC_LOAD, PFG_NEUTRAL, false},
    {"connecting", "http_req_connecting", PFG_METRIC_LOAD, PFG_NEUTRAL, false},
    {"tls", "http_req_tls_handshaking", PFG_METRIC_LOAD, PFG_NEUTRAL, false},
    {"sending", "http_req_sending", PFG_METRIC_LOAD, PFG_NEUTRAL, false},
    {"receiving", "http_req_receiving", PFG_METRIC_LOAD, PFG_NEUTRAL, false},
    {"vus", "", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
    {"vus max", "vus_max", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
    {"data received", "data_received", PFG_METRIC_OTHER, PFG_NEUTRAL, false},
    {"data sent", "data_sent", PFG_METRIC_OTHER, PFG_NEUTRAL, false},

    {"error rate", "http_req_failed error_rate", PFG_METRIC_RATE, PFG_LOWER,
     true},
    {"errors", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"errors connect", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"errors read", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"errors write", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"errors timeout", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"errors status", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"errors mismatch", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"failures", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"exceptions", "", PFG_METRIC_RATE, PFG_LOWER, true},
    {"checks", "success_rate success", PFG_METRIC_RATE, PFG_HIGHER, true},
    {"dropped iterations", "dropped_iterations", PFG_METRIC_RATE, PFG_LOWER,
     true},
};

/* Statistics that follow a name: "latency median", "iteration duration p95". */
static const struct statistic {
    const char *word, *aliases;
    enum pfg_metric_kind kind;
    bool gated;
} statistics[] = {
    {"mean", "avg average", PFG_METRIC_LOAD, true},
    {"median", "med p50", PFG_METRIC_LOAD, true},
    {"min", "minimum", PFG_METRIC_OTHER, false},
    {"max", "maximum p100", PFG_METRIC_OTHER, false},
    {"stdev", "stddev", PFG_METRIC_OTHER, false},
};
/* clang-format on */

static bool is_one_of(const char *words, struct pfg_slice word)
{
    struct pfg_slice rest = pfg_slice_of(words);

    while (rest.len) {
        if (pfg_slice_eq(pfg_take_until(&rest, ' '), word)) {
            return true;
        }
    }
    return false;
}

static const struct pfg_metric *find_in_table(struct pfg_slice name)
{
    for (size_t i = 0; i < PFG_COUNT(metrics); i++) {
        if (name.len && name.ptr[0] == metrics[i].name[0] &&
            pfg_slice_is(name, metrics[i].name)) {
            return &metrics[i];
        }
    }
    for (size_t i = 0; i < PFG_COUNT(metrics); i++) {
        if (is_one_of(metrics[i].aliases, name)) {
            return &metrics[i];
        }
    }
    return NULL;
}

/* "p95", "p(95)", "P99.9", "95%": the percentile, or -1. */
static double percentile(struct pfg_slice word)
{
    double value;

    if (pfg_slice_ends(word, "%")) {
        word.len--;
    } else if (pfg_take(&word, "p(") && pfg_slice_ends(word, ")")) {
        word.len--;
    } else if (!pfg_take(&word, "p") && !pfg_take(&word, "P")) {
        return -1;
    }
    if (pfg_number_parse(&value, word, 0) || !(value >= 0 && value <= 100)) {
        return -1;
    }
    return value;
}

/* A name followed by a statistic, or a statistic alone. */
struct parts {
    struct pfg_slice stem; /* "latency"; empty where there is none */
    const struct statistic *statistic;
    double percentile; /* -1: none */
};

static bool split_name(struct parts *out, struct pfg_slice name)
{
    size_t blank = pfg_slice_find_last_byte(name, ' ');
    struct pfg_slice word =
        blank < name.len ? pfg_slice_from(name, blank + 1) : name;

    *out = (struct parts){.percentile = -1};
    if (blank < name.len) {
        out->stem = pfg_slice_first(name, blank);
    }
    for (size_t i = 0; i < PFG_COUNT(statistics); i++) {
        if (pfg_slice_is(word, statistics[i].word) ||
            is_one_of(statistics[i].aliases, word)) {
            out->statistic = &statistics[i];
            return true;
        }
    }
    out->percentile = percentile(word);
    return out->percentile >= 0;
}

/* Percentiles up to p99 are gated. Beyond that, a handful of requests decide.
 */
static void add_statistic(struct pfg_metric *metric, const struct parts *parts)
{
    bool gated;

    if (parts->statistic) {
        metric->kind = parts->statistic->kind;
        gated = parts->statistic->gated;
    } else {
        metric->kind =
            parts->percentile >= 90 ? PFG_METRIC_TAIL : PFG_METRIC_LOAD;
        gated = parts->percentile <= 99;
    }
    metric->gated = metric->gated && gated;
}

/* Finds a metric by its name, stem or statistic; false: it is unknown. */
static bool find(struct pfg_metric *out, const char *name)
{
    struct pfg_slice text = pfg_slice_of(name);
    const struct pfg_metric *known = find_in_table(text);
    struct parts parts;

    if (known) {
        *out = *known;
        return true;
    }
    *out = (struct pfg_metric){name, "", PFG_METRIC_OTHER, PFG_NEUTRAL, false};
    if (!split_name(&parts, text)) {
        return false;
    }
    known = find_in_table(parts.stem.len ? parts.stem : PFG_LIT("latency"));
    out->better = known ? known->better : PFG_NEUTRAL;
    out->gated = known ? known->gated : true;
    add_statistic(out, &parts);
    return true;
}

struct pfg_metric pfg_metric_find(const char *name)
{
    struct pfg_metric metric;

    find(&metric, name);
    /* An unknown trend has no direction in which it could be gated. */
    metric.gated = metric.gated && metric.better != PFG_NEUTRAL;
    return metric;
}

static bool same_statistic(const struct parts *a, const struct parts *b)
{
    return a->statistic == b->statistic && a->percentile == b->percentile;
}

/* "p(95)" means every p95, "latency p(95)" that of the latency. */
static bool parts_match(struct pfg_slice metric, struct pfg_slice name)
{
    struct parts of_metric, of_name;
    const struct pfg_metric *stem;

    if (!split_name(&of_metric, metric) || !split_name(&of_name, name) ||
        !same_statistic(&of_metric, &of_name)) {
        return false;
    }
    if (!of_name.stem.len || pfg_slice_eq(of_metric.stem, of_name.stem)) {
        return true;
    }
    stem = find_in_table(of_name.stem);
    return stem && pfg_slice_is(of_metric.stem, stem->name);
}

bool pfg_metric_matches(const char *metric, const char *name)
{
    const struct pfg_metric *known = find_in_table(pfg_slice_of(name));

    return !strcmp(metric, name) || (known && !strcmp(metric, known->name)) ||
           parts_match(pfg_slice_of(metric), pfg_slice_of(name));
}

bool pfg_metric_gated(const char *name, enum pfg_direction better)
{
    struct pfg_metric metric;
    bool known = find(&metric, name);
    enum pfg_direction direction =
        better != PFG_NEUTRAL ? better : metric.better;

    return (metric.gated || !known) && direction != PFG_NEUTRAL;
}

static const char *const kind_names[] = {
    [PFG_METRIC_MICRO] = "micro", [PFG_METRIC_LOAD] = "load",
    [PFG_METRIC_TAIL] = "tail",   [PFG_METRIC_COUNT] = "count",
    [PFG_METRIC_RATE] = "rate",   [PFG_METRIC_OTHER] = "other",
};
const struct pfg_enum_words pfg_metric_kind_words = {
    "kind of metric", kind_names, PFG_COUNT(kind_names)};

double pfg_direction_sign(enum pfg_direction better)
{
    return better == PFG_HIGHER ? -1 : 1;
}

bool pfg_direction_is_worse(enum pfg_direction better, double change)
{
    return better != PFG_NEUTRAL && pfg_direction_sign(better) * change > 0;
}

bool pfg_unit_is_of_time(const char *unit)
{
    return !strcmp(unit, "s") || strstr(unit, "/s");
}
