#include "group/gather.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"

static struct pfg_reading *reading_at(const struct pfg_gather *gather, size_t i)
{
    return &gather->blocks.at[i / PFG_GATHER_BLOCK][i % PFG_GATHER_BLOCK];
}

void pfg_gather_add(struct pfg_gather *gather, struct pfg_reading reading,
                    const char *written)
{
    struct pfg_gather_series *series = &gather->series.at[reading.series];

    series->n_values += !reading.extra;
    if (gather->n_readings % PFG_GATHER_BLOCK == 0) {
        pfg_vec_push(&gather->blocks, NULL,
                     pfg_realloc(NULL, PFG_GATHER_BLOCK * sizeof reading));
    }
    *reading_at(gather, gather->n_readings++) = reading;
    if (gather->keep_written) {
        series->n_written += written != NULL;
        pfg_vec_push(&gather->written, NULL, written);
    }
}

void pfg_gather_extra(struct pfg_gather *gather, struct pfg_reading reading,
                      const struct pfg_gather_extra *extra, const char *written)
{
    pfg_vec_push(&gather->extras, NULL, *extra);
    reading.extra = (uint32_t)gather->extras.n;
    pfg_gather_add(gather, reading, written);
}

static void make_room(struct pfg_gather_series *state,
                      struct pfg_series *series, struct pfg_arena *arena)
{
    series->pieces.at =
        pfg_arena_new_array(arena, struct pfg_piece, state->n_pieces);
    series->pieces.n = series->pieces.cap = state->n_pieces;
    state->piece = NULL;
    state->values = pfg_arena_new_array(arena, double, state->n_values);
    state->written = state->n_written ? pfg_arena_new_array(arena, const char *,
                                                            state->n_written)
                                      : NULL;
}

static bool is_extra(const struct pfg_reading *reading)
{
    return reading->extra && reading->extra < PFG_READING_RATE;
}

static struct pfg_piece *next_piece(const struct pfg_gather *gather,
                                    struct pfg_gather_series *state,
                                    const struct pfg_series *series,
                                    const struct pfg_reading *reading)
{
    size_t own =
        is_extra(reading) ? gather->extras.at[reading->extra - 1].origin : 0;
    const struct pfg_gather_origin *origin =
        &gather->origins.at[own ? own - 1 : state->origin];

    state->piece = state->piece ? state->piece + 1 : series->pieces.at;
    *state->piece = (struct pfg_piece){
        .process = reading->process,
        .number = (size_t)(state->piece - series->pieces.at),
        .values = state->values,
        .written = state->written,
        .written_unit = origin->written_unit,
        .error = "",
        .budget = "",
        .file = origin->file,
        .line = reading->line,
    };
    return state->piece;
}

/* The first error stands, the last summary and budget. */
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

static void place(const struct pfg_gather *gather, const struct pfg_run *run,
                  size_t i)
{
    const struct pfg_reading *reading = reading_at(gather, i);
    struct pfg_gather_series *state = &gather->series.at[reading->series];
    struct pfg_piece *piece = state->piece;

    if (!piece || piece->process != reading->process) {
        piece =
            next_piece(gather, state, run->series.at[reading->series], reading);
    }
    if (reading->extra >= PFG_READING_RATE) {
        piece->trials += reading->value;
        if (reading->extra == PFG_READING_RATE) {
            piece->events += reading->value * state->values[-1];
        }
    } else if (reading->extra) {
        merge(piece, &gather->extras.at[reading->extra - 1]);
    } else {
        *state->values++ = reading->value;
        piece->n++;
    }
    if (gather->keep_written && gather->written.at[i]) {
        *state->written++ = gather->written.at[i];
        piece->n_written++;
    }
}

void pfg_gather_end(struct pfg_gather *gather, struct pfg_run *run)
{
    for (size_t i = 0; i < gather->series.n; i++) {
        make_room(&gather->series.at[i], run->series.at[i], run->arena);
    }
    for (size_t i = 0; i < gather->n_readings; i++) {
        place(gather, run, i);
    }
    pfg_vec_free(&gather->series);
    for (size_t i = 0; i < gather->blocks.n; i++) {
        free(gather->blocks.at[i]);
    }
    pfg_vec_free(&gather->blocks);
    pfg_vec_free(&gather->written);
    pfg_vec_free(&gather->extras);
    pfg_vec_free(&gather->origins);
}
