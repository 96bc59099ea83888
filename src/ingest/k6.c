#include "ingest/ingest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "ingest/k6_names.h"
#include "ingest/k6_threshold.h"

/*
 * k6's end-of-test summaries, two shapes of one thing:
 *
 *   --summary-export   {"metrics": {NAME: {"avg": 1, ..., "thresholds":
 *                      {"p(95)<500": true when CROSSED}}}}
 *   handleSummary()    {"metrics": {NAME: {"type", "contains", "values":
 *                      {...}, "thresholds": {"p(95)<500": {"ok": true when
 *                      PASSED}}}}}
 *
 * Either is first turned into entries, one for a metric or sub-metric; a
 * third shape needs no more than a third reader of entries. The events of a
 * rate are its *true* points ("passes"): failed requests of http_req_failed,
 * passed checks of checks.
 */

struct entry {
    const struct pfg_json_value *member; /* for its place */
    const struct pfg_json_value *values;
    const struct pfg_json_value *thresholds;
    const char *key;
    struct pfg_k6_metric metric;
    struct pfg_k6_target target;
};

struct summary {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    struct pfg_arena *arena;
    PFG_VEC(struct entry) entries;
    double n_requests;           /* of http_reqs; NAN where there is none */
    PFG_VEC(const char *) empty; /* metrics without a sample */
};

static double number(const struct summary *s,
                     const struct pfg_json_value *values, const char *key)
{
    return pfg_json_number(s->document, pfg_json_get(values, key));
}

static void warn_at(struct summary *s, const struct pfg_json_value *member,
                    const char *what, const char *subject)
{
    struct pfg_pos before = s->reader->pos;
    struct pfg_pos pos = pfg_json_key_pos(s->document, member);

    s->reader->pos.line = pos.line;
    s->reader->pos.column = pos.column;
    pfg_reader_warn(s->reader, "%s '%.200s'", what, subject);
    s->reader->pos = before;
}

/* ---- Shapes ---- */

/* A flat member has no type: its keys tell. */
static enum pfg_k6_type infer_type(const struct pfg_json_value *values)
{
    static const struct {
        const char *keys[3];
        enum pfg_k6_type type;
    } shapes[] = {
        {{"passes", "fails", "value"}, PFG_K6_RATE},
        {{"passes", "fails", "rate"}, PFG_K6_RATE},
        {{"value", "min", "max"}, PFG_K6_GAUGE},
        {{"avg", NULL, NULL}, PFG_K6_TREND},
        {{"med", NULL, NULL}, PFG_K6_TREND},
        {{"count", "rate", NULL}, PFG_K6_COUNTER},
    };
    const struct pfg_json_value *child = pfg_json_first(values);

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        size_t found = 0, wanted = 0;

        for (; wanted < 3 && shapes[i].keys[wanted]; wanted++) {
            found += pfg_json_get(values, shapes[i].keys[wanted]) != NULL;
        }
        if (found == wanted) {
            return shapes[i].type;
        }
    }
    /* summaryTrendStats may name percentiles only. */
    for (; child; child = pfg_json_next(child)) {
        if (pfg_slice_starts(pfg_slice_of(pfg_json_key(child)), "p(")) {
            return PFG_K6_TREND;
        }
    }
    return PFG_K6_UNKNOWN;
}

static bool read_typed(struct entry *out, const struct pfg_json_value *member)
{
    struct pfg_slice type =
        pfg_slice_of(pfg_json_string(pfg_json_get(member, "type")));
    struct pfg_slice contains =
        pfg_slice_of(pfg_json_string(pfg_json_get(member, "contains")));

    if (pfg_k6_type_find(type) == PFG_K6_UNKNOWN) {
        return false;
    }
    out->values = pfg_json_get(member, "values");
    pfg_k6_metric_declare(&out->metric, pfg_k6_type_find(type),
                          pfg_k6_contains_find(contains));
    return pfg_json_type(out->values) == PFG_JSON_OBJECT;
}

static bool read_flat(struct entry *out, const struct pfg_json_value *member)
{
    enum pfg_k6_type type = infer_type(member);

    out->values = member;
    if (type != PFG_K6_UNKNOWN) {
        pfg_k6_metric_declare(&out->metric, type, out->metric.contains);
    }
    return type != PFG_K6_UNKNOWN;
}

/* "http_req_duration{name:items}": the metric, and what is in the braces. */
static struct pfg_slice split_key(struct pfg_slice *key)
{
    struct pfg_slice tags = *key;
    struct pfg_slice name = pfg_take_until(&tags, '{');

    if (name.len == key->len || !pfg_slice_ends(tags, "}")) {
        return pfg_slice_make(NULL, 0);
    }
    *key = name;
    tags.len--;
    return tags;
}

static bool read_entry(struct entry *out, const struct pfg_json_value *member,
                       struct pfg_arena *arena)
{
    struct pfg_slice name = pfg_slice_of(pfg_json_key(member));
    struct pfg_slice tags = split_key(&name);

