#include "ingest/k6/k6_summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "ingest/k6/k6_threshold.h"

double pfg_k6_number(const struct pfg_k6_summary *s,
                     const struct pfg_json_value *values, const char *key)
{
    return pfg_json_number(s->document, pfg_json_get(values, key));
}

void pfg_k6_warn_at(struct pfg_k6_summary *s,
                    const struct pfg_json_value *member, const char *what,
                    const char *subject)
{
    struct pfg_pos before = s->reader->pos;
    struct pfg_pos pos = pfg_reader_place(s->reader, s->document, member);

    s->reader->pos.line = pos.line;
    s->reader->pos.column = pos.column;
    pfg_reader_warn(s->reader, "%s '%.200s'", what, subject);
    s->reader->pos = before;
}

/* ---- Thresholds ---- */

static bool same_statistic(const struct pfg_k6_summary *s, struct pfg_slice a,
                           const char *b)
{
    int order;
    const char *left, *right;

    if (pfg_slice_is(a, b)) {
        return true;
    }
    /* "p(99.90)" in the threshold is "p(99.9)" in the values. */
    left = pfg_k6_statistic(a, &order, s->arena);
    right = pfg_k6_statistic(pfg_slice_of(b), &order, s->arena);
    return left && right && !strcmp(left, right);
}

/* A rate's value is "value" in one shape and "rate" in the other. */
static bool is_about(const struct pfg_k6_summary *s,
                     const struct pfg_k6_entry *entry, const char *expression,
                     const char *statistic)
{
    struct pfg_slice named = pfg_k6_threshold_statistic(expression);

    if (entry->metric.type == PFG_STREAM_RATE && !strcmp(statistic, "rate")) {
        return pfg_slice_is(named, "rate") || pfg_slice_is(named, "value");
    }
    return same_statistic(s, named, statistic);
}

/* The thresholds on one statistic become its budget. */
static void add_budget(struct pfg_measurement *m,
                       const struct pfg_k6_summary *s,
                       const struct pfg_k6_entry *entry, const char *statistic)
{
    const struct pfg_json_value *one = pfg_json_first(entry->thresholds);
    const char *budget = NULL;

    for (; one; one = pfg_json_next(one)) {
        const char *expression = pfg_json_key(one);

        if (expression && is_about(s, entry, expression, statistic)) {
            budget = budget ? pfg_arena_printf(s->arena, "%s and %s", budget,
                                               expression)
                            : expression;
            m->budget_crossed |= pfg_k6_threshold_crossed(one);
        }
    }
    m->budget = pfg_slice_of(budget);
}

static struct pfg_measurement begin(const struct pfg_k6_summary *s,
                                    const struct pfg_k6_entry *entry,
                                    const char *statistic,
                                    const struct pfg_k6_unit *unit)
{
    struct pfg_measurement m = pfg_k6_measurement(
        &entry->metric, &entry->target, statistic, unit, s->arena);

    m.pos = pfg_reader_place(s->reader, s->document, entry->member);
    return m;
}

/*
 * A threshold that could not be attached to a value. One that was crossed
 * still has to reach the gate; so has one that holds for no value of an empty
 * metric: k6 does not always judge those ("rate>0.99" of no checks at all).
 */
static void report_unmet(struct pfg_k6_summary *s,
                         const struct pfg_k6_entry *entry,
                         const struct pfg_json_value *threshold, bool empty)
{
    const char *expression = pfg_json_key(threshold);
    struct pfg_slice statistic = pfg_k6_threshold_statistic(expression);
    bool rate = entry->metric.type == PFG_STREAM_RATE;
    struct pfg_k6_unit unit = pfg_k6_unit_of(entry->metric.contains, false);
    struct pfg_measurement m;
    const char *word;
    int order;

    if (!pfg_k6_threshold_crossed(threshold) &&
        (!empty || pfg_k6_threshold_holds(expression, 0))) {
        if (!empty) {
            pfg_k6_warn_at(s, threshold,
                           "threshold on a statistic that the summary "
                           "does not hold (see summaryTrendStats):",
                           expression);
        }
        return;
    }
    word = pfg_k6_statistic(statistic, &order, s->arena);
    m = begin(s, entry, rate ? NULL : word ? word : "threshold", &unit);
    m.budget = pfg_slice_of(expression);
    m.budget_crossed = true;
    m.error = pfg_slice_of(
        empty ? "k6 has no samples of a metric that a threshold names"
              : "a crossed threshold on a statistic that the summary does "
                "not hold");
    s->reader->sink->measurement(s->reader->sink->self, &m);
}

