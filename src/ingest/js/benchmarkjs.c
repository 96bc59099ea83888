#include <stdio.h>

#include "ingest/table/line_table.h"

/*
 * benchmark.js, String(benchmark) (bestiejs/benchmark.js, toStringBench()):
 *
 *   RegExp#test x 4,161,532 ops/sec ±0.99% (59 runs sampled)
 *   Fastest is String#indexOf
 *
 * The margin is half of the mean's 95 % interval, in percent. "Fastest is" is
 * not a result. A benchmark that threw an Error is "name: " with nothing after
 * the blank, because benchmark.js 2 prints no member of the error; it is
 * recognised by that blank and by a result on the line above or below. One that
 * threw anything else cannot be told from the program's own output.
 */

static const struct pfg_line_row rows[] = {
    {"%b x %. ops/sec %.", PFG_LINE_HEAD},
    {"%. x %n ops/sec ±%e%% (%k runs sampled)", PFG_LINE_VALUE, "throughput",
     "ops/s", PFG_HIGHER, .last = true},
    {"%. x %n ops/sec ±%e%% (%k run sampled)", PFG_LINE_VALUE, "throughput",
     "ops/s", PFG_HIGHER, .last = true},
};

static const struct pfg_line_table table = {
    .ends = "sampled)", .commas = true, PFG_LINE_ROWS(rows)};

struct state {
    struct pfg_line_report report;
    long result;      /* the line of the last result */
    char thrown[200]; /* of a line "name: " that a result may follow */
    long thrown_at;
};

static void fail(struct pfg_reader *reader, const char *name, long line)
{
    struct pfg_measurement m = {
        .benchmark = pfg_slice_of(name),
        .metric = PFG_LIT("throughput"),
        .unit = PFG_LIT("1/s"),
        .better = PFG_HIGHER,
        .error = PFG_LIT("it threw an error"),
        .pos = {.file = reader->pos.file, .line = line},
    };

    reader->sink->measurement(reader->sink->self, &m);
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;
    long here = reader->pos.line;
    enum pfg_claim claim = pfg_line_table_line(reader, &state->report, line);

    if (claim == PFG_MINE && state->thrown_at && state->thrown_at == here - 1) {
        fail(reader, state->thrown, state->thrown_at);
    }
    if (claim == PFG_NOT_MINE && line.len > 2 && pfg_slice_ends(line, ": ")) {
        snprintf(state->thrown, sizeof state->thrown, "%.*s",
                 PFG_SLICE(pfg_slice_first(line, line.len - 2)));
        state->thrown_at = here;
        if (state->result && state->result == here - 1) {
            fail(reader, state->thrown, here);
            state->thrown_at = 0;
            claim = PFG_MINE;
        }
    }
    state->result = claim == PFG_MINE ? here : state->result;
    return claim;
}

const struct pfg_ingester pfg_ingester_benchmarkjs = {
    .name = "benchmarkjs",
    .title = "benchmark.js (text)",
    .looks = "lines 'name x 1,234 ops/sec ±0.99% (59 runs sampled)'",
    .lines = &table,
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = pfg_line_table_finish, /* the state begins with the report */
};
