#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "ingest/core/ingest.h"
#include "ingest/k6/k6_text_line.h"
#include "ingest/k6/k6_threshold.h"

/*
 * k6's end-of-test text: lines as in k6_text_line.h, gathered, and sent at the
 * end of the text or where another run begins. Numbers are rounded there, so
 * every one carries its resolution.
 *
 * Before 1.0 a cross in front of a metric says that a threshold on it was
 * crossed; since then thresholds have a section of their own,
 *
 *     █ THRESHOLDS
 *       http_req_duration
 *       ✗ 'p(95)<500' p(95)=619.54ms
 *
 * and what k6 logs names the metrics: "thresholds on metrics 'a, b' have been
 * crossed". In its full mode groups and scenarios repeat the metrics under
 * headings of their own.
 */

#define MAX_ENTRIES    10000
#define MAX_THRESHOLDS 1000

struct threshold {
    struct pfg_slice metric, tags;
    const char *expression; /* NULL: not said */
    bool crossed;
    bool sent;
};

struct reading {
    struct pfg_k6_text_value value;
    const char *word; /* "p95"; NULL: the metric's alone */
    int order;
};

struct entry {
    struct pfg_pos pos;
    struct pfg_slice name, tags;
    struct pfg_k6_metric metric;
    struct pfg_k6_target target;
    struct reading *readings;
    size_t n;
    double events, trials, count; /* negative: not said */
};

struct state {
    bool ready, banner, in_thresholds;
    long banner_line;
    bool several; /* runs in this text */
    PFG_VEC(struct entry) entries;
    PFG_VEC(struct threshold) thresholds;
    struct pfg_slice name;           /* of the metric above a sub-metric */
    struct pfg_slice section;        /* "group:x", of the full mode */
    struct pfg_slice threshold_name; /* in the section on thresholds */
};

static struct pfg_slice copy_text(struct pfg_reader *reader,
                                  struct pfg_slice text)
{
    return pfg_slice_make(pfg_arena_slice(reader->arena, text), text.len);
}

/* ---- What is sent ---- */

static bool is_same(const struct threshold *threshold,
                    const struct entry *entry)
{
    return pfg_slice_eq(threshold->metric, entry->name) &&
           pfg_slice_eq(threshold->tags, entry->tags);
}

static bool is_about(struct pfg_reader *reader, const char *expression,
                     struct pfg_slice key)
{
    struct pfg_slice named = pfg_k6_threshold_statistic(expression);
    const char *left, *right;
    int order;

    if (pfg_slice_eq(named, key) ||
        (pfg_slice_is(named, "value") && pfg_slice_is(key, "rate"))) {
        return true;
    }
    left = pfg_k6_statistic(named, &order, reader->arena);
    right = pfg_k6_statistic(key, &order, reader->arena);
    return left && right && !strcmp(left, right);
}

static void add_budget(struct pfg_measurement *m, struct pfg_reader *reader,
                       struct state *state, const struct entry *entry,
                       struct pfg_slice key)
{
    const char *budget = NULL;

    for (size_t i = 0; i < state->thresholds.n; i++) {
        struct threshold *one = &state->thresholds.at[i];
        bool only = !one->expression && entry->n == 1;

        if (!is_same(one, entry) ||
            (!only &&
             (!one->expression || !is_about(reader, one->expression, key)))) {
            continue;
        }
        one->sent = true;
        m->budget_crossed |= one->crossed;
        if (one->expression) {
            budget = budget ? pfg_arena_printf(reader->arena, "%s and %s",
                                               budget, one->expression)
                            : one->expression;
        } else if (!budget) {
            budget = "threshold";
        }
    }
    m->budget = pfg_slice_of(budget);
}

static struct pfg_measurement begin(struct pfg_reader *reader,
                                    const struct entry *entry, const char *word,
                                    bool a_second)
{
    struct pfg_k6_unit unit = pfg_k6_unit_of(entry->metric.contains, a_second);
    struct pfg_measurement m = pfg_k6_measurement(
        &entry->metric, &entry->target, word, &unit, reader->arena);

    m.pos = entry->pos;
    return m;
}

static const struct reading *find(const struct entry *entry, const char *key)
{
    for (size_t i = 0; i < entry->n; i++) {
        if (pfg_slice_is(entry->readings[i].value.key, key)) {
            return &entry->readings[i];
        }
    }
    return NULL;
}

