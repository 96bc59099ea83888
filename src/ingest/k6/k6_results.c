#include "ingest/k6/k6_results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/k6/k6_threshold.h"

void pfg_k6_warn_at(struct pfg_reader *reader, struct pfg_pos pos,
                    const char *what, struct pfg_slice subject)
{
    struct pfg_pos before = reader->pos;

    reader->pos.line = pos.line;
    reader->pos.column = pos.column;
    pfg_reader_warn(reader, "%s '%.*s'", what,
                    PFG_SLICE(pfg_slice_first(subject, 200)));
    reader->pos = before;
}

struct pfg_k6_entry pfg_k6_entry_begin(struct pfg_reader *reader,
                                       struct pfg_pos pos,
                                       struct pfg_slice name,
                                       struct pfg_slice tags)
{
    struct pfg_k6_entry entry = {
        .pos = pos,
        .name = name,
        .tags = tags,
        .metric = pfg_k6_metric_find(name, reader->arena),
        .trials = NAN,
        .count = NAN,
    };

    pfg_k6_target_parse(&entry.target, tags, reader->arena);
    return entry;
}

bool pfg_k6_entry_add(struct pfg_k6_entry *entry, struct pfg_reader *reader,
                      struct pfg_pos pos, const struct pfg_k6_reading *reading)
{
    struct pfg_k6_reading added = *reading;

    if (entry->metric.type == PFG_STREAM_TREND) {
        added.word = pfg_k6_statistic(added.key, &added.order, reader->arena);
        if (!added.word) {
            pfg_k6_warn_at(reader, pos,
                           "unknown statistic of a k6 trend:", added.key);
            return false;
        }
    } else if (entry->metric.type == PFG_STREAM_COUNTER &&
               pfg_slice_is(added.key, "count")) {
        added.word = "count";
        added.order = 1;
        entry->count = added.value;
    }
    pfg_vec_push(&entry->readings, reader->arena, added);
    return true;
}

const struct pfg_k6_reading *pfg_k6_entry_find(const struct pfg_k6_entry *entry,
                                               const char *key)
{
    for (size_t i = 0; i < entry->readings.n; i++) {
        if (pfg_slice_is(entry->readings.at[i].key, key)) {
            return &entry->readings.at[i];
        }
    }
    return NULL;
}

static double value_of(const struct pfg_k6_entry *entry, const char *key)
{
    const struct pfg_k6_reading *reading = pfg_k6_entry_find(entry, key);

    return reading ? reading->value : NAN;
}

/* Whether a threshold applies to the statistic `key` of the entry. */
static bool is_about(const struct pfg_k6_entry *entry, const char *expression,
                     struct pfg_slice key, struct pfg_arena *arena)
{
    struct pfg_slice named = pfg_k6_threshold_statistic(expression);
    const char *left, *right;
    int order;

    /* A rate's value is "value" in one shape and "rate" in the others. */
    if (pfg_slice_eq(named, key) ||
        (entry->metric.type == PFG_STREAM_RATE &&
         (pfg_slice_is(named, "rate") || pfg_slice_is(named, "value")))) {
        return true;
    }
    /* "p(99.90)" in the threshold matches "p(99.9)" in the values. */
    left = pfg_k6_statistic(named, &order, arena);
    right = pfg_k6_statistic(key, &order, arena);
    return left && right && !strcmp(left, right);
}

/* Joins the thresholds on one statistic into its budget. A threshold of which
 * only the crossing is known applies if the metric has a single reading. */
static void add_budget(struct pfg_measurement *m, struct pfg_k6_entry *entry,
                       struct pfg_slice key, struct pfg_arena *arena)
{
    const char *budget = NULL;

    for (size_t i = 0; i < entry->thresholds.n; i++) {
        struct pfg_k6_threshold *one = &entry->thresholds.at[i];

        if (one->expression ? !is_about(entry, one->expression, key, arena)
                            : entry->readings.n > 1) {
            continue;
        }
        one->met = true;
        m->budget_crossed |= one->crossed;
        if (one->expression) {
            budget = budget ? pfg_arena_printf(arena, "%s and %s", budget,
                                               one->expression)
                            : one->expression;
        }
    }
    m->budget = pfg_slice_of(budget              ? budget
                             : m->budget_crossed ? "threshold"
                                                 : NULL);
}

static struct pfg_measurement begin(const struct pfg_k6_results *results,
                                    const struct pfg_k6_entry *entry,
                                    const char *word, bool a_second)
{
    struct pfg_k6_unit unit = pfg_k6_unit_of(entry->metric.contains, a_second);
    struct pfg_measurement m = pfg_k6_measurement(
        &entry->metric, &entry->target, word, &unit, results->reader->arena);

    m.pos = entry->pos;
    return m;
}

static void send(const struct pfg_k6_results *results,
                 const struct pfg_measurement *m)
{
    results->reader->sink->measurement(results->reader->sink->self, m);
}

