#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ingest/k6/k6_results.h"

/*
 * k6's end-of-test summaries, which have one of three shapes:
 *
 *   --summary-export   {"metrics": {NAME: {"avg": 1, ..., "thresholds":
 *                      {"p(95)<500": true when CROSSED}}}}
 *   handleSummary()    {"metrics": {NAME: {"type", "contains", "values":
 *                      {...}, "thresholds": {"p(95)<500": {"ok": true when
 *                      PASSED}}}}}
 *
 *   --new-machine-readable-summary
 *                      {"version", "metadata": {"k6Version"}, "config":
 *                      {"duration" (s)}, "results": {"metrics": [{"name",
 *                      "type", "contains", "values"}], "checks":
 *                      {"metrics": [...], "results": [...]}}}
 *
 * In the last one a counter has no rate, a rate has "matches" and "total", and
 * the file does not contain whether thresholds were crossed. The events of a
 * rate are the points that are *true* ("passes"): failed requests for
 * http_req_failed, passed checks for checks.
 */

struct summary {
    struct pfg_k6_results results;
    const struct pfg_json_document *document;
    double duration; /* s; NAN where counters come with a rate */
};

/* A flat member has no type, so its keys decide. */
static enum pfg_stream_kind infer_type(const struct pfg_json_value *values)
{
    static const struct {
        const char *keys[3];
        enum pfg_stream_kind type;
    } shapes[] = {
        {{"passes", "fails", "value"}, PFG_STREAM_RATE},
        {{"passes", "fails", "rate"}, PFG_STREAM_RATE},
        {{"value", "min", "max"}, PFG_STREAM_GAUGE},
        {{"avg", NULL, NULL}, PFG_STREAM_TREND},
        {{"med", NULL, NULL}, PFG_STREAM_TREND},
        {{"count", "rate", NULL}, PFG_STREAM_COUNTER},
    };
    const struct pfg_json_value *child = pfg_json_first(values);

    for (size_t i = 0; i < PFG_COUNT(shapes); i++) {
        size_t found = 0, wanted = 0;

        for (; wanted < 3 && shapes[i].keys[wanted]; wanted++) {
            found += pfg_json_get(values, shapes[i].keys[wanted]) != NULL;
        }
        if (found == wanted) {
            return shapes[i].type;
        }
    }
    /* summaryTrendStats may list percentiles only. */
    for (; child; child = pfg_json_next(child)) {
        if (pfg_slice_starts(pfg_slice_of(pfg_json_key(child)), "p(")) {
            return PFG_STREAM_TREND;
        }
    }
    return PFG_STREAM_UNKNOWN;
}

/* Splits "http_req_duration{name:items}" into the metric and the tags in the
 * braces. */
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

/* The name of a member: its key in an object, its "name" in an array. Newer
 * summaries have checks_succeeded for what was checks. */
static const char *name_of(const struct pfg_json_value *member)
{
    const char *name = pfg_json_key(member);

    name = name ? name : pfg_json_string(pfg_json_get(member, "name"));
    return name && !strcmp(name, "checks_succeeded") ? "checks" : name;
}

/* These repeat checks_succeeded in another form. */
static bool is_repetition(const char *name)
{
    return name &&
           (!strcmp(name, "checks_total") || !strcmp(name, "checks_failed"));
}

/* The values of a member, whose type is declared to `metric`. NULL if the shape
 * is unknown. */
static const struct pfg_json_value *read_shape(
    struct pfg_k6_metric *metric, const struct pfg_json_value *member)
{
    const struct pfg_json_value *values = pfg_json_get(member, "values");
    enum pfg_k6_contains contains = metric->contains;
    enum pfg_stream_kind type;

    if (pfg_json_type(values) == PFG_JSON_OBJECT) {
        type = pfg_k6_type_find(
            pfg_slice_of(pfg_json_string(pfg_json_get(member, "type"))));
        contains = pfg_k6_contains_find(
            pfg_slice_of(pfg_json_string(pfg_json_get(member, "contains"))));
    } else {
        values = member;
        type = infer_type(member);
    }
    if (type == PFG_STREAM_UNKNOWN) {
        return NULL;
    }
    pfg_k6_metric_declare(metric, type, contains);
    return values;
}

