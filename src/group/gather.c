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

    if (reading.extra) {
        series->n_extras++;
    } else {
        series->n_values++;
    }
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

/* Whether the value just before is one of the same trials, and of the series
 * that it always was. */
static bool is_twin(const struct pfg_gather *gather,
                    struct pfg_gather_series *series,
                    const struct pfg_reading *reading)
{
    const struct pfg_reading *before =
        gather->n_readings > 1 ? reading_at(gather, gather->n_readings - 2)
                               : reading;

    if (before->extra != reading->extra || before->series >= reading->series ||
        before->process != reading->process) {
        return false;
    }
    if (!series->n_rates) {
        series->twin = before->series;
    }
    return series->twin == before->series;
}

void pfg_gather_rate(struct pfg_gather *gather, double trials)
{
    struct pfg_reading *reading = reading_at(gather, gather->n_readings - 1);
    struct pfg_gather_series *series = &gather->series.at[reading->series];
    size_t n = gather->trials.n;

    if (!n || gather->trials.at[n - 1] != trials) {
        pfg_vec_push(&gather->trials, NULL, trials);
    }
    reading->extra = (uint32_t)(gather->trials.n - 1) | PFG_READING_RATE;
    series->n_twins += is_twin(gather, series, reading);
    series->n_rates++;
}

/* One value a piece, each a rate or none: what a piece begins with is a value
 * where there is nothing else. */
static bool is_plain(const struct pfg_gather *gather,
                     const struct pfg_gather_series *state)
{
    return !gather->keep_written && !state->n_extras && state->n_pieces &&
           state->n_values == state->n_pieces &&
           (!state->n_rates || state->n_rates == state->n_pieces);
}

/* The column of another series, that of the same lines; NULL: there is none. */
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
        .processes =
            state->skips
                ? pfg_arena_new_array(arena, uint32_t, state->n_pieces)
                : NULL,
        .file = origin->file,
        .written_unit = origin->written_unit,
    };
    if (state->n_rates) {
        plain->trials = shared_trials(gather, state);
    }
    if (state->n_rates && !plain->trials) {
        plain->trials = pfg_arena_new_array(arena, double, state->n_rates);
    }
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

static bool is_extra(const struct pfg_reading *reading)
{
    return reading->extra && !(reading->extra & PFG_READING_RATE);
}

/* 0: not known. */
static double trials_of(const struct pfg_gather *gather,
                        const struct pfg_reading *reading)
{
    return reading->extra & PFG_READING_RATE
               ? gather->trials.at[reading->extra & ~PFG_READING_RATE]
               : 0;
}

static struct pfg_piece *next_piece(const struct pfg_gather *gather,
                                    struct pfg_gather_series *state,
                                    struct pfg_series *series,
                                    const struct pfg_reading *reading)
{
    size_t own =
        is_extra(reading) ? gather->extras.at[reading->extra - 1].origin : 0;
    const struct pfg_gather_origin *origin =
        &gather->origins.at[own ? own - 1 : state->origin];

    state->piece = &series->pieces.at[series->pieces.n];
    *state->piece = (struct pfg_piece){
        .process = reading->process,
        .number = series->pieces.n++,
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

static void place_plain(const struct pfg_gather *gather,
                        struct pfg_gather_series *state,
                        const struct pfg_reading *reading)
{
    struct pfg_plain_pieces *plain = state->plain;
    size_t n = state->n++;

    if (!n) {
        plain->process = reading->process;
        plain->line = reading->line;
    }
    plain->values[n] = reading->value;
    if (plain->trials) {
        plain->trials[n] = trials_of(gather, reading);
    }
    if (plain->processes) {
        plain->processes[n] = reading->process;
    }
}

static void place(const struct pfg_gather *gather, const struct pfg_run *run,
                  size_t i)
{
    const struct pfg_reading *reading = reading_at(gather, i);
    struct pfg_gather_series *state = &gather->series.at[reading->series];
    struct pfg_piece *piece = state->piece;

    if (state->plain) {
        place_plain(gather, state, reading);
        return;
    }
    if (!piece || piece->process != reading->process) {
        piece =
            next_piece(gather, state, run->series.at[reading->series], reading);
    }
    if (is_extra(reading)) {
        merge(piece, &gather->extras.at[reading->extra - 1]);
    } else {
        double trials = trials_of(gather, reading);

        *state->values++ = reading->value;
        piece->n++;
        piece->events += trials * reading->value;
        piece->trials += trials;
    }
    if (gather->keep_written && gather->written.at[i]) {
        *state->written++ = gather->written.at[i];
        piece->n_written++;
    }
}

void pfg_gather_end(struct pfg_gather *gather, struct pfg_run *run)
{
    for (size_t i = 0; i < gather->series.n; i++) {
        make_room(gather, &gather->series.at[i], run->series.at[i], run->arena);
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
    pfg_vec_free(&gather->trials);
    pfg_vec_free(&gather->origins);
}
