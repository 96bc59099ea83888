#include <math.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "ingest/core/load_block.h"
#include "ingest/core/xml.h"
#include "ingest/http/request_log.h"

/*
 * JMeter's results (apache/jmeter, save/CSVSaveService.java, and saveservice's
 * converters for XML), one row or element per sample:
 *
 *   timeStamp,elapsed,label,responseCode,...,success,...
 *   1795954290259,5,list,200,...,true,...
 *
 *   <testResults version="1.2">
 *     <httpSample t="5" ts="1795954290259" s="true" lb="list" rc="200" .../>
 *
 * Milliseconds. A time stamp is the start of a sample; it may be a date instead
 * (jmeter.save.saveservice.timestamp_format). A label is a benchmark. A failed
 * sample is an error; its time may be that of a refusal, so it is not a
 * latency. A sample inside another one (a page's images, the requests of a
 * transaction) is a part of that one, as in the CSV.
 */

#define MAX_LABELS 10000

struct label {
    struct pfg_request_log log;
    long line;
};

struct state {
    bool begun;
    size_t n_columns, stamp, elapsed, label, success;
    struct pfg_map labels;
    struct pfg_block_pool pool;
    double n_left_out, n_broken;
    double base; /* the first time stamp: milliseconds */
    struct pfg_pos cut;
};

static void begin(struct state *state, struct pfg_arena *arena)
{
    if (!state->begun) {
        pfg_map_init(&state->labels, arena);
        state->pool.arena = arena;
        state->begun = true;
    }
}

static struct label *label_at(struct state *state, struct pfg_slice name,
                              long line)
{
    void **place = pfg_map_find(&state->labels, name);
    struct label *label;

    if (place || state->labels.n >= MAX_LABELS) {
        return place ? *place : NULL;
    }
    place = pfg_map_at(&state->labels, name);
    *place = label = pfg_arena_alloc(state->labels.arena, sizeof *label);
    label->log = pfg_request_log_begin(2000);
    label->line = line;
    return label;
}

/* Milliseconds since 1970, or NAN. */
static double stamp_of(struct pfg_slice text)
{
    char date[40] = "";
    pfg_time time;
    double value;

    if (!pfg_number_parse(&value, text, 0)) {
        return value;
    }
    for (size_t i = 0; i < text.len && i < sizeof date - 1; i++) {
        date[i] = text.ptr[i] == '/' ? '-' : text.ptr[i];
    }
    return pfg_time_parse(&time, pfg_slice_of(date)) ? NAN : (double)time / 1e6;
}

/* Adds a sample from its texts; false if they are not a sample. */
static bool add(struct state *state, struct pfg_slice name,
                struct pfg_slice stamp, struct pfg_slice elapsed,
                struct pfg_slice success, long line)
{
    bool good = pfg_slice_is(success, "true");
    double at = stamp_of(stamp), took = NAN;
    struct label *label;

    if (!good && !pfg_slice_is(success, "false")) {
        return false;
    }
    pfg_number_parse(&took, elapsed, -3);
    if (!state->labels.n) {
        state->base = at;
    }
    label = label_at(state, name.len ? name : PFG_LIT("jmeter"), line);
    if (!label) {
        state->n_left_out++;
        return true;
    }
    pfg_request_log_add(&label->log, &state->pool, (at - state->base) / 1000,
                        took, good ? PFG_REQUEST_GOOD : PFG_REQUEST_FAILED);
    return true;
}

static void send_label(struct pfg_reader *reader, struct state *state,
                       struct pfg_slice name, struct label *label)
{
    struct pfg_request_log *log = &label->log;
    struct pfg_load_block block = {.benchmark = name};
    const struct pfg_measurement like = {
        .benchmark = name,
        .pos = {.file = reader->pos.file, .line = label->line},
    };
    struct pfg_load_reading failed = {
        .metric = PFG_LIT("latency mean"),
        .unit = PFG_LIT("s"),
        .better = PFG_LOWER,
        .error = log->n > 0 ? "no requests completed" : "no sample has a time",
        .pos = like.pos,
    };

