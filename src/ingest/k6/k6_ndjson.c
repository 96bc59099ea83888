#include "ingest/core/ingest.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ingest/k6/k6_names.h"
#include "ingest/k6/k6_point.h"
#include "ingest/k6/k6_run.h"
#include "json/scan.h"

/*
 * k6 --out json: a line for each metric and a line for each point. Such files
 * have gigabytes, so lines are scanned, and only what the scanner cannot decide
 * is parsed. k6_run.h collects and sends the points. The file has thresholds,
 * too, but not whether they were crossed, so they are ignored.
 */

/* The last time read. The next one usually differs only in its last digits. */
struct clock {
    char second[19]; /* "2026-11-21T07:49:48" */
    char zone[8];
    size_t n_zone;
    pfg_time base;
    bool set;
};

enum warned {
    WARNED_ENDPOINTS = 1,
    WARNED_TIME = 2,
    WARNED_UNDECLARED = 4,
};

struct state {
    bool begun;
    unsigned warned; /* warnings given */
    bool cut;        /* the last line so far is incomplete */
    struct pfg_pos cut_at;
    struct clock clock;
    struct pfg_k6_run run;
};

/* The parts of a line. */
struct record {
    struct pfg_slice type, metric, time, value, data_type, contains;
    bool null;                         /* the value is null */
    struct pfg_slice tags;             /* as written, or */
    const struct pfg_json_value *tree; /* from a parsed line */
    bool parsed;
};

static bool once(struct state *s, enum warned what)
{
    bool first = !(s->warned & what);

    s->warned |= what;
    return first;
}

static int read_fraction(struct pfg_slice *rest, pfg_time *nanos)
{
    pfg_time unit = PFG_SECOND;

    *nanos = 0;
    if (!pfg_take(rest, ".")) {
        return 0;
    }
    while (rest->len && rest->ptr[0] >= '0' && rest->ptr[0] <= '9') {
        if (unit == 1) {
            return -1;
        }
        unit /= 10;
        *nanos += unit * (rest->ptr[0] - '0');
        *rest = pfg_slice_from(*rest, 1);
    }
    return 0;
}

static int read_time(struct clock *clock, pfg_time *out, struct pfg_slice text)
{
    struct pfg_slice zone = pfg_slice_from(text, sizeof clock->second);
    bool plain = text.len > sizeof clock->second;
    pfg_time nanos = 0;

    plain = plain && !read_fraction(&zone, &nanos) &&
            zone.len <= sizeof clock->zone;
    if (plain && clock->set && zone.len == clock->n_zone &&
        !memcmp(text.ptr, clock->second, sizeof clock->second) &&
        !memcmp(zone.ptr, clock->zone, zone.len)) {
        *out = clock->base + nanos;
        return 0;
    }
    if (pfg_time_parse(out, text)) {
        return -1;
    }
    clock->set = plain;
    if (plain) {
        memcpy(clock->second, text.ptr, sizeof clock->second);
        memcpy(clock->zone, zone.ptr, zone.len);
        clock->n_zone = zone.len;
        clock->base = *out - nanos;
    }
    return 0;
}

static void read_tags(struct state *s, const struct record *record,
                      struct pfg_reader *reader)
{
    struct pfg_json_document *document = NULL;

    if (record->parsed) {
        pfg_k6_tags_read_tree(&s->run.tags, record->tree);
    } else if (pfg_k6_tags_read(&s->run.tags, record->tags)) {
        pfg_json_parse(&document, record->tags, reader->pos.file, 0, NULL);
        pfg_k6_tags_read_tree(&s->run.tags,
                              document ? pfg_json_root(document) : NULL);
        pfg_json_free(document);
    }
    if (s->run.tags.folded && once(s, WARNED_ENDPOINTS)) {
        pfg_reader_warn(reader,
                        "more than %d endpoints: the rest are '(other)' (give "
                        "requests a 'name' tag, or use --k6-tags)",
                        PFG_K6_ENDPOINTS_MAX);
    }
}

/* Whether the metric's type is known. Without a declaration it may still be one
 * of k6's own. */