/*
 * Whether the document is k6's. A member with type and values is a sign of it;
 * a flat one counts only together with something that no other tool writes: a
 * built-in metric or the group tree.
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
        struct pfg_slice name = pfg_slice_of(name_of(member));
        const struct pfg_json_value *values;
        struct pfg_k6_metric metric;

        split_key(&name);
        metric = pfg_k6_metric_find(name, arena);
        values = pfg_json_type(member) == PFG_JSON_OBJECT
                     ? read_shape(&metric, member)
                     : NULL;
        if (values && (tree || metric.builtin || values != member)) {
            return true;
        }
    }
    /* a script that ran nothing */
    return tree && !pfg_json_first(metrics);
}

static bool is_machine(const struct pfg_json_value *root)
{
    const struct pfg_json_value *metrics =
        pfg_json_path(root, "results/metrics");

    return pfg_json_type(metrics) == PFG_JSON_ARRAY &&
           pfg_json_path(root, "metadata/k6Version") &&
           pfg_json_path(root, "config/duration");
}

static double number(const struct summary *s,
                     const struct pfg_json_value *values, const char *key)
{
    return pfg_json_number(s->document, pfg_json_get(values, key));
}

static const char *why_bad(const struct summary *s,
                           const struct pfg_json_value *value)
{
    struct pfg_slice digits = pfg_json_digits(s->document, value);
    double read = pfg_json_number(s->document, value);
    uint64_t whole;

    if (pfg_json_type(value) == PFG_JSON_NULL) {
        return "k6 wrote null: not a finite number";
    }
    if (!digits.len) {
        return "not a number";
    }
    if (fabs(read) >= 9007199254740992.0 &&
        !pfg_number_parse_u64(&whole, digits) && (uint64_t)read != whole) {
        return "too large to be read exactly";
    }
    return NULL;
}

static void add(struct summary *s, struct pfg_k6_entry *entry, const char *key,
                const struct pfg_json_value *value, bool a_second)
{
    struct pfg_k6_unit unit = pfg_k6_unit_of(entry->metric.contains, a_second);
    struct pfg_reader *reader = s->results.reader;
    struct pfg_k6_reading reading = {
        .key = pfg_slice_of(key),
        .value = NAN,
        .resolution = NAN,
        .digits = pfg_json_digits(s->document, value),
        .unit = pfg_slice_of(unit.written),
        .error = why_bad(s, value),
    };

    pfg_number_parse(&reading.value, reading.digits, unit.exp10);
    pfg_k6_entry_add(entry, reader,
                     value ? pfg_reader_place(reader, s->document, value)
                           : entry->pos,
                     &reading);
}

static void add_trend(struct summary *s, struct pfg_k6_entry *entry,
                      const struct pfg_json_value *values)
{
    const struct pfg_json_value *one = pfg_json_first(values);

    entry->count = number(s, values, "count");
    for (; one; one = pfg_json_next(one)) {
        const char *key = pfg_json_key(one);

        if (strcmp(key, "count") != 0 && strcmp(key, "thresholds") != 0) {
            add(s, entry, key, one, false);
        }
    }
}

/* Adds a counter. If it has no rate but the file has the duration, the rate is
 * computed. */
static void add_counter(struct summary *s, struct pfg_k6_entry *entry,
                        const struct pfg_json_value *values)
{
    const struct pfg_json_value *rate = pfg_json_get(values, "rate");
    double computed = number(s, values, "count") / s->duration;
    struct pfg_k6_reading reading = {
        .key = PFG_LIT("rate"),
        .value = computed,
        .resolution = NAN,
        .error = isfinite(computed) ? NULL : "not a number",
    };

    if (!rate && s->duration > 0) {
        pfg_k6_entry_add(entry, s->results.reader, entry->pos, &reading);
    } else {
        add(s, entry, "rate", rate, true);
    }
    add(s, entry, "count", pfg_json_get(values, "count"), false);
}

/* Adds a rate from "passes" and "fails", or from "matches" and "total". */
static void add_rate(struct summary *s, struct pfg_k6_entry *entry,
                     const struct pfg_json_value *values)
{
    const struct pfg_json_value *rate = pfg_json_get(values, "rate");
    double passes = number(s, values, "passes");
    double matches = number(s, values, "matches");

    entry->events = isnan(passes) ? matches : passes;
    entry->trials = isnan(passes) ? number(s, values, "total") + 0 * matches
                                  : passes + number(s, values, "fails");
    entry->trials = entry->trials >= 0 ? entry->trials : NAN;
    add(s, entry, "rate", rate ? rate : pfg_json_get(values, "value"), false);
}

