#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "group/collect_parts.h"

/* How many of the last origins are searched. A line has only a few units, but a
 * folder may have thousands of files. */
#define MAX_LOOK_BACK 16

static const char *file_of(const struct pfg_measurement *m)
{
    return m->pos.file ? m->pos.file : "";
}

/* The unit in which the values were printed; "" if they were computed. */
static struct pfg_slice printed_unit(const struct pfg_measurement *m)
{
    return !m->written && (m->n_values || m->summary) ? PFG_LIT("")
                                                      : m->written_unit;
}

static bool is_origin(const struct pfg_gather_origin *origin,
                      const struct pfg_measurement *m)
{
    return pfg_slice_eq(printed_unit(m), origin->written_unit) &&
           !strcmp(origin->file, file_of(m));
}

static size_t find_origin(struct pfg_collector *c,
                          const struct pfg_measurement *m, size_t likely)
{
    struct pfg_gather *gather = &c->gather;
    struct pfg_slice unit = printed_unit(m);
    struct pfg_gather_origin origin;
    size_t n = gather->origins.n;

    if (likely < n && is_origin(&gather->origins.at[likely], m)) {
        return likely;
    }
    for (size_t i = n; i-- > 0 && n - i <= MAX_LOOK_BACK;) {
        if (is_origin(&gather->origins.at[i], m)) {
            return i;
        }
    }
    origin = (struct pfg_gather_origin){
        .file = pfg_arena_strdup(c->run->arena, file_of(m)),
        .written_unit =
            pfg_slice_make(pfg_collect_text(c->run->arena, unit), unit.len),
    };
    pfg_vec_push(&gather->origins, NULL, origin);
    return n;
}

#define NO_VALUE SIZE_MAX

/* A measurement that is being added to its series. */
struct adding {
    struct pfg_collector *c;
    const struct pfg_measurement *m;
    size_t series;
    struct pfg_gather_series *state;
};

static struct pfg_gather_extra no_extra(void)
{
    return (struct pfg_gather_extra){.error = "", .budget = ""};
}

/* Value i as the tool printed it, and its line. The text is NULL for NO_VALUE,
 * if it is not needed, and if an ingester computed the value from others. */
static struct pfg_gather_written written(const struct adding *a, size_t i)
{
    bool kept = a->c->gather.keep_written && a->m->written && i != NO_VALUE;

    return (struct pfg_gather_written){
        .text =
            kept ? pfg_collect_text(a->c->run->arena, a->m->written[i]) : NULL,
        .line = a->m->pos.line,
    };
}

static void add_extra(struct adding *a, const struct pfg_gather_extra *extra,
                      size_t i)
{
    pfg_gather_extra(&a->c->gather, a->series, extra, written(a, i));
}

static bool has_piece(const struct pfg_collector *c,
                      const struct pfg_gather_series *state)
{
    return state->n_pieces && state->process == c->process;
}

static void count_piece(const struct pfg_collector *c,
                        struct pfg_gather_series *state)
{
    state->skips |= state->n_pieces && state->process + 1 < c->process;
    state->process = (uint32_t)c->process;
    state->n_pieces++;
    state->has_summary = false;
}

/* Starts a piece if the current process has none in this series. A second
 * summary for the same series means that the tool has run again, so it begins a
 * new process. */
static void begin_piece(struct adding *a)
{
    struct pfg_gather_series *state = a->state;
    struct pfg_gather_extra extra;
    size_t origin;

    if (has_piece(a->c, state)) {
        if (!a->m->summary || !state->has_summary) {
            return;
        }
        pfg_collect_process(a->c, (struct pfg_process){0});
    }
    origin = find_origin(a->c, a->m, state->origin);
    if (!state->n_pieces) {
        state->origin = (uint32_t)origin;
        state->line = (uint32_t)a->m->pos.line;
    }
    count_piece(a->c, state);
    if (!a->m->n_values || origin != state->origin) {
        extra = no_extra();
        extra.origin = origin + 1;
        add_extra(a, &extra, NO_VALUE);
    }
}

static void set_error(struct adding *a, const char *error)
{
    struct pfg_gather_extra extra = no_extra();
    char message[512];

    a->c->run->n_failed++;
    extra.error = pfg_arena_strdup(a->c->run->arena, error);
    add_extra(a, &extra, NO_VALUE);
    snprintf(message, sizeof message, "failed: %.500s", error);
    pfg_collect_remark(a->c, a->m->pos, message);
}

/* Why a value cannot be a measurement of its metric, or NULL. */
static const char *why_impossible(const struct adding *a, double value,
                                  double resolution)
{
    const struct pfg_gather_series *state = a->state;

    if (!isfinite(value)) {
        return "not a finite number";
    }
    if (state->is_duration && value < 0) {
        return "a negative duration";
    }
    if (value == 0 && state->is_positive &&
        pfg_collect_cannot_be_zero(a->c->run->series.at[a->series],
                                   resolution)) {
        return "zero, which is impossible";
    }
    return NULL;
}

static bool is_possible(struct adding *a, double value, double resolution)
{
    const char *impossible = why_impossible(a, value, resolution);
    char error[256];

    if (impossible && !a->m->error.len) { /* else its error follows */
        snprintf(error, sizeof error, "%.60s is %s",
                 a->c->run->series.at[a->series]->metric, impossible);
        set_error(a, error);
    }
    return !impossible;
}

/* Whether the value needs no closer look: it fits any metric, or is a zero of
 * one that can be zero. */