/* Whether another threshold has the details: the log and the marks show only
 * that one was crossed. */
static bool is_explained(const struct pfg_k6_entry *entry,
                         const struct pfg_k6_threshold *threshold)
{
    for (size_t i = 0; !threshold->expression && i < entry->thresholds.n; i++) {
        const struct pfg_k6_threshold *other = &entry->thresholds.at[i];

        if (other != threshold && other->crossed &&
            (other->expression || other < threshold)) {
            return true;
        }
    }
    return false;
}

/*
 * Handles a threshold that applies to no reading sent. If it was crossed, the
 * gate must know. The same holds if the metric is empty and zero would not meet
 * it, since k6 does not always judge those ("rate>0.99" without any checks).
 */
static void report_unmet(const struct pfg_k6_results *results,
                         const struct pfg_k6_entry *entry,
                         const struct pfg_k6_threshold *threshold, bool empty)
{
    struct pfg_arena *arena = results->reader->arena;
    const char *expression = threshold->expression;
    const char *word = NULL;
    struct pfg_measurement m;
    int order;

    if (!threshold->crossed &&
        (!empty || pfg_k6_threshold_holds(expression, 0))) {
        if (!empty) {
            pfg_k6_warn_at(results->reader, threshold->pos,
                           "threshold on a statistic that is not in the "
                           "summary (see summaryTrendStats):",
                           pfg_slice_of(expression));
        }
        return;
    }
    if (entry->metric.type != PFG_STREAM_RATE) {
        word = expression
                   ? pfg_k6_statistic(pfg_k6_threshold_statistic(expression),
                                      &order, arena)
                   : NULL;
        word = word ? word : "threshold";
    }
    m = begin(results, entry, word, false);
    m.budget = pfg_slice_of(expression ? expression : "threshold");
    m.budget_crossed = true;
    m.error = pfg_slice_of(
        empty        ? "k6 has no samples of a metric used in a threshold"
        : expression ? "a crossed threshold on a statistic that is not in "
                       "the summary"
                     : "k6 says that a threshold was crossed, but not which");
    send(results, &m);
}

/* The number of observations of an entry, if known. k6 measures each phase of
 * every request. */
static double observations(const struct pfg_k6_entry *entry, double n_requests)
{
    bool whole = entry->target.rank == PFG_K6_SCRIPT && !entry->target.params.n;

    return !isnan(entry->trials) ? entry->trials
           : isnan(entry->count) && whole &&
                   entry->metric.type == PFG_STREAM_TREND &&
                   pfg_slice_starts(entry->name, "http_req_")
               ? n_requests
               : entry->count;
}

static void send_reading(const struct pfg_k6_results *results,
                         struct pfg_k6_entry *entry,
                         const struct pfg_k6_reading *reading,
                         double n_requests)
{
    bool counter = entry->metric.type == PFG_STREAM_COUNTER;
    struct pfg_measurement m =
        begin(results, entry, reading->word, counter && !reading->word);
    struct pfg_summary summary = pfg_summary_of(reading->value);

    m.written_unit = reading->unit;
    add_budget(&m, entry, reading->key, results->reader->arena);
    if (counter && reading->word) {
        m.better = PFG_NEUTRAL; /* depends on how long the test ran */
    }
    if (reading->error) {
        m.error = pfg_slice_of(reading->error);
        send(results, &m);
        return;
    }
    summary.resolution = reading->resolution;
    summary.count = observations(entry, n_requests);
    if (pfg_slice_is(reading->key, "avg") ||
        entry->metric.type == PFG_STREAM_GAUGE) {
        summary.min = value_of(entry, "min");
        summary.max = value_of(entry, "max");
    }
    if (!isnan(entry->trials)) {
        m.events = entry->events;
        m.trials = entry->trials;
    }
    m.summary = &summary;
    m.written = reading->digits.len ? &reading->digits : NULL;
    send(results, &m);
}

/*
 * k6 writes zeros for a trend without samples. If there is no count, this is a
 * guess: whatever happens takes some time; a metric without samples is listed
 * only because of a threshold; without requests their phases have no times. A
 * count of zero is data.
 */
static bool is_empty(const struct pfg_k6_entry *entry, double n_requests)
{
    if (!entry->readings.n || entry->metric.type == PFG_STREAM_RATE) {
        return !entry->readings.n || entry->trials == 0;
    }
    if (entry->metric.type != PFG_STREAM_TREND) {
        return false;
    }
    if (!isnan(entry->count)) {
        return entry->count == 0;
    }
    for (size_t i = 0; i < entry->readings.n; i++) {
        if (!(entry->readings.at[i].value == 0)) {
            return false;
        }
    }
    return entry->metric.duration || entry->thresholds.n ||
           entry->target.rank != PFG_K6_SCRIPT || entry->target.params.n ||
           !(n_requests > 0);
}

