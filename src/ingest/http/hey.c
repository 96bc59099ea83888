#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "ingest/core/ingest.h"
#include "ingest/core/printed_number.h"
#include "ingest/http/request_log.h"

/*
 * hey's report as text, and those of oha and ghz, which have its form:
 *
 *     Summary:
 *       Total:        10.0022 secs
 *       Slowest:      0.0144 secs
 *       Fastest:      0.0003 secs
 *       Average:      0.0016 secs
 *       Requests/sec: 24820.7057
 *     Latency distribution:
 *       50% in 0.0016 secs
 *     Status code distribution:
 *       [200]  248262 responses
 *     Error distribution:
 *       [3]    Get "http://localhost:8000": dial tcp: connection refused
 *
 * and hey -o csv, a row for each request that was answered:
 *
 *     response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,
 *     status-code,offset
 *
 * None says of what it is a report.
 */

#define MAX_READINGS 32
#define MAX_PAGES    16
#define SAME_PAGE    0.1 /* answers of one page differ by less */

enum place {
    OUTSIDE,
    BEGUN, /* "Summary:", and nothing yet that is certain */
    SUMMARY,
    LATENCIES,
    CODES,
    ERRORS,
    ELSEWHERE, /* histogram, details */
};

struct reading {
    char metric[32], digits[32], unit[16];
    enum pfg_direction better;
    long line;
};

/* Of the CSV. */
struct table {
    bool begun, short_row;
    size_t n_columns, status, offset;
    struct pfg_pos pos, short_at;
    struct pfg_block_pool pool;
    struct pfg_request_log log;
};

/* What was seen before this report: how large the answers were of what was
 * measured, as that is all that tells one page from another. */
struct history {
    double sizes[MAX_PAGES];
    long seen[MAX_PAGES]; /* in which process */
    size_t n_pages;
    long process;
};

struct state {
    enum place place;
    const char *tool;
    long line; /* of "Summary:" */
    struct reading readings[MAX_READINGS];
    size_t n;
    double answers, bad, errors;
    struct pfg_param page; /* "report": of the second page on */
    char number[8];
    struct history history;
    struct table table;
};

/* ---- The report ---- */

static const struct {
    const char *label, *metric, *unit; /* unit: where none is printed */
    enum pfg_direction better;
} labels[] = {
    {"Requests/sec:", "requests", "req/s", PFG_HIGHER},
    {"Average:", "latency mean", "s", PFG_LOWER},
    {"Fastest:", "latency min", "s", PFG_NEUTRAL},
    {"Slowest:", "latency max", "s", PFG_NEUTRAL},
    {"Size/request:", "data received", "B", PFG_NEUTRAL},
    {"Size/sec:", "transfer", "B/s", PFG_HIGHER},
    {"Success rate:", "success", "%", PFG_HIGHER},
    /* the length of the run, and what it adds up to */
    {"Total:", NULL, NULL, PFG_NEUTRAL},
    {"Total data:", NULL, NULL, PFG_NEUTRAL},
    {"Count:", NULL, NULL, PFG_NEUTRAL},
};

static const struct {
    const char *text;
    enum place place;
} headings[] = {
    {"Latency distribution:", LATENCIES},
    {"Response time distribution:", LATENCIES},
    {"Status code distribution:", CODES},
    {"Error distribution:", ERRORS},
    {"Response time histogram:", ELSEWHERE},
    /* oha --stats-success-breakdown: their distributions follow */
    {"Response time histogram (2xx only):", ELSEWHERE},
    {"Response time histogram (4xx + 5xx only):", ELSEWHERE},
    {"Details (average, fastest, slowest):", ELSEWHERE},
    {"Details (average, fastest, slowest)", ELSEWHERE},
};

static void copy(char *out, size_t size, struct pfg_slice text)
{
    snprintf(out, size, "%.*s", PFG_SLICE(pfg_slice_first(text, size - 1)));
}

static void add(struct pfg_reader *reader, struct state *state,
                const char *metric, struct pfg_slice digits,
                struct pfg_slice unit, enum pfg_direction better)
{
    struct reading *reading = &state->readings[state->n];

    if (state->n < MAX_READINGS) {
        state->n++;
        copy(reading->metric, sizeof reading->metric, pfg_slice_of(metric));
        copy(reading->digits, sizeof reading->digits, digits);
        copy(reading->unit, sizeof reading->unit, unit);
        reading->better = better;
        reading->line = reader->pos.line;
    }
}

/* "0.0144 secs", "24820.7057", "43.24 MiB", "100.00%", "NaN secs" */
static bool parse_value(struct pfg_slice *digits, struct pfg_slice *unit,
                        struct pfg_slice text)
{
    struct pfg_slice rest = pfg_slice_trim(text);