    *out = (struct entry){
        .member = member,
        .key = pfg_json_key(member),
        .thresholds = pfg_json_get(member, "thresholds"),
        .metric = pfg_k6_metric_find(name, arena),
    };
    pfg_k6_target_parse(&out->target, tags, arena);
    return pfg_json_type(pfg_json_get(member, "values")) == PFG_JSON_OBJECT
               ? read_typed(out, member)
               : read_flat(out, member);
}

/*
 * A member with type and values is k6's; a flat one only beside something
 * that no other tool would write: a built-in metric, or the group tree.
 */
static bool is_summary(const struct pfg_json_value *root,
                       struct pfg_arena *arena)
{
    const struct pfg_json_value *metrics = pfg_json_get(root, "metrics");
    const struct pfg_json_value *member = pfg_json_first(metrics);
    bool tree =
        pfg_json_type(pfg_json_get(root, "root_group")) == PFG_JSON_OBJECT;

    if (pfg_json_type(metrics) != PFG_JSON_OBJECT) {
        return false;
    }
    for (; member; member = pfg_json_next(member)) {
        struct entry entry;

        if (pfg_json_type(member) == PFG_JSON_OBJECT &&
            read_entry(&entry, member, arena) &&
            (tree || entry.metric.builtin || entry.values != member)) {
            return true;
        }
    }
    /* A script that ran nothing at all. */
    return tree && !pfg_json_first(metrics);
}

static int by_target_and_metric(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = pfg_k6_target_compare(&left->target, &right->target);

    return order ? order : pfg_k6_metric_compare(&left->metric, &right->metric);
}

/* k6 writes a Go map: its order means nothing, and differs from run to run. */
static void read_entries(struct summary *s,
                         const struct pfg_json_value *metrics)
{
    const struct pfg_json_value *member = pfg_json_first(metrics);
    struct pfg_map seen;
    struct entry entry;

    pfg_map_init(&seen, s->arena);
    pfg_k6_target_parse(&entry.target, pfg_slice_make(NULL, 0), s->arena);
    pfg_k6_target_see(&seen, &entry.target);
    for (; member; member = pfg_json_next(member)) {
        if (pfg_json_type(member) != PFG_JSON_OBJECT ||
            !read_entry(&entry, member, s->arena)) {
            warn_at(s, member,
                    "no known shape of a k6 metric:", pfg_json_key(member));
            continue;
        }
        pfg_k6_target_see(&seen, &entry.target);
        pfg_vec_push(&s->entries, s->arena, entry);
        if (!strcmp(entry.key, "http_reqs")) {
            s->n_requests = number(s, entry.values, "count");
        }
    }
    for (size_t i = 0; i < s->entries.n; i++) {
        pfg_k6_target_settle(&s->entries.at[i].target, &seen, s->arena);
    }
    if (s->entries.n) {
        qsort(s->entries.at, s->entries.n, sizeof *s->entries.at,
              by_target_and_metric);
    }
}

/* ---- Thresholds ---- */

