#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/number.h"
#include "stacks/reader.h"

/*
 * `go tool pprof -raw` (github.com/google/pprof, profile.Profile.String) prints
 * "PeriodType: cpu nanoseconds", "Samples:", a line with the columns,
 * "samples/count cpu/nanoseconds"; a line "5 50000000: 1 2 3" for each sample,
 * with its locations, innermost first; then "Locations", with a line for each
 * location and below it the functions inlined there, innermost first; and
 * "Mappings". The column marked "[dflt]" is read, or else the last one.
 */
enum part { HEAD, COLUMNS, SAMPLES, LOCATIONS, REST };

struct sample {
    double count, weight;
    size_t first, n; /* of its locations */
};

struct location {
    size_t frames[16]; /* innermost first */
    size_t n;
};

struct state {
    enum part part;
    size_t column, n_columns;
    bool time;
    PFG_VEC(struct sample) samples;
    PFG_VEC(size_t) ids;
    struct pfg_map locations; /* by ID, a size_t */
    struct location *last;
};

#define MOST_IDS ((size_t)20 << 20)

static bool begins(struct pfg_slice line)
{
    return pfg_slice_starts(line, "PeriodType:");
}

static int read_columns(struct pfg_stack_reader *reader, struct state *state,
                        struct pfg_slice line, struct pfg_error *err)
{
    struct pfg_stack_profile *to = &reader->stacks->profiles[reader->profile];
    struct pfg_slice word, chosen = {"", 0};
    bool marked = false;

    while ((word = pfg_take_word(&line)).len) {
        bool mark = pfg_slice_ends(word, "[dflt]");

        if (!marked) {
            state->column = state->n_columns;
            chosen = word;
        }
        marked |= mark;
        state->n_columns++;
    }
    if (!pfg_slice_has(chosen, "/")) {
        return pfg_stack_fail(reader, err, "'samples/count cpu/nanoseconds'");
    }
    state->time = pfg_slice_has(chosen, "/nanoseconds");
    to->unit = state->time ? "s" : "1";
    to->what = state->time ? "time"
                           : pfg_arena_slice(reader->stacks->arena,
                                             pfg_take_until(&chosen, '/'));
    state->part = SAMPLES;
    return 0;
}

/* "bytes:[4096]" below a sample. */
static bool is_label(struct pfg_slice line)
{
    return pfg_slice_has(line, ":[");
}

static int read_sample(struct pfg_stack_reader *reader, struct state *state,
                       struct pfg_slice line, struct pfg_error *err)
{
    static const char expected[] = "'count value: location...' of a sample";
    struct pfg_slice values, word;
    struct sample sample = {.first = state->ids.n};
    size_t column = 0;

    if (is_label(line)) {
        return 0;
    }
    if (pfg_slice_find_byte(line, ':') == line.len) {
        return pfg_stack_fail(reader, err, expected);
    }
    values = pfg_take_until(&line, ':');
    for (; (word = pfg_take_word(&values)).len; column++) {
        double value;

        if (pfg_stack_weight(&value, word)) {
            return pfg_stack_fail(reader, err, expected);
        }
        sample.count = column ? sample.count : value;
        sample.weight = column == state->column ? value : sample.weight;
    }
    while ((word = pfg_take_word(&line)).len) {
        uint64_t id;

        if (pfg_number_parse_u64(&id, word) || state->ids.n >= MOST_IDS) {
            return pfg_stack_fail(reader, err, expected);
        }
        pfg_vec_push(&state->ids, reader->arena, (size_t)id);
        sample.n++;
    }
    if (column != state->n_columns) {
        return pfg_stack_fail(reader, err, "a value for each column");
    }
    pfg_vec_push(&state->samples, reader->arena, sample);
    return 0;
}

/* "main.lex /path/a.go:12 s=10": the text before the path */
static struct pfg_slice function_of(struct pfg_slice line)
{
    size_t start = pfg_slice_find(line, " s=");

    line = pfg_slice_trim(pfg_slice_first(line, start));
    start = pfg_slice_find_last_byte(line, ' ');
    /* Paths may contain blanks; names of Go and C functions rarely do. */
    for (size_t i = 0; i + 1 < line.len; i++) {
        if (line.ptr[i] == ' ' && line.ptr[i + 1] == '/') {
            start = i;
            break;
        }
    }
    return pfg_slice_trim(pfg_slice_first(line, start));
}