/* ---- Values ---- */

/* One number of an entry, ready to be sent. */
struct reading {
    const char *k6;                     /* "p(95)" */
    const char *word;                   /* "p95"; NULL: the metric's alone */
    const struct pfg_json_value *value; /* NULL: not in the file */
    struct pfg_k6_unit unit;
    struct pfg_summary summary; /* what is known beside the value */
    double events, trials;
    bool neutral; /* whatever the metric's direction is */
    int order;
};

static const char *why_bad(const struct pfg_k6_summary *s,
                           const struct pfg_json_value *value)
{
    struct pfg_slice digits = pfg_json_digits(s->document, value);
    double number = pfg_json_number(s->document, value);
    uint64_t whole;

    if (pfg_json_type(value) == PFG_JSON_NULL) {
        return "k6 wrote null: not a finite number";
    }
    if (!digits.len) {
        return "not a number";
    }
    if (fabs(number) >= 9007199254740992.0 &&
        !pfg_number_parse_u64(&whole, digits) && (uint64_t)number != whole) {
        return "too large to be read exactly";
    }
    return NULL;
}

static void send_reading(struct pfg_k6_summary *s,
                         const struct pfg_k6_entry *entry,
                         struct reading *reading)
{
    struct pfg_measurement m = begin(s, entry, reading->word, &reading->unit);
    struct pfg_slice digits = pfg_json_digits(s->document, reading->value);
    const char *bad = why_bad(s, reading->value);

    m.better = reading->neutral ? PFG_NEUTRAL : m.better;
    add_budget(&m, s, entry, reading->k6);
    if (bad) {
        m.error = pfg_slice_of(bad);
    } else {
        pfg_number_parse(&reading->summary.value, digits, reading->unit.exp10);
        m.summary = &reading->summary;
        m.written = &digits;
        m.events = reading->events;
        m.trials = reading->trials;
    }
    s->reader->sink->measurement(s->reader->sink->self, &m);
}

/* All thresholds on none of the statistics sent. */
static void report_rest(struct pfg_k6_summary *s,
                        const struct pfg_k6_entry *entry,
                        const struct reading *sent, size_t n)
{
    const struct pfg_json_value *one = pfg_json_first(entry->thresholds);

    for (; one; one = pfg_json_next(one)) {
        bool met = false;

        for (size_t i = 0; i < n && !met; i++) {
            met = is_about(s, entry, pfg_json_key(one), sent[i].k6);
        }
        if (!met) {
            report_unmet(s, entry, one, n == 0);
        }
    }
}

static int by_order(const void *a, const void *b)
{
    const struct reading *left = a, *right = b;

    return (left->order > right->order) - (left->order < right->order);
}

/*
 * k6 writes zeros for a trend without a sample. Without a count one must
 * guess: nothing that happened takes no time at all; a metric without a sample
 * is listed only where a threshold names it; and without a request there are
 * no times of its phases.
 */
static bool is_empty_trend(const struct pfg_k6_summary *s,
                           const struct pfg_k6_entry *entry)
{
    const struct pfg_json_value *one = pfg_json_first(entry->values);
    const struct pfg_json_value *count = pfg_json_get(entry->values, "count");

    if (pfg_json_type(count) == PFG_JSON_NUMBER) {
        return pfg_json_number(s->document, count) == 0;
    }
    for (; one; one = pfg_json_next(one)) {
        int order;

        if (pfg_k6_statistic(pfg_slice_of(pfg_json_key(one)), &order,
                             s->arena) &&
            !(pfg_json_number(s->document, one) == 0)) {
            return false;
        }
    }
    return entry->metric.duration || pfg_json_count(entry->thresholds) ||
           entry->target.rank != PFG_K6_SCRIPT || entry->target.params.n ||
           !(s->n_requests > 0);
}

