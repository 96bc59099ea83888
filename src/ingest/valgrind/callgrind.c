#include <string.h>

#include "ingest/core/ingest.h"

/*
 * The totals of callgrind.out and cachegrind.out files (valgrind,
 * callgrind/dump.c, cachegrind/cg_main.c):
 *
 *   cmd: ./program -x
 *   events: Ir Dr Dw ...
 *   summary: 729613 128173 112040 ...      (cachegrind's last line)
 *   totals: 729613 128173 112040 ...       (callgrind's last line)
 *
 * The same program does the same work, so the counts are exact. A line may have
 * fewer counts than there are events: the rest are zeros. Callgrind writes a
 * part with its own summary for each dump; "totals" is the sum.
 */

#define MAX_EVENTS 32

struct state {
    bool open, done;
    bool callgrind; /* "totals" ends it; its "summary" may be that of a part */
    struct pfg_slice command;
    struct pfg_slice events; /* names, separated by blanks */
    struct pfg_slice counts; /* of the last summary */
    struct pfg_pos pos;
};

static const struct {
    const char *event, *metric;
    enum pfg_direction better;
} meanings[] = {
    {"Ir", "instructions", PFG_LOWER},
    {"I1mr", "I1 misses", PFG_NEUTRAL},
    {"D1mr", "D1 read misses", PFG_NEUTRAL},
    {"D1mw", "D1 write misses", PFG_NEUTRAL},
    {"ILmr", "LL instruction misses", PFG_NEUTRAL},
    {"DLmr", "LL read misses", PFG_NEUTRAL},
    {"DLmw", "LL write misses", PFG_NEUTRAL},
    {"Dr", "data reads", PFG_NEUTRAL},
    {"Dw", "data writes", PFG_NEUTRAL},
    {"Bc", "branches", PFG_NEUTRAL},
    {"Bcm", "branch misses", PFG_NEUTRAL},
    {"Bi", "indirect branches", PFG_NEUTRAL},
    {"Bim", "indirect branch misses", PFG_NEUTRAL},
};

static void send(struct pfg_reader *reader, const struct state *state,
                 struct pfg_slice event, struct pfg_slice digits)
{
    static const struct pfg_unit one = {.factor = 1};
    struct pfg_summary summary = pfg_summary_of(0);
    struct pfg_measurement m = {
        .benchmark = state->command,
        .metric = event,
        .unit = PFG_LIT("1"),
        .summary = &summary,
        .written = &digits,
        .exact = true,
        .pos = state->pos,
    };

    for (size_t i = 0; i < PFG_COUNT(meanings); i++) {
        if (pfg_slice_is(event, meanings[i].event)) {
            m.metric = pfg_slice_of(meanings[i].metric);
            m.better = meanings[i].better;
        }
    }
    if (pfg_unit_convert(&summary.value, digits.len ? digits : PFG_LIT("0"),
                         &one)) {
        m.summary = NULL;
        m.written = NULL;
        m.error = PFG_LIT("not a number");
    }
    reader->sink->measurement(reader->sink->self, &m);
}

static void finish(struct pfg_reader *reader, void *self)
{
    struct state *state = self;
    struct pfg_slice events = state->events, counts = state->counts;

    if (!state->open) {
        return;
    }
    if (!state->done) {
        pfg_reader_fail(reader, "a valgrind profile without totals: the "
                                "program was killed, or the file is cut off");
        return;
    }
    if (!state->command.len) {
        state->command = PFG_LIT("valgrind");
    }
    for (size_t i = 0; i < MAX_EVENTS && pfg_slice_trim(events).len; i++) {
        struct pfg_slice event = pfg_take_word(&events);

        send(reader, state, event, pfg_take_word(&counts));
    }
}

static struct pfg_slice copy_trimmed(struct pfg_reader *reader,
                                     struct pfg_slice text)
{
    return pfg_arena_copy(reader->arena, pfg_slice_trim(text));
}

/* A line of costs or names: "12 40", "+3 12", "fl=(1) x", "calls=1 2" */
static bool is_cost(struct pfg_slice line)
{
    size_t is = pfg_slice_find_byte(line, '=');

    return line.len && (strchr("0123456789+-*", *line.ptr) ||
                        (is >= 2 && is <= 5 && is < line.len));
}

static bool is_begin(struct pfg_slice line)
{
    return pfg_slice_is(line, "# callgrind format") ||
           pfg_slice_starts(line, "desc: I1 cache: ") ||
           pfg_slice_starts(line, "events: Ir");
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;

    if (state->open && pfg_slice_is(line, "# callgrind format")) {
        finish(reader, state);
        *state = (struct state){0};
    }
    if (!state->open && pfg_slice_starts(line, "cmd:")) { /* may be first */
        state->command = copy_trimmed(reader, pfg_slice_from(line, 4));
    }
    if (!state->open && !is_begin(line)) {
        return PFG_NOT_MINE;
    }
    state->open = true;
    state->callgrind |= pfg_slice_is(line, "# callgrind format");
    if (pfg_take(&line, "cmd:")) {
        state->command = copy_trimmed(reader, line);
    } else if (pfg_take(&line, "events:")) {
        state->events = copy_trimmed(reader, line);
    } else if (pfg_take(&line, state->callgrind ? "totals:" : "summary:")) {
        state->counts = copy_trimmed(reader, line);
        state->pos = reader->pos;
        state->done = true;
    } else if (!is_cost(line)) {
        return PFG_NOT_MINE;
    }
    return PFG_ONLY_MINE;
}

const struct pfg_ingester pfg_ingester_callgrind = {
    .name = "callgrind",
    .title = "callgrind.out, cachegrind.out (totals)",
    .looks = "'events: Ir' and 'summary:' or 'totals:'",
    .begins = "#cde",
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
};
