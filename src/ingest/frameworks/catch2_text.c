#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "ingest/core/measurement_builder.h"

/*
 * Catch2's console report (catchorg/Catch2, src/catch2/reporters/
 * catch_reporter_console.cpp), version 2 and 3:
 *
 *   ------------------------------------------------------------------------
 *   sorting
 *     large
 *   ------------------------------------------------------------------------
 *   t.cpp:9
 *   ........................................................................
 *
 *   benchmark name                       samples       iterations    estimated
 *                                        mean          low mean      high mean
 *                                        std dev       low std dev   high std
 * dev
 *   ------------------------------------------------------------------------
 *   iota, 1000                                20           118     8.1538 ms
 *                                     4.07968 us     798.52 ns    17.1063 us
 *                                      14.162 us    201.354 ns    28.1506 us
 *
 * A name that is too long for its column continues below. A benchmark that
 * threw has "Benchmark failed (message)" in its row. Names are as in the XML.
 */

#define MAX_NAME 500
#define RULE     40   /* dashes at least */
#define LEVEL    0.95 /* of the mean, unless changed by an option */
#define FAILED   "Benchmark failed ("

enum place {
    OUTSIDE,
    TITLE,   /* between the rules around a test case's name */
    BETWEEN, /* behind them */
    HEADING, /* of the table */
    ROWS,
    MEAN,
    DEVIATION,
};

struct state {
    enum place place;
    char test[MAX_NAME], sections[MAX_NAME], name[MAX_NAME];
    char sizes[4][24]; /* samples, iterations, estimated time and its unit */
    char mean[6][24], spread[6][24]; /* rows: three numbers with their units */
    long line;                       /* of the benchmark's first row */
    bool failed; /* the test case failed, and was reported */
};

static void append(char out[MAX_NAME], const char *before,
                   struct pfg_slice text)
{
    size_t n = strlen(out);

    snprintf(out + n, MAX_NAME - n, "%s%.*s", n ? before : "",
             (int)fmin((double)text.len, MAX_NAME), text.ptr);
}

static void on_title(struct state *state, struct pfg_slice line)
{
    struct pfg_slice text = pfg_slice_trim(line);

    if (!text.len) {
        state->place = OUTSIDE; /* another tool's rule */
    } else if (pfg_slice_starts(line, "  ")) {
        append(state->sections, "/", text);
    } else {
        append(state->test, " ", text);
    }
}

/* Takes the last n words of a line; false if it has fewer. */
static bool take_last(char cells[][24], size_t n, struct pfg_slice *rest)
{
    while (n--) {
        size_t at;

        *rest = pfg_slice_trim_right(*rest);
        at = pfg_slice_find_last_byte(*rest, ' ');
        at = at < rest->len ? at + 1 : 0;
        if (!rest->len || rest->len - at >= sizeof cells[n]) {
            return false;
        }
        snprintf(cells[n], sizeof cells[n], "%.*s", (int)(rest->len - at),
                 rest->ptr + at);
        rest->len = at;
    }
    return true;
}

static bool is_time(const char number[24], const char unit[24])
{
    double value;

    return !pfg_number_parse(&value, pfg_slice_of(number), 0) &&
           pfg_slice_is(pfg_unit_find(pfg_slice_of(unit)).base, "s");
}

static double seconds(const char number[24], const char unit[24])
{
    struct pfg_unit known = pfg_unit_find(pfg_slice_of(unit));
    double value = NAN;

    pfg_unit_convert(&value, pfg_slice_of(number), &known);
    return value;
}

/* Sends the benchmark, which is complete or failed. */
static void send(struct pfg_reader *reader, struct state *state,
                 struct pfg_slice error)
{
    struct pfg_builder finding = pfg_builder_begin(reader, NULL, NULL);
    struct pfg_summary *summary = &finding.summary;

    if (error.len) {
        finding.m.unit = PFG_LIT("s");
        finding.m.error = error;
    } else {
        pfg_builder_unit(&finding, pfg_slice_of(state->mean[1]));
        pfg_builder_read_summary(&finding, pfg_slice_of(state->mean[0]));
        summary->lower = seconds(state->mean[2], state->mean[3]);
        summary->upper = seconds(state->mean[4], state->mean[5]);
        summary->level = LEVEL;
        summary->stddev = seconds(state->spread[0], state->spread[1]);
        pfg_number_parse(&summary->count, pfg_slice_of(state->sizes[0]), 0);
    }
    finding.m.suite = pfg_slice_of(state->test);
    finding.m.benchmark = pfg_slice_of(
        pfg_arena_printf(reader->arena, "%s%s%s", state->sections,
                         *state->sections ? "/" : "", state->name));
    finding.m.metric = PFG_LIT("time");
    finding.m.better = PFG_LOWER;
    finding.m.pos.line = state->line;
    pfg_builder_send(&finding);
    state->name[0] = '\0';
    state->place = ROWS;
}