static double value_of(const struct entry *entry, const char *key)
{
    const struct reading *reading = find(entry, key);

    return reading ? reading->value.printed.value : NAN;
}

static void send_reading(struct pfg_reader *reader, struct state *state,
                         const struct entry *entry,
                         const struct reading *reading)
{
    const struct pfg_k6_text_value *value = &reading->value;
    bool rate = entry->metric.type == PFG_STREAM_COUNTER && !reading->word;
    struct pfg_measurement m = begin(reader, entry, reading->word, rate);
    struct pfg_summary summary = pfg_summary_of(value->printed.value);

    m.written_unit = value->printed.unit;
    add_budget(&m, reader, state, entry, value->key);
    if (entry->metric.type == PFG_STREAM_COUNTER && reading->word) {
        m.better = PFG_NEUTRAL; /* it says how long the test was */
    }
    if (!isfinite(value->printed.value)) {
        m.error = PFG_LIT("not a finite number");
        reader->sink->measurement(reader->sink->self, &m);
        return;
    }
    summary.resolution = value->printed.resolution;
    summary.count = entry->count >= 0 ? entry->count : NAN;
    if (pfg_slice_is(value->key, "avg") || pfg_slice_is(value->key, "value")) {
        summary.min = value_of(entry, "min");
        summary.max = value_of(entry, "max");
    }
    if (entry->trials >= 0) {
        m.events = entry->events;
        m.trials = summary.count = entry->trials;
    }
    m.summary = &summary;
    m.written = &value->printed.digits;
    reader->sink->measurement(reader->sink->self, &m);
}

/* A crossed threshold that no number stands for still has to be seen. */
static void send_crossed(struct pfg_reader *reader, const struct entry *entry,
                         const struct threshold *threshold)
{
    struct pfg_measurement m = begin(reader, entry, "threshold", false);

    m.budget = pfg_slice_of(threshold->expression ? threshold->expression
                                                  : "threshold");
    m.budget_crossed = true;
    m.error = PFG_LIT("k6 says that a threshold was crossed, and no number "
                      "that it is on");
    reader->sink->measurement(reader->sink->self, &m);
}

/* k6 prints zeros for a trend without a sample, see k6_summary.c. */
static bool is_empty(const struct entry *entry, double n_requests)
{
    if (entry->metric.type == PFG_STREAM_RATE) {
        return entry->trials == 0;
    }
    if (entry->metric.type != PFG_STREAM_TREND) {
        return false;
    }
    if (entry->count >= 0) {
        return entry->count == 0;
    }
    for (size_t i = 0; i < entry->n; i++) {
        if (!(entry->readings[i].value.printed.value == 0)) {
            return false;
        }
    }
    return entry->metric.duration || entry->tags.len || !(n_requests > 0);
}

/* The count of k6's own counters says how long the test was: it is sent when a
 * threshold is on it. A gauge's extremes go with its value. */
static bool is_sent(struct pfg_reader *reader, const struct state *state,
                    const struct entry *entry, size_t i)
{
    bool counter = entry->metric.type == PFG_STREAM_COUNTER;
    bool named = !counter || !entry->metric.builtin;

    if (i == 0 || entry->metric.type == PFG_STREAM_TREND) {
        return true;
    }
    for (size_t j = 0; counter && j < state->thresholds.n && !named; j++) {
        const struct threshold *one = &state->thresholds.at[j];

        named = is_same(one, entry) && one->expression &&
                is_about(reader, one->expression, PFG_LIT("count"));
    }
    return counter && named;
}

static int by_order(const void *a, const void *b)
{
    const struct reading *left = a, *right = b;

    return (left->order > right->order) - (left->order < right->order);
}

static void send_entry(struct pfg_reader *reader, struct state *state,
                       struct entry *entry, double n_requests)
{
    if (is_empty(entry, n_requests)) {
        struct pfg_pos here = reader->pos;

        reader->pos = entry->pos;
        pfg_reader_warn(reader, "no samples, so no data: '%.*s'",
                        PFG_SLICE(pfg_slice_first(entry->name, 100)));
        reader->pos = here;
    } else {
        if (entry->metric.type == PFG_STREAM_TREND) {
            qsort(entry->readings, entry->n, sizeof *entry->readings, by_order);
        }
        for (size_t i = 0; i < entry->n; i++) {
            if (is_sent(reader, state, entry, i)) {
                send_reading(reader, state, entry, &entry->readings[i]);
            }
        }
    }
    for (size_t i = 0; i < state->thresholds.n; i++) {
        struct threshold *one = &state->thresholds.at[i];
        bool explained = false;

        /* A name in the log, or a cross, where the section says more. */
        for (size_t j = 0; !one->expression && j < state->thresholds.n; j++) {
            const struct threshold *other = &state->thresholds.at[j];

            explained |=
                other->expression && other->crossed && is_same(other, entry);
        }
        if (is_same(one, entry) && one->crossed && !one->sent && !explained) {
            one->sent = true;
            send_crossed(reader, entry, one);
        }
    }
}