static bool is_known(struct state *s, const struct pfg_k6_run_metric *metric,
                     struct pfg_reader *reader)
{
    if (metric->what.type == PFG_STREAM_UNKNOWN && once(s, WARNED_UNDECLARED)) {
        pfg_reader_warn(
            reader,
            "points of '%.*s' without a line that declares the metric: ignored",
            PFG_SLICE(metric->what.name));
    }
    return metric->what.type != PFG_STREAM_UNKNOWN;
}

static void read_point(struct state *s, struct pfg_reader *reader,
                       const struct record *record)
{
    struct pfg_k6_run_metric *metric =
        pfg_k6_run_metric(&s->run, record->metric);
    double value = NAN;
    pfg_time time;

    if (!metric || !is_known(s, metric, reader)) {
        return;
    }
    if (read_time(&s->clock, &time, record->time)) {
        if (once(s, WARNED_TIME)) {
            pfg_reader_warn(reader, "no time: '%.*s'; such points are ignored",
                            PFG_SLICE(record->time));
        }
        return;
    }
    if (!record->null) {
        pfg_number_parse(&value, record->value,
                         pfg_k6_unit_of(metric->what.contains, false).exp10);
    }
    if (metric->what.split) {
        read_tags(s, record, reader);
    }
    pfg_k6_run_add(&s->run, metric, time, value);
}

/* k6 declares each metric once, before its first point. A second declaration
 * begins another run in the same file. */
static void read_declaration(struct state *s, const struct record *record)
{
    struct pfg_k6_run_metric *metric =
        pfg_k6_run_metric(&s->run, record->metric);

    if (metric && metric->declared && s->run.n_points) {
        pfg_k6_run_send(&s->run);
        pfg_k6_run_restart(&s->run);
        metric = pfg_k6_run_metric(&s->run, record->metric);
    }
    if (metric && !metric->whole.n) {
        metric->declared = true;
        pfg_k6_metric_declare(&metric->what,
                              pfg_k6_type_find(record->data_type),
                              pfg_k6_contains_find(record->contains));
    }
}

/* A cheap check that the first key is one of the three that k6 writes. */
static bool begins_like_k6(struct pfg_slice line)
{
    return pfg_take(&line, "{") &&
           (line = pfg_slice_trim_left(line), pfg_take(&line, "\"")) &&
           (pfg_slice_starts(line, "metric\"") ||
            pfg_slice_starts(line, "type\"") ||
            pfg_slice_starts(line, "data\""));
}

enum { TYPE, METRIC, TIME, VALUE, TAGS, DATA_TYPE, CONTAINS, N_PICKS };

/* Returns 0, or -1 if json.h must read the line. */
static int scan_line(struct record *out, struct pfg_slice line,
                     struct pfg_slice last_tags)
{
    struct pfg_json_pick picks[N_PICKS] = {
        [TYPE] = {.path = "type"},
        [METRIC] = {.path = "metric"},
        [TIME] = {.path = "data.time"},
        [VALUE] = {.path = "data.value"},
        [TAGS] = {.path = "data.tags", .known = last_tags},
        [DATA_TYPE] = {.path = "data.type"},
        [CONTAINS] = {.path = "data.contains"},
    };
    size_t offset;

    if (pfg_json_scan(line, picks, N_PICKS, &offset) != PFG_JSON_SCAN_OK ||
        picks[METRIC].escaped || picks[TIME].escaped) {
        return -1;
    }
    *out = (struct record){
        .null = picks[VALUE].type == 'n',
        .tags = picks[TAGS].type == '{' ? picks[TAGS].value
                                        : pfg_slice_make(NULL, 0),
    };
    if (picks[TYPE].type == '"' && picks[METRIC].type == '"') {
        out->type = picks[TYPE].value;
        out->metric = picks[METRIC].value;
    }
    if (picks[TIME].type == '"') {
        out->time = picks[TIME].value;
    }
    if (picks[VALUE].type == '0') {
        out->value = picks[VALUE].value;
    }
    if (picks[DATA_TYPE].type == '"') {
        out->data_type = picks[DATA_TYPE].value;
    }
    if (picks[CONTAINS].type == '"') {
        out->contains = picks[CONTAINS].value;
    }
    return 0;
}

