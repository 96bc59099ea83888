#include <math.h>
#include <string.h>

#include "ingest/k6/k6_results.h"
#include "ingest/k6/k6_text_line.h"

/*
 * k6's end-of-test text. Its lines (k6_text_line.h) are collected and sent at
 * the end of the text or when another run begins. Numbers in it are rounded, so
 * each has a resolution.
 *
 * Before 1.0 a cross before a metric means that a threshold on it was crossed.
 * Since then thresholds have their own section,
 *
 *     █ THRESHOLDS
 *       http_req_duration
 *       ✗ 'p(95)<500' p(95)=619.54ms
 *
 * and k6 logs the names of the metrics: "thresholds on metrics 'a, b' have been
 * crossed". In the full mode the metrics are repeated for groups and scenarios,
 * under their own headings.
 */

#define MAX_ENTRIES    10000
#define MAX_THRESHOLDS 1000

/* A threshold. Its metric may be printed further below. */
struct threshold {
    struct pfg_slice metric, tags;
    struct pfg_k6_threshold on;
};

struct state {
    bool banner, in_thresholds;
    long banner_line;
    bool several; /* there are several runs in this text */
    struct pfg_k6_results results;
    PFG_VEC(struct threshold) thresholds;
    struct pfg_slice name;           /* the last metric, for its sub-metrics */
    struct pfg_slice section;        /* "group:x", in the full mode */
    struct pfg_slice threshold_name; /* metric in the section on thresholds */
};

static struct pfg_k6_entry *find_entry(const struct state *state,
                                       struct pfg_slice name,
                                       struct pfg_slice tags)
{
    for (size_t i = 0; i < state->results.entries.n; i++) {
        struct pfg_k6_entry *entry = &state->results.entries.at[i];

        if (pfg_slice_eq(entry->name, name) &&
            pfg_slice_eq(entry->tags, tags)) {
            return entry;
        }
    }
    return NULL;
}

/* Gives the thresholds to their entries. k6 does not print a metric without
 * samples, so a crossed threshold without an entry gets a new one. */
static void place_thresholds(struct pfg_reader *reader, struct state *state)
{
    for (size_t i = 0; i < state->thresholds.n; i++) {
        const struct threshold *one = &state->thresholds.at[i];
        struct pfg_k6_entry *entry = find_entry(state, one->metric, one->tags);

        if (!entry && one->on.crossed) {
            pfg_vec_push(&state->results.entries, reader->arena,
                         pfg_k6_entry_begin(reader, one->on.pos, one->metric,
                                            one->tags));
            entry = &state->results.entries.at[state->results.entries.n - 1];
        }
        if (entry) {
            pfg_vec_push(&entry->thresholds, reader->arena, one->on);
        }
    }
    state->thresholds.n = 0;
}

static void flush(struct pfg_reader *reader, struct state *state)
{
    struct pfg_process_start start = {.time = reader->time};

    if (!state->results.entries.n) {
        return;
    }
    if (state->several) {
        reader->sink->process(reader->sink->self, &start);
    }
    state->several = true;
    state->results.reader = reader;
    place_thresholds(reader, state);
    pfg_k6_results_send(&state->results);
    state->banner = false;
    state->section = pfg_slice_make(NULL, 0);
}

static void add_readings(struct pfg_reader *reader, struct pfg_k6_entry *entry,
                         const struct pfg_k6_text_line *line)
{
    for (size_t i = 0; i < line->n; i++) {
        const struct pfg_k6_text_value *value = &line->values[i];
        struct pfg_k6_reading reading = {
            .key = pfg_arena_copy(reader->arena, value->key),
            .value = value->printed.value,
            .resolution = value->printed.resolution,
            .digits = pfg_arena_copy(reader->arena, value->printed.digits),
            .unit = pfg_arena_copy(reader->arena, value->printed.unit),
            .error =
                isfinite(value->printed.value) ? NULL : "not a finite number",
        };

        pfg_k6_entry_add(entry, reader, reader->pos, &reading);
    }
}

