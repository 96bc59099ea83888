#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "ingest/core/load_block.h"
#include "ingest/http/hey_csv.h"

/*
 * hey's report as text, and those of oha and ghz, which look the same:
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
 * None of them says what was measured. hey -o csv is read by hey_csv.c.
 */

#define MAX_PAGES 16
#define SAME_PAGE 0.1 /* the answers of one page differ by less in size */

enum place {
    OUTSIDE,
    BEGUN, /* after "Summary:": may be another tool's */
    SUMMARY,
    LATENCIES,
    CODES,
    ERRORS,
    ELSEWHERE, /* histogram, details */
};

/* The pages of the earlier reports. Only the size of their answers
 * distinguishes them. */
struct history {
    double sizes[MAX_PAGES];
    long seen[MAX_PAGES]; /* the process that measured it last */
    size_t n_pages;
    long process;
};

struct state {
    enum place place;
    const char *tool;
    long line; /* of "Summary:" */
    struct pfg_load_block block;
    double answers, bad, errors;
    struct history history;
    struct pfg_hey_csv csv;
};

/* ---- The report ---- */

static const struct {
    const char *label, *metric, *unit; /* unit: if none is printed */
    enum pfg_direction better;
} labels[] = {
    {"Requests/sec:", "requests", "req/s", PFG_HIGHER},
    {"Average:", "latency mean", "s", PFG_LOWER},
    {"Fastest:", "latency min", "s", PFG_NEUTRAL},
    {"Slowest:", "latency max", "s", PFG_NEUTRAL},
    {"Size/request:", "data received", "B", PFG_NEUTRAL},
    {"Size/sec:", "transfer", "B/s", PFG_HIGHER},
    {"Success rate:", "success", "%", PFG_HIGHER},
    /* totals of the run */
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
    /* oha --stats-success-breakdown: the same again for some of the codes */
    {"Response time histogram (2xx only):", ELSEWHERE},
    {"Response time histogram (4xx + 5xx only):", ELSEWHERE},
    {"Details (average, fastest, slowest):", ELSEWHERE},
    {"Details (average, fastest, slowest)", ELSEWHERE},
};

static void add(struct pfg_reader *reader, struct state *state,
                const char *metric, struct pfg_slice digits,
                struct pfg_slice written_unit, enum pfg_direction better)
{
    struct pfg_unit unit;
    struct pfg_load_reading reading = {
        .metric = pfg_arena_copy(reader->arena, pfg_slice_of(metric)),
        .better = better,
        .printed = {.digits = pfg_arena_copy(reader->arena, digits),
                    .unit = pfg_arena_copy(reader->arena, written_unit)},
        .pos = reader->pos,
    };

    unit = pfg_unit_find(reading.printed.unit);
    reading.unit = unit.base;
    if (pfg_printed_convert(&reading.printed, &unit) ||
        !isfinite(reading.printed.value)) {
        reading.printed.value = NAN;
        reading.error = "not a number";
    }
    pfg_load_block_add(&state->block, reader, &reading);
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
    /* hey leaves percentiles unset if there are few answers: "0% in 0.0000" */
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
    /* ghz prints gRPC's names of codes */
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
    /* oha's own doing, at the end of "-z 10s": not an error */
    if (!pfg_slice_is(pfg_slice_trim(rest), "aborted due to deadline")) {
        state->errors += n;
    }
    return true;
}

static bool too_short(double mean, double resolution)
{
    return mean > 0 && mean < 4 * resolution;
}

/* What is known once the report is complete: with no answers there are no
 * latencies; and a time of 0 was rounded only if answers take less time than
 * hey shows. */
static void correct_readings(struct state *state)
{
    bool idle = state->answers == 0 && state->errors > 0;
    double mean = pfg_load_block_value(&state->block, "latency mean");

    for (size_t i = 0; i < state->block.readings.n; i++) {
        struct pfg_load_reading *reading = &state->block.readings.at[i];
        struct pfg_printed *printed = &reading->printed;

        if (idle && !reading->error &&
            (pfg_slice_starts(reading->metric, "latency") ||
             pfg_slice_is(reading->metric, "requests"))) {
            reading->error = "no requests completed";
        }
        if (printed->value == 0 && !too_short(mean, printed->resolution)) {
            printed->resolution = NAN;
        }
    }
}

static void add_events(struct pfg_reader *reader, struct state *state,
                       const char *metric, double events)
{
    pfg_load_block_add_events(
        &state->block, reader, metric, events, state->answers + state->errors,
        pfg_slice_of(NULL),
        (struct pfg_pos){.file = reader->pos.file, .line = state->line});
}

/* Reports do not say what was measured. If the answers are as large as in an
 * earlier report, the same page was measured again; if not, another one. */
static void find_page(struct pfg_reader *reader, struct state *state)
{
    struct pfg_process_start start = {.time = reader->time};
    struct history *history = &state->history;
    double size = pfg_load_block_value(&state->block, "data received");
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
        pfg_load_block_param(
            &state->block, "report",
            pfg_slice_of(pfg_arena_printf(reader->arena, "%zu", i + 1)));
    }
}

static void flush(struct pfg_reader *reader, struct state *state)
{
    struct history history = state->history;
    struct pfg_hey_csv csv = state->csv;
    double all = state->answers + state->errors;
    bool cut = state->place != CODES && state->place != ERRORS;
    long here = reader->pos.line;

    if (state->place > BEGUN && state->block.readings.n) {
        reader->pos.line = state->line;
        state->block.benchmark = pfg_slice_of(state->tool);
        state->block.n_requests = state->answers;
        find_page(reader, state);
        history = state->history;
        correct_readings(state);
        if (all > 0) {
            add_events(reader, state, "errors", state->errors);
            add_events(reader, state, "errors status", state->bad);
        }
        pfg_load_block_send(&state->block, reader);
        if (cut) {
            pfg_reader_fail(
                reader, "this report does not end with status codes: cut off?");
        }
        reader->pos.line = here;
    }
    *state = (struct state){.history = history, .csv = csv};
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;
    struct pfg_slice text = pfg_slice_trim(line);

    pfg_hey_csv_other_line(&state->csv, reader, text);
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
        /* Such reports begin with one of three lines. */
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

static void finish(struct pfg_reader *reader, void *self)
{
    struct state *state = self;

    flush(reader, state);
    pfg_hey_csv_finish(&state->csv, reader);
}

static enum pfg_claim read_header(struct pfg_reader *reader, void *self,
                                  const struct pfg_csv_row *header)
{
    return pfg_hey_csv_header(&((struct state *)self)->csv, reader, header);
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *self,
                               const struct pfg_csv_row *row)
{
    return pfg_hey_csv_row(&((struct state *)self)->csv, reader, row);
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