/* How many observations are behind a trend, where the file tells. */
static double observations(const struct pfg_k6_summary *s,
                           const struct pfg_k6_entry *entry)
{
    double count = pfg_k6_number(s, entry->values, "count");
    bool whole = entry->target.rank == PFG_K6_SCRIPT && !entry->target.params.n;
    bool http = pfg_slice_starts(entry->metric.name, "http_req_");

    return isnan(count) && whole && http ? s->n_requests : count;
}

/* Gives the mean what else is known of the distribution. */
static void enrich(const struct pfg_k6_summary *s,
                   const struct pfg_k6_entry *entry, struct reading *reading)
{
    struct pfg_slice min =
        pfg_json_digits(s->document, pfg_json_get(entry->values, "min"));
    struct pfg_slice max =
        pfg_json_digits(s->document, pfg_json_get(entry->values, "max"));

    pfg_number_parse(&reading->summary.min, min, reading->unit.exp10);
    pfg_number_parse(&reading->summary.max, max, reading->unit.exp10);
}

static void read_trend(struct pfg_k6_summary *s,
                       const struct pfg_k6_entry *entry)
{
    const struct pfg_json_value *one = pfg_json_first(entry->values);
    size_t cap = pfg_json_count(entry->values), n = 0;
    struct reading *readings =
        pfg_arena_new_array(s->arena, struct reading, cap);

    for (; one; one = pfg_json_next(one)) {
        struct reading *reading = &readings[n];
        const char *key = pfg_json_key(one);

        if (!strcmp(key, "count") || !strcmp(key, "thresholds")) {
            continue;
        }
        *reading = (struct reading){
            .k6 = key,
            .value = one,
            .unit = pfg_k6_unit_of(entry->metric.contains, false),
            .summary = pfg_summary_of(NAN),
        };
        reading->word =
            pfg_k6_statistic(pfg_slice_of(key), &reading->order, s->arena);
        if (!reading->word) {
            pfg_k6_warn_at(s, one, "unknown statistic of a k6 trend:", key);
            continue;
        }
        reading->summary.count = observations(s, entry);
        if (!strcmp(key, "avg")) {
            enrich(s, entry, reading);
        }
        n++;
    }
    if (n) {
        qsort(readings, n, sizeof *readings, by_order);
    }
    for (size_t i = 0; i < n; i++) {
        send_reading(s, entry, &readings[i]);
    }
    report_rest(s, entry, readings, n);
}

static bool names_count(const struct pfg_json_value *thresholds)
{
    const struct pfg_json_value *one = pfg_json_first(thresholds);

    for (; one; one = pfg_json_next(one)) {
        if (pfg_slice_is(pfg_k6_threshold_statistic(pfg_json_key(one)),
                         "count")) {
            return true;
        }
    }
    return false;
}

/* A counter that says how many, in a file that says how long. */
static void send_computed_rate(struct pfg_k6_summary *s,
                               const struct pfg_k6_entry *entry)
{
    struct pfg_k6_unit unit = pfg_k6_unit_of(entry->metric.contains, true);
    struct pfg_measurement m = begin(s, entry, NULL, &unit);
    double count = pfg_k6_number(s, entry->values, "count");
    struct pfg_summary summary = pfg_summary_of(count / s->duration);

    summary.count = count;
    m.written_unit = pfg_slice_make(NULL, 0);
    if (isfinite(summary.value)) {
        m.summary = &summary;
    } else {
        m.error = PFG_LIT("not a number");
    }
    s->reader->sink->measurement(s->reader->sink->self, &m);
}