static void add_threshold(struct pfg_reader *reader, struct state *state,
                          struct threshold threshold)
{
    threshold.on.pos = reader->pos;
    if (state->thresholds.n < MAX_THRESHOLDS) {
        pfg_vec_push(&state->thresholds, reader->arena, threshold);
    }
}

static struct pfg_slice tags_of(struct pfg_reader *reader,
                                const struct state *state,
                                struct pfg_slice tags)
{
    if (!state->section.len) {
        return pfg_arena_copy(reader->arena, tags);
    }
    return pfg_slice_of(pfg_arena_printf(reader->arena, "%.*s%s%.*s",
                                         PFG_SLICE(state->section),
                                         tags.len ? "," : "", PFG_SLICE(tags)));
}

/* Handles a metric. Of three lines on checks (since 1.0) only one has news. */
static void on_metric(struct pfg_reader *reader, struct state *state,
                      const struct pfg_k6_text_line *line)
{
    struct pfg_k6_entry entry;
    struct pfg_slice tags;

    if (pfg_slice_is(line->name, "checks_total") ||
        pfg_slice_is(line->name, "checks_failed")) {
        return;
    }
    if (line->name.len) {
        state->name = pfg_slice_is(line->name, "checks_succeeded")
                          ? PFG_LIT("checks")
                          : pfg_arena_copy(reader->arena, line->name);
    }
    tags = tags_of(reader, state, line->tags);
    if (find_entry(state, state->name, tags)) {
        flush(reader, state);
        tags = pfg_arena_copy(reader->arena, line->tags);
    }
    if (state->results.entries.n >= MAX_ENTRIES) {
        return;
    }
    entry = pfg_k6_entry_begin(reader, reader->pos, state->name, tags);
    pfg_k6_metric_declare(&entry.metric, line->type, line->contains);
    entry.events = line->events;
    entry.trials = line->trials >= 0 ? line->trials : NAN;
    entry.count = line->count >= 0 ? line->count : NAN;
    add_readings(reader, &entry, line);
    pfg_vec_push(&state->results.entries, reader->arena, entry);
    if (line->crossed) {
        add_threshold(reader, state,
                      (struct threshold){.metric = entry.name,
                                         .tags = entry.tags,
                                         .on = {.crossed = true}});
    }
}

/* Splits "http_req_duration{name:items}", or "{ name:items }" below another
 * metric. */
static void split_target(struct pfg_reader *reader, struct pfg_slice text,
                         struct threshold *out)
{
    size_t open = pfg_slice_find_byte(text, '{');
    struct pfg_slice name = pfg_slice_trim(pfg_slice_first(text, open));
    struct pfg_slice tags = pfg_slice_from(text, open + 1);

    if (name.len) {
        out->metric = pfg_arena_copy(reader->arena, name);
    }
    tags = pfg_slice_first(tags, pfg_slice_find_last_byte(tags, '}'));
    out->tags = pfg_arena_copy(reader->arena, pfg_slice_trim(tags));
}

/* Handles a line in the section on thresholds: "✗ 'p(95)<500' p(95)=619.54ms"
 * or a metric. */
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
                : pfg_arena_copy(reader->arena, text);
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
    threshold.on.expression =
        pfg_arena_slice(reader->arena, pfg_slice_first(rest, end));
    threshold.on.crossed = mark < 0;
    add_threshold(reader, state, threshold);
    return true;
}

/* Handles "... msg="thresholds on metrics 'a{b:c}, d' have been crossed"". */
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
        struct threshold threshold = {.on = {.crossed = true}};
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
        if (state->results.entries.n) {
            flush(reader, state);
        }
        state->section = pfg_slice_make(NULL, 0);
    }
    for (size_t i = 0; i < PFG_COUNT(sections); i++) {
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

    if (!state->results.entries.n && state->banner) {
        reader->pos.line = state->banner_line;
        pfg_reader_warn(
            reader,
            "k6 started a run here but printed no summary: was it killed?");
    }
    place_thresholds(reader, state);
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