static int read_location(struct pfg_stack_reader *reader, struct state *state,
                         struct pfg_slice line, struct pfg_error *err)
{
    struct pfg_slice rest = pfg_slice_trim(line);
    struct pfg_slice digits = pfg_take_digits(&rest);

    if (digits.len && pfg_take(&rest, ": ")) {
        uint64_t id;
        size_t key;

        if (pfg_number_parse_u64(&id, digits)) {
            return pfg_stack_fail(reader, err, "the number of a location");
        }
        key = (size_t)id;
        state->last = pfg_arena_alloc(reader->arena, sizeof *state->last);
        *pfg_map_at(&state->locations,
                    pfg_slice_make((const char *)&key, sizeof key)) =
            state->last;
        pfg_take_word(&rest); /* the address */
        rest = pfg_slice_trim(rest);
        if (pfg_slice_starts(rest, "M=")) {
            pfg_take_word(&rest);
        }
        rest = pfg_slice_trim(rest);
        if (pfg_slice_starts(rest, "[F] ")) {
            rest = pfg_slice_from(rest, 4);
        }
    }
    if (!state->last) {
        return pfg_stack_fail(reader, err, "'1: 0x4a1b2c M=1 function file:1'");
    }
    if (state->last->n < PFG_COUNT(state->last->frames)) {
        state->last->frames[state->last->n++] = pfg_stacks_frame(
            reader->stacks, function_of(rest), (struct pfg_slice){"", 0});
    }
    return 0;
}

static int read_line(struct pfg_stack_reader *reader, void *self,
                     struct pfg_slice line, struct pfg_error *err)
{
    struct state *state = self;

    line = pfg_slice_trim(line);
    if (pfg_slice_is(line, "Locations")) {
        state->part = LOCATIONS;
        pfg_map_init(&state->locations, reader->arena);
        return 0;
    }
    if (pfg_slice_is(line, "Mappings")) {
        state->part = REST;
        return 0;
    }
    if (!line.len) {
        return 0;
    }
    switch (state->part) {
    case HEAD:
        state->part = pfg_slice_is(line, "Samples:") ? COLUMNS : HEAD;
        return 0;
    case COLUMNS:
        return read_columns(reader, state, line, err);
    case SAMPLES:
        return read_sample(reader, state, line, err);
    case LOCATIONS:
        return read_location(reader, state, line, err);
    case REST:
        break;
    }
    return 0;
}

static int add_sample(struct pfg_stack_reader *reader, struct state *state,
                      const struct sample *sample, struct pfg_error *err)
{
    size_t stack[PFG_STACKS_DEPTH], n = 0;

    for (size_t i = sample->n; i-- > 0;) {
        size_t id = state->ids.at[sample->first + i];
        void **place = pfg_map_find(
            &state->locations, pfg_slice_make((const char *)&id, sizeof id));
        const struct location *location = place ? *place : NULL;

        if (!location) {
            return pfg_stack_fail(reader, err,
                                  "all locations that the samples name");
        }
        for (size_t k = location->n; k-- > 0;) {
            stack[n < PFG_STACKS_DEPTH ? n++ : n - 1] = location->frames[k];
        }
    }
    reader->stacks->profiles[reader->profile].samples += sample->count;
    return pfg_stacks_add(reader->stacks, reader->profile, stack, n,
                          sample->weight * (state->time ? 1e-9 : 1), err);
}

static int finish(struct pfg_stack_reader *reader, void *self,
                  struct pfg_error *err)
{
    struct state *state = self;

    if (state->part < LOCATIONS) {
        return pfg_stack_fail(reader, err, "'Locations': it is cut off");
    }
    for (size_t i = 0; i < state->samples.n; i++) {
        if (add_sample(reader, state, &state->samples.at[i], err)) {
            return -1;
        }
    }
    return 0;
}

const struct pfg_stack_format pfg_stack_format_pprof = {
    .name = "pprof",
    .begins = begins,
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
};