static bool same_statistic(const struct summary *s, struct pfg_slice a,
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
static bool is_about(const struct summary *s, const struct entry *entry,
                     const char *expression, const char *statistic)
{
    struct pfg_slice named = pfg_k6_threshold_statistic(expression);

    if (entry->metric.type == PFG_K6_RATE && !strcmp(statistic, "rate")) {
        return pfg_slice_is(named, "rate") || pfg_slice_is(named, "value");
    }
    return same_statistic(s, named, statistic);
}

/* The thresholds on one statistic become its budget. */
static void add_budget(struct pfg_measurement *m, const struct summary *s,
                       const struct entry *entry, const char *statistic)
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

static struct pfg_measurement begin(const struct summary *s,
                                    const struct entry *entry,
                                    const char *statistic,
                                    const struct pfg_k6_unit *unit)
{
    struct pfg_measurement m = pfg_k6_measurement(
        &entry->metric, &entry->target, statistic, unit, s->arena);

    m.pos = pfg_json_key_pos(s->document, entry->member);
    return m;
}

/*
 * A threshold that could not be attached to a value. One that was crossed
 * still has to reach the gate; so has one that holds for no value of an empty
 * metric: k6 does not always judge those ("rate>0.99" of no checks at all).
 */
static void report_unmet(struct summary *s, const struct entry *entry,
                         const struct pfg_json_value *threshold, bool empty)
{
    const char *expression = pfg_json_key(threshold);
    struct pfg_slice statistic = pfg_k6_threshold_statistic(expression);
    bool rate = entry->metric.type == PFG_K6_RATE;
    struct pfg_k6_unit unit = pfg_k6_unit_of(entry->metric.contains, false);
    struct pfg_measurement m;
    const char *word;
    int order;

    if (!pfg_k6_threshold_crossed(threshold) &&
        (!empty || pfg_k6_threshold_holds(expression, 0))) {
        if (!empty) {
            warn_at(s, threshold,
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

static const char *why_bad(const struct summary *s,
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

static void send_reading(struct summary *s, const struct entry *entry,
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
static void report_rest(struct summary *s, const struct entry *entry,
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
static bool is_empty_trend(const struct summary *s, const struct entry *entry)
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
static double observations(const struct summary *s, const struct entry *entry)
{
    double count = number(s, entry->values, "count");
    bool whole = entry->target.rank == PFG_K6_SCRIPT && !entry->target.params.n;
    bool http = pfg_slice_starts(entry->metric.name, "http_req_");

    return isnan(count) && whole && http ? s->n_requests : count;
}

/* Gives the mean what else is known of the distribution. */
static void enrich(const struct summary *s, const struct entry *entry,
                   struct reading *reading)
{
    struct pfg_slice min =
        pfg_json_digits(s->document, pfg_json_get(entry->values, "min"));
    struct pfg_slice max =
        pfg_json_digits(s->document, pfg_json_get(entry->values, "max"));

    pfg_number_parse(&reading->summary.min, min, reading->unit.exp10);
    pfg_number_parse(&reading->summary.max, max, reading->unit.exp10);
}

static void read_trend(struct summary *s, const struct entry *entry)
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
            warn_at(s, one, "unknown statistic of a k6 trend:", key);
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

/*
 * A counter is its rate. Its count says the same again where the test has a
 * fixed duration, and nothing where it has a fixed number of iterations; so it
 * is sent for the script's own counters, or when a threshold is on it, and
 * has no direction.
 */
static void read_counter(struct summary *s, const struct entry *entry)
{
    struct reading readings[2] = {
        {.k6 = "rate", .word = NULL},
        {.k6 = "count", .word = "count", .neutral = true},
    };
    bool counted = !entry->metric.builtin || names_count(entry->thresholds);
    size_t n = counted ? 2 : 1;

    for (size_t i = 0; i < n; i++) {
        readings[i].value = pfg_json_get(entry->values, readings[i].k6);
        readings[i].unit = pfg_k6_unit_of(entry->metric.contains, i == 0);
        readings[i].summary = pfg_summary_of(NAN);
        readings[i].summary.count = number(s, entry->values, "count");
        send_reading(s, entry, &readings[i]);
    }
    report_rest(s, entry, readings, n);
}

static void read_gauge(struct summary *s, const struct entry *entry)
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

static void read_rate(struct summary *s, const struct entry *entry)
{
    const struct pfg_json_value *rate = pfg_json_get(entry->values, "rate");
    double passes = number(s, entry->values, "passes");
    double fails = number(s, entry->values, "fails");
    struct reading reading = {
        .k6 = "rate",
        .value = rate ? rate : pfg_json_get(entry->values, "value"),
        .unit = pfg_k6_unit_of(PFG_K6_PLAIN, false),
        .summary = pfg_summary_of(NAN),
    };

    if (passes >= 0 && fails >= 0) {
        reading.events = passes;
        reading.trials = passes + fails;
        reading.summary.count = reading.trials;
    }
    send_reading(s, entry, &reading);
    report_rest(s, entry, &reading, 1);
}

static bool is_empty(const struct summary *s, const struct entry *entry)
{
    switch (entry->metric.type) {
    case PFG_K6_TREND:
        return is_empty_trend(s, entry);
    case PFG_K6_RATE:
        return number(s, entry->values, "passes") == 0 &&
               number(s, entry->values, "fails") == 0;
    default:
        return false; /* nothing counted is a count */
    }
}

static void read_values(struct summary *s, const struct entry *entry)
{
    if (is_empty(s, entry)) {
        pfg_vec_push(&s->empty, s->arena, entry->key);
        report_rest(s, entry, NULL, 0);
        return;
    }
    switch (entry->metric.type) {
    case PFG_K6_TREND:
        read_trend(s, entry);
        break;
    case PFG_K6_COUNTER:
        read_counter(s, entry);
        break;
    case PFG_K6_RATE:
        read_rate(s, entry);
        break;
    default:
        read_gauge(s, entry);
    }
}

static void warn_of_empty(struct summary *s)
{
    enum { SHOWN = 5 };
    const char *names = "";

    for (size_t i = 0; i < s->empty.n && i < SHOWN; i++) {
        names = pfg_arena_printf(s->arena, "%s%s'%.80s'", names, i ? ", " : "",
                                 s->empty.at[i]);
    }
    if (s->empty.n > SHOWN) {
        names = pfg_arena_printf(s->arena, "%s and %zu more", names,
                                 s->empty.n - SHOWN);
    }
    if (s->empty.n) {
        pfg_reader_warn(s->reader, "no samples, so no data: %s", names);
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    struct summary s = {
        .reader = reader,
        .document = document,
        .arena = reader->arena,
        .n_requests = NAN,
    };

    if (!is_summary(root, reader->arena)) {
        return PFG_NOT_MINE;
    }
    read_entries(&s, pfg_json_get(root, "metrics"));
    for (size_t i = 0; i < s.entries.n; i++) {
        read_values(&s, &s.entries.at[i]);
    }
    warn_of_empty(&s);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_k6 = {
    .name = "k6",
    .title = "k6 --summary-export and handleSummary()",
    .looks = "a JSON object with 'metrics' such as http_req_duration",
    .document = read_document,
};