/* The end of a table, or of the text. */
static void leave(struct pfg_reader *reader, struct state *state)
{
    if (state->place == MEAN || state->place == DEVIATION) {
        send(reader, state, PFG_LIT("its rows break off"));
    }
    state->place = OUTSIDE;
}

static bool is_rule(struct pfg_slice line, char c)
{
    size_t n = 0;

    line = pfg_slice_trim_right(line);
    while (n < line.len && line.ptr[n] == c) {
        n++;
    }
    return n == line.len && n >= RULE;
}

static enum pfg_claim on_rule(struct pfg_reader *reader, struct state *state)
{
    if (state->place == HEADING) {
        state->place = ROWS;
        return PFG_MINE;
    }
    if (state->place == TITLE) {
        state->place = BETWEEN;
        return PFG_NOT_MINE;
    }
    leave(reader, state);
    *state = (struct state){.place = TITLE};
    return PFG_NOT_MINE;
}

/* "iota, 1000     20     118     8.1538 ms", or the first part of a name */
static enum pfg_claim on_row(struct pfg_reader *reader, struct state *state,
                             struct pfg_slice line)
{
    struct pfg_slice rest = line;
    size_t failed = pfg_slice_find(line, FAILED);
    double count;

    if (!pfg_slice_trim(line).len) {
        state->name[0] = '\0'; /* what stood above was not a name */
        return PFG_NOT_MINE;
    }
    state->line = *state->name ? state->line : reader->pos.line;
    if (failed < line.len) {
        append(state->name, " ", pfg_slice_trim(pfg_slice_first(line, failed)));
        line = pfg_slice_trim(pfg_slice_from(line, failed));
        send(reader, state, line);
        return PFG_MINE;
    }
    if (take_last(state->sizes, 4, &rest) &&
        is_time(state->sizes[2], state->sizes[3]) &&
        !pfg_number_parse(&count, pfg_slice_of(state->sizes[0]), 0)) {
        append(state->name, " ", pfg_slice_trim(rest));
        state->place = MEAN;
        return PFG_MINE;
    }
    append(state->name, " ", pfg_slice_trim(line));
    return PFG_NOT_MINE;
}

static enum pfg_claim on_numbers(struct pfg_reader *reader, struct state *state,
                                 struct pfg_slice line)
{
    char(*cells)[24] = state->place == MEAN ? state->mean : state->spread;

    if (!take_last(cells, 6, &line) || pfg_slice_trim(line).len ||
        !is_time(cells[0], cells[1])) {
        send(reader, state, PFG_LIT("its rows break off"));
        return PFG_NOT_MINE;
    }
    if (state->place == DEVIATION) {
        send(reader, state, pfg_slice_of(NULL));
    } else {
        state->place = DEVIATION;
    }
    return PFG_MINE;
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;

    if (is_rule(line, '-')) {
        return on_rule(reader, state);
    }
    if (state->place == TITLE) {
        on_title(state, line);
    } else if (state->place == BETWEEN &&
               pfg_slice_starts(line, "benchmark name ") &&
               pfg_slice_has(line, " samples ")) {
        state->place = HEADING;
        return PFG_MINE;
    } else if (state->place >= BETWEEN && is_rule(line, '=')) {
        leave(reader, state);
    } else if (state->place >= ROWS && !state->failed &&
               pfg_slice_ends(pfg_slice_trim(line), ": FAILED:")) {
        state->failed = true;
        pfg_reader_fail(reader, "the test case '%.200s' failed", state->test);
        return PFG_MINE;
    } else if (state->place == ROWS) {
        return on_row(reader, state, line);
    } else if (state->place > ROWS) {
        return on_numbers(reader, state, line);
    }
    return state->place == HEADING ? PFG_MINE : PFG_NOT_MINE;
}

static void finish(struct pfg_reader *reader, void *self)
{
    leave(reader, self);
}

const struct pfg_ingester pfg_ingester_catch2_text = {
    .name = "catch2_text",
    .title = "Catch2 (text)",
    .looks = "a test case between rules of dashes, and 'benchmark name  "
             "samples  iterations'",
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
};
