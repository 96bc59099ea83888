#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/number.h"
#include "stacks/reader.h"

/*
 * callgrind.out (valgrind, docs/html/cl-format.html): functions with the cost
 * of their lines, and calls with their inclusive cost.
 *
 *   events: Ir Dr
 *   ob=(1) /usr/bin/x
 *   fn=(2) parse          later only "(2)"
 *   12 40                 a position for each of "positions:", then the events
 *   +3 8                  relative to the line before
 *   cob=(3) libc.so       the callee's object
 *   cfn=(4) memcpy
 *   calls=2 50            two calls; the next line has their inclusive cost
 *   * 400
 *
 * The callers of callers are not recorded, so a function's cost is divided
 * among its callers in proportion to the cost of their calls, as gprof does.
 * Only the first event is read.
 */
struct call {
    size_t to;
    double cost;
};

struct function {
    size_t frame;
    double self;
    double given; /* the part given to stacks in the first pass */
    double into;  /* inclusive cost of all calls from other functions */
    PFG_VEC(struct call) calls;
    bool open; /* on the current stack */
};

struct state {
    struct pfg_map names;     /* "ob(1)", "fn(2)" to their texts */
    struct pfg_map functions; /* by object and name, to index + 1 */
    PFG_VEC(struct function) all;
    PFG_VEC(size_t) stack; /* frames */
    struct pfg_slice object, callee_object;
    size_t current, callee;
    size_t positions;
    bool called;  /* the next cost is that of a call */
    bool cut_off; /* valgrind's last line is still missing */
    double total;
    size_t n_visits;
};

#define LEAST_SHARE 1e-5 /* of the total: smaller calls are not followed */
#define MOST_VISITS 400000

static bool begins(struct pfg_slice line)
{
    return pfg_slice_is(line, "# callgrind format") ||
           pfg_slice_starts(line, "version: 1") ||
           pfg_slice_starts(line, "creator: callgrind") ||
           pfg_slice_starts(line, "events: ");
}

/* "(2) parse" or "(2)" or "parse". */
static int read_name(struct pfg_slice *out, struct pfg_stack_reader *reader,
                     struct state *state, const char *space,
                     struct pfg_slice text, struct pfg_error *err)
{
    struct pfg_slice id = text, rest;
    void **place;
    char *key;
    size_t end = pfg_slice_find_byte(text, ')');

    if (!pfg_slice_starts(text, "(") || end < 2 || end == text.len ||
        !isdigit((unsigned char)text.ptr[1])) {
        *out = pfg_arena_copy(reader->arena, text);
        return 0;
    }
    id.len = end + 1;
    rest = pfg_slice_trim(pfg_slice_from(text, end + 1));
    key = pfg_arena_printf(reader->arena, "%s%.*s", space, PFG_SLICE(id));
    place = pfg_map_at(&state->names, pfg_slice_of(key));
    if (rest.len) {
        *place = pfg_arena_slice(reader->arena, rest);
    }
    if (!*place) {
        return pfg_stack_fail(reader, err, "a name where its number is first");
    }
    *out = pfg_slice_of(*place);
    return 0;
}

static size_t function_of(struct pfg_stack_reader *reader, struct state *state,
                          struct pfg_slice object, struct pfg_slice name)
{
    size_t frame = pfg_stacks_frame(reader->stacks, name, object);
    void **place = pfg_map_at(
        &state->functions, pfg_slice_make((const char *)&frame, sizeof frame));

    if (!*place) {
        struct function new = {.frame = frame};

        pfg_vec_push(&state->all, reader->arena, new);
        *place = (void *)(uintptr_t)state->all.n;
    }
    return (size_t)(uintptr_t)*place - 1;
}

static bool is_position(struct pfg_slice word)
{
    return word.len && (isdigit((unsigned char)*word.ptr) ||
                        strchr("+-*", *word.ptr) != NULL);
}