static bool is_usual(const struct pfg_gather_series *state, double value)
{
    return (value > 0 && value <= DBL_MAX) ||
           (value == 0 && !state->is_positive);
}

/* Whether the only value is events / trials and there is nothing else. Each
 * line of Go's benchmarks has two of these. */
static bool is_rate(const struct pfg_measurement *m)
{
    return m->n_values == 1 && m->trials > 0 && !m->summary && !m->budget.len &&
           m->events == m->trials * m->values[0];
}

/* Whether the values can be added as a row. */
static bool are_a_row(const struct adding *a)
{
    const struct pfg_measurement *m = a->m;
    size_t i = 0;

    if (m->n_values < 2 || a->c->gather.keep_written) {
        return false;
    }
    while (i < m->n_values && is_usual(a->state, m->values[i])) {
        i++;
    }
    return i == m->n_values;
}

/* Returns false if no value was possible. */
static bool add_values(struct adding *a, double trials)
{
    const struct pfg_measurement *m = a->m;
    bool added = false;

    if (are_a_row(a)) {
        pfg_gather_row(&a->c->gather, a->series, m->values, m->n_values);
        return true;
    }
    for (size_t i = 0; i < m->n_values; i++) {
        double value = m->values[i];

        if (is_usual(a->state, value) || is_possible(a, value, NAN)) {
            pfg_gather_value(&a->c->gather, a->series, value, trials,
                             written(a, i));
            added = true;
        }
    }
    return added;
}

static void add_summary(struct adding *a)
{
    const struct pfg_summary *summary = a->m->summary;
    struct pfg_gather_extra extra = no_extra();

    if (is_possible(a, summary->value, summary->resolution)) {
        struct pfg_summary *kept =
            pfg_arena_alloc(a->c->run->arena, sizeof *kept);

        *kept = *summary;
        extra.summary = kept;
        a->state->has_summary = true;
        add_extra(a, &extra, a->m->n_values ? NO_VALUE : 0);
    }
}

/* Adds the parts that few measurements have. The trials of a rate have already
 * been stored with its value. */
static void add_more(struct adding *a, bool rate)
{
    const struct pfg_measurement *m = a->m;
    bool trials = m->trials > 0 && !rate;
    struct pfg_gather_extra extra;

    if (trials || m->budget.len) {
        extra = no_extra();
        extra.events = trials ? m->events : 0;
        extra.trials = trials ? m->trials : 0;
        extra.budget = pfg_collect_text(a->c->run->arena, m->budget);
        extra.budget_crossed = m->budget_crossed;
        add_extra(a, &extra, NO_VALUE);
    }
    if (m->error.len) {
        set_error(a, pfg_collect_text(a->c->run->arena, m->error));
    }
}

static void other_unit(struct pfg_collector *c, const struct pfg_measurement *m,
                       const struct pfg_series *series)
{
    char message[256];

    snprintf(message, sizeof message,
             "'%.80s' is in %.20s here but in %.20s before: ignored",
             series->benchmark, pfg_collect_text(c->run->arena, m->unit),
             series->unit);
    pfg_collect_remark(c, m->pos, message);
}

/* Like pfg_collect_find(), but remembers the index in *m->place, where series
 * are counted from 1 across all runs. */
static size_t find_series(struct pfg_collector *c,
                          const struct pfg_measurement *m)
{
    size_t number = m->place ? *m->place - c->n_before - 1 : SIZE_MAX;

    if (number < c->run->series.n) {
        return number;
    }
    number = pfg_collect_find(c, m);
    if (m->place && number != PFG_COLLECT_FULL) {
        *m->place = c->n_before + number + 1;
    }
    return number;
}

/* Whether `again` may add to the series what repeats this measurement. */
static bool may_repeat(const struct adding *a)
{
    const struct pfg_measurement *m = a->m;

    return m->place && m->n_values == 1 && !m->summary && !m->budget.len &&
           !m->error.len &&
           is_origin(&a->c->gather.origins.at[a->state->origin], m);
}

void pfg_collect_measurement(void *self, const struct pfg_measurement *m)
{
    struct pfg_collector *c = self;
    struct adding a = {.c = c, .m = m, .series = find_series(c, m)};
    bool rate = is_rate(m);

    c->run->n_measurements++;
    if (a.series == PFG_COLLECT_FULL) {
        return;
    }
    a.state = &c->gather.series.at[a.series];
    a.state->repeats = false;
    if (!pfg_slice_eq(m->unit, a.state->unit)) {
        other_unit(c, m, c->run->series.at[a.series]);
        return;
    }
    begin_piece(&a);
    c->process_used = true;
    if (m->exact && !a.state->is_exact) {
        a.state->is_exact = true;
        c->run->series.at[a.series]->exact = true;
    }
    rate &= add_values(&a, rate ? m->trials : 0);
    if (m->summary) {
        add_summary(&a);
    }
    add_more(&a, rate);
    a.state->repeats = may_repeat(&a);
}

bool pfg_collect_again(void *self, size_t place, double value, double trials)
{
    struct pfg_collector *c = self;
    size_t number = place - c->n_before - 1;
    struct pfg_gather_series *state;

    if (number >= c->run->series.n) {
        return false;
    }
    state = &c->gather.series.at[number];
    if (!state->repeats || !is_usual(state, value)) {
        return false;
    }
    c->run->n_measurements++;
    if (!has_piece(c, state)) {
        count_piece(c, state);
    }
    c->process_used = true;
    pfg_gather_value(&c->gather, number, value, trials,
                     (struct pfg_gather_written){.text = NULL});
    return true;
}