/*
 * A counter is its rate. Its count says the same again where the test has a
 * fixed duration, and nothing where it has a fixed number of iterations; so it
 * is sent for the script's own counters, or when a threshold is on it, and
 * has no direction.
 */
static void read_counter(struct pfg_k6_summary *s,
                         const struct pfg_k6_entry *entry)
{
    struct reading readings[2] = {
        {.k6 = "rate", .word = NULL},
        {.k6 = "count", .word = "count", .neutral = true},
    };
    bool counted = !entry->metric.builtin || names_count(entry->thresholds);
    size_t n = counted ? 2 : 1;

    if (!pfg_json_get(entry->values, "rate") && s->duration > 0) {
        send_computed_rate(s, entry);
        readings[0] = readings[1];
        n--;
    }
    for (size_t i = 0; i < n; i++) {
        readings[i].value = pfg_json_get(entry->values, readings[i].k6);
        readings[i].unit =
            pfg_k6_unit_of(entry->metric.contains, !readings[i].word);
        readings[i].summary = pfg_summary_of(NAN);
        readings[i].summary.count = pfg_k6_number(s, entry->values, "count");
        send_reading(s, entry, &readings[i]);
    }
    report_rest(s, entry, readings, n);
}

static void read_gauge(struct pfg_k6_summary *s,
                       const struct pfg_k6_entry *entry)
{
    struct reading reading = {
        .k6 = "value",
        .value = pfg_json_get(entry->values, "value"),
        .unit = pfg_k6_unit_of(entry->metric.contains, false),
        .summary = pfg_summary_of(NAN),
    };

    enrich(s, entry, &reading);
    send_reading(s, entry, &reading);
    report_rest(s, entry, &reading, 1);
}

struct trials {
    double events, total; /* total NAN: not said */
};

/* "passes" and "fails", or "matches" and "total". */
static struct trials trials_of(const struct pfg_k6_summary *s,
                               const struct pfg_k6_entry *entry)
{
    double passes = pfg_k6_number(s, entry->values, "passes");
    double fails = pfg_k6_number(s, entry->values, "fails");
    double matches = pfg_k6_number(s, entry->values, "matches");
    double total = pfg_k6_number(s, entry->values, "total");

    return isnan(passes) ? (struct trials){matches, total + 0 * matches}
                         : (struct trials){passes, passes + fails};
}

static void read_rate(struct pfg_k6_summary *s,
                      const struct pfg_k6_entry *entry)
{
    const struct pfg_json_value *rate = pfg_json_get(entry->values, "rate");
    struct trials trials = trials_of(s, entry);
    struct reading reading = {
        .k6 = "rate",
        .value = rate ? rate : pfg_json_get(entry->values, "value"),
        .unit = pfg_k6_unit_of(PFG_K6_PLAIN, false),
        .summary = pfg_summary_of(NAN),
    };

    if (trials.total >= 0) {
        reading.events = trials.events;
        reading.trials = reading.summary.count = trials.total;
    }
    send_reading(s, entry, &reading);
    report_rest(s, entry, &reading, 1);
}

static bool is_empty(const struct pfg_k6_summary *s,
                     const struct pfg_k6_entry *entry)
{
    switch (entry->metric.type) {
    case PFG_STREAM_TREND:
        return is_empty_trend(s, entry);
    case PFG_STREAM_RATE:
        return trials_of(s, entry).total == 0;
    default:
        return false; /* nothing counted is a count */
    }
}

void pfg_k6_send_entry(struct pfg_k6_summary *s,
                       const struct pfg_k6_entry *entry)
{
    if (is_empty(s, entry)) {
        pfg_vec_push(&s->empty, s->arena, entry->key);
        report_rest(s, entry, NULL, 0);
        return;
    }
    switch (entry->metric.type) {
    case PFG_STREAM_TREND:
        read_trend(s, entry);
        break;
    case PFG_STREAM_COUNTER:
        read_counter(s, entry);
        break;
    case PFG_STREAM_RATE:
        read_rate(s, entry);
        break;
    default:
        read_gauge(s, entry);
    }
}