static int by_target_and_metric(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = pfg_k6_target_compare(&left->target, &right->target);

    return order ? order : pfg_k6_metric_compare(&left->metric, &right->metric);
}

static double name_entries(struct pfg_reader *reader, struct state *state)
{
    double n_requests = NAN;
    struct pfg_k6_target script;
    struct pfg_map seen;

    pfg_map_init(&seen, reader->arena);
    pfg_k6_target_parse(&script, pfg_slice_make(NULL, 0), reader->arena);
    pfg_k6_target_see(&seen, &script);
    for (size_t i = 0; i < state->entries.n; i++) {
        pfg_k6_target_see(&seen, &state->entries.at[i].target);
    }
    for (size_t i = 0; i < state->entries.n; i++) {
        struct entry *entry = &state->entries.at[i];

        pfg_k6_target_finish(&entry->target, &seen, reader->arena);
        if (pfg_slice_is(entry->name, "http_reqs") && !entry->tags.len) {
            n_requests = value_of(entry, "count");
        }
    }
    qsort(state->entries.at, state->entries.n, sizeof *state->entries.at,
          by_target_and_metric);
    return n_requests;
}

/* Thresholds of metrics that are nowhere: k6 prints no metric without a
 * sample. */
static void report_absent(struct pfg_reader *reader, const struct state *state)
{
    for (size_t i = 0; i < state->thresholds.n; i++) {
        const struct threshold *one = &state->thresholds.at[i];
        struct entry nothing = {
            .pos = reader->pos,
            .metric = pfg_k6_metric_find(one->metric, reader->arena),
        };
        bool found = false;

        for (size_t j = 0; j < state->entries.n && !found; j++) {
            found = is_same(one, &state->entries.at[j]);
        }
        if (!found && one->crossed) {
            pfg_k6_target_parse(&nothing.target, one->tags, reader->arena);
            send_crossed(reader, &nothing, one);
        }
    }
}

static void flush(struct pfg_reader *reader, struct state *state)
{
    struct pfg_process_start start = {.time = reader->time};
    double n_requests;

    if (!state->entries.n) {
        return;
    }
    if (state->several) {
        reader->sink->process(reader->sink->self, &start);
    }
    state->several = true;
    n_requests = name_entries(reader, state);
    for (size_t i = 0; i < state->entries.n; i++) {
        send_entry(reader, state, &state->entries.at[i], n_requests);
    }
    report_absent(reader, state);
    state->entries.n = state->thresholds.n = 0;
    state->banner = false;
    state->section = pfg_slice_make(NULL, 0);
}

/* ---- What is read ---- */

/* Which readings of a line are sent, and as what. Of checks since 1.0 only
 * one of three lines says something of its own. */
static bool name_reading(struct pfg_reader *reader, struct reading *out,
                         const struct entry *entry)
{
    struct pfg_slice key = out->value.key;

    switch (entry->metric.type) {
    case PFG_STREAM_TREND:
        out->word = pfg_k6_statistic(key, &out->order, reader->arena);
        return out->word != NULL;
    case PFG_STREAM_COUNTER:
        out->order = pfg_slice_is(key, "count");
        out->word = out->order ? "count" : NULL;
        return true;
    default:
        return true;
    }
}

static void copy_readings(struct pfg_reader *reader, struct entry *entry,
                          const struct pfg_k6_text_line *line)
{
    entry->readings =
        pfg_arena_new_array(reader->arena, struct reading, line->n);
    for (size_t i = 0; i < line->n; i++) {
        struct reading *reading = &entry->readings[entry->n];

        *reading = (struct reading){.value = line->values[i]};
        reading->value.key = copy_text(reader, reading->value.key);
        reading->value.printed.digits =
            copy_text(reader, reading->value.printed.digits);
        reading->value.printed.unit =
            copy_text(reader, reading->value.printed.unit);
        if (name_reading(reader, reading, entry)) {
            entry->n++;
        } else {
            pfg_reader_warn(reader, "unknown statistic of a k6 trend: '%.*s'",
                            PFG_SLICE(pfg_slice_first(reading->value.key, 40)));
        }
    }
}