    pfg_request_log_send(log, &state->pool, reader, &like);
    if (log->n > 0) {
        pfg_load_block_add_events(&block, reader, "errors", log->n_bad, log->n,
                                  pfg_slice_of(NULL), like.pos);
    }
    if (log->n_bad == log->n) {
        pfg_load_block_add(&block, reader, &failed);
    }
    pfg_load_block_send(&block, reader);
    if (log->latency.bad && log->n > 0) {
        pfg_reader_warn(reader, "%llu samples of '%.*s' have no time: ignored",
                        (unsigned long long)log->latency.bad,
                        PFG_SLICE(pfg_slice_first(name, 100)));
    }
}

static void finish(struct pfg_reader *reader, void *self)
{
    struct state *state = self;

    if (!state->begun) {
        return;
    }
    for (size_t i = 0; i < state->labels.n; i++) {
        send_label(reader, state, state->labels.entries[i].key,
                   state->labels.entries[i].value);
    }
    if (state->n_left_out > 0) {
        pfg_reader_warn(reader,
                        "more than %d labels: %.0f samples of others are "
                        "ignored (do labels contain IDs?)",
                        MAX_LABELS, state->n_left_out);
    }
    if (state->n_broken > (state->cut.line > 0)) {
        pfg_reader_warn(reader, "malformed rows, ignored: %.0f",
                        state->n_broken);
    }
    if (state->cut.line) {
        reader->pos = state->cut;
        pfg_reader_fail(reader, "JMeter's results end inside a row: cut off?");
    }
    state->begun = false;
}

/* --- CSV --- */

static enum pfg_claim read_header(struct pfg_reader *reader, void *self,
                                  const struct pfg_csv_row *header)
{
    struct state *state = self;
    size_t stamp = pfg_csv_find(header, "timeStamp");
    size_t elapsed = pfg_csv_find(header, "elapsed");
    size_t success = pfg_csv_find(header, "success");

    if (stamp == header->n || elapsed == header->n || success == header->n ||
        reader->options->n_csv_columns) {
        return PFG_NOT_MINE;
    }
    if (state->begun) { /* a second run in the same text */
        finish(reader, state);
        *state = (struct state){0};
        reader->sink->process(reader->sink->self,
                              &(struct pfg_process_start){0});
    }
    begin(state, reader->arena);
    state->n_columns = header->n;
    state->stamp = stamp;
    state->elapsed = elapsed;
    state->success = success;
    state->label = pfg_csv_find(header, "label");
    return PFG_MINE;
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *self,
                               const struct pfg_csv_row *row)
{
    struct state *state = self;
    struct pfg_slice stamp = pfg_csv_cell(row, state->stamp);
    bool added = !row->cut && add(state, pfg_csv_cell(row, state->label), stamp,
                                  pfg_csv_cell(row, state->elapsed),
                                  pfg_csv_cell(row, state->success), row->line);

    if (!added && !row->cut && isnan(stamp_of(stamp))) {
        return PFG_NOT_MINE; /* another tool's line */
    }
    state->n_broken += !added;
    state->cut = row->cut || row->n < state->n_columns ? reader->pos
                                                       : (struct pfg_pos){0};
    return PFG_MINE;
}

/* --- XML --- */

static void on_start(struct pfg_xml *xml, const char *name, const char **all)
{
    (void)name;
    if (xml->depth == 1) {
        add(xml->self, pfg_slice_of(pfg_xml_find(all, "lb")),
            pfg_slice_of(pfg_xml_find(all, "ts")),
            pfg_slice_of(pfg_xml_find(all, "t")),
            pfg_slice_of(pfg_xml_find(all, "s")), pfg_xml_line(xml));
    }
}

static enum pfg_claim read_xml(struct pfg_reader *reader, struct pfg_slice text)
{
    static const struct pfg_xml_handlers handlers = {
        {"testResults"}, on_start, NULL};
    struct state state = {0};

    begin(&state, reader->arena);
    if (pfg_xml_read(reader, text, &handlers, &state) == PFG_NOT_MINE) {
        return PFG_NOT_MINE;
    }
    finish(reader, &state);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_jmeter = {
    .name = "jmeter",
    .title = "JMeter's results (JTL: CSV, XML)",
    .looks = "a CSV header with 'timeStamp', 'elapsed' and 'success', or XML "
             "with the root <testResults>",
    .state_size = sizeof(struct state),
    .header = read_header,
    .row = read_row,
    .finish = finish,
    .xml = read_xml,
};