    *digits = pfg_take_number(&rest);
    if (!digits->len &&
        (pfg_slice_starts(rest, "NaN") || pfg_slice_starts(rest, "nan"))) {
        *digits = pfg_slice_first(rest, 3);
        rest = pfg_slice_from(rest, 3);
    }
    *unit = pfg_slice_trim(rest);
    return digits->len && pfg_slice_find_byte(*unit, ' ') == unit->len;
}

static bool on_label(struct pfg_reader *reader, struct state *state,
                     struct pfg_slice text)
{
    for (size_t i = 0; i < PFG_COUNT(labels); i++) {
        struct pfg_slice rest = text, digits, unit;
        char per_second[24];

        if (!pfg_take(&rest, labels[i].label) ||
            !parse_value(&digits, &unit, rest)) {
            continue;
        }
        state->tool = !strcmp(labels[i].label, "Success rate:") ? "oha"
                      : !strcmp(labels[i].label, "Count:")      ? "ghz"
                                                                : state->tool;
        if (!unit.len && labels[i].unit) {
            unit = pfg_slice_of(labels[i].unit);
        } else if (labels[i].unit && !strcmp(labels[i].unit, "B/s")) {
            snprintf(per_second, sizeof per_second, "%.*s/s",
                     PFG_SLICE(pfg_slice_first(unit, 10)));
            unit = pfg_slice_of(per_second);
        }
        if (labels[i].metric) {
            add(reader, state, labels[i].metric, digits, unit,
                labels[i].better);
        }
        return true;
    }
    return false;
}

/* "50% in 0.0016 secs", also "50.00%", "50 % in 33.23 ms", "50%% in" */
static bool on_percentile(struct pfg_reader *reader, struct state *state,
                          struct pfg_slice text)
{
    struct pfg_slice rest = text, digits, unit;
    struct pfg_slice percent = pfg_take_number(&rest);
    char metric[32], shortest[PFG_NUMBER_TEXT];
    double p, value;

    rest = pfg_slice_trim_left(rest);
    if (pfg_number_parse(&p, percent, 0) || !(p >= 0 && p <= 100) ||
        !pfg_take(&rest, "%")) {
        return false;
    }
    (void)pfg_take(&rest, "%");
    if (!pfg_take(&rest, " in ") || !parse_value(&digits, &unit, rest)) {
        return false;
    }
    /* with few answers hey leaves its last percentiles unset: "0% in 0.0000" */
    if (p == 0 && !pfg_number_parse(&value, digits, 0) && value == 0) {
        return true;
    }
    snprintf(metric, sizeof metric, "latency p%.20s",
             pfg_number_shortest(shortest, p));
    add(reader, state, metric, digits, unit, PFG_LOWER);
    return true;
}

/* "[200]  248262 responses" */
static bool on_code(struct state *state, struct pfg_slice text)
{
    struct pfg_slice rest = text, code;
    double number = 0, n;

    if (!pfg_take(&rest, "[")) {
        return false;
    }
    code = pfg_take_until(&rest, ']');
    rest = pfg_slice_trim_left(rest);
    if (pfg_number_parse(&n, pfg_take_digits(&rest), 0) ||
        !pfg_slice_starts(rest, " responses")) {
        return false;
    }
    state->answers += n;
    /* ghz prints gRPC's words */
    if (pfg_number_parse(&number, code, 0) ? !pfg_slice_is(code, "OK")
                                           : number >= 400) {
        state->bad += n;
    }
    return true;
}

/* "[3]  Get ...: connection refused" */
static bool on_error(struct state *state, struct pfg_slice text)
{
    struct pfg_slice rest = text;
    double n;

    if (!pfg_take(&rest, "[") ||
        pfg_number_parse(&n, pfg_take_digits(&rest), 0) ||
        !pfg_take(&rest, "]")) {
        return false;
    }
    /* by oha itself, at the end of "-z 10s": no answer, and no error */
    if (!pfg_slice_is(pfg_slice_trim(rest), "aborted due to deadline")) {
        state->errors += n;
    }
    return true;
}

static struct pfg_measurement begin(const struct pfg_reader *reader,
                                    const char *tool, const char *metric,
                                    enum pfg_direction better, long line)
{
    return (struct pfg_measurement){
        .benchmark = pfg_slice_of(tool),
        .metric = pfg_slice_of(metric),
        .unit = PFG_LIT("1"),
        .better = better,
        .pos = {.file = reader->pos.file, .line = line},
    };
}

static void set_page(struct pfg_measurement *m, const struct state *state)
{
    m->params = &state->page;
    m->n_params = state->page.key.len > 0;
}

static double value_of(const struct state *state, const char *metric)
{
    double value = NAN;

    for (size_t i = 0; i < state->n; i++) {
        const struct reading *reading = &state->readings[i];
        struct pfg_unit unit = pfg_unit_find(pfg_slice_of(reading->unit));

        if (!strcmp(reading->metric, metric)) {
            pfg_unit_convert(&value, pfg_slice_of(reading->digits), &unit);
        }
    }
    return value;
}

