#include "group/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

#define NO_SERIES UINT32_MAX

static inline struct pfg_reading *next_reading(struct pfg_gather *gather)
{
    if (gather->next == gather->end) {
        gather->next = pfg_arena_new_array(gather->arena, struct pfg_reading,
                                           PFG_GATHER_BLOCK);
        gather->end = gather->next + PFG_GATHER_BLOCK;
        pfg_vec_push(&gather->blocks, gather->arena, gather->next);
    }
    return gather->next++;
}

static inline void add_reading(struct pfg_gather *gather, size_t series,
                               enum pfg_reading_kind kind, double value)
{
    *next_reading(gather) = (struct pfg_reading){value, (uint32_t)series, kind};
    gather->rate_before =
        kind == PFG_READING_RATE ? (uint32_t)series : NO_SERIES;
}

static void note_written(struct pfg_gather *gather,
                         struct pfg_gather_series *series,
                         struct pfg_gather_written written)
{
    if (gather->keep_written) {
        series->n_written += written.text != NULL;
        pfg_vec_push(&gather->written, NULL, written);
    }
}

void pfg_gather_process(struct pfg_gather *gather, uint32_t process)
{
    gather->process = process;
    add_reading(gather, 0, PFG_READING_PROCESS, process);
}

/* Whether the reading before this one is a rate with the same trials, always
 * from the same other series. */
static bool is_twin(const struct pfg_gather *gather,
                    struct pfg_gather_series *state, size_t series)
{
    if (gather->rate_before >= series) {
        return false;
    }
    if (!state->n_rates) {
        state->twin = gather->rate_before;
    }
    return state->twin == gather->rate_before;
}

void pfg_gather_value(struct pfg_gather *gather, size_t series, double value,
                      double trials, struct pfg_gather_written written)
{
    struct pfg_gather_series *state = &gather->series.at[series];

    if (trials > 0) {
        if (trials != gather->trials) {
            gather->trials = trials;
            add_reading(gather, 0, PFG_READING_TRIALS, trials);
        }
        state->n_twins += is_twin(gather, state, series);
        state->n_rates++;
    }
    state->n_values++;
    add_reading(gather, series,
                trials > 0 ? PFG_READING_RATE : PFG_READING_VALUE, value);
    note_written(gather, state, written);
}

/* How many readings the values of a row take up. */
static size_t readings_of(size_t n_values)
{
    return (n_values + 1) / 2;
}

void pfg_gather_row(struct pfg_gather *gather, size_t series,
                    const double *values, size_t n)
{
    gather->series.at[series].n_values += (uint32_t)n;
    gather->rate_before = NO_SERIES;
    while (n) {
        struct pfg_reading *row = next_reading(gather);
        size_t room = 2 * (size_t)(gather->end - gather->next);
        size_t part = n < room ? n : room;

        *row = (struct pfg_reading){(double)part, (uint32_t)series,
                                    PFG_READING_ROW};
        memcpy(gather->next, values, part * sizeof *values);
        gather->next += readings_of(part);
        values += part;
        n -= part;
    }
}

void pfg_gather_extra(struct pfg_gather *gather, size_t series,
                      const struct pfg_gather_extra *extra,
                      struct pfg_gather_written written)
{
    struct pfg_gather_series *state = &gather->series.at[series];

    state->n_extras++;
    pfg_vec_push(&gather->extras, NULL, *extra);
    add_reading(gather, series, PFG_READING_EXTRA, 0);
    note_written(gather, state, written);
}

/* Whether every piece has exactly one value and nothing else, and either all of
 * the values are rates or none is. */
static bool is_plain(const struct pfg_gather *gather,
                     const struct pfg_gather_series *state)
{
    return !gather->keep_written && !state->n_extras && state->n_pieces &&
           state->n_values == state->n_pieces &&
           (!state->n_rates || state->n_rates == state->n_pieces);
}

/* The trials column of the series whose rates stand on the same lines, or NULL.
 */
static double *shared_trials(const struct pfg_gather *gather,
                             const struct pfg_gather_series *state)
{
    const struct pfg_gather_series *twin = &gather->series.at[state->twin];

    return state->n_twins == state->n_rates && twin->plain &&
                   twin->n_rates == state->n_rates
               ? twin->plain->trials
               : NULL;
}

static void make_columns(const struct pfg_gather *gather,
                         struct pfg_gather_series *state,
                         struct pfg_series *series, struct pfg_arena *arena)
{
    const struct pfg_gather_origin *origin = &gather->origins.at[state->origin];
    struct pfg_plain_pieces *plain = pfg_arena_alloc(arena, sizeof *plain);

    *plain = (struct pfg_plain_pieces){
        .values = pfg_arena_new_array(arena, double, state->n_values),
        .processes = state->skips
                         ? pfg_arena_new_array(arena, uint32_t, state->n_pieces)
                         : NULL,
        .process =
            state->process + 1 - state->n_pieces, /* if none is missing */
        .line = state->line,
        .file = origin->file,
        .written_unit = origin->written_unit.ptr,
    };
    if (state->n_rates) {
        plain->trials = shared_trials(gather, state);
    }
    if (state->n_rates && !plain->trials) {
        plain->trials = pfg_arena_new_array(arena, double, state->n_rates);
        state->trials = plain->trials;
    }
    state->values = plain->values;
    state->processes = plain->processes;
    series->plain = state->plain = plain;
    series->pieces.n = state->n_pieces;
}