/*
 * Whether reading i is sent: all of a trend, the value of a gauge, the rate of
 * a counter. A count repeats the rate in a test of fixed duration and is
 * constant in a test of fixed iterations, so it is sent only for the script's
 * own counters or if it has a threshold.
 */
static bool is_sent(const struct pfg_k6_results *results,
                    const struct pfg_k6_entry *entry, size_t i)
{
    bool named = !entry->metric.builtin;

    if (entry->metric.type != PFG_STREAM_COUNTER || i == 0) {
        return i == 0 || entry->metric.type == PFG_STREAM_TREND;
    }
    for (size_t j = 0; !named && j < entry->thresholds.n; j++) {
        const char *expression = entry->thresholds.at[j].expression;

        named = expression && is_about(entry, expression, PFG_LIT("count"),
                                       results->reader->arena);
    }
    return named;
}

static int by_order(const void *a, const void *b)
{
    const struct pfg_k6_reading *left = a, *right = b;

    return (left->order > right->order) - (left->order < right->order);
}

static void send_entry(const struct pfg_k6_results *results,
                       struct pfg_k6_entry *entry, double n_requests)
{
    bool empty = is_empty(entry, n_requests);

    if (entry->readings.n) {
        qsort(entry->readings.at, entry->readings.n, sizeof *entry->readings.at,
              by_order);
    }
    for (size_t i = 0; !empty && i < entry->readings.n; i++) {
        if (is_sent(results, entry, i)) {
            send_reading(results, entry, &entry->readings.at[i], n_requests);
        }
    }
    for (size_t i = 0; i < entry->thresholds.n; i++) {
        const struct pfg_k6_threshold *one = &entry->thresholds.at[i];

        if (!one->met && !is_explained(entry, one)) {
            report_unmet(results, entry, one, empty);
        }
    }
}

static int by_target_and_metric(const void *a, const void *b)
{
    const struct pfg_k6_entry *left = a, *right = b;
    int order = pfg_k6_target_compare(&left->target, &right->target);

    return order ? order : pfg_k6_metric_compare(&left->metric, &right->metric);
}

/* Settles the names and sorts the entries. k6 writes a Go map, whose order
 * changes from run to run. */
static void name_entries(struct pfg_k6_results *results)
{
    struct pfg_arena *arena = results->reader->arena;
    struct pfg_k6_target script;
    struct pfg_map seen;

    pfg_map_init(&seen, arena);
    pfg_k6_target_parse(&script, pfg_slice_make(NULL, 0), arena);
    pfg_k6_target_see(&seen, &script);
    for (size_t i = 0; i < results->entries.n; i++) {
        pfg_k6_target_see(&seen, &results->entries.at[i].target);
    }
    for (size_t i = 0; i < results->entries.n; i++) {
        pfg_k6_target_finish(&results->entries.at[i].target, &seen, arena);
    }
    if (results->entries.n) {
        qsort(results->entries.at, results->entries.n,
              sizeof *results->entries.at, by_target_and_metric);
    }
}

static double count_requests(const struct pfg_k6_results *results)
{
    for (size_t i = 0; i < results->entries.n; i++) {
        const struct pfg_k6_entry *entry = &results->entries.at[i];

        if (pfg_slice_is(entry->name, "http_reqs") && !entry->tags.len) {
            return value_of(entry, "count");
        }
    }
    return NAN;
}

/* Warns at the position of the first empty entry. */
static void warn_of_empty(const struct pfg_k6_results *results,
                          double n_requests)
{
    enum { SHOWN = 5 };
    struct pfg_reader *reader = results->reader;
    struct pfg_pos before = reader->pos;
    const char *names = "";
    size_t n = 0;

    for (size_t i = 0; i < results->entries.n; i++) {
        const struct pfg_k6_entry *entry = &results->entries.at[i];

        if (!is_empty(entry, n_requests)) {
            continue;
        }
        if (n == 0) {
            reader->pos = entry->pos;
        }
        if (n++ < SHOWN) {
            names = pfg_arena_printf(
                reader->arena, "%s%s'%.*s%s%.*s%s'", names, n > 1 ? ", " : "",
                PFG_SLICE(pfg_slice_first(entry->name, 80)),
                entry->tags.len ? "{" : "",
                PFG_SLICE(pfg_slice_first(entry->tags, 80)),
                entry->tags.len ? "}" : "");
        }
    }
    if (n > SHOWN) {
        pfg_reader_warn(reader, "no samples, so no data: %s and %zu more",
                        names, n - SHOWN);
    } else if (n) {
        pfg_reader_warn(reader, "no samples, so no data: %s", names);
    }
    reader->pos = before;
}

void pfg_k6_results_send(struct pfg_k6_results *results)
{
    double n_requests = count_requests(results);

    name_entries(results);
    for (size_t i = 0; i < results->entries.n; i++) {
        send_entry(results, &results->entries.at[i], n_requests);
    }
    warn_of_empty(results, n_requests);
    results->entries.n = 0;
}