static void add_gauge(struct summary *s, struct pfg_k6_entry *entry,
                      const struct pfg_json_value *values)
{
    static const char *const keys[] = {"value", "min", "max"};

    for (size_t i = 0; i < PFG_COUNT(keys); i++) {
        const struct pfg_json_value *value = pfg_json_get(values, keys[i]);

        if (value || i == 0) {
            add(s, entry, keys[i], value, false);
        }
    }
}

/* The value true means failed in the old export, but "ok" means passed in the
 * new one, so the shape decides. */
static void add_thresholds(struct summary *s, struct pfg_k6_entry *entry,
                           const struct pfg_json_value *thresholds)
{
    const struct pfg_json_value *one = pfg_json_first(thresholds);
    struct pfg_reader *reader = s->results.reader;

    for (; one; one = pfg_json_next(one)) {
        struct pfg_k6_threshold threshold = {
            .pos = pfg_reader_place(reader, s->document, one),
            .expression = pfg_json_key(one),
            .crossed = pfg_json_type(one) == PFG_JSON_OBJECT
                           ? !pfg_json_is_true(pfg_json_get(one, "ok"))
                           : pfg_json_is_true(one),
        };

        if (threshold.expression) {
            pfg_vec_push(&entry->thresholds, reader->arena, threshold);
        }
    }
}

static void read_entry(struct summary *s, const struct pfg_json_value *member,
                       struct pfg_pos pos)
{
    struct pfg_slice name = pfg_slice_of(name_of(member)), whole = name;
    struct pfg_slice tags = split_key(&name);
    struct pfg_reader *reader = s->results.reader;
    struct pfg_k6_entry entry = pfg_k6_entry_begin(reader, pos, name, tags);
    const struct pfg_json_value *values =
        name.len && pfg_json_type(member) == PFG_JSON_OBJECT
            ? read_shape(&entry.metric, member)
            : NULL;

    if (!values) {
        pfg_k6_warn_at(reader, pos, "unknown form of a k6 metric:", whole);
        return;
    }
    switch (entry.metric.type) {
    case PFG_STREAM_TREND:
        add_trend(s, &entry, values);
        break;
    case PFG_STREAM_COUNTER:
        add_counter(s, &entry, values);
        break;
    case PFG_STREAM_RATE:
        add_rate(s, &entry, values);
        break;
    default:
        add_gauge(s, &entry, values);
    }
    add_thresholds(s, &entry, pfg_json_get(member, "thresholds"));
    pfg_vec_push(&s->results.entries, reader->arena, entry);
}

/* Reads the members of an object or an array. */
static void read_entries(struct summary *s,
                         const struct pfg_json_value *metrics)
{
    const struct pfg_json_value *member = pfg_json_first(metrics);

    for (; member; member = pfg_json_next(member)) {
        if (!is_repetition(name_of(member))) {
            read_entry(
                s, member,
                pfg_reader_place(s->results.reader, s->document, member));
        }
    }
}

static const struct pfg_json_value *find_checks(
    const struct pfg_json_value *metrics)
{
    const struct pfg_json_value *one = pfg_json_first(metrics);

    while (one && !pfg_slice_is(
                      pfg_slice_of(pfg_json_string(pfg_json_get(one, "name"))),
                      "checks")) {
        one = pfg_json_next(one);
    }
    return one;
}

static void read_machine(struct summary *s, const struct pfg_json_value *root)
{
    const struct pfg_json_value *results = pfg_json_get(root, "results");
    const struct pfg_json_value *metrics = pfg_json_get(results, "metrics");
    const struct pfg_json_value *checks =
        pfg_json_path(results, "checks/metrics");

    s->duration =
        pfg_json_number(s->document, pfg_json_path(root, "config/duration"));
    read_entries(s, metrics);
    if (!find_checks(metrics)) {
        read_entries(s, checks);
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    struct summary s = {
        .results = {.reader = reader},
        .document = document,
        .duration = NAN,
    };

    if (is_machine(root)) {
        read_machine(&s, root);
    } else if (is_summary(root, reader->arena)) {
        read_entries(&s, pfg_json_get(root, "metrics"));
    } else {
        return PFG_NOT_MINE;
    }
    pfg_k6_results_send(&s.results);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_k6 = {
    .name = "k6",
    .title = "k6 summary (--summary-export, handleSummary(), machine-readable)",
    .looks = "a JSON object with 'metrics' such as http_req_duration",
    .document = read_document,
};