static int read_cost(struct pfg_stack_reader *reader, struct state *state,
                     struct pfg_slice line, struct pfg_error *err)
{
    struct pfg_slice word;
    double cost = 0;

    for (size_t i = 0; i < state->positions; i++) {
        if (!is_position(pfg_take_word(&line))) {
            return pfg_stack_fail(reader, err, "a position and its cost");
        }
    }
    word = pfg_take_word(&line);
    if (word.len && pfg_stack_weight(&cost, word)) {
        return pfg_stack_fail(reader, err, "a position and its cost");
    }
    if (state->current == PFG_STACKS_NONE) {
        return pfg_stack_fail(reader, err, "'fn=' before costs");
    }
    if (state->called) {
        struct call call = {state->callee, cost};

        pfg_vec_push(&state->all.at[state->current].calls, reader->arena, call);
        if (state->callee != state->current) {
            state->all.at[state->callee].into += cost;
        }
        state->called = false;
        state->callee_object = state->object;
    } else {
        state->all.at[state->current].self += cost;
        state->total += cost;
    }
    return 0;
}

/* "ob=", "fn=" and so on. */
static int read_names(struct pfg_stack_reader *reader, struct state *state,
                      struct pfg_slice line, struct pfg_error *err)
{
    struct pfg_slice name;

    if (pfg_take(&line, "ob=")) {
        if (read_name(&state->object, reader, state, "ob", line, err)) {
            return -1;
        }
        state->callee_object = state->object;
    } else if (pfg_take(&line, "cob=")) {
        return read_name(&state->callee_object, reader, state, "ob", line, err);
    } else if (pfg_take(&line, "fn=")) {
        if (read_name(&name, reader, state, "fn", line, err)) {
            return -1;
        }
        state->current = function_of(reader, state, state->object, name);
    } else if (pfg_take(&line, "cfn=")) {
        if (read_name(&name, reader, state, "fn", line, err)) {
            return -1;
        }
        state->callee = function_of(reader, state, state->callee_object, name);
    } else if (pfg_take(&line, "calls=")) {
        if (state->callee == PFG_STACKS_NONE) {
            return pfg_stack_fail(reader, err, "'cfn=' before 'calls='");
        }
        state->called = true;
    }
    return 0; /* files and jumps */
}

static int read_header(struct pfg_stack_reader *reader, struct state *state,
                       struct pfg_slice line, struct pfg_error *err)
{
    struct pfg_stack_profile *to = &reader->stacks->profiles[reader->profile];

    if (pfg_take(&line, "positions:")) {
        state->positions = 0;
        while (pfg_take_word(&line).len) {
            state->positions++;
        }
        return state->positions
                   ? 0
                   : pfg_stack_fail(reader, err, "'positions: line'");
    }
    if (pfg_take(&line, "events:")) {
        struct pfg_slice event = pfg_take_word(&line);

        to->what = pfg_slice_is(event, "Ir")
                       ? "instructions"
                       : pfg_arena_slice(reader->stacks->arena, event);
    } else if (pfg_slice_starts(line, "creator: callgrind")) {
        state->cut_off = true;
    } else if (pfg_slice_starts(line, "totals:")) {
        state->cut_off = false;
    }
    return 0;
}

static void start(struct pfg_stack_reader *reader, struct state *state)
{
    pfg_map_init(&state->names, reader->arena);
    pfg_map_init(&state->functions, reader->arena);
    state->object = state->callee_object = (struct pfg_slice){"", 0};
    state->current = state->callee = PFG_STACKS_NONE;
    state->positions = 1;
}

static int read_line(struct pfg_stack_reader *reader, void *self,
                     struct pfg_slice line, struct pfg_error *err)
{
    struct state *state = self;
    size_t is, colon;

