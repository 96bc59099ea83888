#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/core/ingest.h"
#include "ingest/k6/k6_names.h"
#include "ingest/k6/k6_summary.h"

/*
 * k6's end-of-test summaries, three shapes of one thing:
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
 * In the last one a counter has no rate, a rate has "matches" of a "total",
 * and whether thresholds were crossed is not said. Each is first turned into
 * entries, one for a metric or sub-metric (k6_summary.h). The events of a
 * rate are its *true* points ("passes"): failed requests of http_req_failed,
 * passed checks of checks.
 */

/* ---- Shapes ---- */

/* A flat member has no type: its keys tell. */
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
            return PFG_STREAM_TREND;
        }
    }
    return PFG_STREAM_UNKNOWN;
}

static bool read_typed(struct pfg_k6_entry *out,
                       const struct pfg_json_value *member)
{
    struct pfg_slice type =
        pfg_slice_of(pfg_json_string(pfg_json_get(member, "type")));
    struct pfg_slice contains =
        pfg_slice_of(pfg_json_string(pfg_json_get(member, "contains")));

    if (pfg_k6_type_find(type) == PFG_STREAM_UNKNOWN) {
        return false;
    }
    out->values = pfg_json_get(member, "values");
    pfg_k6_metric_declare(&out->metric, pfg_k6_type_find(type),
                          pfg_k6_contains_find(contains));
    return pfg_json_type(out->values) == PFG_JSON_OBJECT;
}

static bool read_flat(struct pfg_k6_entry *out,
                      const struct pfg_json_value *member)
{
    enum pfg_stream_kind type = infer_type(member);

    out->values = member;
    if (type != PFG_STREAM_UNKNOWN) {
        pfg_k6_metric_declare(&out->metric, type, out->metric.contains);
    }
    return type != PFG_STREAM_UNKNOWN;
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

/* Members of an object have a key, those of an array a member "name". What the
 * newer summaries call checks_succeeded are the older ones' checks. */
static const char *name_of(const struct pfg_json_value *member)
{
    const char *name = pfg_json_key(member);

    name = name ? name : pfg_json_string(pfg_json_get(member, "name"));
    return name && !strcmp(name, "checks_succeeded") ? "checks" : name;
}

/* They say the same as checks_succeeded, in other words. */
static bool is_repetition(const char *name)
{
    return name &&
           (!strcmp(name, "checks_total") || !strcmp(name, "checks_failed"));
}

static bool read_entry(struct pfg_k6_entry *out,
                       const struct pfg_json_value *member,
                       struct pfg_arena *arena)
{
    struct pfg_slice name = pfg_slice_of(name_of(member));
    struct pfg_slice tags = split_key(&name);

    *out = (struct pfg_k6_entry){
        .member = member,
        .key = name_of(member),
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
        struct pfg_k6_entry entry;

        if (pfg_json_type(member) == PFG_JSON_OBJECT &&
            read_entry(&entry, member, arena) &&
            (tree || entry.metric.builtin || entry.values != member)) {
            return true;
        }
    }
    /* A script that ran nothing at all. */
    return tree && !pfg_json_first(metrics);
}

static bool is_machine(const struct pfg_json_value *root)
{
    const struct pfg_json_value *metrics =
        pfg_json_path(root, "results", "metrics", NULL);

    return pfg_json_type(metrics) == PFG_JSON_ARRAY &&
           pfg_json_path(root, "metadata", "k6Version", NULL) &&
           pfg_json_path(root, "config", "duration", NULL);
}

static int by_target_and_metric(const void *a, const void *b)
{
    const struct pfg_k6_entry *left = a, *right = b;
    int order = pfg_k6_target_compare(&left->target, &right->target);

    return order ? order : pfg_k6_metric_compare(&left->metric, &right->metric);
}

/* The members of an object, or of an array. */
static void read_entries(struct pfg_k6_summary *s,
                         const struct pfg_json_value *metrics)
{
    const struct pfg_json_value *member = pfg_json_first(metrics);
    struct pfg_k6_entry entry;

    for (; member; member = pfg_json_next(member)) {
        const char *name = name_of(member);

        if (is_repetition(name)) {
            continue;
        }
        if (!name || pfg_json_type(member) != PFG_JSON_OBJECT ||
            !read_entry(&entry, member, s->arena)) {
            pfg_k6_warn_at(s, member,
                           "no known shape of a k6 metric:", name ? name : "");
            continue;
        }
        pfg_vec_push(&s->entries, s->arena, entry);
        if (!strcmp(entry.key, "http_reqs")) {
            s->n_requests = pfg_k6_number(s, entry.values, "count");
        }
    }
}

/* k6 writes a Go map: its order means nothing, and differs from run to run. */
static void name_entries(struct pfg_k6_summary *s)
{
    struct pfg_k6_target script;
    struct pfg_map seen;

    pfg_map_init(&seen, s->arena);
    pfg_k6_target_parse(&script, pfg_slice_make(NULL, 0), s->arena);
    pfg_k6_target_see(&seen, &script);
    for (size_t i = 0; i < s->entries.n; i++) {
        pfg_k6_target_see(&seen, &s->entries.at[i].target);
    }
    for (size_t i = 0; i < s->entries.n; i++) {
        pfg_k6_target_finish(&s->entries.at[i].target, &seen, s->arena);
    }
    if (s->entries.n) {
        qsort(s->entries.at, s->entries.n, sizeof *s->entries.at,
              by_target_and_metric);
    }
}

static void warn_of_empty(struct pfg_k6_summary *s)
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

static void read_machine(struct pfg_k6_summary *s,
                         const struct pfg_json_value *root)
{
    const struct pfg_json_value *results = pfg_json_get(root, "results");
    const struct pfg_json_value *metrics = pfg_json_get(results, "metrics");
    const struct pfg_json_value *checks =
        pfg_json_path(results, "checks", "metrics", NULL);

    s->duration = pfg_json_number(
        s->document, pfg_json_path(root, "config", "duration", NULL));
    read_entries(s, metrics);
    if (!find_checks(metrics)) {
        read_entries(s, checks);
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    struct pfg_k6_summary s = {
        .reader = reader,
        .document = document,
        .arena = reader->arena,
        .n_requests = NAN,
        .duration = NAN,
    };

    if (is_machine(root)) {
        read_machine(&s, root);
    } else if (is_summary(root, reader->arena)) {
        read_entries(&s, pfg_json_get(root, "metrics"));
    } else {
        return PFG_NOT_MINE;
    }
    name_entries(&s);
    for (size_t i = 0; i < s.entries.n; i++) {
        pfg_k6_send_entry(&s, &s.entries.at[i]);
    }
    warn_of_empty(&s);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_k6 = {
    .name = "k6",
    .title = "k6 summary (--summary-export, handleSummary(), machine-readable)",
    .looks = "a JSON object with 'metrics' such as http_req_duration",
    .document = read_document,
};