static bool was_seen(const struct state *state, struct pfg_slice name,
                     struct pfg_slice tags)
{
    for (size_t i = 0; i < state->entries.n; i++) {
        if (pfg_slice_eq(state->entries.at[i].name, name) &&
            pfg_slice_eq(state->entries.at[i].tags, tags)) {
            return true;
        }
    }
    return false;
}

static void add_threshold(struct pfg_reader *reader, struct state *state,
                          struct threshold threshold)
{
    if (state->thresholds.n < MAX_THRESHOLDS) {
        pfg_vec_push(&state->thresholds, reader->arena, threshold);
    }
}

/* A gauge is its value, and a counter of k6's own its rate, like in the
 * JSON summaries. */
static void trim_readings(struct entry *entry)
{
    bool counter = entry->metric.type == PFG_STREAM_COUNTER;

    if (counter && entry->n == 2) {
        struct reading count = entry->readings[0];

        entry->count = count.value.printed.value;
        entry->readings[0] = entry->readings[1];
        entry->readings[1] = count;
    }
}

static struct pfg_slice tags_of(struct pfg_reader *reader,
                                const struct state *state,
                                struct pfg_slice tags)
{
    if (!state->section.len) {
        return copy_text(reader, tags);
    }
    return pfg_slice_of(pfg_arena_printf(reader->arena, "%.*s%s%.*s",
                                         PFG_SLICE(state->section),
                                         tags.len ? "," : "", PFG_SLICE(tags)));
}

static void on_metric(struct pfg_reader *reader, struct state *state,
                      const struct pfg_k6_text_line *line)
{
    struct entry entry = {
        .pos = reader->pos,
        .events = line->events,
        .trials = line->trials,
        .count = line->count,
    };

    if (pfg_slice_is(line->name, "checks_total") ||
        pfg_slice_is(line->name, "checks_failed")) {
        return;
    }
    if (line->name.len) {
        state->name = pfg_slice_is(line->name, "checks_succeeded")
                          ? PFG_LIT("checks")
                          : copy_text(reader, line->name);
    }
    entry.name = state->name;
    entry.tags = tags_of(reader, state, line->tags);
    if (was_seen(state, entry.name, entry.tags)) {
        flush(reader, state);
        entry.tags = copy_text(reader, line->tags);
    }
    if (state->entries.n >= MAX_ENTRIES) {
        return;
    }
    entry.metric = pfg_k6_metric_find(entry.name, reader->arena);
    pfg_k6_metric_declare(&entry.metric, line->type, line->contains);
    pfg_k6_target_parse(&entry.target, entry.tags, reader->arena);
    copy_readings(reader, &entry, line);
    trim_readings(&entry);
    pfg_vec_push(&state->entries, reader->arena, entry);
    if (line->crossed) {
        add_threshold(reader, state,
                      (struct threshold){.metric = entry.name,
                                         .tags = entry.tags,
                                         .crossed = true});
    }
}

/* "http_req_duration{name:items}", "{ name:items }" under another */
static void split_target(struct pfg_reader *reader, struct pfg_slice text,
                         struct threshold *out)
{
    size_t open = pfg_slice_find_byte(text, '{');
    struct pfg_slice name = pfg_slice_trim(pfg_slice_first(text, open));
    struct pfg_slice tags = pfg_slice_from(text, open + 1);

    if (name.len) {
        out->metric = copy_text(reader, name);
    }
    tags = pfg_slice_first(tags, pfg_slice_find_last_byte(tags, '}'));
    out->tags = copy_text(reader, pfg_slice_trim(tags));
}

/* Inside of the section: "✗ 'p(95)<500' p(95)=619.54ms", or a metric. */
static bool on_threshold(struct pfg_reader *reader, struct state *state,
                         struct pfg_slice text)
{
    struct pfg_slice rest = text;
    struct threshold threshold = {.metric = state->threshold_name};
    int mark = pfg_k6_text_mark(&rest);
    size_t end;