    line = pfg_slice_trim(line);
    if (!state->positions) {
        start(reader, state);
    }
    if (!line.len || *line.ptr == '#') {
        return 0;
    }
    if (is_position(line)) {
        return read_cost(reader, state, line, err);
    }
    is = pfg_slice_find_byte(line, '=');
    colon = pfg_slice_find_byte(line, ':');
    if (is < line.len && is <= 5 && is < colon) {
        return read_names(reader, state, line, err);
    }
    return colon < line.len
               ? read_header(reader, state, line, err)
               : pfg_stack_fail(reader, err, "a line of callgrind output");
}

/* --- from calls to stacks --- */

static int visit(struct pfg_stack_reader *reader, struct state *state,
                 size_t which, double weight, bool measure,
                 struct pfg_error *err);

/* Divides the cost among the calls, in proportion to theirs. */
static int visit_calls(struct pfg_stack_reader *reader, struct state *state,
                       size_t which, double factor, bool measure,
                       struct pfg_error *err)
{
    for (size_t i = 0; i < state->all.at[which].calls.n; i++) {
        struct call call = state->all.at[which].calls.at[i];

        if (!state->all.at[call.to].open &&
            call.cost * factor >= state->total * LEAST_SHARE &&
            state->n_visits < MOST_VISITS &&
            visit(reader, state, call.to, call.cost * factor, measure, err)) {
            return -1;
        }
    }
    return 0;
}

/* The first pass adds up what each function is given; the second scales that to
 * its true cost. */
static int visit(struct pfg_stack_reader *reader, struct state *state,
                 size_t which, double weight, bool measure,
                 struct pfg_error *err)
{
    struct function *f = &state->all.at[which];
    double inclusive = f->self, own;
    int failed = 0;

    if (state->stack.n >= PFG_STACKS_DEPTH - 1) {
        return 0;
    }
    f->open = true;
    for (size_t i = 0; i < f->calls.n; i++) {
        inclusive +=
            state->all.at[f->calls.at[i].to].open ? 0 : f->calls.at[i].cost;
    }
    own = inclusive > 0 ? weight * f->self / inclusive : 0;
    pfg_vec_push(&state->stack, reader->arena, f->frame);
    state->n_visits++;
    if (measure) {
        f->given += own;
    } else if (own > 0) {
        failed =
            pfg_stacks_add(reader->stacks, reader->profile, state->stack.at,
                           state->stack.n, own * (f->self / f->given), err);
    }
    if (inclusive > 0 && !failed) {
        failed =
            visit_calls(reader, state, which, weight / inclusive, measure, err);
    }
    state->stack.n--;
    state->all.at[which].open = false;
    return failed;
}

static int visit_roots(struct pfg_stack_reader *reader, struct state *state,
                       bool measure, struct pfg_error *err)
{
    state->n_visits = 0;
    for (size_t i = 0; i < state->all.n; i++) {
        struct function *f = &state->all.at[i];
        double root = f->self - f->into;

        for (size_t k = 0; k < f->calls.n; k++) {
            root += f->calls.at[k].to == i ? 0 : f->calls.at[k].cost;
        }
        if (root > state->total * LEAST_SHARE &&
            visit(reader, state, i, root, measure, err)) {
            return -1;
        }
    }
    return 0;
}

static int finish(struct pfg_stack_reader *reader, void *self,
                  struct pfg_error *err)
{
    struct state *state = self;

    if (state->cut_off) {
        return pfg_stack_fail(reader, err,
                              "'totals:' at the end: the program was killed, "
                              "or the file is cut off");
    }
    if (visit_roots(reader, state, true, err) ||
        visit_roots(reader, state, false, err)) {
        return -1;
    }
    for (size_t i = 0; i < state->all.n; i++) {
        struct function *f = &state->all.at[i];

        /* All calls of it were too small to be followed. */
        if (f->self > 0 && !(f->given > 0) &&
            pfg_stacks_add(reader->stacks, reader->profile, &f->frame, 1,
                           f->self, err)) {
            return -1;
        }
    }
    return 0;
}

const struct pfg_stack_format pfg_stack_format_callgrind = {
    .name = "callgrind",
    .begins = begins,
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
};