static void make_room(const struct pfg_gather *gather,
                      struct pfg_gather_series *state,
                      struct pfg_series *series, struct pfg_arena *arena)
{
    if (is_plain(gather, state)) {
        make_columns(gather, state, series, arena);
        return;
    }
    series->pieces.at =
        pfg_arena_new_array(arena, struct pfg_piece, state->n_pieces);
    series->pieces.cap = state->n_pieces;
    state->piece = NULL;
    state->values = pfg_arena_new_array(arena, double, state->n_values);
    state->written = state->n_written ? pfg_arena_new_array(arena, const char *,
                                                            state->n_written)
                                      : NULL;
}

static struct pfg_piece *next_piece(const struct pfg_gather *gather,
                                    struct pfg_gather_series *state,
                                    struct pfg_series *series,
                                    size_t own_origin, long line)
{
    const struct pfg_gather_origin *origin =
        &gather->origins.at[own_origin ? own_origin - 1 : state->origin];

    state->piece = &series->pieces.at[series->pieces.n];
    *state->piece = (struct pfg_piece){
        .process = gather->process,
        .number = series->pieces.n++,
        .values = state->values,
        .written = state->written,
        .written_unit = origin->written_unit.ptr,
        .error = "",
        .budget = "",
        .file = origin->file,
        .line = line,
    };
    return state->piece;
}

/* The first error is kept, but the last summary and the last budget. */
static void merge(struct pfg_piece *piece, const struct pfg_gather_extra *extra)
{
    if (extra->summary) {
        piece->has_summary = true;
        piece->summary = *extra->summary;
    }
    piece->events += extra->events;
    piece->trials += extra->trials;
    piece->error = *piece->error ? piece->error : extra->error;
    if (*extra->budget) {
        piece->budget = extra->budget;
        piece->budget_crossed = extra->budget_crossed;
    }
}

static void place_plain(const struct pfg_gather *gather,
                        struct pfg_gather_series *state, double value)
{
    *state->values++ = value;
    if (state->trials) {
        *state->trials++ = gather->trials;
    }
    if (state->processes) {
        *state->processes++ = gather->process;
    }
}

/* Adds a reading to its series. Without `keep_written` only the first piece
 * gets a line. */
static void place_piece(struct pfg_gather *gather,
                        struct pfg_gather_series *state,
                        struct pfg_series *series,
                        const struct pfg_reading *reading)
{
    const struct pfg_gather_written *written =
        gather->keep_written ? &gather->written.at[gather->n_written++] : NULL;
    const struct pfg_gather_extra *extra =
        reading->kind == PFG_READING_EXTRA
            ? &gather->extras.at[gather->n_extras++]
            : NULL;
    double trials = reading->kind == PFG_READING_RATE ? gather->trials : 0;
    bool row = reading->kind == PFG_READING_ROW;
    size_t n = row ? (size_t)reading->value : 1;
    struct pfg_piece *piece = state->piece;

    if (!piece || piece->process != gather->process) {
        piece = next_piece(gather, state, series, extra ? extra->origin : 0,
                           written ? written->line
                           : piece ? 0
                                   : state->line);
    }
    if (extra) {
        merge(piece, extra);
    } else {
        memcpy(state->values,
               row ? (const void *)(reading + 1) : &reading->value,
               n * sizeof *state->values);
        state->values += n;
        piece->n += n;
        piece->events += trials * reading->value;
        piece->trials += trials;
    }
    if (written && written->text) {
        *state->written++ = written->text;
        piece->n_written++;
    }
}

/* Returns the next reading. */
static const struct pfg_reading *place(struct pfg_gather *gather,
                                       const struct pfg_run *run,
                                       const struct pfg_reading *reading)
{
    struct pfg_gather_series *state = &gather->series.at[reading->series];

    if (reading->kind == PFG_READING_PROCESS) {
        gather->process = (uint32_t)reading->value;
    } else if (reading->kind == PFG_READING_TRIALS) {
        gather->trials = reading->value;
    } else if (state->plain) {
        place_plain(gather, state, reading->value);
    } else {
        place_piece(gather, state, run->series.at[reading->series], reading);
    }
    return reading->kind == PFG_READING_ROW
               ? reading + 1 + readings_of((size_t)reading->value)
               : reading + 1;
}

void pfg_gather_end(struct pfg_gather *gather, struct pfg_run *run)
{
    for (size_t i = 0; i < gather->series.n; i++) {
        make_room(gather, &gather->series.at[i], run->series.at[i], run->arena);
    }
    gather->process = 0;
    for (size_t i = 0; i < gather->blocks.n; i++) {
        const struct pfg_reading *reading = gather->blocks.at[i];
        const struct pfg_reading *end = i + 1 < gather->blocks.n
                                            ? reading + PFG_GATHER_BLOCK
                                            : gather->next;

        while (reading < end) {
            reading = place(gather, run, reading);
        }
    }
    pfg_vec_free(&gather->series);
    pfg_vec_free(&gather->written);
    pfg_vec_free(&gather->extras);
    pfg_vec_free(&gather->origins);
}