static bool too_short(double mean, double resolution)
{
    return mean > 0 && mean < 4 * resolution;
}

static void send_reading(struct pfg_reader *reader, const struct state *state,
                         const struct reading *reading)
{
    struct pfg_slice written = pfg_slice_of(reading->digits);
    struct pfg_unit unit = pfg_unit_find(pfg_slice_of(reading->unit));
    struct pfg_printed printed = {.digits = written};
    struct pfg_summary summary = pfg_summary_of(NAN);
    struct pfg_measurement m = begin(reader, state->tool, reading->metric,
                                     reading->better, reading->line);
    bool latency = !strncmp(reading->metric, "latency", 7);
    bool idle = state->answers == 0 && state->errors > 0;

    set_page(&m, state);
    m.unit = unit.base;
    m.written_unit = pfg_slice_of(reading->unit);
    if (pfg_printed_convert(&printed, &unit) || !isfinite(printed.value)) {
        m.error = PFG_LIT("not a number");
    } else if (idle && (latency || !strcmp(reading->metric, "requests"))) {
        m.error = PFG_LIT("no requests completed");
    } else {
        summary.value = printed.value;
        /* of answers that take less than hey shows, else of none */
        if (printed.value != 0 ||
            too_short(value_of(state, "latency mean"), printed.resolution)) {
            summary.resolution = printed.resolution;
        }
        if (latency && state->answers > 0) {
            summary.count = state->answers;
        }
        if (!strcmp(reading->metric, "latency mean")) {
            summary.min = value_of(state, "latency min");
            summary.max = value_of(state, "latency max");
        }
        m.summary = &summary;
        m.written = &written;
    }
    reader->sink->measurement(reader->sink->self, &m);
}

/* `state` is NULL for the table. */
static void send_events(struct pfg_reader *reader, const struct state *state,
                        const char *metric, double events, double trials,
                        long line)
{
    struct pfg_summary summary = pfg_summary_of(events);
    struct pfg_measurement m =
        begin(reader, state ? state->tool : "hey", metric, PFG_LOWER, line);

    if (state) {
        set_page(&m, state);
    }
    m.summary = &summary;
    m.events = events;
    m.trials = trials;
    if (trials > 0) {
        reader->sink->measurement(reader->sink->self, &m);
    }
}

/* Reports say nothing of what they are of. One whose answers are as large as
 * those of an earlier one is that once more; another one is of something
 * else. */
static void find_page(struct pfg_reader *reader, struct state *state)
{
    struct pfg_process_start start = {.time = reader->time};
    struct history *history = &state->history;
    double size = value_of(state, "data received");
    size_t i = 0;

    while (i < history->n_pages && isfinite(size) &&
           isfinite(history->sizes[i]) &&
           fabs(size - history->sizes[i]) >
               SAME_PAGE * fmax(size, history->sizes[i])) {
        i++;
    }
    i -= i == MAX_PAGES;
    if (i == history->n_pages) {
        history->sizes[history->n_pages++] = size;
        if (i) {
            pfg_reader_warn(reader,
                            "responses of %g bytes, but the first report had "
                            "%g: treated as another benchmark (%s report=%zu)",
                            size, history->sizes[0], state->tool, i + 1);
        }
    } else if (history->seen[i] == history->process) {
        history->process++;
        reader->sink->process(reader->sink->self, &start);
    }
    history->seen[i] = history->process;
    if (i) {
        snprintf(state->number, sizeof state->number, "%zu", i + 1);
        state->page =
            (struct pfg_param){PFG_LIT("report"), pfg_slice_of(state->number)};
    }
}

