#include <ctype.h>
#include <string.h>

#include "base/number.h"
#include "stacks/reader.h"

/*
 * `perf script` (tools/perf/builtin-script.c) prints for each sample a line
 * "comm pid/tid [cpu] time: period event:" and its stack, innermost function
 * first, with a line "address symbol+0x1f (object)" per frame, up to an empty
 * line. Without a call graph the only frame follows the event.
 */
struct state {
    bool open;
    bool clock; /* periods are nanoseconds */
    double period;
    const char *event; /* the first one; samples of others are not read */
    size_t frames[PFG_STACKS_DEPTH]; /* innermost first */
    size_t n;
};

/* "1003009 cpu-clock:uhH:", after the time */
struct header {
    double period;
    struct pfg_slice event, rest;
};

/* "60430.202587:" */
static bool is_time(struct pfg_slice word)
{
    double seconds;

    if (!pfg_slice_ends(word, ":")) {
        return false;
    }
    word.len--;
    return pfg_slice_find_byte(word, '.') < word.len &&
           !pfg_number_parse(&seconds, word, 0);
}

static bool read_header(struct header *out, struct pfg_slice line)
{
    struct pfg_slice word, before;

    if (!line.len || isspace((unsigned char)*line.ptr)) {
        return false;
    }
    do {
        word = pfg_take_word(&line);
        if (!word.len) {
            return false;
        }
    } while (!is_time(word));
    before = line;
    word = pfg_take_word(&line);
    out->period = 1;
    if (pfg_stack_weight(&out->period, word)) {
        line = before;
    }
    out->event = pfg_take_word(&line);
    if (!pfg_slice_ends(out->event, ":")) {
        return false;
    }
    while (pfg_slice_ends(out->event, ":")) {
        out->event.len--;
    }
    out->rest = pfg_slice_trim(line);
    return true;
}

static bool begins(struct pfg_slice line)
{
    struct header header;

    return read_header(&header, line);
}

static int finish(struct pfg_stack_reader *reader, void *self,
                  struct pfg_error *err)
{
    struct state *state = self;
    size_t stack[PFG_STACKS_DEPTH];
    size_t n = state->n;

    if (!state->open) {
        return 0;
    }
    state->open = false;
    if (!n) {
        state->frames[n++] = pfg_stacks_frame(
            reader->stacks, PFG_LIT("[no stack]"), PFG_LIT("[perf]"));
    }
    for (size_t i = 0; i < n; i++) {
        stack[i] = state->frames[n - 1 - i];
    }
    reader->stacks->profiles[reader->profile].samples++;
    return pfg_stacks_add(reader->stacks, reader->profile, stack, n,
                          state->clock ? state->period * 1e-9 : state->period,
                          err);
}

/* "11d3 lex.constprop.0+0x13 (/tmp/b)". Names of C++ functions and of objects
 * may contain blanks. */
static bool read_frame(struct pfg_stack_reader *reader, struct state *state,
                       struct pfg_slice line)
{
    struct pfg_slice address = pfg_take_word(&line), object;
    size_t paren;

    line = pfg_slice_trim(line);
    for (size_t i = 0; i < address.len; i++) {
        if (!isxdigit((unsigned char)address.ptr[i])) {
            return false;
        }
    }
    if (pfg_slice_ends(line, " (inlined)")) {
        line.len -= strlen(" (inlined)");
        object = pfg_slice_make("", 0);
    } else {
        paren = line.len;
        while (paren && line.ptr[paren - 1] != '(') {
            paren--;
        }
        if (!address.len || paren < 1 || !pfg_slice_ends(line, ")")) {
            return false;
        }
        object = pfg_slice_range(line.ptr + paren, line.ptr + line.len - 1);
        line = pfg_slice_trim(pfg_slice_first(line, paren - 1));
    }
    if (state->n < PFG_STACKS_DEPTH) {
        state->frames[state->n++] =
            pfg_stacks_frame(reader->stacks, line, object);
    }
    return true;
}

static int open_sample(struct pfg_stack_reader *reader, struct state *state,
                       const struct header *header, struct pfg_error *err)
{
    struct pfg_stack_profile *to = &reader->stacks->profiles[reader->profile];

    if (!state->event) {
        state->event = pfg_arena_slice(reader->arena, header->event);
        state->clock = pfg_slice_has(header->event, "-clock");
        to->unit = state->clock ? "s" : "1";
        to->what = state->clock
                       ? "time"
                       : pfg_arena_slice(reader->stacks->arena, header->event);
    }
    state->open = pfg_slice_is(header->event, state->event);
    state->period = header->period;
    state->n = 0;
    if (state->open && header->rest.len) {
        return read_frame(reader, state, header->rest)
                   ? finish(reader, state, err)
                   : pfg_stack_fail(reader, err,
                                    "'address symbol (object)' of a frame");
    }
    return 0;
}

static int read_line(struct pfg_stack_reader *reader, void *self,
                     struct pfg_slice line, struct pfg_error *err)
{
    struct state *state = self;
    struct header header;

    if (!pfg_slice_trim(line).len) {
        return finish(reader, state, err);
    }
    if (*line.ptr == '#') {
        return 0;
    }
    if (read_header(&header, line)) {
        return finish(reader, state, err) ||
                       open_sample(reader, state, &header, err)
                   ? -1
                   : 0;
    }
    if (!isspace((unsigned char)*line.ptr)) {
        return pfg_stack_fail(reader, err,
                              "'command pid time: period event:' of a sample");
    }
    if (state->open && !read_frame(reader, state, line)) {
        return pfg_stack_fail(reader, err,
                              "'address symbol (object)' of a frame");
    }
    return 0;
}

const struct pfg_stack_format pfg_stack_format_perf = {
    .name = "perf",
    .begins = begins,
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
};