    if (!mark) {
        split_target(reader, text, &threshold);
        state->threshold_name =
            text.len && text.ptr[0] == '{'
                ? pfg_slice_of(pfg_arena_printf(
                      reader->arena, "%.*s%.*s",
                      PFG_SLICE(pfg_slice_first(
                          state->threshold_name,
                          pfg_slice_find_byte(state->threshold_name, '{'))),
                      PFG_SLICE(text)))
                : copy_text(reader, text);
        return false;
    }
    if (!pfg_take(&rest, "'")) {
        return false;
    }
    end = pfg_slice_find(rest, "' ");
    if (end == rest.len) {
        end = pfg_slice_find_last_byte(rest, '\'');
    }
    split_target(reader, state->threshold_name, &threshold);
    threshold.expression =
        pfg_arena_slice(reader->arena, pfg_slice_first(rest, end));
    threshold.crossed = mark < 0;
    add_threshold(reader, state, threshold);
    return true;
}

/* "... msg="thresholds on metrics 'a{b:c}, d' have been crossed"" */
static bool on_log(struct pfg_reader *reader, struct state *state,
                   struct pfg_slice line)
{
    static const char begin_text[] = "thresholds on metrics '";
    static const char end_text[] = "' have been crossed";
    size_t at = pfg_slice_find(line, begin_text);
    struct pfg_slice rest = pfg_slice_from(line, at + strlen(begin_text));

    if (at == line.len || !pfg_slice_has(rest, end_text)) {
        return false;
    }
    rest = pfg_slice_first(rest, pfg_slice_find(rest, end_text));
    while (rest.len) {
        struct threshold threshold = {.crossed = true};
        size_t end = pfg_slice_find(rest, ", ");

        split_target(reader, pfg_slice_first(rest, end), &threshold);
        add_threshold(reader, state, threshold);
        rest = pfg_slice_from(rest, end + 2);
    }
    return true;
}

static void on_heading(struct pfg_reader *reader, struct state *state,
                       struct pfg_slice heading)
{
    static const struct {
        const char *text, *tag;
    } sections[] = {{"GROUP:", "group"}, {"SCENARIO:", "scenario"}};

    state->in_thresholds = pfg_slice_is(heading, "THRESHOLDS");
    if (state->in_thresholds || pfg_slice_is(heading, "TOTAL RESULTS")) {
        if (state->entries.n) {
            flush(reader, state);
        }
        state->section = pfg_slice_make(NULL, 0);
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (pfg_take(&heading, sections[i].text)) {
            state->section = pfg_slice_of(
                pfg_arena_printf(reader->arena, "%s:%.*s", sections[i].tag,
                                 PFG_SLICE(pfg_slice_trim(heading))));
        }
    }
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;
    struct pfg_slice text = pfg_slice_trim(line), heading;
    struct pfg_k6_text_line metric;

    if (!text.len) {
        return PFG_NOT_MINE;
    }
    if (pfg_slice_starts(text, "scenarios: (")) {
        flush(reader, state);
        state->banner = true;
        state->banner_line = reader->pos.line;
    } else if (pfg_k6_text_heading(&heading, text)) {
        on_heading(reader, state, heading);
    } else if (pfg_slice_find(text, "...:") < text.len &&
               pfg_k6_text_read(&metric, text) &&
               (metric.name.len || state->name.len)) {
        state->in_thresholds = false;
        on_metric(reader, state, &metric);
        return PFG_MINE;
    } else if (state->in_thresholds) {
        return on_threshold(reader, state, text) ? PFG_MINE : PFG_NOT_MINE;
    } else if (on_log(reader, state, text)) {
        return PFG_MINE;
    }
    return PFG_NOT_MINE;
}

static void finish(struct pfg_reader *reader, void *self)
{
    struct state *state = self;

    if (!state->entries.n && state->banner) {
        reader->pos.line = state->banner_line;
        pfg_reader_warn(reader, "k6 began a run here and printed no summary "
                                "of it: was it killed?");
    }
    if (!state->entries.n && state->thresholds.n) {
        report_absent(reader, state);
    }
    flush(reader, state);
}

const struct pfg_ingester pfg_ingester_k6_text = {
    .name = "k6_text",
    .title = "k6's end-of-test summary (text)",
    .looks = "lines 'http_req_duration...: avg=142.57ms min=80.65ms'",
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
};