static void flush(struct pfg_reader *reader, struct state *state)
{
    struct history history = state->history;
    struct table table = state->table;
    double all = state->answers + state->errors;
    bool cut = state->place != CODES && state->place != ERRORS;
    long here = reader->pos.line;

    if (state->place > BEGUN && state->n) {
        reader->pos.line = state->line;
        find_page(reader, state);
        history = state->history;
        reader->pos.line = here;
        for (size_t i = 0; i < state->n; i++) {
            send_reading(reader, state, &state->readings[i]);
        }
        send_events(reader, state, "errors", state->errors, all, state->line);
        send_events(reader, state, "errors status", state->bad, all,
                    state->line);
        if (cut) {
            reader->pos.line = state->line;
            pfg_reader_fail(
                reader, "this report does not end with status codes: cut off?");
            reader->pos.line = here;
        }
    }
    *state = (struct state){.history = history, .table = table};
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;
    struct pfg_slice text = pfg_slice_trim(line);

    /* What follows a row that is too short shows that it was none. */
    if (text.len && reader->pos.line > state->table.short_at.line) {
        state->table.short_row = false;
    }
    if (pfg_slice_is(text, "Summary:")) {
        flush(reader, state);
        state->place = BEGUN;
        state->tool = "hey";
        state->line = reader->pos.line;
        return PFG_NOT_MINE;
    }
    if (state->place == OUTSIDE || !text.len) {
        return PFG_NOT_MINE;
    }
    for (size_t i = 0; state->place > BEGUN && i < PFG_COUNT(headings); i++) {
        if (pfg_slice_is(text, headings[i].text)) {
            state->place = headings[i].place;
            return PFG_MINE;
        }
    }
    switch (state->place) {
    case BEGUN:
        /* What follows must be one of the three that such reports begin with */
        state->place = OUTSIDE;
        if ((pfg_slice_starts(text, "Total:") ||
             pfg_slice_starts(text, "Success rate:") ||
             pfg_slice_starts(text, "Count:")) &&
            on_label(reader, state, text)) {
            state->place = SUMMARY;
            return PFG_MINE;
        }
        return PFG_NOT_MINE;
    case SUMMARY:
        return on_label(reader, state, text) ? PFG_MINE : PFG_NOT_MINE;
    case LATENCIES:
        return on_percentile(reader, state, text) ? PFG_MINE : PFG_NOT_MINE;
    case CODES:
        return on_code(state, text) ? PFG_MINE : PFG_NOT_MINE;
    case ERRORS:
        return on_error(state, text) ? PFG_MINE : PFG_NOT_MINE;
    default:
        return PFG_NOT_MINE;
    }
}

/* ---- The table ---- */

static void send_table(struct pfg_reader *reader, struct table *table);

static enum pfg_claim read_header(struct pfg_reader *reader, void *self,
                                  const struct pfg_csv_row *header)
{
    struct state *state = self;
    struct table *table = &state->table;

    if (header->n < 6 || !pfg_slice_is(header->cells[0], "response-time") ||
        !pfg_slice_is(header->cells[1], "DNS+dialup")) {
        return PFG_NOT_MINE;
    }
    if (table->begun) {
        send_table(reader, table);
        reader->sink->process(reader->sink->self,
                              &(struct pfg_process_start){0});
    }
    *table = (struct table){
        .begun = true,
        .n_columns = header->n,
        .status = pfg_csv_find(header, "status-code"),
        .offset = pfg_csv_find(header, "offset"),
        .pos = reader->pos,
        .pool = {.arena = reader->arena},
        .log = pfg_request_log_begin(10000),
    };
    return PFG_MINE;
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *self,
                               const struct pfg_csv_row *row)
{
    struct table *table = &((struct state *)self)->table;
    double seconds = NAN, offset = 0, status = 0;

    if (row->cut || row->n < table->n_columns) {
        table->short_row = true;
        table->short_at = reader->pos;
        return row->cut ? PFG_MINE : PFG_NOT_MINE;
    }
    if (pfg_number_parse(&seconds, pfg_slice_trim(row->cells[0]), 0)) {
        return PFG_NOT_MINE;
    }
    pfg_number_parse(&offset, pfg_csv_cell(row, table->offset), 0);
    pfg_number_parse(&status, pfg_csv_cell(row, table->status), 0);
    pfg_request_log_add(&table->log, &table->pool, offset, seconds,
                        status >= 400 ? PFG_REQUEST_BAD : PFG_REQUEST_GOOD);
    return PFG_MINE;
}

static void send_table(struct pfg_reader *reader, struct table *table)
{
    const struct pfg_measurement like =
        begin(reader, "hey", "", PFG_LOWER, table->pos.line);

    if (table->offset >= table->n_columns) {
        table->log.last = 0; /* no rate */
    }
    pfg_request_log_send(&table->log, &table->pool, reader, &like);
    if (table->status < table->n_columns) {
        send_events(reader, NULL, "errors status", table->log.n_bad,
                    table->log.n, table->pos.line);
    }
    if (table->log.latency.bad) {
        pfg_reader_warn(reader, "%llu rows have no time: ignored",
                        (unsigned long long)table->log.latency.bad);
    }
    if (table->short_row) {
        reader->pos = table->short_at;
        pfg_reader_fail(reader, "hey's CSV ends inside a row: cut off?");
    }
}

static void finish(struct pfg_reader *reader, void *self)
{
    struct state *state = self;

    flush(reader, state);
    if (state->table.begun) {
        send_table(reader, &state->table);
    }
}

const struct pfg_ingester pfg_ingester_hey = {
    .name = "hey",
    .title = "hey, oha, ghz (text), hey -o csv",
    .looks = "'Summary:' and 'Requests/sec:'; a header 'response-time,...'",
    .state_size = sizeof(struct state),
    .line = read_line,
    .header = read_header,
    .row = read_row,
    .finish = finish,
};