static struct pfg_slice text_of(const struct pfg_json_value *object,
                                const char *key)
{
    return pfg_slice_of(pfg_json_string(pfg_json_get(object, key)));
}

/* Fills the record from a parsed line. Borrows from the document. */
static void record_of_tree(struct record *out,
                           const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *data = pfg_json_get(root, "data");
    const struct pfg_json_value *value = pfg_json_get(data, "value");

    *out = (struct record){
        .type = text_of(root, "type"),
        .metric = text_of(root, "metric"),
        .time = text_of(data, "time"),
        .value = pfg_json_digits(document, value),
        .data_type = text_of(data, "type"),
        .contains = text_of(data, "contains"),
        .null = pfg_json_type(value) == PFG_JSON_NULL,
        .tree = pfg_json_get(data, "tags"),
        .parsed = true,
    };
}

static bool is_point(const struct record *record)
{
    return pfg_slice_is(record->type, "Point") && record->metric.len &&
           record->time.len && (record->value.len || record->null);
}

static bool is_declaration(const struct record *record)
{
    return pfg_slice_is(record->type, "Metric") && record->metric.len &&
           pfg_k6_type_find(record->data_type) != PFG_STREAM_UNKNOWN;
}

static enum pfg_claim read_record(struct state *s, struct pfg_reader *reader,
                                  const struct record *record)
{
    bool point = is_point(record);

    if (!point && !is_declaration(record)) {
        return PFG_NOT_MINE;
    }
    if (!s->begun) {
        s->begun = true;
        pfg_k6_run_begin(&s->run, reader);
    }
    s->run.reader = reader;
    if (point) {
        read_point(s, reader, record);
    } else {
        read_declaration(s, record);
    }
    return PFG_ONLY_MINE;
}

/* Reads a line that the scanner refused. It may be JSON (an escape in a key, a
 * bare NaN) or incomplete. */
static enum pfg_claim read_odd_line(struct state *s, struct pfg_reader *reader,
                                    struct pfg_slice line)
{
    struct pfg_json_document *document;
    enum pfg_claim claim = PFG_NOT_MINE;
    struct record record;

    if (!pfg_json_parse(&document, line, reader->pos.file, PFG_JSON_NONFINITE,
                        NULL)) {
        record_of_tree(&record, document);
        claim = read_record(s, reader, &record);
        pfg_json_free(document);
        return claim;
    }
    if (!s->begun) {
        return PFG_NOT_MINE;
    }
    pfg_reader_warn(reader, "not a complete line of k6: ignored");
    s->cut = true;
    s->cut_at = reader->pos;
    return PFG_MINE;
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *state,
                                struct pfg_slice line)
{
    struct state *s = state;
    struct pfg_slice last_tags;
    struct pfg_k6_point plain;
    struct record record;

    if (!line.len) {
        return PFG_NOT_MINE;
    }
    s->cut = false;
    if (!begins_like_k6(line)) {
        return PFG_NOT_MINE;
    }
    last_tags = pfg_slice_make(s->run.tags.last, s->run.tags.n_last);
    if (pfg_k6_point_read(&plain, line, last_tags)) {
        record = (struct record){
            .type = PFG_LIT("Point"),
            .metric = plain.metric,
            .time = plain.time,
            .value = plain.value,
            .tags = plain.tags,
        };
        return read_record(s, reader, &record);
    }
    return scan_line(&record, line, last_tags)
               ? read_odd_line(s, reader, line)
               : read_record(s, reader, &record);
}

static void finish(struct pfg_reader *reader, void *state)
{
    struct state *s = state;

    if (!s->begun) {
        return;
    }
    s->run.reader = reader;
    pfg_k6_run_send(&s->run);
    if (s->cut) {
        reader->pos = s->cut_at;
        pfg_reader_fail(reader, "k6 output ends inside a line: cut off?");
    }
}

const struct pfg_ingester pfg_ingester_k6_ndjson = {
    .name = "k6_ndjson",
    .title = "k6 --out json (a JSON object a line)",
    .looks = "lines '{\"metric\":…,\"type\":\"Point\",\"data\":{…}}'",
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
};
